import Measurement

@testable import Reporting

extension ClaimReader {
  /// The answer of `run`, for each strategy.
  mutating func ownGoals(_ scanner: inout SentenceScanner) {
    if document.strategies.count > 1 {
      for strategy in document.strategies.indices {
        if strategy > 0 { _ = scanner.take("; ") }
        expect(scanner.strategy() == strategy && scanner.take(": ") != nil, "\(scanner.rest)")
        ownGoals(&scanner, strategy)
      }
    } else {
      ownGoals(&scanner, 0)
    }
  }

  private mutating func ownGoals(_ scanner: inout SentenceScanner, _ strategy: Int) {
    let text = String(scanner.rest)
    let results = results(strategy)
    let met = results.count { $0 == .met }
    let missed = results.count { $0 == .missed }
    if scanner.take("the scenario sets no goals") != nil { return }
    if results.isEmpty { return valueAlone(&scanner, strategy) }
    if scanner.take("the goal is met") != nil {
      expect(results == [.met], text)
    } else if scanner.take("both goals are met") != nil {
      expect(results == [.met, .met], text)
    } else if scanner.take("the goal is missed", "the goal is not decided") == "the goal is missed"
    {
      expect(results == [.missed], text)
    } else if text.hasPrefix("the goal is not decided") {
      expect(results == [.inconclusive], text)
    } else if scanner.take("both goals are missed") != nil {
      expect(results == [.missed, .missed], text)
    } else if scanner.take("no goal is shown to be met") != nil {
      expect(met == 0, text)
    } else if scanner.take("all ") != nil {
      expect(scanner.count() == results.count, text)
      let way = scanner.take(" goals are met", " goals are missed")
      expect((way == " goals are met" ? met : missed) == results.count, text)
    } else {
      expect(scanner.count() == met && scanner.take(" of ") != nil, text)
      expect(scanner.count() == results.count && scanner.take(" goals ") != nil, text)
      expect(scanner.take("is met", "are met") == (met == 1 ? "is met" : "are met"), text)
    }
    _ = scanner.take("; the closest is ", ": ")
    var told = 0
    while scanner.rest.hasPrefix("“") {
      goal(&scanner, strategy)
      told += 1
      var ahead = scanner
      if ahead.take("; ") != nil, ahead.rest.hasPrefix("“") { scanner = ahead }
    }
    // Whatever is not met is named, and of those that are met the closest.
    expect(told == results.count - met || met == results.count && told <= 1, "\(text): \(told)")
  }

  private mutating func valueAlone(_ scanner: inout SentenceScanner, _ strategy: Int) {
    let text = String(scanner.rest)
    guard let metric = metric(in: &scanner), scanner.take(" is ") != nil else {
      problems.append("no metric in '\(text)'")
      return
    }
    let value = document.strategies[strategy].values.first { $0.metric == metric.name }
    self.value(&scanner, value?.mean, value?.halfWidth, metric.shownFactor, text)
    _ = scanner.take(" %", " /100", " s")
    expect(scanner.take("; the scenario sets no goals to judge it by") != nil, text)
  }

  private mutating func value(
    _ scanner: inout SentenceScanner, _ mean: Double?, _ half: Double?, _ factor: Double,
    _ text: String
  ) {
    let printed = scanner.number()
    expect(printed?.shows((mean ?? .nan) * factor) == true, "\(text): \((mean ?? .nan) * factor)")
    var width: SentenceScanner.Printed?
    if scanner.take(" ± ") != nil { width = scanner.number() }
    expect((width == nil) == (half == nil), "\(text): interval")
    if let width, let half { expect(width.shows(half * factor), "\(text): half-width") }
  }

  /// `“Answered within 5 minutes” at 83.0 ± 2.3 %, where the goal is 80 % or more`.
  private mutating func goal(_ scanner: inout SentenceScanner, _ strategy: Int) {
    let text = String(scanner.rest)
    let index = ResultIndex(document)
    let known = document.goals.first { goal in
      scanner.rest.hasPrefix("“\(GoalWords(goal: goal, format: index.format(of: goal)).title)”")
    }
    guard let known, let metric = metric(known.metric) else {
      problems.append("no goal at '\(text)'")
      return
    }
    _ = scanner.upTo("”")
    let outcome = document.strategies[strategy].goals.first { $0.goal == known.text }
    if scanner.take(" has no value") != nil {
      expect(outcome?.value == nil, text)
      return
    }
    expect(scanner.take(" at ") != nil, text)
    let factors = [
      "%": 100, "": 1, "ms": 1000, "s": 1, "min": 1.0 / 60, "h": 1.0 / 3600, "d": 1.0 / 86_400,
    ]
    let factor = factors[known.unit] ?? .nan
    let half = outcome.flatMap { ResultDocument.Estimate(low: $0.low, high: $0.high).halfWidth }
    value(&scanner, outcome?.value, half, factor, text)
    // The value stands in the unit that the limit was written in.
    if !known.unit.isEmpty { expect(scanner.take(" " + known.unit) != nil, "\(text): unit") }
    expect(scanner.take(", where the goal is ") != nil, text)
    let bound: [Goal.Relation: (String, String)] = [
      .atLeast: ("", " or more"), .atMost: ("", " or less"), .above: ("more than ", ""),
      .below: ("less than ", ""),
    ]
    let (before, after) = bound[known.relation] ?? ("", "")
    expect(scanner.take(before) != nil, text)
    if metric.unit == "s" {
      while scanner.number() != nil, scanner.take(" ms", " min", " s", " h", " d") != nil {
        if scanner.rest.first?.isLetter == true || scanner.take(" ") == nil { break }
        if scanner.rest.first?.isNumber != true {
          break
        }
      }
      _ = scanner.take(after, String(after.dropFirst()))
    } else {
      expect(scanner.number()?.shows(known.limit * factor) == true, "\(text): limit")
      if !known.unit.isEmpty { _ = scanner.take(" " + known.unit) }
      expect(scanner.take(after) != nil, text)
    }
    if scanner.take(", and one run gives no interval to judge it by") != nil {
      expect(outcome?.low == nil && outcome?.result == .inconclusive, text)
    } else if scanner.take(", and the interval contains the limit") != nil {
      expect((outcome?.low ?? .nan) <= known.limit && known.limit <= (outcome?.high ?? .nan), text)
      expect(outcome?.result == .inconclusive, text)
    } else {
      expect(outcome?.result != .inconclusive, "\(text): not decided")
    }
  }
}
