public import Engine
public import Scenarios

extension History {
  /// Reads an export.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - columns: What its columns mean; the platform's own names if nil.
  ///   - isMessages: Whether its rows are messages.
  ///   - zone: On whose clock its times are where they carry no offset, and are laid where they do.
  ///
  /// Throws everything that is wrong with the file in one go. Warnings go with the history.
  public static func read(
    _ path: String, columns: ColumnMap? = nil, isMessages: Bool = false, zone: TimeZoneRules? = nil
  ) throws(Diagnostics) -> (history: History, warnings: Diagnostics) {
    var table = try ExportTable(path, wanted: wanted(columns, isMessages))
    let kind: Kind =
      isMessages ? .messages : columns.map { $0.isEvents ? .events : .rows } ?? .platform
    var history = History(file: path, kind: kind)
    switch kind {
    case .platform, .rows: try ConversationRows.read(&table, columns, into: &history)
    case .events: try EventRows.read(&table, columns, into: &history)
    case .messages: try MessageRows.read(&table, columns, into: &history)
    }
    history.rows = table.rowCount
    history.resolution = table.clock.resolution
    history.isUTC = table.clock.isZoned
    if let zone { history.place(in: zone) }
    table.finish()
    if table.problems.errorCount == 0, history.conversations.isEmpty {
      table.problems.error("has no conversation that could be used", hint: "is it the right file?")
    }
    guard table.problems.errorCount == 0 else { throw table.problems.diagnostics }
    return (history, Diagnostics(table.problems.warnings))
  }

  /// Names that tell how a file's cells are divided.
  private static func wanted(_ columns: ColumnMap?, _ isMessages: Bool) -> [String] {
    if let columns { return columns.sources.flatMap(\.source.columns) }
    return isMessages ? MessageRows.names.map(\.1) : ConversationRows.names
  }
}
