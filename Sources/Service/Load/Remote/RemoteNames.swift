import Engine
import Scenarios
import World

/// What people and things are called towards a service, and back.
struct RemoteNames: Sendable {
  private let model: Model
  private let prefix: String
  private let users: [String: UserID]

  init(_ model: Model, prefix: String) {
    self.model = model
    self.prefix = prefix
    users = Dictionary(
      model.agents.enumerated().map { ($0.element.name, UserID(index: $0.offset)) }
    ) { first, _ in first }
  }

  /// What a contact of the crowd is called: no other test, and no other visit to its place, has the name.
  func contact(_ person: UInt32, _ stay: UInt16) -> String { "\(prefix)-\(person)-\(stay)" }

  /// Whom a contact's name means; nil if it is none of ours.
  func person(_ name: String) -> (person: UInt32, stay: UInt16)? {
    guard name.hasPrefix(prefix) else { return nil }
    let parts = name.dropFirst(prefix.count).split(separator: "-")
    guard parts.count == 2, let person = UInt32(parts[0]), let stay = UInt16(parts[1]) else {
      return nil
    }
    return (person, stay)
  }

  func user(_ name: String) -> UserID? { users[name] }

  /// An operation as events that the service takes, in JSON.
  func events(_ operation: LoadOperation, _ profile: ContactProfile?) -> [UInt8] {
    var line = JSONLine(capacity: 192)
    let contact = contact(operation.person, operation.stay)
    let user = operation.user.map { model.agents[$0.index].name }
    if operation.kind == .messageIn, let profile {
      line.begin("[")
      add(profile, contact, &line)
      message(contact, operation, &line)
      line.end("]")
      return line.bytes
    }
    switch operation.kind {
    case .messageIn: message(contact, operation, &line)
    case .reply:
      begin("sends", contact, &line)
      if let user { line.member("user", user) }
      line.member("text", "Answer")
      line.end()
    case .close:
      begin("closes", contact, &line)
      if let user { line.member("user", user) } else { line.member("program", "api") }
      if user != nil, let note = model.settings.closingNoteOfAgents {
        line.member("category", note.category)
        line.member("summary", note.summary)
      } else if user == nil, model.settings.categories.isEmpty {
        line.member("category", "gave_up")
      }
      line.end()
    case .assign:
      begin("assigns", contact, &line)
      if let user {
        line.member("to", user)
        line.member("user", user)
      }
      line.end()
    case .status, .timer:
      line.begin()
      line.member("type", "chooses_status")
      if let user { line.member("user", user) }
      line.member("status", operation.status.description)
      line.end()
    }
    return line.bytes
  }

  private func begin(_ type: String, _ contact: String, _ line: inout JSONLine) {
    line.begin()
    line.member("type", type)
    line.member("contact", contact)
  }

  private func message(_ contact: String, _ operation: LoadOperation, _ line: inout JSONLine) {
    begin("contact_writes", contact, &line)
    line.member("channel", model.channels[Int(operation.channel)].name)
    line.member("text", "Hello")
    line.end()
  }

  private func add(_ profile: ContactProfile, _ contact: String, _ line: inout JSONLine) {
    begin("contact_added", contact, &line)
    line.name("fields")
    line.begin()
    for entry in profile.fields {
      line.key(model.settings.fields[entry.field.index].name)
      line.value(entry.value)
    }
    line.end()
    line.member("conversations", Int(profile.earlierConversations))
    line.end()
  }
}
