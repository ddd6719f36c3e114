/// Effects, and what hangs on them, that a host can do without: what is omitted is not even made.
///
/// Everything else comes as ever and in the same order, and what the engine decides does not change.
@frozen public struct OptionalEffects: OptionSet, Hashable, Sendable, Codable, BitwiseCopyable {
  /// A bit for each kind.
  public let rawValue: UInt8
  /// Makes the set of some bits.
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `contactCreated` and `contactForgotten`.
  public static let contacts = OptionalEffects(rawValue: 1)
  /// `enteredQueue` and `leftQueue`.
  public static let queues = OptionalEffects(rawValue: 2)
  /// `statusChanged`.
  public static let statuses = OptionalEffects(rawValue: 4)
  /// The accounts of closed conversations; `conversationClosed` itself comes all the same.
  public static let accounts = OptionalEffects(rawValue: 8)
  /// The words of messages; `sendMessage` itself comes all the same.
  public static let texts = OptionalEffects(rawValue: 16)
}
