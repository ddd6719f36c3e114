import Measurement

/// What `plan` says in words: settings, their numbers, the verdict.
struct PlanWords: Sendable {
  let document: PlanDocument

  /// How the values of a goal are written: in the unit of its limit, with the digits that its widest
  /// interval around the answer allows.
  func format(_ goal: Int) -> MetricFormat {
    let wanted = document.goals[goal]
    guard let metric = document.metrics.first(where: { $0.name == wanted.metric }) else {
      return MetricFormat(unknown: wanted.metric)
    }
    let near = document.answers.flatMap { answer in
      ([answer.chosen, answer.nearest] + answer.steps.map { Optional($0.setting) })
        .compactMap { $0 }.map { answer.tried[$0] }
    }
    let widths = near.compactMap { halfWidth($0.goals[goal]) }
    return MetricFormat(
      MetricFormat.metric(metric, inUnitOf: wanted), widestHalfWidth: widths.max())
  }

  func halfWidth(_ outcome: ResultDocument.GoalOutcome) -> Double? {
    guard let low = outcome.low, let high = outcome.high else { return nil }
    return (high - low) / 2
  }

  /// `12 agents`, `12 agents in support`, `reassign_after 6 min`.
  func name(_ name: Int, _ value: Int) -> String {
    let key = document.names[name].name
    let text = document.names[name].values[value]
    guard key == "agents" || key.hasSuffix(".agents"), let count = Int(text) else {
      return "\(key) \(text)"
    }
    let noun = "\(text) agent\(count == 1 ? "" : "s")"
    let parts = key.split(separator: ".")
    return parts.count == 3 && parts[0] == "teams" ? "\(noun) in \(parts[1])" : noun
  }

  /// `12 agents in support and 3 agents in night`.
  func setting(_ place: [Int]) -> String {
    listed(place.indices.map { name($0, place[$0]) })
  }

  /// `96 agent hours` or `cost 2,304`.
  func cost(_ cost: Double) -> String {
    let digits = Self.number(cost)
    return document.hasMoney ? "cost \(digits)" : "\(digits) agent hour\(digits == "1" ? "" : "s")"
  }

  static func number(_ value: Double) -> String {
    fixed(value, value.magnitude >= 100 || value == value.rounded() ? 0 : 1, separator: ",")
  }

  /// `all three goals`, `both goals`, `the goal`.
  var allGoals: String {
    switch document.goals.count {
    case 1: "the goal"
    case 2: "both goals"
    default: "all \(spokenCount(document.goals.count)) goals"
    }
  }

  var confidence: String { shortest((document.confidence * 1e4).rounded() / 100) + " %" }

  /// The claim for a strategy, then what it rests on, sentence by sentence.
  func verdict(_ answer: PlanDocument.Answer) -> [String] {
    let whose = document.answers.count > 1 ? "under \(answer.strategy), " : ""
    guard let chosen = answer.chosen else { return without(answer, whose) }
    let best = answer.tried[chosen]
    let subject = setting(best.place)
    let isPlural = best.place.count > 1 || subject.contains("agents")
    var sentences = [
      "\(whose)\(subject) \(isPlural ? "keep" : "keeps") \(allGoals) with \(confidence) confidence",
      "that is \(cost(best.cost)) a run, with "
        + listed(document.goals.indices.map { value(best, $0) }),
    ]
    for direction in [-1, 1] {
      sentences += answer.steps.filter { $0.direction == direction }.map { step($0, answer) }
    }
    if document.names.count == 1, best.place[0] == 0 {
      sentences.append("it is the first value that was to be tried: less may do as well")
    }
    return sentences
  }

  /// `81.5 ± 0.9 % answered within 5 minutes`.
  private func value(_ setting: PlanDocument.Setting, _ goal: Int) -> String {
    let format = format(goal)
    let outcome = setting.goals[goal]
    guard let value = outcome.value else { return "\(format.spoken) without a value" }
    return "\(format.spoken) \(format.spokenValue(value, halfWidth: halfWidth(outcome)))"
  }

  /// `11 agents, 8 agent hours less, would miss it: the share answered within 5 minutes -1.3 ± 0.1 points`.
  private func step(_ step: PlanDocument.Step, _ answer: PlanDocument.Answer) -> String {
    let other = answer.tried[step.setting]
    let changes = step.changes.enumerated().compactMap { goal, change in
      self.change(goal, change)
    }
    let money =
      step.cost == 0 ? "" : ", \(cost(step.cost.magnitude)) \(step.cost > 0 ? "more" : "less"),"
    let isOne = document.goals.count == 1
    let known =
      switch other.result {
      case .missed: "would miss \(isOne ? "it" : "a goal")"
      case .inconclusive:
        "cannot be told to keep \(isOne ? "it" : "them") after "
          + "\(grouped(Int64(other.replications))) runs"
      case .met: step.direction < 0 ? "would keep \(isOne ? "it" : "them") too" : "would bring"
      }
    return "\(name(step.name, other.place[step.name]))\(money) \(known)"
      + (changes.isEmpty ? "" : (known == "would bring" ? " " : ": ") + listed(changes))
  }

  /// `mean first response +12.3 ± 1.0 s`, with the digits that the change's own interval allows.
  func change(_ goal: Int, _ change: PlanDocument.Change) -> String? {
    guard let value = change.change else { return nil }
    let format = format(goal)
    let half = change.halfWidth.map(format.shown)
    let decimals = half.map {
      max(format.decimals, decimalsForTwoDigits(of: $0, atMost: format.decimals + 2))
    }
    var text = "\(format.spoken) \(signed(format.shown(value), decimals ?? format.decimals))"
    if let half { text += "\u{A0}±\u{A0}" + fixed(half, decimals ?? format.decimals) }
    return format.changeUnit.isEmpty ? text : text + " " + format.changeUnit
  }

  private func without(_ answer: PlanDocument.Answer, _ whose: String) -> [String] {
    guard let nearest = answer.nearest else { return [] }
    let best = answer.tried[nearest]
    let isOpen = answer.tried.contains { $0.result == .inconclusive }
    let all = document.settings == 1 ? "the setting" : "all \(grouped(Int64(document.settings)))"
    let start =
      document.head.partial != nil
      ? "\(whose)no setting was known to keep \(allGoals) when the search was stopped"
      : isOpen
        ? "\(whose)no setting of \(all) is shown to keep \(allGoals) with \(confidence) confidence"
        : "\(whose)no setting of \(all) keeps \(allGoals)"
    return [
      start,
      "the nearest, \(setting(best.place)), has "
        + listed(document.goals.indices.map { value(best, $0) }),
    ]
  }

  /// Everything in one paragraph.
  var text: String {
    let curve = document.curve.map { CurveWords($0).sentences } ?? []
    return (curve + document.answers.flatMap(verdict)).map { $0.capitalizedFirst + "." }
      .joined(separator: " ")
  }
}
