/// A dense table whose rows are used again: a row's place is its slot, the last freed is taken first.
struct SlotTable<Row: Sendable & Codable>: Sendable, Codable {
  private(set) var rows: ContiguousArray<Row> = []
  private var free: ContiguousArray<Int32> = []

  /// How many rows there are, the free ones included.
  var count: Int { rows.count }
  /// How many rows are in use.
  var liveCount: Int { rows.count - free.count }
  /// The slot that the next `take` will return.
  var nextSlot: Int { free.last.map(Int.init) ?? rows.count }

  subscript(slot: Int) -> Row {
    @inline(__always) _read { yield rows[slot] }
    @inline(__always) _modify { yield &rows[slot] }
  }

  /// Takes the last freed slot as it was left, or a new one holding what is given.
  @inline(__always)
  mutating func take(orAppend row: @autoclosure () -> Row) -> Int {
    if let slot = free.popLast() { return Int(slot) }
    rows.append(row())
    return rows.count - 1
  }

  /// The row that stands beside another one, which has its slot, or -1 as long as there is none: then it is made.
  mutating func row(beside slot: inout Int32, orAppend row: @autoclosure () -> Row) -> Int {
    if slot < 0 { slot = Int32(truncatingIfNeeded: take(orAppend: row())) }
    return Int(slot)
  }

  /// Gives the row back that stands beside another one, emptied.
  mutating func release(beside slot: inout Int32, emptying: (inout Row) -> Void) {
    emptying(&rows[Int(slot)])
    release(Int(slot))
    slot = -1
  }

  /// Gives a slot back; what is in it stays until it is taken again.
  @inline(__always)
  mutating func release(_ slot: Int) { free.append(Int32(truncatingIfNeeded: slot)) }
}

extension SlotTable: Equatable where Row: Equatable {}
