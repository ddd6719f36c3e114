/// One condition of a branch: subject, operator and, where the operator takes one, a value.
public struct Condition: Hashable, Sendable, Codable {
  /// What is looked at.
  public var subject: Subject
  /// How it is compared.
  public var comparison: Comparison
  /// What it is compared with; empty for `exists`, several for `is one of`.
  public var operands: [Template]
  /// The compiler's way back to the place in a file.
  public var mark: Int32

  /// Makes a condition.
  public init(
    _ subject: Subject, _ comparison: Comparison, _ operands: [Template] = [], mark: Int32 = -1
  ) {
    self.subject = subject
    self.comparison = comparison
    self.operands = operands
    self.mark = mark
  }
}

/// What a condition looks at.
public enum Subject: Hashable, Sendable, Codable {
  /// `contact.x`
  case contactField(FieldID)
  /// `conversation_status`: `open`, `closed` or `snoozed`.
  case conversationStatus
  /// `contact_type`: `new` or `returning`.
  case contactType
  /// `tags`: each tag the contact has.
  case tags
  /// `assignee_status`: `online`, `busy` or `offline`; it does not exist without an assignee.
  case assigneeStatus
  /// `last_channel`: the name of the channel the contact wrote on last.
  case lastChannel
  /// `last_incoming_message`: its text.
  case lastIncomingMessage
  /// `time_since_last_incoming_message`, in seconds.
  case timeSinceLastIncomingMessage
  /// `time_since_last_outgoing_message`, in seconds.
  case timeSinceLastOutgoingMessage
  /// `$x` or `$trigger.x`.
  case variable(Operand)
}

/// How a condition compares.
///
/// A subject that is not set equals nothing, so `!=` holds for it.
public enum Comparison: String, Hashable, Sendable, Codable, CaseIterable {
  /// `=`
  case equals = "="
  /// `!=`
  case differs = "!="
  /// `>`
  case above = ">"
  /// `>=`
  case atLeast = ">="
  /// `<`
  case below = "<"
  /// `<=`
  case atMost = "<="
  /// `contains`: text within text, or a tag among tags.
  case contains = "contains"
  /// `does not contain`
  case lacks = "does not contain"
  /// `exists`
  case exists = "exists"
  /// `does not exist`
  case isMissing = "does not exist"
  /// `is one of`
  case isOneOf = "is one of"

  /// Whether a value belongs after the operator.
  public var takesValue: Bool { self != .exists && self != .isMissing }
}

/// The conditions of one branch, joined one way.
public enum Conditions: Hashable, Sendable, Codable {
  /// Every one must hold.
  case all([Condition])
  /// One is enough.
  case any([Condition])

  /// The conditions themselves.
  public var list: [Condition] {
    switch self {
    case .all(let list), .any(let list): list
    }
  }
}
