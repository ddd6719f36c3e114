/// How the program ends; one documented code for each kind of end.
enum ExitCode: Int32, Sendable {
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
}
