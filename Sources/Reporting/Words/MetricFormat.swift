import Measurement

/// How the values of one metric are written: the same digits wherever they are printed.
struct MetricFormat: Sendable {
  let metric: ResultDocument.Metric
  /// Digits after the point.
  private(set) var decimals: Int

  init(_ metric: ResultDocument.Metric, widestHalfWidth: Double?) {
    self.metric = metric
    let most = max(0, min(metric.decimals, 9))
    let shown = widestHalfWidth.map { $0 * metric.shownFactor }
    decimals = shown.map { decimalsForTwoDigits(of: $0, atMost: most) } ?? most
  }

  /// A metric that is named but not defined.
  init(unknown name: String) {
    self.init(
      .init(
        name: name, label: name, group: "", unit: "", shownUnit: "", decimals: 2,
        polarity: .neither), widestHalfWidth: nil)
  }

  /// The value in the shown unit.
  func shown(_ value: Double) -> Double { value * metric.shownFactor }

  /// A value without its unit.
  func value(_ value: Double) -> String { fixed(shown(value), decimals) }

  /// A value with its sign, without its unit.
  func change(_ value: Double) -> String { signed(shown(value), decimals) }

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

  /// The format with as many more decimals as it takes to see a change that is claimed.
  func showing(_ row: ResultDocument.Difference) -> MetricFormat {
    guard row.verdict.isClaim, let change = row.change, change != 0 else { return self }
    var finer = self
    while finer.hidesChange(row), finer.decimals < decimals + 4 { finer.decimals += 1 }
    return finer.hidesChange(row) ? self : finer
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

  /// `6.6 ± 0.7 points`, the change without its sign.
  func spokenChange(_ row: ResultDocument.Difference) -> String {
    let change = printedChange(row) ?? 0
    return spokenChange(change / metric.shownFactor, halfWidth: row.halfWidth)
  }

  /// The same of a change that is no row's.
  func spokenChange(_ change: Double, halfWidth: Double?) -> String {
    var text = fixed(shown(change).magnitude, decimals)
    if let halfWidth { text += " ± " + fixed(shown(halfWidth), decimals) }
    return changeUnit.isEmpty ? text : text + " " + changeUnit
  }

  /// `83.0 ± 2.3 %`.
  func spokenValue(_ value: Double, halfWidth: Double?) -> String {
    var text = self.value(value)
    if let halfWidth { text += " ± " + fixed(shown(halfWidth), decimals) }
    return withUnit(text)
  }
}

extension ResultDocument.Verdict {
  /// Whether it says that there is a difference.
  var isClaim: Bool {
    switch self {
    case .better, .worse, .differs: true
    case .noDifference, .inconclusive: false
    }
  }
}
