import Glibc

/// A growing block of plain values that are changed in place: no reference count is looked at, nothing
/// is copied before it is written.
///
/// The only unsafe code of this module. The reasoning: elements are `BitwiseCopyable`, so moving is
/// copying bytes and dropping is nothing; every element is initialised before `count` covers it; every
/// access is checked against `count`, in release builds too; the table is not copyable, so the block
/// has one owner and is freed once. All blocks come from the C library, because only there can one
/// have zeros that take no memory until they are written over.
@frozen @safe @usableFromInline
struct RecordTable<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline private(set) var base: UnsafeMutablePointer<Element>
  @usableFromInline private(set) var count: Int

  /// A table of that many equal elements.
  init(count: Int, repeating element: Element) {
    self.count = max(0, count)
    unsafe base = Self.block(self.count)
    unsafe base.initialize(repeating: element, count: self.count)
  }

  @inlinable deinit { unsafe Self.release(base) }

  @usableFromInline
  static func release(_ block: UnsafeMutablePointer<Element>) { unsafe free(block) }

  /// A block of bytes that are zero, for that many elements.
  private static func block(_ count: Int) -> UnsafeMutablePointer<Element> {
    guard let block = unsafe calloc(max(1, count), MemoryLayout<Element>.stride) else {
      preconditionFailure("record: the system gives no memory for \(count) entries")
    }
    return unsafe block.bindMemory(to: Element.self, capacity: max(1, count))
  }

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
    let block = unsafe Self.block(newCount)
    unsafe block.initialize(from: base, count: count)
    unsafe (block + count).initialize(repeating: element, count: newCount - count)
    unsafe free(base)
    unsafe base = block
    count = newCount
  }

  /// The elements, copied.
  var elements: [Element] { (0..<count).map { self[$0] } }
}

extension RecordTable where Element: FixedWidthInteger {
  /// A table of that many zeros; those that stay zero need no memory.
  init(zeros count: Int) {
    self.count = max(0, count)
    unsafe base = Self.block(self.count)
  }

  /// Goes through the elements of a part that are not zero, with their places.
  @inline(__always)
  func forEachNotZero(in places: Range<Int>, _ body: (Int, Element) -> Void) {
    precondition(places.lowerBound >= 0 && places.upperBound <= count, "record: no such number")
    let together = MemoryLayout<UInt64>.size / MemoryLayout<Element>.stride
    var place = places.lowerBound
    while place < places.upperBound {
      // Eight bytes at a time, for most are zero.
      var next = place + 1
      if places.upperBound - place >= together, together > 1 {
        next = place + together
        if unsafe UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self) == 0 {
          place = next
          continue
        }
      }
      while place < next {
        let element = unsafe base[place]
        if element != 0 { body(place, element) }
        place += 1
      }
    }
  }
}
