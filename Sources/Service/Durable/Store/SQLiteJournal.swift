public import Engine
public import World

/// The journal of a workspace, read and played again from its first event on.
public struct SQLiteJournal: Sendable {
  /// What the workspace began with, with the moment of its time zero in the settings.
  public let opening: WorkspaceOpening
  /// The events with their times, up to the first that came out differently.
  public let journal: Journal
  /// How many automatic decisions were taken.
  public let decisions: UInt64
  /// A checksum over all rows.
  public let checksum: UInt64
  /// The first event whose result is another when it is played again, and how it differs.
  public let difference: String?

  /// Whether a file begins as a SQLite database does.
  public static func isDatabase(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.prefix(16).elementsEqual("SQLite format 3\0".utf8)
  }

  /// Reads a journal and plays it; the file is left as it is.
  public init(path: String) throws(JournalProblem) {
    let store = try JournalStore(reading: path)
    defer { store.close() }
    let played = Restorer(store: store).playAll()
    if let problem = played.problem, !played.isDifference { throw problem }
    var opening = store.meta.opening
    opening.settings.epoch = store.meta.began / 1_000_000_000
    self.opening = opening
    journal = Journal(played.entries)
    decisions = played.state.core.decisionCount
    checksum = played.state.chain.value
    difference = played.problem.map { "event \($0.event ?? 0): \($0.why)" }
  }
}

extension LiveWorkspace {
  /// What was saved of a damaged journal.
  public struct Salvage: Sendable {
    /// How many events were copied.
    public let events: UInt64
    /// Why not more; nil where all were.
    public let loss: String?
  }

  /// Copies the events of a journal that are whole, from the first on, to a new journal.
  public static func salvage(from path: String, to new: String) throws(JournalProblem) -> Salvage {
    let damaged = try JournalStore(reading: path)
    defer { damaged.close() }
    let played = Restorer(store: damaged).playAll()
    let whole = played.problem?.wholeEvents ?? played.state.sequence
    let saved = try JournalStore(
      new, sync: .full, makingItOf: damaged.meta.opening, at: damaged.meta.began)
    defer { saved.close() }
    do throws(SQLiteFailure) {
      guard try saved.lastSequence() == 0 else {
        throw SQLiteFailure(code: 19, message: "there is a journal with events already")
      }
      var copied: UInt64 = 0
      while copied < whole {
        try saved.begin()
        try damaged.forEachRow(after: copied, atMost: Int64(min(10_000, whole - copied))) {
          (row, sum) throws(SQLiteFailure) in
          try saved.append(row, chain: sum)
          copied = row.sequence
          return true
        }
        try saved.commit()
      }
    } catch {
      saved.rollBack()
      throw JournalProblem(error, new)
    }
    return Salvage(events: whole, loss: played.problem?.description)
  }
}
