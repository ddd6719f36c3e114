import Glibc

/// A growable block of plain values at a fixed address until it grows: no header, no bounds, no
/// reference counting, no uniqueness check.
///
/// The code is unsafe, as in `Near` and `Targets`. The reasoning: the
/// element is `BitwiseCopyable`, so moving and dropping are `memcpy` and nothing; the block is
/// zeroed when it is made, so no value is read before it is written; every index is checked in
/// debug builds; and the owner frees the block exactly once, because the table is not copyable. An empty table
/// has none.
@frozen @safe public struct FlatTable<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline private(set) var base: UnsafeMutablePointer<Element>
  @usableFromInline private(set) var count: Int

  /// A table of that many elements, all bits zero.
  public init(count: Int) {
    unsafe base = Self.allocate(count)
    self.count = count
  }

  @inlinable deinit {
    if count > 0 { unsafe UnsafeMutableRawPointer(base).deallocate() }
  }

  /// How many elements there is room for.
  @inlinable public var capacity: Int { count }

  /// The element at an index, checked in debug builds only.
  @inlinable public subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count, "index \(index) outside a table of \(count)")
      return unsafe base[index]
    }
    @inline(__always) nonmutating set {
      assert(index >= 0 && index < count, "index \(index) outside a table of \(count)")
      unsafe base[index] = newValue
    }
    @inline(__always) nonmutating _modify {
      assert(index >= 0 && index < count, "index \(index) outside a table of \(count)")
      yield unsafe &base[index]
    }
  }

  /// The same block without its owner, for a loop that does not make it grow.
  @inlinable var view: View {
    @inline(__always) get { unsafe View(base: base, count: count) }
  }

  /// A block that somebody else owns.
  @frozen @safe @usableFromInline struct View {
    @usableFromInline let base: UnsafeMutablePointer<Element>
    #if DEBUG
      @usableFromInline let count: Int
    #endif

    @inlinable @inline(__always) init(base: UnsafeMutablePointer<Element>, count: Int) {
      unsafe self.base = base
      #if DEBUG
        self.count = count
      #endif
    }

    @inlinable subscript(index: Int) -> Element {
      @inline(__always) get {
        #if DEBUG
          assert(index >= 0 && index < count, "index \(index) outside a table of \(count)")
        #endif
        return unsafe base[index]
      }
      @inline(__always) nonmutating set {
        #if DEBUG
          assert(index >= 0 && index < count, "index \(index) outside a table of \(count)")
        #endif
        unsafe base[index] = newValue
      }
      @inline(__always) nonmutating _modify {
        #if DEBUG
          assert(index >= 0 && index < count, "index \(index) outside a table of \(count)")
        #endif
        yield unsafe &base[index]
      }
    }
  }

  /// Changes the number of elements; what is added is zero.
  public mutating func resize(to newCount: Int) {
    let kept = min(count, newCount)
    let block = unsafe Self.allocate(newCount)
    unsafe block.update(from: base, count: kept)
    if count > 0 { unsafe UnsafeMutableRawPointer(base).deallocate() }
    unsafe base = block
    count = newCount
  }

  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Element> {
    // Nothing is ever read or written in an empty table: of a hundred thousand agents few have one that grows.
    if count == 0, let nowhere = unsafe UnsafeMutablePointer<Element>(bitPattern: cacheLine) {
      return unsafe nowhere
    }
    let bytes = count * MemoryLayout<Element>.stride
    let isLarge = bytes >= 2 * hugePage
    // A hundred thousand agents have small tables, which would each lose most of a line to its beginning.
    let usual = bytes < 4 * cacheLine ? MemoryLayout<Element>.alignment : cacheLine
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: bytes, alignment: isLarge ? hugePage : usual)
    // A heap of a million keys is read at random: with small pages most of the time goes into
    // looking up addresses. Where the system has no large ones to give, nothing is lost.
    if isLarge { unsafe madvise(raw, bytes, MADV_HUGEPAGE) }
    unsafe raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    return unsafe raw.bindMemory(to: Element.self, capacity: count)
  }

  /// A line of the processor's cache: groups that are read together are laid out in one.
  private static var cacheLine: Int { 64 }

  private static var hugePage: Int { 1 << 21 }
}
