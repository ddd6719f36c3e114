/// A workspace written down and cut in pieces, so that none holds a commit up for long.
struct SnapshotPieces: Sendable {
  let sequence: UInt64
  let at: Int64
  let pieces: [ArraySlice<UInt8>]
  static let size = 1 << 20

  init(sequence: UInt64, at: Int64, _ bytes: [UInt8]) {
    self.sequence = sequence
    self.at = at
    pieces = stride(from: 0, to: max(1, bytes.count), by: Self.size).map {
      bytes[$0..<min(bytes.count, $0 + Self.size)]
    }
  }
}

extension JournalStore {
  /// How many snapshots are kept.
  static let keptSnapshots = 2

  /// Adds a piece of a snapshot within a transaction; the last one lets the oldest snapshots go.
  func append(_ snapshot: SnapshotPieces, piece: Int) throws(SQLiteFailure) {
    let bytes = Array(snapshot.pieces[piece])
    var sum = ChainSum.start
    sum.mix(bytes)
    let insert = try database.prepare("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?, ?)")
    insert.bind(1, Int64(snapshot.sequence))
    insert.bind(2, Int64(piece))
    insert.bind(3, Int64(snapshot.pieces.count))
    insert.bind(4, snapshot.at)
    insert.bind(5, blob: bytes)
    insert.bind(6, Int64(bitPattern: sum.value))
    try insert.run()
    guard piece == snapshot.pieces.count - 1 else { return }
    try database.run(
      """
      DELETE FROM snapshots WHERE sequence NOT IN (
        SELECT sequence FROM snapshots GROUP BY sequence HAVING count(*) = max(parts)
        ORDER BY sequence DESC LIMIT \(Self.keptSnapshots))
      """)
  }

  /// After which events there is a snapshot with all its pieces, the latest first.
  func snapshots() throws(SQLiteFailure) -> [UInt64] {
    let asked = try database.prepare(
      "SELECT sequence FROM snapshots GROUP BY sequence HAVING count(*) = max(parts) "
        + "ORDER BY sequence DESC")
    var found: [UInt64] = []
    while try asked.step() { found.append(UInt64(bitPattern: asked.int(0))) }
    return found
  }

  /// A snapshot; nil where a piece is damaged.
  func snapshot(_ sequence: UInt64) throws(SQLiteFailure) -> [UInt8]? {
    let asked = try database.prepare(
      "SELECT state, checksum FROM snapshots WHERE sequence = ? ORDER BY part")
    asked.bind(1, Int64(sequence))
    var bytes: [UInt8] = []
    while try asked.step() {
      let piece = asked.bytes(0)
      var sum = ChainSum.start
      sum.mix(piece)
      guard Int64(bitPattern: sum.value) == asked.int(1) else { return nil }
      bytes += piece
    }
    return bytes
  }
}
