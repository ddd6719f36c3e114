/// Memory for things that own memory themselves, and ends of life for them.
@safe
private final class OwnedMemory<Element> {
  let base: UnsafeMutablePointer<Element>
  let capacity: Int
  /// How many of the places hold something.
  var count = 0

  init(capacity: Int) {
    unsafe base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit {
    unsafe base.deinitialize(count: count)
    unsafe base.deallocate()
  }
}

/// An element where it stands: so that what it is made of is read without a copy of the whole.
///
/// Good as long as its table is there and grows no more, so never kept beyond the function that asked for it.
@safe
struct ElementHandle<Element: Sendable> {
  fileprivate let place: UnsafeMutablePointer<Element>

  var element: Element {
    @inline(__always) _read { yield unsafe place.pointee }
  }
}

/// A table like `RawTable` for things that are more than numbers, which only grows.
///
/// The same bargain: whoever holds the table asks once, before anything changes, whether a copy shares
/// it, and then calls `separate`; reading and changing its elements asks nothing. All that is unsafe
/// about it is in this file: places below the count hold an element, each is checked against the
/// count, and the memory is let go by the one object that owns it.
@safe
struct OwnedTable<Element: Sendable>: @unchecked Sendable {
  private var memory: OwnedMemory<Element>
  private var elements: UnsafeMutablePointer<Element>
  /// How many elements there are.
  private(set) var count = 0

  init() {
    memory = OwnedMemory(capacity: 4)
    unsafe elements = memory.base
  }

  /// A table of elements that are there already.
  init(_ elements: some Sequence<Element>) {
    self.init()
    for element in elements { append(element) }
  }

  /// All elements, for what has time.
  var list: [Element] { indices.map { self[$0] } }

  /// An element where it stands.
  @inline(__always)
  func handle(_ index: Int) -> ElementHandle<Element> {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no such element")
    return unsafe ElementHandle(place: elements + index)
  }

  /// The positions of all elements.
  var indices: Range<Int> { 0..<count }

  subscript(index: Int) -> Element {
    @inline(__always)
    _read {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no such element")
      yield unsafe elements[index]
    }
    @inline(__always)
    _modify {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no such element")
      yield unsafe &elements[index]
    }
  }

  /// Adds an element at the end.
  mutating func append(_ element: Element) {
    if count == memory.capacity {
      let larger = OwnedMemory<Element>(capacity: 2 * count)
      unsafe larger.base.moveInitialize(from: elements, count: count)
      memory.count = 0
      larger.count = count
      memory = larger
      unsafe elements = larger.base
    }
    unsafe (elements + count).initialize(to: element)
    count &+= 1
    memory.count = count
  }

  /// Leaves the memory to whoever shares it and goes on in memory of its own; so do the elements.
  mutating func separate(_ separate: (inout Element) -> Void) {
    let other = OwnedMemory<Element>(capacity: memory.capacity)
    unsafe other.base.initialize(from: elements, count: count)
    other.count = count
    memory = other
    unsafe elements = other.base
    for index in 0..<count { unsafe separate(&elements[index]) }
  }
}
