import Measurement

/// The answer of `run`: what became of the goals of strategies that nothing is compared with.
struct OwnGoalWords: Sendable {
  let claim: Phrase

  init(_ index: ResultIndex) {
    let strategies = index.document.strategies
    guard strategies.count > 1 else {
      claim = Self.claim(index, strategy: 0)
      return
    }
    var whole = Phrase()
    for strategy in strategies.indices {
      if strategy > 0 { whole += "; " }
      whole += Phrase.strategy(strategy) + ": " + Self.claim(index, strategy: strategy)
    }
    claim = whole
  }

  private static func claim(_ index: ResultIndex, strategy: Int) -> Phrase {
    let goals = index.document.goals
    guard !goals.isEmpty else { return valueAlone(index, strategy: strategy) }
    let outcomes = goals.map { index.outcome(strategy, $0) }
    let missed = goals.indices.filter { outcomes[$0]?.result == .missed }
    let met = goals.indices.filter { outcomes[$0]?.result == .met }
    if met.count == goals.count { return allMet(index, outcomes: outcomes) }
    let goalsWord = goals.count == 1 ? "goal" : "goals"
    var sentence: Phrase
    if met.isEmpty {
      let isOne = goals.count == 1
      let negation = missed.count == goals.count ? (isOne ? "is missed" : "all are missed") : nil
      sentence = Phrase(
        isOne
          ? "the goal \(negation ?? "is not decided")"
          : negation.map { "of \(spokenCount(goals.count)) goals \($0)" }
            ?? "no goal is shown to be met")
    } else {
      let isAre = met.count == 1 ? "is" : "are"
      sentence = Phrase(
        "\(spokenCount(met.count)) of \(spokenCount(goals.count)) \(goalsWord) \(isAre) met")
    }
    let details = goals.indices.compactMap { place in
      detail(goals[place], outcomes[place], format: index.format(goals[place].metric))
    }
    return sentence + ": " + listed(details)
  }

  private static func valueAlone(_ index: ResultIndex, strategy: Int) -> Phrase {
    guard let metric = index.decisiveMetric, let value = index.value(strategy, metric),
      let mean = value.mean
    else { return Phrase("the scenario sets no goals") }
    let format = index.format(metric)
    let text = format.spokenValue(mean, halfWidth: value.halfWidth)
    let label = printable(format.metric.label)
    return Phrase("\(label) is \(text); the scenario sets no goals to judge it by")
  }

  private static func allMet(
    _ index: ResultIndex, outcomes: [ResultDocument.GoalOutcome?]
  ) -> Phrase {
    let goals = index.document.goals
    let count = goals.count
    var sentence = Phrase(
      count == 1
        ? "the goal is met"
        : (count == 2 ? "both" : "all \(spokenCount(count))")
          + " goals are met")
    // The goal whose interval ends nearest to its limit, measured by the limit.
    var closest: (place: Int, share: Double, gap: Double)?
    for (place, goal) in goals.enumerated() {
      guard let outcome = outcomes[place], let low = outcome.low, let high = outcome.high
      else { continue }
      let words = GoalWords(goal: goal, format: index.format(goal.metric))
      let gap = min(words.margin(low), words.margin(high))
      let share = goal.limit == 0 ? gap : gap / goal.limit.magnitude
      if closest.map({ share < $0.share }) ?? true { closest = (place, share, gap) }
    }
    guard let closest else { return sentence }
    let goal = goals[closest.place]
    let format = index.format(goal.metric)
    let side = goal.relation == .atLeast || goal.relation == .above ? "above" : "below"
    let size = format.spokenChange(closest.gap, halfWidth: nil)
    let what =
      count == 1 ? "its interval" : "the closest is \(printable(goal.metric)), whose interval"
    sentence += (count == 1 ? ": " : "; ") + "\(what) ends \(size) \(side) its limit"
    return sentence
  }

  /// What is to be said of a goal that is not met.
  private static func detail(
    _ goal: ResultDocument.Goal, _ outcome: ResultDocument.GoalOutcome?, format: MetricFormat
  ) -> String? {
    let text = printable(goal.text)
    guard let outcome else { return "\(text) has no value" }
    switch outcome.result {
    case .met: return nil
    case .inconclusive:
      guard outcome.value != nil else { return "\(text) has no value" }
      return "\(text) is inconclusive, its interval contains the limit"
    case .missed:
      let words = GoalWords(goal: goal, format: format)
      guard let low = outcome.low, let high = outcome.high else { return "\(text) is missed" }
      let gap = -max(words.margin(low), words.margin(high))
      return "\(text) is missed by at least \(format.spokenChange(gap, halfWidth: nil))"
    }
  }
}
