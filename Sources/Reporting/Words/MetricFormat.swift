import Measurement
import Statistics

/// How the values of one metric are written: the same digits wherever they are printed.
struct MetricFormat: Sendable {
  let metric: ResultDocument.Metric
  /// Digits after the point.
  private(set) var decimals: Int

  /// A format.
  ///
  /// - Parameters:
  ///   - metric: What is written.
  ///   - widestHalfWidth: The widest interval beside it, which decides how many digits mean something.
  ///   - telling: Differences that are shown to be some, whose digits must not all be zero.
  init(
    _ metric: ResultDocument.Metric, widestHalfWidth: Double?,
    telling: [ResultDocument.Difference] = []
  ) {
    self.metric = metric
    let most = max(0, min(metric.decimals, 9))
    let shown = widestHalfWidth.map { $0 * metric.shownFactor }
    decimals = shown.map { decimalsForTwoDigits(of: $0, atMost: most) } ?? most
    for row in telling { addDecimals { $0.tells(row) } }
  }

  /// A metric that is named but not defined.
  init(unknown name: String) {
    self.init(
      .init(
        name: name, label: name, group: "", unit: "", shownUnit: "", decimals: 2,
        polarity: .neither), widestHalfWidth: nil)
  }

  /// Three digits more at most, until the numbers say what they should.
  mutating func addDecimals(until isEnough: (MetricFormat) -> Bool) {
    var finer = self
    for _ in 0..<4 {
      if isEnough(finer) {
        decimals = finer.decimals
        return
      }
      finer.decimals += 1
    }
  }

  /// The value in the shown unit.
  func shown(_ value: Double) -> Double { value * metric.shownFactor }

  /// A value without its unit.
  func value(_ value: Double) -> String { fixed(shown(value), decimals) }

  /// A value with its sign, without its unit.
  func change(_ value: Double) -> String { signed(shown(value), decimals) }

  /// Whether the digits shown leave something of a difference, and its two values apart.
  func tells(_ difference: ResultDocument.Difference) -> Bool {
    guard let change = difference.change else { return true }
    let isSomething = value(change).contains { $0 >= "1" && $0 <= "9" }
    guard let from = difference.baselineMean, let to = difference.mean else { return isSomething }
    return isSomething && value(from) != value(to)
  }

  /// The change of a row with its sign, so that the row adds up: where it is that of the two values
  /// up to their rounding, it is the difference of the values as they are printed.
  func change(_ row: ResultDocument.Difference) -> String {
    signed(printedChange(row) ?? 0, decimals)
  }

  private func printedChange(_ row: ResultDocument.Difference) -> Double? {
    guard let change = row.change.map(shown) else { return nil }
    guard let mean = row.mean, let base = row.baselineMean else { return change }
    let unit = 1 / powerOfTen(decimals)
    let apart = (rounded(mean) - rounded(base)) * unit
    // A hair more, so that a whole unit in its way through binary numbers is still one.
    return abs(apart - change) <= unit * 1.000_001 ? apart : change
  }

  /// A value in units of its last digit.
  private func rounded(_ value: Double) -> Double {
    (shown(value) * powerOfTen(decimals)).rounded(.toNearestOrAwayFromZero)
  }

  /// Whether nothing of the change of a row can be seen.
  func hidesChange(_ row: ResultDocument.Difference) -> Bool {
    (printedChange(row).map { ($0 * powerOfTen(decimals)).magnitude } ?? 0) < 0.5
  }

  /// The format with one decimal less, where two or more are more than a narrow table has room for.
  var coarser: MetricFormat {
    var coarser = self
    coarser.decimals = decimals > 1 ? decimals - 1 : decimals
    return coarser
  }

  /// A value with its unit.
  func valueWithUnit(_ value: Double) -> String { withUnit(self.value(value)) }

  /// A text with the unit of the metric behind it.
  func withUnit(_ text: String) -> String {
    metric.shownUnit.isEmpty ? text : text + " " + printable(metric.shownUnit)
  }

  /// The unit of a difference: the difference of two shares is counted in points.
  var changeUnit: String { isShare ? "points" : printable(metric.shownUnit) }

  /// Whether the metric is a share shown in per cent.
  var isShare: Bool { metric.shownUnit == "%" }

  /// Where its values can lie, in the shown unit: an axis shows nothing else.
  var domain: ClosedRange<Double> { isShare ? 0...100 : 0...Double.greatestFiniteMagnitude }

  /// Whether the metric is a time.
  var isTime: Bool { metric.unit == "s" }

