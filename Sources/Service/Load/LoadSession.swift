public import Measurement
public import Sampling

/// The measurements of one call of `load`: one course, or a search for the highest rate that is held.
public struct LoadSession {
  private let plan: LoadPlan
  private let goals: [Goal]
  private let target: LoadTarget?
  private let isInterrupted: @Sendable () -> Bool
  private let onSecond: (LoadProgress) -> Void

  /// What was found.
  public struct Found {
    /// Every measurement, in order.
    public var steps: [LoadStep] = []
    /// The limit, if it was looked for.
    public var limit: LoadDocument.Limit?
    /// A hash over the arrivals of all.
    public var fingerprint: UInt64 = 0
    /// What people met in the last one.
    public var seen: LoadSeen?
  }

  /// Plans a session.
  public init(
    plan: LoadPlan, goals: [Goal], target: LoadTarget? = nil,
    isInterrupted: @escaping @Sendable () -> Bool,
    onSecond: @escaping (LoadProgress) -> Void
  ) {
    self.plan = plan
    self.goals = goals
    self.target = target
    self.isInterrupted = isInterrupted
    self.onSecond = onSecond
  }

  /// Measures the course as it is.
  public func measure() throws(ImpossibleParameter) -> Found {
    var found = Found()
    _ = try measure(plan, &found)
    return found
  }

  private func measure(_ plan: LoadPlan, _ found: inout Found) throws(ImpossibleParameter) -> Bool {
    var outcome = try LoadRun(
      plan, target: target, isInterrupted: isInterrupted, onSecond: onSecond
    ).run()
    outcome.step.judge(goals)
    found.steps.append(outcome.step)
    found.fingerprint = found.fingerprint &* 0x100_0000_01B3 ^ outcome.fingerprint
    found.seen = outcome.seen
    return outcome.step.holds
  }

  // MARK: - The limit

  /// The search ends when what held and what missed are this near to each other.
  private static let narrow = 1.06
  /// A rate holds or misses when two of so many measurements say so.
  private static let repeats = 3
  private static let mostRate = 5e7

  /// Looks for the highest rate that is held.
  ///
  /// By doubling, then by halving between what held and what did not. What the answer rests on is measured until
  /// two of three agree.
  public func findLimit(from first: Double) throws(ImpossibleParameter) -> Found {
    var found = Found()
    var held: Double?
    var missed: Double?
    var rate = first
    while missed == nil, rate <= Self.mostRate, !isInterrupted() {
      if try holds(rate, sure: false, &found) { held = rate } else { missed = rate }
      rate *= 2
    }
    // Downwards, where not even the first was held.
    rate = first / 2
    while held == nil, rate >= 1, !isInterrupted() {
      if try holds(rate, sure: false, &found) { held = rate } else { missed = rate }
      rate /= 2
    }
    while let low = held, let high = missed, high / low > Self.narrow, !isInterrupted() {
      let middle = (low * high).squareRoot()
      if try holds(middle, sure: true, &found) { held = middle } else { missed = middle }
    }
    let isNarrow = held.flatMap { low in missed.map { $0 / low <= Self.narrow } } ?? false
    found.limit = LoadDocument.Limit(held: held, missed: missed, isNarrow: isNarrow)
    return found
  }

  private func holds(
    _ rate: Double, sure: Bool, _ found: inout Found
  ) throws(ImpossibleParameter) -> Bool {
    var plan = plan
    plan.course = .constant(rate, for: plan.course.length)
    var votes = (held: 0, missed: 0)
    for _ in 0..<(sure ? Self.repeats : 1) where max(votes.held, votes.missed) < 2 {
      if isInterrupted() { break }
      if try measure(plan, &found) { votes.held += 1 } else { votes.missed += 1 }
    }
    return votes.held > votes.missed
  }
}
