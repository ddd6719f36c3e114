/// How the program ends; one documented code for each kind of end.
enum ExitCode: Int32, Sendable, CaseIterable {
  /// Done, whatever the goals say.
  case done = 0
  /// With `check` or `--strict`: a goal missed, a case failed, a record changed.
  case missed = 1
  /// The command line makes no sense.
  case usage = 2
  /// A file that was read is invalid.
  case invalidInput = 3
  /// An invariant broke or the run failed.
  case failed = 4
  /// The same seed gave other bytes.
  case notReproducible = 5
  /// The target of a load test does not answer.
  case unreachable = 6
  /// Interrupted; what was complete is written and marked.
  case interrupted = 130

  /// What it says to whoever called.
  var about: String {
    switch self {
    case .done: "Done, whatever the goals say."
    case .missed:
      "With `check` or `--strict`: a goal missed or inconclusive, a case failed, a record changed; "
        + "with `plan --strict` no value keeps the goals."
    case .usage:
      "The command line makes no sense, or an output folder cannot be written: nothing was run."
    case .invalidInput: "A file that was read is invalid: a scenario, a case, an export, a result."
    case .failed:
      "An invariant broke, the run failed, a program that decides failed, or the answer could not be "
        + "written."
    case .notReproducible:
      "`replay`: the same seed gave other bytes, or an event other effects."
    case .unreachable: "The target of a load test does not answer."
    case .interrupted: "Interrupted; what was complete is written and marked."
    }
  }
}
