/// A number in a column: its point stands under the points of the rows above.
struct NumberColumn: Sendable {
  /// Columns up to the decimal point, the space before the number included.
  var whole: Int
  /// Columns from the decimal point on.
  var fraction: Int

  var width: Int { whole + fraction }

  /// A column wide enough for these numbers, at least so wide and at most so wide before the point.
  static func fitting(
    _ texts: [String], whole: Int, atMost most: Int, fraction: Int = 0
  ) -> NumberColumn {
    var column = NumberColumn(whole: whole, fraction: fraction)
    for text in texts {
      let parts = split(text)
      column.whole = max(column.whole, displayWidth(parts.whole) + 1)
      column.fraction = max(column.fraction, displayWidth(parts.fraction))
    }
    column.whole = min(column.whole, max(whole, most))
    return column
  }

  /// The same column, at least so wide.
  func widened(to width: Int) -> NumberColumn {
    NumberColumn(whole: whole + max(0, width - self.width), fraction: fraction)
  }

  /// The text in its place; a number that is too wide gives up decimals, then digits.
  func placed(_ text: String) -> String {
    let parts = Self.split(text)
    if displayWidth(parts.whole) < whole, displayWidth(parts.fraction) <= fraction {
      return (parts.whole.leading(to: whole) + parts.fraction).padded(to: width)
    }
    return NumberColumn.shortened(text, to: width - 1).leading(to: width)
  }

  /// A text under the right edge of the column.
  func heading(_ text: String) -> String { text.leading(to: width) }

  private static func split(_ text: String) -> (whole: String, fraction: String) {
    guard let point = text.firstIndex(of: ".") else { return (text, "") }
    return (String(text[..<point]), String(text[point...]))
  }

  /// A number in at most so many columns: without decimals, then in thousands, millions ...
  static func shortened(_ text: String, to columns: Int) -> String {
    if displayWidth(text) <= columns { return text }
    let sign = String(text.prefix { !$0.isNumber })
    guard let value = Double(text.dropFirst(sign.count)) else { return cut(text, to: columns) }
    for (size, suffix) in [(1.0, ""), (1e3, "k"), (1e6, "M"), (1e9, "G"), (1e12, "T")] {
      let short = sign + fixed(value / size, 0) + suffix
      if displayWidth(short) <= columns { return short }
    }
    return String(repeating: "*", count: max(0, columns))
  }
}
