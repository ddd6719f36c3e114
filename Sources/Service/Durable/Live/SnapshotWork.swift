import Engine
import VirtualTime

/// How a workspace is written down beside its work: copied at once, encoded by another thread, and stored
/// a piece with each commit.
struct SnapshotWork {
  /// After which event the latest one was begun.
  private var latest: UInt64
  /// Whether another thread is encoding one.
  private var isEncoding = false
  /// What is still to be stored.
  private(set) var pieces: SnapshotPieces?
  private var nextPiece = 0
  private var wrotePiece = false

  init(latest: UInt64) { self.latest = latest }

  /// Begins a snapshot if enough has happened since the last.
  mutating func beginIfDue(
    _ state: WorkspaceState, _ options: LiveWorkspace.Options, _ inbox: WorkspaceInbox
  ) {
    guard !isEncoding, pieces == nil, state.sequence >= latest + options.snapshotEvery else {
      return
    }
    latest = state.sequence
    let memory = state.memory
    let thread = SystemThread { _ = inbox.put(.snapshot(Self.encode(memory))) }
    isEncoding = thread.isStarted
    thread.detach()
  }

  private static func encode(_ memory: WorkspaceMemory) -> SnapshotPieces? {
    guard let bytes = try? CompactForm.encode(memory) else { return nil }
    return SnapshotPieces(
      sequence: memory.sequence, at: memory.core.now.nanoseconds, bytes)
  }

  /// Takes one that was encoded.
  mutating func took(_ encoded: SnapshotPieces?) {
    isEncoding = false
    pieces = encoded
    nextPiece = 0
  }

  /// Stores the next piece within the commit at hand, if there is one.
  mutating func writePiece(_ store: JournalStore) throws(SQLiteFailure) {
    guard let pieces else { return }
    try store.begin()
    try store.append(pieces, piece: nextPiece)
    wrotePiece = true
  }

  /// The piece is on disk.
  mutating func committedPiece(_ metrics: inout WorkspaceMetrics) {
    guard wrotePiece, let written = pieces else { return }
    wrotePiece = false
    nextPiece += 1
    guard nextPiece == written.pieces.count else { return }
    pieces = nil
    metrics.snapshots += 1
  }

  /// Gives a snapshot up that could not be stored; the next one comes in its time.
  mutating func dropPieces() {
    pieces = nil
    wrotePiece = false
  }

  /// Writes the last snapshot before the end, unless nothing happened since the latest.
  mutating func writeLast(
    _ state: WorkspaceState, _ store: JournalStore, _ metrics: inout WorkspaceMetrics
  ) {
    guard state.sequence > 0, (try? store.snapshots().first) != state.sequence,
      let last = Self.encode(state.memory)
    else { return }
    do throws(SQLiteFailure) {
      try store.begin()
      for piece in last.pieces.indices { try store.append(last, piece: piece) }
      try store.commit()
      metrics.snapshots += 1
    } catch {
      store.rollBack()
    }
  }
}
