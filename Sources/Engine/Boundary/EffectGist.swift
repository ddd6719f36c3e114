/// The gist of an effect, in sixteen bytes: all that a host in a hurry asks of the frequent ones.
@frozen public struct EffectGist: Sendable, Hashable, Codable, BitwiseCopyable {
  /// Whom it is about; no contact where it is about something else.
  public let contact: ContactID
  /// The assignee, negative for nobody, or where the effect itself is: the kind says which.
  public let number: Int32
  /// The channel of a message.
  public let channel: UInt16
  /// What happened.
  public let kind: Kind

  /// What happened, as `PlainEffect` says it.
  @frozen public enum Kind: UInt8, Sendable, Hashable, Codable, BitwiseCopyable {
    /// A conversation began; the number is that of who has the contact from before.
    case opened
    /// A conversation ended.
    case closed
    /// The contact has another assignee, whose number it is.
    case assigned
    /// A user's message goes out.
    case sentByUser
    /// The contact entered a workflow.
    case runStarted
    /// The contact left a workflow.
    case runEnded
    /// Any other effect.
    case other
  }

  init(_ kind: Kind, _ contact: ContactID, number: Int32 = 0, channel: UInt16 = 0) {
    self.contact = contact
    self.number = number
    self.channel = channel
    self.kind = kind
  }
}
