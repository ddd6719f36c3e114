/// All users who ever joined, by their numbers, with their names.
struct Users: Sendable, Codable {
  private var rows = RawTable<UserRow>()
  private var names: [String] = []

  @inline(__always) var count: Int { rows.count }
  var indices: Range<Int> { rows.indices }
  /// The id that the next user will have.
  var next: UserID { UserID(index: rows.count) }

  subscript(index: Int) -> UserRow {
    @inline(__always) _read { yield rows[index] }
    @inline(__always) _modify { yield &rows[index] }
  }

  /// A row where it stands: good until another user joins.
  @inline(__always)
  func handle(_ index: Int) -> RowHandle<UserRow> { rows.handle(index) }

  /// The name of a user who is or was there.
  func name(of user: UserID) -> String { names[user.index] }

  mutating func add(_ row: UserRow, name: String) {
    rows.append(row)
    names.append(name)
  }

  /// Goes on in memory of its own.
  mutating func separate() { rows.separate() }

  /// Whether the same users are there, each in the same state.
  func agrees(with other: Users) -> Bool { rows.agrees(with: other.rows) && names == other.names }
}
