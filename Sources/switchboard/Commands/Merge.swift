import Reporting

extension Command {
  /// `switchboard merge`: from the shares of many machines to the result of one.
  static let merge = Command(
    name: "merge",
    summary: "Put the shares of --shard together to the result of one machine",
    operands: "DIR...", operandCount: 1...10_000,
    options: [.threads, .output, .format, .strict, .allowMissing, .allowCommand],
    details: """
      run, compare, sweep, plan and fuzz make a share of their runs with --shard K/N --output DIR. Where all
      shares lie in one folder, or in several that are named here, merge checks that they belong together
      (same scenario, seed, program and libraries; none missing, twice or damaged) and writes what the command
      would have written on one machine, byte for byte but for 'environment' in the manifest.

      The scenario is read again, from the folder in which the command was given: it must be the same.

      Where what is seen decides how many runs are wanted (--precision, plan), shares are made in rounds. If
      another round is wanted, merge says so, writes its number to DIR/next-round, and ends with 3.

      With --allow-missing shares of the last round may be missing; the result says which, and is marked as partial.
      """,
    example: "switchboard merge Reports/support-desk.shares",
    exampleNotRun: "there are no shares before --shard has made some"
  ) { arguments, terminal in
    let folders = arguments.positionals
    let set: PartialSet
    do throws(PartialSet.Problems) {
      set = try PartialSet(in: folders, allowsMissing: arguments.has(.allowMissing))
    } catch {
      return Sharing.tell(error.lines)
    }
    guard let origin = set.origin, let name = origin.words.dropFirst().first,
      let command = Program.shareable.first(where: { $0.name == name })
    else {
      return Sharing.tell([
        "'\(printable(folders[0]))' holds shares of a command that is not known here"
      ])
    }
    var words = Array(origin.words.dropFirst(2))
    for option in [OptionSpec.threads, .output, .format] {
      if let text = arguments.text(option) { words += ["--\(option.name)", text] }
    }
    // What may be run is for whoever merges to say, not for a file.
    words.removeAll { $0 == "--\(OptionSpec.allowCommand.name)" }
    for option in [OptionSpec.strict, .allowCommand]
    where arguments.has(option) && !words.contains("--\(option.name)") {
      words.append("--\(option.name)")
    }
    var (parsed, problems) = Arguments.parse(words, options: command.allOptions)
    guard problems.isEmpty, command.operandCount.contains(parsed.positionals.count) else {
      return Sharing.tell([
        "the command of the shares is not known here: \(CommandText(words: origin.words).line)"
      ])
    }
    NextRound.clear(in: folders)
    parsed.merging = Merging(
      set: set, folders: folders, allowsMissing: arguments.has(.allowMissing))
    return await command.run(parsed, terminal)
  }
}

extension OptionSpec {
  static let allowMissing = OptionSpec(
    name: "allow-missing", placeholder: "", value: .none,
    help: "Merge what there is, and say in the result what is missing")
}
