/// A column of times: one unit for all of them.
struct LoadColumn: Sendable {
  let title: String
  let times: [Double?]

  init(_ title: String, _ times: [Double?]) {
    self.title = title
    self.times = times
  }

  private var unit: TimeUnit { TimeUnit.ofColumn(times.compactMap(\.self)) }

  /// The title with the unit.
  var heading: String {
    times.contains { $0 != nil } ? "\(title), \(unit.sign)" : title
  }

  /// Whether it is empty somewhere.
  var hasGaps: Bool { times.contains { $0 == nil } }

  /// The times without their unit.
  var digits: [String] {
    let unit = unit
    return times.map { time in
      guard let time else { return "" }
      let text = unit.digits(time)
      return time > 0 && !text.contains { $0 >= "1" && $0 <= "9" } ? "<0.001" : text
    }
  }

  /// The times, each in the unit that fits it, for where the column would be too wide.
  var withUnits: [String] { times.map { $0.map(wallTime) ?? "" } }
}

/// Columns of times behind others, in what width there is.
struct LoadColumns: Sendable {
  let frame: AnswerFrame

  /// The lines of a table.
  ///
  /// - Parameters:
  ///   - left: Names, held by their beginnings.
  ///   - right: Counts, held by their ends.
  ///   - columns: Times.
  ///   - last: What stands behind each row.
  func lines(
    left: [(title: String, cells: [String])], right: [(title: String, cells: [String])],
    _ columns: [LoadColumn], last: [String] = []
  ) -> [String] {
    let first = left + right
    var shown = columns
    while true {
      for hasUnits in [false, true] {
        let lines = laid(first, left.count, shown, hasUnits: hasUnits, last)
        let width = lines.map { displayWidth($0) }.max() ?? 0
        if width <= frame.columns || (hasUnits && shown.count <= 2) { return lines }
      }
      // What does not fit stands in the files and on the page; the ends of the range stay.
      shown.remove(at: shown.count / 2)
    }
  }

  private func laid(
    _ first: [(title: String, cells: [String])], _ leftCount: Int, _ columns: [LoadColumn],
    hasUnits: Bool, _ last: [String]
  ) -> [String] {
    let count = columns.first?.times.count ?? 0
    var rows = [first.map(\.title)]
    for row in 0..<count { rows.append(first.map { $0.cells[row] }) }
    for column in columns {
      let cells = hasUnits ? column.withUnits : aligned(column.digits)
      rows[0].append(frame.ascii(hasUnits ? column.title : column.heading))
      for row in 0..<count { rows[row + 1].append(frame.ascii(cells[row])) }
    }
    let lines = frame.table(rows, left: leftCount)
    guard !last.isEmpty else { return lines }
    let width = lines.map { displayWidth($0) }.max() ?? 0
    return [lines[0]] + zip(lines.dropFirst(), last).map { $0.padded(to: width) + "  " + $1 }
  }

  /// Numbers whose points stand under each other.
  private func aligned(_ texts: [String]) -> [String] {
    let column = NumberColumn.fitting(texts, whole: 0, atMost: 40)
    return texts.map { text in
      var shown = column.placed(text)[...]
      while shown.first == " " { shown.removeFirst() }
      return String(shown)
    }
  }
}
