/// The id of something whose place in memory is used again once it is gone: a slot and its generation.
///
/// Millions of contacts pass through a workspace, few are there at once. A slot is recycled, the pair
/// of slot and generation never is, so an id that outlived its thing is recognised as stale.
public protocol SlotID: EntityID where Raw == UInt64 {}

extension SlotID {
  /// Makes the id of the `generation`-th thing in a slot.
  @inlinable public init(slot: Int, generation: UInt32) {
    self.init(UInt64(generation) &<< 32 | UInt64(UInt32(truncatingIfNeeded: slot)))
  }

  /// The position in the dense table.
  @inlinable public var slot: Int { Int(UInt32(truncatingIfNeeded: raw)) }

  /// How many things had the slot before.
  @inlinable public var generation: UInt32 { UInt32(truncatingIfNeeded: raw &>> 32) }

  /// The noun, the slot and, from the second thing in it on, the generation: `contact-7.2`.
  public var description: String {
    generation == 0 ? "\(Self.noun)-\(slot)" : "\(Self.noun)-\(slot).\(generation)"
  }
}

/// A person who writes to the workspace.
@frozen public struct ContactID: SlotID {
  /// Generation and slot in one number.
  public let raw: UInt64
  /// Makes the id with a number.
  @inlinable public init(_ raw: UInt64) { self.raw = raw }
  /// What such a thing is called in print.
  public static var noun: String { "contact" }
}

/// One passage of a contact through a workflow.
@frozen public struct RunID: SlotID {
  /// Generation and slot in one number.
  public let raw: UInt64
  /// Makes the id with a number.
  @inlinable public init(_ raw: UInt64) { self.raw = raw }
  /// What such a thing is called in print.
  public static var noun: String { "run" }
}
