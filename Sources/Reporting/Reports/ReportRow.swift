import Measurement

/// A row of one of the platform's reports, with the strategy whose first run it is of.
struct ReportRow<Row: Sendable>: Sendable {
  var strategy: String
  var row: Row
}

/// The columns of one of the platform's reports, and its rows in the reports of a strategy.
struct PlatformReport<Row: Sendable>: Sendable {
  /// What the platform calls it.
  let title: String
  /// Its file.
  let table: FileTable<ReportRow<Row>>
  /// How many columns after the strategy say what a row is about, and how many of these head a table of their own
  /// on the page.
  let keys: Int
  let headings: Int
  /// The rows of one run.
  let rows: @Sendable (ResultDocument.Reports) -> [Row]

  /// A report whose file is called after it; the column of the strategy is added.
  init(
    _ title: String, _ about: String, keys: Int, headings: Int = 1,
    rows: @escaping @Sendable (ResultDocument.Reports) -> [Row],
    columns: [FileColumn<ReportRow<Row>>]
  ) {
    self.title = title
    self.keys = keys
    self.headings = headings
    self.rows = rows
    table = FileTable(
      name: "reports/\(title.lowercased()).csv", about: about,
      columns: [
        FileColumn("strategy", "The strategy whose first run it is.") { .text($0.strategy) }
      ]
        + columns)
  }

  /// Its file, with the rows of all strategies that have reports.
  func file(of document: ResultDocument) -> ReportFile {
    table.file { add in
      for strategy in document.strategies {
        for row in strategy.reports.map(rows) ?? [] {
          add(ReportRow(strategy: strategy.name, row: row))
        }
      }
    }
  }
}

extension FileColumn {
  /// A column of a report, taken from its row.
  static func of<Inner: Sendable>(
    _ name: String, _ about: String, _ cell: @escaping @Sendable (Inner) -> CSVTable.Cell
  ) -> FileColumn<ReportRow<Inner>> where Row == ReportRow<Inner> {
    FileColumn<ReportRow<Inner>>(name, about) { cell($0.row) }
  }
}
