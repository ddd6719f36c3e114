import Experiments
import FoundationEssentials
import Reporting
import Scenarios
import Verification

extension OptionSpec {
  static let filter = OptionSpec(
    name: "filter", placeholder: "TEXT", value: .text,
    help: "Only cases and scenarios whose name or sentence contains this")
  static let verbose = OptionSpec(
    name: "verbose", placeholder: "", value: .none,
    help: "A line for every case, and every difference of those that fail")
  static let update = OptionSpec(
    name: "update", placeholder: "", value: .none,
    help: "Write the records of the scenarios anew, and tell what changed")
  static let junit = OptionSpec(
    name: "junit", placeholder: "FILE", value: .text,
    help: "Also write the results as JUnit XML, for continuous integration")
  static let recordedRuns = OptionSpec(
    name: "replications", placeholder: "N", value: .integer(1...1_000),
    help: "With --update: runs of each strategy (default: the scenario's, at most "
      + "\(ScenarioCheck.usualReplications))")
}

extension Command {
  /// `switchboard check`, which plays case files and holds scenarios to their records.
  static let check = Command(
    name: "check",
    summary: "Play case files, hold scenarios to their records, and show what changed",
    operands: "PATH...", operandCount: 1...10_000,
    options: [.filter, .verbose, .update, .recordedRuns, .junit, .threads, .format, .allowCommand],
    details: """
      A PATH is a case file, a scenario, or a folder, whose *.yaml files are taken with those of the
      folders within. Up to \(CheckAnswer.fewCases) cases get a line each, more only with --verbose. A case that fails
      shows what was expected, what came, and why the engine decided so.

      A scenario runs as 'compare' runs it, or as 'run' where it names no strategies. It is held to its
      goals and to expected/NAME.json beside it, which --update writes: every metric, what became of
      every goal, and the choices of the first run. Where anything differs, the first choice that
      differs is shown with everybody who was considered, then the metrics that moved most. A goal that
      is recorded as missed may stay missed; without a record every goal must be met.

      A scenario that runs a program as its engine is left out without --allow-command.

      Exit code 0 if all is as it says, 1 if a case fails, a goal is missed or a record changed, 3 if a
      file is invalid, 4 if an invariant broke.
      """,
    example: "switchboard check Scenarios/engine"
  ) { arguments, terminal in
    let watch = Stopwatch()
    let filter = arguments.text(.filter)
    guard arguments.has(.update) || !arguments.has(.recordedRuns) else {
      complain("switchboard: error: --replications goes with --update; a record says how many runs")
      return .usage
    }
    var suite: CheckSuite
    do throws(Diagnostics) {
      suite = try CheckSuite(arguments.positionals, filter: filter)
    } catch {
      return refuse(error, terminal)
    }
    if !arguments.has(.allowCommand) {
      for path in suite.leaveOutForeign() {
        complain(
          "switchboard: note: \(printable(path)) runs a program as its engine and is left out; "
            + "--allow-command checks it too")
      }
    }
    guard suite.caseCount + suite.scenarios.count > 0 else {
      complain("switchboard: error: no case or scenario matches '\(printable(filter ?? ""))'")
      return .usage
    }
    var answer = CheckAnswer(suite, arguments, terminal)
    play(suite, &answer, Progress(terminal, title: "check"))
    let invalid = run(suite, &answer, arguments, Progress(terminal, title: "check"))
    say(arguments.text(.format) == "json" ? answer.json : answer.text(seconds: watch.seconds))
    var code = ExitCode.done
    if let path = arguments.text(.junit) {
      do {
        try Data(answer.junit.text.utf8).write(to: URL(filePath: path), options: .atomic)
      } catch {
        complain("switchboard: error: --junit: '\(printable(path))' cannot be written")
        code = .usage
      }
    }
    if answer.brokeInvariant { return .failed }
    if invalid { return .invalidInput }
    return code == .done && !answer.passes ? .missed : code
  }

  /// Plays the cases.
  private static func play(
    _ suite: CheckSuite, _ answer: inout CheckAnswer, _ shown: Progress
  ) {
    var progress = shown
    var done = 0
    for group in suite.groups {
      let watch = Stopwatch()
      var results: [CaseResult] = []
      for found in group.cases {
        results.append(found.file.play())
        done += 1
        progress.show(done, of: suite.caseCount)
      }
      answer.add(group, results, seconds: watch.seconds)
    }
    progress.clear()
  }

  /// Runs the scenarios and writes their records where that is asked for; whether one is of no use.
  private static func run(
    _ suite: CheckSuite, _ answer: inout CheckAnswer, _ arguments: Arguments, _ shown: Progress
  ) -> Bool {
    var progress = shown
    var isInvalid = false
    let threads = arguments.threads
    let updates = arguments.has(.update)
    for (number, check) in suite.scenarios.enumerated() {
      let watch = Stopwatch()
      let outcome = check.outcome(
        replications: arguments.integer(.recordedRuns).map { Int($0) }, threads: threads,
        version: Program.version)
      if let why = outcome.refusal {
        complain("\(printable(check.path)): error: \(why)")
        isInvalid = true
      } else if updates, outcome.document != nil, !outcome.isCurrent {
        do {
          try check.write(outcome.recordText)
        } catch {
          complain("switchboard: error: '\(printable(check.recordPath))' cannot be written")
          isInvalid = true
        }
      } else if let why = outcome.recordProblem {
        complain(
          "\(printable(check.recordPath)): error: \(printable(why)); --update writes it anew")
        isInvalid = true
      }
      answer.add(outcome, seconds: watch.seconds)
      progress.show(number + 1, of: suite.scenarios.count)
    }
    progress.clear()
    return isInvalid
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
