/// A growing block of plain values that are changed in place: no reference count is looked at, nothing
/// is copied before it is written.
///
/// The only unsafe code of this module. The reasoning: elements are `BitwiseCopyable`, so moving is
/// copying bytes and dropping is nothing; every element is initialised before `count` covers it; every
/// access is checked against `count`, in release builds too; the table is not copyable, so the block
/// has one owner and is freed once.
@frozen @safe @usableFromInline
struct RecordTable<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline private(set) var base: UnsafeMutablePointer<Element>
  @usableFromInline private(set) var count: Int

  /// A table of that many equal elements.
  init(count: Int, repeating element: Element) {
    let room = max(1, count)
    unsafe base = .allocate(capacity: room)
    unsafe base.initialize(repeating: element, count: room)
    self.count = max(0, count)
  }

  @inlinable deinit { unsafe base.deallocate() }

  /// The element at an index, read or changed in place.
  @inlinable
  subscript(index: Int) -> Element {
    @inline(__always) unsafeAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "record: no such number")
      return unsafe UnsafePointer(base + index)
    }
    @inline(__always) unsafeMutableAddress {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "record: no such number")
      return unsafe base + index
    }
  }

  /// Adds equal elements at the end.
  mutating func grow(to newCount: Int, with element: Element) {
    guard newCount > count else { return }
    let block = UnsafeMutablePointer<Element>.allocate(capacity: newCount)
    unsafe block.initialize(from: base, count: count)
    unsafe (block + count).initialize(repeating: element, count: newCount - count)
    unsafe base.deallocate()
    unsafe base = block
    count = newCount
  }

  /// The elements, copied.
  var elements: [Element] { (0..<count).map { self[$0] } }
}
