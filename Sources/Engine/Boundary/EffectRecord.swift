/// An effect in sixteen bytes: all that a host in a hurry asks of the frequent ones.
///
/// For hosts that omit `details` and read the effects where they stand. Of a message or a timer it says
/// where the rest is, of a rare effect where the `EngineEffect` is.
@frozen public struct EffectRecord: Sendable, Hashable, Codable, BitwiseCopyable {
  /// Whom it is about; no contact where it is about something else.
  public let contact: ContactID
  /// The assignee, negative for nobody, or where the rest or the account is: the kind says which.
  @usableFromInline let number: Int32
  /// The channel of a message, or the source of an assignment.
  public let channel: UInt16
  /// What happened.
  public let kind: Kind

  /// What happened.
  @frozen public enum Kind: UInt8, Sendable, Hashable, Codable, BitwiseCopyable {
    /// A conversation began; the number is that of who has the contact from before.
    case opened
    /// A conversation began of a contact whom nobody had, and that user got it at once: `opened` and
    /// `assigned` in one.
    case openedForUser
    /// A conversation ended; the number is the place of its account, negative where there is none.
    case closed
    /// The contact has another assignee, whose number it is, by a source. Where accounts are kept, an assignment
    /// by a user's hand is one of the other effects.
    case assigned
    /// A user's message goes out; the number is its place.
    case sentByUser
    /// A user's message goes out and closes the conversation: `sentByUser` and `closed` in one, with the number of
    /// `closed`.
    case answeredAndClosed
    /// Any other message goes out; the number is its place.
    case sent
    /// A timer is to be armed; the number is its place.
    case timerArmed
    /// A timer is to be forgotten; the number is its place.
    case timerCancelled
    /// The contact entered a workflow.
    case runStarted
    /// The contact entered a workflow that waits now: `timerArmed` and `runStarted` in one.
    case runWaits
    /// The contact left a workflow.
    case runEnded
    /// Any other effect; the number is its place.
    case other
  }

  /// Who has the contact, where the kind says so; nil for nobody.
  @inlinable public var assignee: UserID? {
    number < 0 ? nil : UserID(UInt32(bitPattern: number))
  }

  /// The account of the conversation that ended, where the kind says so and accounts are kept.
  public var account: ClosedConversation? {
    number < 0 ? nil : ClosedConversation(place: number)
  }

  /// What assigned the contact, where the kind says so.
  public var source: Source {
    Source(rawValue: UInt8(truncatingIfNeeded: channel)) ?? .system
  }

  @inline(__always)
  init(_ kind: Kind, _ contact: ContactID, number: Int32 = 0, channel: UInt16 = 0) {
    self.contact = contact
    self.number = number
    self.channel = channel
    self.kind = kind
  }

  /// A record that a user is about, and a source where the kind says so.
  @inline(__always)
  init(_ kind: Kind, _ contact: ContactID, user: UserID?, by source: Source = .contact) {
    self.init(
      kind, contact, number: user.map { Int32(bitPattern: $0.raw) } ?? -1,
      channel: UInt16(source.rawValue))
  }

  /// A record of a closing.
  @inline(__always)
  init(
    _ kind: Kind, _ contact: ContactID, account: ClosedConversation, channel: UInt16 = 0
  ) {
    self.init(kind, contact, number: account.place, channel: channel)
  }
}

/// A timer that is armed or, at no time, cancelled.
@frozen public struct TimerOrder: Sendable, Hashable, Codable, BitwiseCopyable {
  /// Whose.
  public let key: TimerKey
  /// When it goes off; never for one that is to be forgotten.
  public let at: EngineTime
}
