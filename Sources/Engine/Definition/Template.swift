/// A text with parts that are filled in when it is used: `Hello $contact.first_name`.
///
/// What is not set is filled in as nothing. Parameters of a scenario are replaced before this is made.
public struct Template: Hashable, Sendable, Codable, ExpressibleByStringLiteral {
  /// One part of the text.
  public enum Part: Hashable, Sendable, Codable {
    /// These very words.
    case text(String)
    /// What a subject is at that moment.
    case subject(Operand)
  }

  /// The parts in order.
  public var parts: [Part]

  /// Makes a text of its parts.
  public init(parts: [Part]) { self.parts = parts }

  /// Makes a text without parts to fill in.
  public init(stringLiteral text: String) { parts = text.isEmpty ? [] : [.text(text)] }

  /// Makes a text without parts to fill in.
  public init(_ text: String) { self.init(stringLiteral: text) }

  /// The text itself when nothing is to be filled in.
  public var literal: String? {
    switch (parts.count, parts.first) {
    case (0, _): ""
    case (1, .text(let text)): text
    default: nil
    }
  }
}

/// Something a text can show or a setting can be taken from, written with `$`.
public enum Operand: Hashable, Sendable, Codable {
  /// `$contact.x`: a field of the contact.
  case contactField(FieldID)
  /// `$contact.id`, `$contact.name` and what else is not a field.
  case contact(ContactProperty)
  /// `$assignee.x`: of the user who has the contact.
  case assignee(AssigneeProperty)
  /// `$conversation.x`: of the contact's open, or else latest, conversation.
  case conversation(ConversationProperty)
  /// `$trigger.x`: what came with the event that started the run.
  case trigger(String)
  /// `$x`: a variable saved by a step of the same run.
  case variable(String)
}

/// What can be shown of a contact besides its fields.
public enum ContactProperty: String, Hashable, Sendable, Codable, CaseIterable {
  /// The number of the contact.
  case id
  /// First and last name.
  case name
}

/// What can be shown of an assignee.
public enum AssigneeProperty: String, Hashable, Sendable, Codable, CaseIterable {
  /// The number of the user.
  case id
  /// The user's name.
  case name
  /// The user's team.
  case team
  /// Online, busy or offline.
  case status
}

/// What can be shown of a conversation.
public enum ConversationProperty: String, Hashable, Sendable, Codable, CaseIterable {
  /// The number of the conversation.
  case id
  /// Open, closed or snoozed.
  case status
  /// What opened it.
  case source
  /// The category of its closing note.
  case category
  /// The summary of its closing note.
  case summary
}
