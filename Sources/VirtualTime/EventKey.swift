/// What the event queue sorts by, and where the event is kept: 128 bits compared as one number.
///
/// From the top: instant (64 bits), class (1), sequence (39), slot (24). A sequence number is used
/// once, so no two keys are equal and ties are first in, first out.
@frozen public struct EventKey: Comparable, Sendable, BitwiseCopyable {
  @usableFromInline let bits: UInt128

  @inlinable @inline(__always) init(bits: UInt128) {
    self.bits = bits
  }

  @inlinable @inline(__always)
  init(instant: Int64, class: EventClass, sequence: UInt64, slot: Int) {
    let low = `class`.rawValue &<< 63 | sequence &<< 24 | UInt64(truncatingIfNeeded: slot)
    self.init(instant, low)
  }

  @inlinable @inline(__always) init(_ nanoseconds: Int64, _ low: UInt64) {
    bits = UInt128(UInt64(bitPattern: nanoseconds)) << 64 | UInt128(low)
  }

  /// No event sorts after this one; it fills the unused places of the heap.
  @inlinable static var last: EventKey { EventKey(bits: .max) }

  /// The greatest sequence number that fits.
  @inlinable static var sequenceLimit: UInt64 { 1 << 39 }

  /// How many slots can be told apart.
  @inlinable static var slotLimit: Int { 1 << 24 }

  /// The instant, in nanoseconds since the start.
  @inlinable @inline(__always) public var nanoseconds: Int64 {
    Int64(truncatingIfNeeded: bits >> 64)
  }

  /// Class, sequence and slot: the part that is unique within a run.
  @inlinable @inline(__always) var low: UInt64 { UInt64(truncatingIfNeeded: bits) }

  /// Class and sequence number, as the fingerprint takes them.
  @inlinable @inline(__always) public var order: UInt64 { low >> 24 }

  /// Where the event is kept.
  @inlinable @inline(__always) var slot: Int { Self.slot(of: low) }

  @inlinable @inline(__always) static func slot(of low: UInt64) -> Int {
    Int(truncatingIfNeeded: low & (1 << 24 - 1))
  }

  /// Whether one key comes before another.
  @inlinable @inline(__always) public static func < (left: EventKey, right: EventKey) -> Bool {
    left.bits < right.bits
  }
}
