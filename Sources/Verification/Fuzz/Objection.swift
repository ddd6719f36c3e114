import Engine

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
  /// What a case file should expect instead; nil where `check` finds it by itself.
  var expectation: Expectation?

  /// Who should have a contact.
  struct Expectation: Sendable {
    let contact: String
    let assignee: String
  }
}

extension CasePlayer {
  /// Notes what is wrong; the first thing counts, what follows from it does not.
  func find(_ kind: String, _ text: String, expectation: Finding.Expectation? = nil) {
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
        expectation: .init(contact: contact, assignee: words.user(expected)))
    case .unqualified(let request, let decision, let got):
      find(
        "choice",
        "decision \(decision): \(name(request.contact)) goes to \(words.user(got)), who does not qualify"
      )
    case .servedWithoutWaiting: find("queue", "a contact is served that does not wait")
    case .keepsAssignee(let contact):
      find(
        "closing", "\(name(contact)) keeps its assignee, though a user closed it",
        expectation: .init(contact: name(contact), assignee: "nobody"))
    case .openCount(let user, let told, let counted):
      find(
        "open contacts",
        "\(words.user(user)) has \(told) open contacts, the engine counts \(counted)")
    case .queueOrder(let pool):
      find("queue", "the queue of \(words.pool(pool)) is not in the order of entering")
    case .overtaken(let contact, let other):
      find("queue", "\(name(other)) overtakes \(name(contact)), which could be served")
    case .waitsInVain(let contact, let pool):
      find("queue", "\(name(contact)) waits for \(words.pool(pool)), though somebody qualifies")
    }
  }
}
