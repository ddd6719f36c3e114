import Engine
import Scenarios

/// What is wrong with what the engine did.
enum Objection: Sendable {
  /// The rules choose another user.
  case choice(AssignmentRequest, UInt64, got: UserID?, expected: UserID?)
  /// The user does not qualify.
  case unqualified(AssignmentRequest, UInt64, got: UserID)
  /// A run is served that does not wait.
  case servedWithoutWaiting(UInt64)
  /// A user closed, and the contact was to lose its assignee.
  case keepsAssignee(ContactID)
  /// The engine counts other open contacts than were told.
  case openCount(UserID, told: Int, counted: Int)
  /// A queue is not in the order of entering.
  case queueOrder(PoolID)
  /// A contact that waits longer could have been served.
  case overtaken(ContactID, by: ContactID)
  /// A contact waits, and somebody qualifies.
  case waitsInVain(ContactID, PoolID)
}

/// A reason to stop a story.
struct Finding: Sendable {
  /// What sort of thing is wrong: a smaller story must end with the same.
  let kind: String
  /// When, after the beginning of the story.
  let at: EngineTime
  /// In words.
  let text: String
  /// What a case file should expect instead, beside the time; nil where `check` finds it by itself.
  var expectation: [(String, Node)]?
}

extension CasePlayer {
  /// Notes what is wrong; the first thing counts, what follows from it does not.
  func find(_ kind: String, _ text: String, expectation: [(String, Node)]? = nil) {
    guard isStory, finding == nil else { return }
    finding = Finding(kind: kind, at: now, text: words.clean(text), expectation: expectation)
  }

  /// Notes what the judge objects to.
  func find(_ objection: Objection) {
    func name(_ contact: ContactID) -> String {
      numbers[contact].map { words.contact($0) } ?? "a contact"
    }
    switch objection {
    case .choice(let request, let decision, let got, let expected):
      let contact = name(request.contact)
      find(
        "choice",
        "decision \(decision): \(contact) goes to \(words.user(got)), by \(request.logic.name) "
          + "it goes to \(words.user(expected))",
        expectation: [
          ("contact", .scalar(contact)), ("assignee", .scalar(words.user(expected))),
        ])
    case .unqualified(let request, let decision, let got):
      find(
        "choice",
        "decision \(decision): \(name(request.contact)) goes to \(words.user(got)), who does not qualify"
      )
    case .servedWithoutWaiting: find("queue", "a contact is served that does not wait")
    case .keepsAssignee(let contact):
      find(
        "closing", "\(name(contact)) keeps its assignee, though a user closed it",
        expectation: [("contact", .scalar(name(contact))), ("assignee", .scalar("nobody"))])
    case .openCount(let user, let told, let counted):
      find(
        "open contacts",
        "\(words.user(user)) has \(told) open contacts, the engine counts \(counted)",
        expectation: [("user", .scalar(words.user(user))), ("open", .scalar("\(told)"))])
    case .queueOrder(let pool):
      find("queue", "the queue of \(words.pool(pool)) is not in the order of entering")
    case .overtaken(let contact, let other):
      find(
        "queue", "\(name(other)) overtakes \(name(contact)), which could be served",
        expectation: [("contact", .scalar(name(contact))), ("assignee", anybody(but: nil))])
    case .waitsInVain(let contact, let pool):
      find(
        "queue", "\(name(contact)) waits for \(words.pool(pool)), though somebody qualifies",
        expectation: [("contact", .scalar(name(contact))), ("assignee", anybody(but: nil))])
    }
  }

  /// Everybody, as a case lists them; without one, who may then be nobody.
  private func anybody(but user: UserID?) -> Node {
    let others = file.users.enumerated().filter { $0.offset != user?.index }
    let names = others.map { Node.scalar($0.element.profile.name) }
    return .list(user == nil ? names : names + [.scalar("nobody")])
  }
}
