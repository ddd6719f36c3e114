/// A row of a table by its number, or none: how rows lead to each other.
///
/// Four bytes. The number of one kind of row is not that of another, and a table takes no other.
struct RowNumber<Row>: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// As it is kept and written down; -1 is none.
  let raw: Int32

  @inline(__always) init(_ index: Int) { raw = Int32(truncatingIfNeeded: index) }

  @inline(__always) init(raw: Int32) { self.raw = raw }

  /// No row.
  static var none: Self { @inline(__always) get { Self(raw: -1) } }

  /// The row's place in its table; of none there is none, and a table traps.
  var index: Int { @inline(__always) get { Int(raw) } }

  /// The place after the row's; after none comes the first.
  var following: Int { @inline(__always) get { index &+ 1 } }

  @inline(__always)
  static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

extension Array {
  /// The row of a number.
  subscript(number: RowNumber<Element>) -> Element {
    get { self[number.index] }
    _modify { yield &self[number.index] }
  }
}

extension RawTable {
  /// The numbers of all rows, the free ones included.
  var numbers: LazyMapSequence<Range<Int>, RowNumber<Row>> { indices.lazy.map { RowNumber($0) } }

  /// The row of a number.
  subscript(number: RowNumber<Row>) -> Row {
    @inline(__always) _read { yield self[number.index] }
    @inline(__always) _modify { yield &self[number.index] }
  }
}
