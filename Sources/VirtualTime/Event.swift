/// What happens at an instant: sixteen plain bytes that the event queue carries to a target.
@frozen public struct Event: Hashable, Sendable, BitwiseCopyable {
  /// Who receives it.
  public var target: Target
  /// What the target needs besides, as it likes.
  public var value: UInt32
  /// Whom or what it is about, in the target's own numbering: a contact, a conversation, a run.
  public var subject: UInt32
  /// What kind of event it is, in the target's own numbering.
  public var kind: UInt16
  /// A small number that goes with the kind, as the target likes.
  public var detail: UInt16

  /// An event of a kind, about a subject, for a target.
  @inlinable public init(
    to target: Target, kind: UInt16, subject: UInt32 = 0, detail: UInt16 = 0, value: UInt32 = 0
  ) {
    self.target = target
    self.subject = subject
    self.value = value
    self.kind = kind
    self.detail = detail
  }

  /// The sixteen bytes as two numbers, which are quicker to store than five fields.
  @frozen @usableFromInline struct Words: BitwiseCopyable {
    @usableFromInline let first: UInt64
    @usableFromInline let second: UInt64

    @inlinable @inline(__always) init(_ event: Event) {
      first = UInt64(event.target.index) | UInt64(event.value) &<< 32
      second =
        UInt64(event.subject) | UInt64(event.kind) &<< 32 | UInt64(event.detail) &<< 48
    }
  }

  @inlinable @inline(__always) var words: Words { Words(self) }

  @inlinable @inline(__always) init(words: Words) {
    target = Target(index: UInt32(truncatingIfNeeded: words.first))
    value = UInt32(truncatingIfNeeded: words.first &>> 32)
    subject = UInt32(truncatingIfNeeded: words.second)
    kind = UInt16(truncatingIfNeeded: words.second &>> 32)
    detail = UInt16(truncatingIfNeeded: words.second &>> 48)
  }
}

/// The address of an actor that receives events, given by `Kernel.register`.
@frozen public struct Target: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline let index: UInt32

  @inlinable init(index: UInt32) {
    self.index = index
  }

  /// Nobody yet: an event for this target is a bug.
  @inlinable public static var nobody: Target { Target(index: .max) }

  /// A process that sleeps on the kernel's clock.
  static var sleeper: Target { Target(index: 0) }
}

/// A pending event's handle: good for one `cancel` or `rearm`, harmless ever after.
///
/// It holds the event's sequence number, which is never used twice in a run: a handle that has
/// fired, was cancelled or was rearmed finds a slot with another number in it, and does nothing.
@frozen public struct TimerHandle: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline let bits: UInt64

  @inlinable init(bits: UInt64) {
    self.bits = bits
  }

  /// The handle of no event; cancelling it does nothing.
  @inlinable public static var none: TimerHandle { TimerHandle(bits: 0) }
}

/// Which of two events of one instant comes first: what comes from outside precedes a timer.
@frozen public enum EventClass: UInt64, Sendable, BitwiseCopyable {
  /// Something that happens to the system: an arrival, a message, an answer.
  case external = 0
  /// Something the system has set itself: a wait, a timeout, the end of a pause.
  case timer = 1
}
