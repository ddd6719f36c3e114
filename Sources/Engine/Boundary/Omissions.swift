/// What a host can do without: what is omitted is not even made.
///
/// Everything else comes as ever and in the same order, and what the engine decides does not change.
@frozen public struct Omissions: OptionSet, Hashable, Sendable, Codable, BitwiseCopyable {
  /// A bit for each kind.
  public let rawValue: UInt8
  /// Makes the set of some bits.
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `contactCreated` and `contactForgotten`.
  public static let contacts = Omissions(rawValue: 1)
  /// `enteredQueue` and `leftQueue`.
  public static let queues = Omissions(rawValue: 2)
  /// `statusChanged`.
  public static let statuses = Omissions(rawValue: 4)
  /// The accounts of closed conversations; `conversationClosed` itself comes all the same.
  public static let accounts = Omissions(rawValue: 8)
  /// The words of messages; `sendMessage` itself comes all the same.
  public static let texts = Omissions(rawValue: 16)
  /// What contacts wrote last and, where accounts are omitted too, how conversations went and what users
  /// did, as long as no published workflow reads it: for hosts that publish all workflows and set the
  /// auto-close before anybody writes, and whose segments do not ask for it.
  public static let unreadWords = Omissions(rawValue: 32)
  /// `runStarted` and `runEnded` of a run that is over with the event that began it; that another one
  /// began is said when it first waits for something.
  static let passingRuns = Omissions(rawValue: 64)
  /// More than the gist of the frequent effects: for hosts that read `EffectRecord`.
  public static let details = Omissions(rawValue: 128)

  /// All that a host does without that only measures, and asks nothing of segments.
  public static let measuring: Omissions = [
    .contacts, .queues, .statuses, .accounts, .texts, .unreadWords, .passingRuns, .details,
  ]
}
