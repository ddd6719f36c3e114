extension ScenarioKeys {
  static let api = KeyTable(
    "api",
    [
      .optional(
        "calls", .reference("rate"), "5 per second",
        about:
          "The most calls of one method in a time, 5 per second by default: programs that open "
          + "conversations, and the closing of those who gave up.")
    ])
}

extension ModelReader {
  /// The most calls of one method of the developer API; without limit where nothing is said.
  func readAPILimit(_ value: ValueReader) -> Rate?? {
    if value.scalarText == "off" { return .some(nil) }
    guard let mapping = value.mapping(ScenarioKeys.api) else { return nil }
    let calls = mapping.optional("calls", else: Rate(5, perSeconds: 1)) { value -> Rate? in
      guard let rate = value.rate("calls") else { return nil }
      guard rate.count >= 1, rate.count <= 1e6, rate.count == rate.count.rounded() else {
        value.error("calls are a whole number from 1 to 1,000,000 in a time")
        return nil
      }
      return rate
    }
    return calls.map { .some($0) }
  }
}
