import Engine
import Scenarios

/// The names of a case's or a run's things, in words that a difference or a story can print.
struct CaseWords {
  /// Texts longer than this are cut: a difference is to be read.
  static let longest = 300

  private let names: WorkspaceNames

  init(_ names: WorkspaceNames) { self.names = names }

  /// A text without what a terminal would act on, cut if it is long.
  func clean(_ text: String) -> String {
    let head = text.prefix(Self.longest)
    return escaped(head.endIndex == text.endIndex ? text : head + "…")
  }

  func contact(_ number: CaseFile.ContactNumber) -> String { name(names.contacts, number) }

  func user(_ user: UserID?) -> String { user.map { name(names.users, $0.index) } ?? "nobody" }
  func team(_ team: TeamID) -> String { name(names.teams, team.index) }

  func pool(_ pool: PoolID) -> String {
    switch pool {
    case .workspace: "the workspace"
    case .team(let team): "team \(self.team(team))"
    }
  }

  func workflow(_ workflow: WorkflowID) -> String { name(names.workflows, workflow.index) }
  func service(_ service: ServiceID) -> String { name(names.services, service.index) }
  func tag(_ tag: TagID) -> String { name(names.tags, tag.index) }
  func field(_ field: FieldID) -> String { name(names.fields, field.index) }
  func channel(_ channel: ChannelID) -> String { name(names.channels, channel.index) }

  private func name(_ names: [String], _ index: Int) -> String {
    names.indices.contains(index) ? names[index] : CaseFile.unknown
  }

  /// Who changed something.
  func actor(_ actor: Actor) -> String {
    switch actor {
    case .contact: "the contact"
    case .user(let user): self.user(user)
    case .workflow(let workflow): "workflow '\(self.workflow(workflow))'"
    case .program(let source): source.description
    case .workspace: "the workspace"
    }
  }

  /// Items as a case file has them: `[cho, ben]`.
  func list(_ items: [String]) -> String { "[" + clean(items.joined(separator: ", ")) + "]" }

  /// Texts in quotes, for they may contain commas.
  func texts(_ texts: [String]) -> String { list(texts.map { "'\($0)'" }) }

  /// Contacts, neighbours written as a range: `[c1, c4..c12]`.
  func contacts(_ numbers: [CaseFile.ContactNumber]) -> String {
    var parts: [String] = []
    var index = 0
    while index < numbers.count {
      var last = index
      while last + 1 < numbers.count, follows(numbers[last + 1], numbers[last]) { last += 1 }
      if last < index + 2 { last = index }
      let name = contact(numbers[index])
      parts.append(last > index ? "\(name)..\(contact(numbers[last]))" : name)
      index = last + 1
    }
    return list(parts)
  }

  /// Whether a contact's name is another's with the next number: `c5` after `c4`.
  private func follows(
    _ number: CaseFile.ContactNumber, _ other: CaseFile.ContactNumber
  ) -> Bool {
    let (a, b) = (parts(contact(other)), parts(contact(number)))
    guard let first = a.number, let second = b.number else { return false }
    return a.beginning == b.beginning && second == first + 1
  }

  private func parts(_ name: String) -> (beginning: Substring, number: Int?) {
    let digits = name.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
    return (name.dropLast(digits), Int(name.suffix(digits)))
  }
}
