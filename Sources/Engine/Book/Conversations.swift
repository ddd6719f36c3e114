/// The open conversations, and how many there ever were.
///
/// A conversation takes a row when it is opened and gives it back when it is closed; nothing outside this
/// file does either, so opened less closed is what is open (INV-18).
struct Conversations: Sendable, Codable {
  private var rows = RawTable<ConversationRow>()
  /// Conversations opened so far; they are numbered from 1.
  private(set) var opened: UInt64 = 0
  /// Conversations closed so far.
  private(set) var closed: UInt64 = 0

  /// How many places there are, the free ones included.
  var count: Int { rows.count }
  /// How many conversations are open.
  @inline(__always) var liveCount: Int { rows.liveCount }
  /// Whether the rows in use are those that were opened and not closed.
  @inline(__always) var balance: Bool {
    opened &- closed == UInt64(truncatingIfNeeded: rows.liveCount)
  }

  subscript(place: Int) -> ConversationRow {
    @inline(__always) _read { yield rows[place] }
    @inline(__always) _modify { yield &rows[place] }
  }

  /// A row where it stands: good until another conversation is opened.
  @inline(__always)
  func handle(_ place: Int) -> RowHandle<ConversationRow> { rows.handle(place) }

  /// The place that the next conversation takes, where another had it before.
  @inline(__always) var freedPlace: Int? { rows.freedSlot }

  /// Counts the next conversation and gives it a place; its row is to begin.
  @inline(__always)
  mutating func open() -> (id: ConversationID, place: Int) {
    opened &+= 1
    return (ConversationID(opened), rows.take(orAppend: ConversationRow()))
  }

  /// The same at the place of which `freedPlace` told.
  @inline(__always)
  mutating func openFreed() -> ConversationID {
    opened &+= 1
    rows.takeFreed()
    return ConversationID(opened)
  }

  /// Counts a conversation as closed and takes its place back.
  @inline(__always)
  mutating func close(_ place: Int) {
    closed &+= 1
    rows.release(place)
  }

  /// Goes on in memory of its own.
  mutating func separate() { rows.separate() }

  /// Which part differs from another table that ought to be the same; nil where none does.
  func difference(from other: Conversations) -> String? {
    guard opened == other.opened else { return "the count of openings" }
    guard closed == other.closed else { return "the count of closings" }
    return rows.agrees(with: other.rows) ? nil : "conversations"
  }
}
