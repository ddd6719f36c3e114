import Measurement

/// The answer of `run`: what became of the goals of strategies that nothing is compared with.
struct OwnGoalWords: Sendable {
  let claim: Phrase

  init(_ index: ResultIndex) {
    let strategies = index.document.strategies
    guard strategies.count > 1 else {
      claim = Phrase(Self.claim(index, strategy: 0))
      return
    }
    var whole = Phrase()
    for strategy in strategies.indices {
      if strategy > 0 { whole += "; " }
      whole += Phrase.strategy(strategy) + ": " + Self.claim(index, strategy: strategy)
    }
    claim = whole
  }

  private static func claim(_ index: ResultIndex, strategy: Int) -> String {
    let goals = index.document.goals
    guard !goals.isEmpty else { return valueAlone(index, strategy: strategy) }
    let outcomes = goals.map { index.outcome(strategy, $0) }
    let missed = goals.indices.filter { outcomes[$0]?.result == .missed }
    let met = goals.indices.filter { outcomes[$0]?.result == .met }
    let words = goals.map { GoalWords(goal: $0, format: index.format(of: $0)) }
    if met.count == goals.count { return allMet(words, outcomes) }
    let details = goals.indices.compactMap { detail(words[$0], outcomes[$0]) }
    if goals.count == 1 {
      return (missed.isEmpty ? "the goal is not decided: " : "the goal is missed: ")
        + listed(details)
    }
    let count = spokenCount(goals.count)
    let sentence =
      switch (met.count, missed.count) {
      case (0, goals.count): "\(goals.count == 2 ? "both" : "all \(count)") goals are missed"
      case (0, _): "no goal is shown to be met"
      default: "\(spokenCount(met.count)) of \(count) goals \(met.count == 1 ? "is" : "are") met"
      }
    return sentence + ": " + details.joined(separator: "; ")
  }

  private static func valueAlone(_ index: ResultIndex, strategy: Int) -> String {
    guard let metric = index.decisiveMetric, let value = index.value(strategy, metric),
      let mean = value.mean
    else { return "the scenario sets no goals" }
    let format = index.format(metric)
    let text = format.spokenValue(mean, halfWidth: value.halfWidth)
    return "\(format.spoken) is \(text); the scenario sets no goals to judge it by"
  }

  private static func allMet(
    _ words: [GoalWords], _ outcomes: [ResultDocument.GoalOutcome?]
  ) -> String {
    let count = words.count
    let sentence =
      count == 1
      ? "the goal is met" : (count == 2 ? "both" : "all \(spokenCount(count))") + " goals are met"
    // The goal whose interval ends nearest to its limit, measured by the limit.
    var closest: (place: Int, share: Double)?
    for (place, words) in words.enumerated() {
      guard let low = outcomes[place]?.low, let high = outcomes[place]?.high else { continue }
      let gap = min(words.margin(low), words.margin(high))
      let limit = words.goal.limit.magnitude
      let share = limit == 0 ? gap : gap / limit
      if closest.map({ share < $0.share }) ?? true { closest = (place, share) }
    }
    guard let closest, let outcome = outcomes[closest.place] else { return sentence }
    let value = words[closest.place].found(outcome)
    return sentence + (count == 1 ? ": " : "; the closest is ") + value
  }

  /// What is to be said of a goal that is not met.
  private static func detail(
    _ words: GoalWords, _ outcome: ResultDocument.GoalOutcome?
  ) -> String? {
    guard let outcome, outcome.value != nil else { return "“\(words.title)” has no value" }
    switch outcome.result {
    case .met: return nil
    case .missed: return words.found(outcome)
    case .inconclusive:
      guard let low = outcome.low, let high = outcome.high else {
        return words.found(outcome) + ", and one run gives no interval to judge it by"
      }
      let isInside = words.holds(low) != words.holds(high)
      return words.found(outcome)
        + (isInside ? ", and the interval contains the limit" : ", which is not decided")
    }
  }
}

extension GoalWords {
  /// `“Answered within 5 minutes” at 83.0 ± 2.3 %, where the goal is 80 % or more`.
  fileprivate func found(_ outcome: ResultDocument.GoalOutcome) -> String {
    let half = ResultDocument.Estimate(low: outcome.low, high: outcome.high).halfWidth
    let value = outcome.value.map { format.spokenValue($0, halfWidth: half) } ?? "no value"
    return "“\(title)” at \(value), where the goal is \(bound)"
  }
}
