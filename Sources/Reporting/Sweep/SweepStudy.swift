public import Measurement

extension SweepDocument: Study {
  /// `sweep.csv`, a row for each setting, strategy and metric, and `sweep.svg`, the page's first figure.
  public var tables: [ReportFile] {
    var table = CSVTable(
      Self.unique(names.map(\.name)) + WrittenFile.sweep.header)
    let units = metrics.map(\.unit)
    for point in points {
      let setting = zip(names, point.place).map { CSVTable.Cell.text($0.values[$1]) }
      let strategy = CSVTable.Cell.text(strategies[point.place[names.count]])
      for (place, value) in point.values.enumerated() {
        let isInOrder = metrics.indices.contains(place) && metrics[place].name == value.metric
        let unit =
          isInOrder ? units[place] : metrics.first { $0.name == value.metric }?.unit ?? ""
        table.add(
          setting + [
            strategy, .text(value.metric), .text(unit), .number(value.mean), .number(value.low),
            .number(value.high), .number(value.halfWidth), .count(value.replications),
          ])
      }
    }
    let files = [ReportFile("sweep.csv", table.contents)]
    let figures = SweepPage(SweepIndex(self)).figures(asked.first ?? "", 0)
    return files + (figures.first.map { [ReportFile("sweep.svg", $0.picture)] } ?? [])
  }

  /// A name that is a heading already, or written like CSV, must not make two columns or none.
  private static func unique(_ names: [String]) -> [String] {
    names.map { name in
      let plain = CSVTable.heading(name)
      return WrittenFile.sweep.header.contains(plain) ? "parameter " + plain : plain
    }
  }

  /// The answer in one paragraph.
  public var verdict: String {
    String(SweepWords(index: SweepIndex(self)).text.map { $0 == "\u{A0}" ? " " : $0 })
  }

  /// The page.
  public var page: StudyPage { SweepPage(SweepIndex(self)).page }

  /// The answer for a terminal.
  public func blocks(_ style: TerminalStyle) -> [[String]] {
    SweepTable(SweepIndex(self), style).blocks
  }

  /// The first number that cannot be.
  public var problem: String? { SweepCheck(self).problem }
}
