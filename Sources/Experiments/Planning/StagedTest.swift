public import Measurement

/// Whether a world keeps all its goals, told with a stated confidence by looking a few times.
///
/// A look is taken after 10 replications, then after twice as many, up to a cap. The chance of error that
/// is allowed is shared out over the looks (Bonferroni), so that looking again costs nothing of it. All
/// goals must be shown to be kept, each at that level: then all are (intersection-union test).
public struct StagedTest: Sendable {
  /// What is known of a world.
  public enum Answer: Sendable, Hashable {
    /// All goals are kept, with confidence.
    case feasible
    /// A goal is missed, with confidence.
    case infeasible
    /// Neither can be told with the replications that there may be.
    case open
  }

  /// The confidence of `feasible` and of `infeasible`, such as 0.95.
  public let confidence: Double
  /// Replications at the looks, ascending.
  public let looks: [Int]
  /// The goals.
  public let goals: [Goal]

  /// A test with at most `cap` replications.
  public init(_ goals: [Goal], confidence: Double, cap: Int) {
    self.goals = goals
    self.confidence = confidence
    var looks: [Int] = []
    var next = 10
    while next < cap {
      looks.append(next)
      next *= 2
    }
    self.looks = looks + [max(2, cap)]
  }

  /// The level of the two-sided interval that is looked at: each end errs as often as allowed.
  public var level: Double { 1 - 2 * (1 - confidence) / Double(looks.count) }

  /// What a look at a result says; `open` means: look again later.
  public func answer(_ result: StrategyResult) -> Answer {
    var areKept = true
    for goal in goals {
      switch result.outcome(of: goal, level: level)?.outcome {
      case .missed: return .infeasible
      case .met: break
      case .inconclusive, nil: areKept = false
      }
    }
    return areKept ? .feasible : .open
  }
}
