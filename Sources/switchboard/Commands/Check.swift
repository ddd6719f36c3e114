import Scenarios
import Verification

extension OptionSpec {
  static let filter = OptionSpec(
    name: "filter", placeholder: "TEXT", value: .text,
    help: "Only cases whose name or sentence contains this")
  static let verbose = OptionSpec(
    name: "verbose", placeholder: "", value: .none,
    help: "A line for every case, and every difference of those that fail")
}

extension Command {
  /// `switchboard check`, which plays the engine's case files.
  static let check = Command(
    name: "check",
    summary: "Play case files and show where the engine decides otherwise",
    operands: "PATH...", operandCount: 1...10_000, options: [.filter, .verbose, .format],
    details: """
      A PATH is a case file or a folder, whose *.yaml files are played with those of the folders
      within. Up to \(CheckAnswer.fewCases) cases get a line each, more only with --verbose. A case that fails
      shows what was expected, what came, and why the engine decided so.
      Exit code 0 if every case passes, 1 if one fails, 3 if a file is invalid, 4 if an invariant
      broke.
      """,
    example: "switchboard check Scenarios/engine"
  ) { arguments, terminal in
    let watch = Stopwatch()
    let filter = arguments.text(.filter)
    let suite: CheckSuite
    do throws(Diagnostics) {
      suite = try CheckSuite(arguments.positionals, filter: filter)
    } catch {
      return refuse(error, terminal)
    }
    guard suite.caseCount > 0 else {
      let why = filter.map { "no case matches '\(printable($0))'" } ?? "scenarios only, no case"
      complain("switchboard: error: \(why)")
      return filter == nil ? .invalidInput : .usage
    }
    var progress = Progress(terminal, title: "check")
    var answer = CheckAnswer(suite, arguments, terminal)
    var done = 0
    for group in suite.groups {
      let groupWatch = Stopwatch()
      var results: [CaseResult] = []
      for found in group.cases {
        results.append(found.file.play())
        done += 1
        progress.show(done, of: suite.caseCount)
      }
      answer.add(group, results, seconds: groupWatch.seconds)
    }
    progress.clear()
    say(arguments.text(.format) == "json" ? answer.json : answer.text(seconds: watch.seconds))
    if answer.brokeInvariant { return .failed }
    return answer.failed.isEmpty ? .done : .missed
  }

  /// Every problem of every file, in one go.
  private static func refuse(_ problems: Diagnostics, _ terminal: Terminal) -> ExitCode {
    complain(problems.rendered(width: terminal.columns))
    let errors = problems.errors.count
    let files = Set(problems.errors.map(\.file)).count
    complain(
      "\n\(errors) error\(errors == 1 ? "" : "s") in \(files) file\(files == 1 ? "" : "s"); "
        + "nothing was run")
    return .invalidInput
  }
}
