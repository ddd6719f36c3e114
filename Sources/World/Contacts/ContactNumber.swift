import VirtualTime

/// A contact by number, counted from 0 in the order in which the world first needed them, or nobody.
///
/// Four bytes, as it is the subject of an event.
struct ContactNumber: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// How an event and a queue of numbers carry it.
  let raw: UInt32

  @inline(__always)
  init(_ raw: UInt32) { self.raw = raw }

  /// No contact.
  static var nobody: Self { Self(.max) }

  /// The contact's place in the table of contacts; of nobody there is none, and a table traps.
  var index: Int { @inline(__always) get { Int(raw) } }

  static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}

extension ContiguousArray<Near<Contact>> {
  /// The contact of a number.
  subscript(number: ContactNumber) -> Near<Contact> { @inline(__always) get { self[number.index] } }
}
