/// A column of a file: its name in the header, what stands in it, and how that is taken from a row.
struct FileColumn<Row>: Sendable {
  /// The name in the header.
  let name: String
  /// What stands in it, in one sentence.
  let about: String
  /// The cell of a row.
  let cell: @Sendable (Row) -> CSVTable.Cell

  init(_ name: String, _ about: String, _ cell: @escaping @Sendable (Row) -> CSVTable.Cell) {
    self.name = name
    self.about = about
    self.cell = cell
  }
}

/// A file that is a table: its name, what it tells, and its columns.
struct FileTable<Row>: Sendable {
  /// Its name inside the folder of a result.
  let name: String
  /// What it tells, in one sentence.
  let about: String
  /// Its columns in their order.
  let columns: [FileColumn<Row>]

  /// The file with a row for each of these.
  func file(of rows: some Sequence<Row>) -> ReportFile {
    file { add in
      for row in rows { add(row) }
    }
  }

  /// The file with a row for each that is handed over.
  func file(handedOver rows: ((Row) -> Void) -> Void) -> ReportFile {
    var table = CSVTable(columns.map { CSVTable.heading($0.name) })
    rows { row in table.add(row, by: columns) }
    return ReportFile(name, table.contents)
  }
}
