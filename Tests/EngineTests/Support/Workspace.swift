import Engine

/// A small workspace to tell stories in: users ana, ben, cho and dan in the team support, three tags, a service.
struct Workspace {
  var core: EngineCore
  var log: [EngineEffect] = []
  var records: [ConversationRecord] = []
  private(set) var timers: [TimerKey: EngineTime] = [:]
  /// Reports every message of a run as delivered at once.
  var delivers = true

  static let ana = UserID(0)
  static let ben = UserID(1)
  static let cho = UserID(2)
  static let dan = UserID(3)
  static let support = TeamID(0)
  static let direct = ChannelID(0)
  static let crm = ServiceID(0)
  static let vip = TagID(0)

  init(
    members: Int = 2, status: ActivityStatus = .online,
    settings change: (inout WorkspaceSettings) -> Void = { _ in }
  ) {
    var settings = WorkspaceSettings()
    settings.tags = ["vip", "spam", "lead"]
    settings.services = ["crm"]
    change(&settings)
    core = EngineCore(settings: settings)
    for name in ["ana", "ben", "cho", "dan"] {
      send(.userAdded(core.nextUser, UserProfile(name: name, status: status)))
    }
    send(.teamAdded(Self.support, name: "support"))
    for user in 0..<members { send(.teamGains(Self.support, UserID(UInt32(user)))) }
    log = []
  }

  /// Brings an event and carries out what follows; timers are kept for `pass`.
  @discardableResult
  mutating func send(_ event: EngineEvent, at time: EngineTime? = nil) -> [EngineEffect] {
    let start = log.count
    core.handle(event, at: time ?? core.now)
    while let effect = core.next() {
      log.append(effect)
      carryOut(effect)
    }
    return Array(log[start...])
  }

  private mutating func carryOut(_ effect: EngineEffect) {
    switch effect {
    case .armTimer(let key, let time): timers[key] = time
    case .cancelTimer(let key): timers[key] = nil
    case .conversationClosed(_, _, let place): records.append(core.closedConversation(place))
    case .sendMessage(let message, _) where delivers:
      core.handle(.messageDelivered(message), at: core.now)
    default: break
    }
  }

  /// Lets time pass, timers going off on the way, up to and with a time.
  mutating func pass(to time: EngineTime) {
    while let (key, due) = timers.min(by: {
      ($0.value, "\($0.key)") < ($1.value, "\($1.key)")
    }), due <= time {
      timers[key] = nil
      send(.timerFires(key), at: due)
    }
  }

  mutating func publish(_ definitions: WorkflowDefinition...) {
    var next = core.nextWorkflow.raw
    let publications = definitions.map { definition in
      defer { next += 1 }
      return Publication(WorkflowID(next), definition)
    }
    send(.workflowsPublished(publications))
  }

  /// A new contact writes.
  @discardableResult
  mutating func newcomer(_ text: String = "hello", at time: EngineTime? = nil) -> ContactID {
    let contact = core.nextContact
    send(.contactWrites(contact, on: Self.direct, text: text), at: time)
    return contact
  }

  mutating func writes(_ contact: ContactID, _ text: String = "hello", at time: EngineTime? = nil) {
    send(.contactWrites(contact, on: Self.direct, text: text), at: time)
  }

  mutating func replies(_ user: UserID, to contact: ContactID, at time: EngineTime? = nil) {
    send(.sends(contact, text: "hi", by: .user(user)), at: time)
  }

  mutating func closes(_ user: UserID, _ contact: ContactID, at time: EngineTime? = nil) {
    send(.closes(contact, by: .user(user), note: nil), at: time)
  }

  // What the log says.

  /// The users a contact was given to in turn, nil for nobody.
  func history(_ contact: ContactID) -> [UserID?] { entries(contact).map(\.to) }

  func entries(_ contact: ContactID) -> [AssignmentEntry] {
    log.compactMap { effect in
      if case .assigneeChanged(let entry) = effect, entry.contact == contact { entry } else { nil }
    }
  }

  /// How runs of a contact ended, in order.
  func exits(_ contact: ContactID) -> [ExitReason] {
    log.compactMap { effect in
      if case .runEnded(_, _, contact, let reason) = effect { reason } else { nil }
    }
  }

  /// The texts sent to a contact by anybody.
  func received(_ contact: ContactID) -> [String] {
    log.compactMap { effect in
      if case .sendMessage(let message, let text) = effect, message.contact == contact {
        text
      } else {
        nil
      }
    }
  }

  func comments(_ contact: ContactID) -> [String] {
    log.compactMap { effect in
      if case .commentAdded(contact, let text, _) = effect { text } else { nil }
    }
  }

  var refusals: [String] {
    log.compactMap { effect in
      if case .refused(let refusal) = effect { refusal.name } else { nil }
    }
  }
}

extension EngineTime {
  static func at(_ duration: EngineDuration) -> EngineTime { .zero + duration }
}

/// Shorthands for definitions in tests.
enum Flows {
  /// Every conversation that a contact opens takes these steps.
  static func onOpening(_ name: String = "assignment", _ steps: Step...) -> WorkflowDefinition {
    WorkflowDefinition(
      name: name, trigger: .conversationOpened(sources: [.contact]), steps: steps)
  }

  /// PLATFORM.md 5.5: the first agent has 15 minutes, then somebody else.
  static func promptTransfer(
    first: AssignTo = AssignTo(.user(Workspace.ana)),
    then second: AssignTo = AssignTo(.team(Workspace.support), onlyOnline: true)
  ) -> WorkflowDefinition {
    onOpening(
      "transfer",
      Step(.assignTo(first)),
      Step(.wait(.duration(.minutes(15)))),
      Step(
        .branch([
          Branch(
            "Not answered yet",
            when: .all([
              Condition(.conversationStatus, .equals, ["open"]),
              Condition(.timeSinceLastOutgoingMessage, .isMissing),
            ]),
            steps: [
              Step(.assignTo(second)),
              Step(.addComment("Moved after 15 minutes without an answer.")),
            ])
        ])))
  }
}

extension Workspace {
  /// The service answers its latest call with these members.
  mutating func answers(_ members: KeyValuePairs<String, JSON>, status: Int32 = 200) {
    let calls = log.compactMap { effect in
      if case .callService(let call) = effect { call.run } else { nil }
    }
    guard let run = calls.last else { return }
    let body = JSON.object(members.map { JSON.Member($0.key, $0.value) })
    send(.serviceAnswers(run, status: status, body: body))
  }

  /// The message sent last.
  var lastMessage: OutgoingMessage {
    let messages = log.compactMap { effect in
      if case .sendMessage(let message, _) = effect { message } else { nil }
    }
    return messages[messages.count - 1]
  }
}
