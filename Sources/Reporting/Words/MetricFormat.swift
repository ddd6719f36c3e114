import Measurement

/// How the values of one metric are written: the same digits wherever they are printed.
struct MetricFormat: Sendable {
  let metric: ResultDocument.Metric
  /// Digits after the point.
  let decimals: Int

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

  /// Whether the metric is a time.
  var isTime: Bool { metric.unit == "s" }

  /// `6.6 ± 0.7 points`, the change without its sign.
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