  /// `6.6 ± 0.7 points`, the change without its sign; no line ends behind its ±.
  func spokenChange(_ row: ResultDocument.Difference) -> String {
    let change = printedChange(row) ?? 0
    return spokenChange(change / metric.shownFactor, halfWidth: row.halfWidth)
  }

  /// The same of a change that is no row's.
  func spokenChange(_ change: Double, halfWidth: Double?) -> String {
    var text = fixed(shown(change).magnitude, decimals)
    if let halfWidth { text += "\u{A0}±\u{A0}" + fixed(shown(halfWidth), decimals) }
    return changeUnit.isEmpty ? text : text + " " + changeUnit
  }

  /// `83.0 ± 2.3 %`.
  func spokenValue(_ value: Double, halfWidth: Double?) -> String {
    var text = self.value(value)
    if let halfWidth { text += "\u{A0}±\u{A0}" + fixed(shown(halfWidth), decimals) }
    return withUnit(text)
  }

  /// `from 243.3 to 301.4 s (± 9.7)`: two values and half the width of the interval between them.
  func spokenStep(from: Double, to: Double, halfWidth: Double?) -> String {
    var text = "from " + value(from) + " to " + withUnit(value(to))
    if let halfWidth { text += " (±\u{A0}" + fixed(shown(halfWidth), decimals) + ")" }
    return text
  }
}

extension MetricFormat {
  /// The name of the metric in a sentence, such as `mean first response` or `the share answered within 5
  /// minutes (population vip)`.
  var spoken: String {
    let name = GoalWords.unscoped(metric)
    let label = printable(metric.words(isShort: false))
    var words =
      Self.nouns[name].map { label.hasSuffix(Self.perOne) ? $0 + Self.perOne : $0 } ?? label
    if let within = GoalWords.within(name) {
      words =
        "the share \(GoalWords.participle(within.quantity)) within "
        + GoalWords.spelled(within.duration)
      if within.isOfAnswered { words += ", of those answered" }
    } else {
      for (ending, before) in Self.endings where words.hasSuffix(ending) {
        words = before + words.dropLast(ending.count)
      }
    }
    return metric.scope.map { "\(words) (\(GoalWords.words(of: $0)))" } ?? words
  }

  /// Names of metrics whose labels are no nouns.
  private static let nouns = [
    "abandoned": "the share abandoned", "reassigned": "the share reassigned",
    "merged": "the share merged", "same_agent": "the share with the same agent again",
    "quick_handovers": "quick hand-overs",
  ]
  /// What tells a number for each conversation from one for a hundred.
  private static let perOne = " per conversation"

  private static let endings =
    [(", mean", "mean "), (", most", "most "), (", longest", "longest ")]
    + ["p50", "p75", "p90", "p95", "p99", "p999"].map { (", \($0)", "\($0) of ") }
}

extension MetricFormat {
  /// The metric of a goal in the unit of the goal's limit, as people wrote it.
  ///
  /// - Parameters:
  ///   - goal: The goal.
  ///   - metric: What it speaks of.
  static func metric(
    _ metric: ResultDocument.Metric, inUnitOf goal: ResultDocument.Goal
  ) -> ResultDocument.Metric {
    var result = metric
    result.shownUnit = goal.unit
    if metric.unit == "s" {
      let units: [String: (factor: Double, decimals: Int)] = [
        "ms": (1000, 0), "s": (1, metric.decimals), "min": (1.0 / 60, 1), "h": (1.0 / 3600, 2),
        "d": (1.0 / 86_400, 2),
      ]
      guard let unit = units[goal.unit] else { return metric }
      if goal.unit == metric.shownUnit { return metric }
      (result.shownFactor, result.decimals) = unit
      return result
    }
    let factor = goal.unit == "%" ? 100.0 : 1
    guard goal.unit == "%" || goal.unit.isEmpty, factor != metric.shownFactor else { return metric }
    // As many digits of the number as before: 4.5 of `x 100` is 0.045.
    var places = metric.shownFactor / factor
    while places > 5 {
      result.decimals += 1
      places /= 10
    }
    result.shownFactor = factor
    if metric.shownUnit == "/100" { result.label += perOne }
    let scale = " x 100"
    if metric.label.hasSuffix(scale) { result.label = String(metric.label.dropLast(scale.count)) }
    return result
  }
}

extension Verdict {
  /// Whether it says that there is a difference.
  var isClaim: Bool {
    switch self {
    case .better, .worse, .differs: true
    case .noDifference, .inconclusive: false
    }
  }
}
