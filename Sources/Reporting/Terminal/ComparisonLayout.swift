/// Where the columns of a comparison stand.
struct ComparisonLayout: Sendable {
  /// The numbers of the columns as texts.
  struct Texts: Sendable {
    var baseline: [String] = []
    var value: [String] = []
    var change: [String] = []
    var halfWidth: [String] = []
  }

  var groupIndent: Int
  var labelIndent: Int
  var label: Int
  var unit = 4
  var baseline: NumberColumn
  var value: NumberColumn
  var change: NumberColumn
  var halfWidth: NumberColumn
  var nameOffset: Int

  /// The usual columns of a terminal with 100 columns.
  static func wide(label: Int) -> ComparisonLayout {
    ComparisonLayout(
      groupIndent: 2, labelIndent: 4, label: max(25, label + 1),
      baseline: .init(whole: 8, fraction: 3), value: .init(whole: 6, fraction: 3),
      change: .init(whole: 6, fraction: 3), halfWidth: .init(whole: 5, fraction: 3), nameOffset: 6)
  }

  /// The usual columns of a terminal with 80 columns.
  static func narrow(label: Int) -> ComparisonLayout {
    ComparisonLayout(
      groupIndent: 0, labelIndent: 2, label: max(21, label + 1),
      baseline: .init(whole: 4, fraction: 3), value: .init(whole: 4, fraction: 3),
      change: .init(whole: 4, fraction: 3), halfWidth: .init(whole: 4, fraction: 3), nameOffset: 4)
  }

  /// Columns before the numbers.
  var head: Int { labelIndent + label + unit }

  /// Columns of one strategy: its three numbers, a space and the sign.
  var group: Int { value.width + change.width + halfWidth.width + 2 }

  /// Columns of a table with so many strategies beside the baseline.
  func width(of others: Int) -> Int { head + baseline.width + group * others }

  /// The same with columns that are wide enough for these numbers.
  func fitting(_ texts: Texts) -> ComparisonLayout {
    var layout = self
    layout.baseline = Self.column(texts.baseline, whole: baseline.whole, fraction: 3)
    layout.value = Self.column(texts.value, whole: value.whole, fraction: 3)
    layout.change = Self.column(texts.change, whole: change.whole, fraction: 3)
    layout.halfWidth = Self.column(texts.halfWidth, whole: halfWidth.whole, fraction: 3)
    return layout
  }

  /// The same with columns that are just wide enough for these numbers and their headings.
  func tight(_ texts: Texts) -> ComparisonLayout {
    var layout = self
    layout.baseline = Self.column(texts.baseline, whole: 4, fraction: 0)
    layout.value = Self.column(texts.value, whole: 4, fraction: 0).widened(to: 6)
    layout.change = Self.column(texts.change, whole: 4, fraction: 0).widened(to: 7)
    layout.halfWidth = Self.column(texts.halfWidth, whole: 4, fraction: 0).widened(to: 6)
    return layout
  }

  /// More than six digits before the point are shortened.
  private static func column(_ texts: [String], whole: Int, fraction: Int) -> NumberColumn {
    .fitting(texts, whole: whole, atMost: 8, fraction: fraction)
  }
}
