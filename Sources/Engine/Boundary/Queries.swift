/// What can be asked of a workspace between events, for inboxes, reports and tests.
extension EngineCore {
  /// A contact as it is now.
  public struct ContactView: Sendable, Hashable {
    /// Who has it.
    public var assignee: UserID?
    /// Whether it has a conversation to work on.
    public var status: ConversationStatus
    /// Its open, or else latest, conversation.
    public var conversation: ConversationID?
    /// How many conversations it had.
    public var conversations: UInt32
    /// Whether it is blocked.
    public var isBlocked: Bool
    /// The channel it wrote on last.
    public var lastChannel: ChannelID?
    /// Its tags in the order they were added.
    public var tags: [TagID]
    /// Its fields.
    public var fields: [FieldEntry]
    /// Whether it waits in a queue.
    public var isQueued: Bool
  }

  /// A contact as it is now; nil when there is none of this id.
  public func contact(_ id: ContactID) -> ContactView? {
    guard let slot = try? known(id) else { return nil }
    let row = contacts[slot]
    let details = contacts[detailsOf: slot]
    return ContactView(
      assignee: row.assignee, status: row.status,
      conversation: row.latestConversation.raw == 0 ? nil : row.latestConversation,
      conversations: row.conversations, isBlocked: row.isBlocked, lastChannel: row.lastChannel,
      tags: details.tags, fields: details.fields, isQueued: row.queuedRuns > 0)
  }

  /// The account of a contact's open conversation so far.
  public func openConversation(of id: ContactID) -> ConversationRecord? {
    guard let slot = try? known(id), contacts[slot].isOpen else { return nil }
    let row = conversations[Int(contacts[slot].conversation)]
    var record = ConversationRecord(
      id: row.id, contact: id, openedAt: row.openedAt, openedBy: row.openedBy,
      openedOn: row.openedOn, isNew: row.isNew, course: row.course)
    record.assignee = contacts[slot].assignee
    return record
  }

  /// Asks something where the workspace stands.
  ///
  /// A struct that stands in a class would be copied, with all that it refers to, before a call that only
  /// reads it. `inout`, for what is lent to be read is copied too.
  @inline(never)
  mutating func inPlace<Answer>(_ ask: (inout EngineCore) -> Answer) -> Answer { ask(&self) }

  /// The question that a message asks, as long as its run waits for the answer.
  @inline(__always)
  public func question(_ message: OutgoingMessage) -> AskQuestion.Answer? {
    guard case .run(let run) = message.sender, let place = live(run),
      runs[place].state == .asking, runs[place].message == message.id
    else { return nil }
    let workflow = workflows.handle(Int(runs[place].workflow))
    guard case .ask(let index) = workflow.element.program.instructions[Int(runs[place].counter)]
    else { return nil }
    return workflow.element.program.questions[Int(index)].answer
  }

  /// Whether words of a contact would be nothing but an answer: nothing is open, a question waits for such
  /// words, and by the policy `answer_opens` that opens nothing.
  public func isMereAnswer(_ text: String?, of id: ContactID) -> Bool {
    guard !policies.answerOpens, let slot = try? known(id), !contacts[slot].isOpen else {
      return false
    }
    return isAnswer(text, in: contacts[slot].firstRun)
  }

  /// Who has a contact.
  @inline(__always)
  public func assignee(of id: ContactID) -> UserID? {
    guard let slot = try? known(id) else { return nil }
    return contacts[slot].assignee
  }

  /// A user's status; nil when there is no such user.
  public func status(of user: UserID) -> ActivityStatus? {
    users.indices.contains(user.index) && users[user.index].exists
      ? users[user.index].status : nil
  }

  /// How many open contacts a user has (PLATFORM.md 4.3).
  public func openContacts(of user: UserID) -> Int { Int(desk.openContacts(user)) }

  /// How many contacts are assigned to a user, with or without an open conversation.
  public func assignedContacts(of user: UserID) -> Int {
    users.indices.contains(user.index) ? Int(users[user.index].assigned) : 0
  }

  /// The contacts that wait for a user of a pool, in the order of entering.
  public func waiting(in pool: PoolID) -> [ContactID] {
    desk.waiting(in: pool).compactMap { token in
      live(RunID(token)).map { contactID(Int(runs[$0].contact)) }
    }
  }

  /// The runs that wait for a user of a pool, in the order of entering.
  public func waitingRuns(in pool: PoolID) -> [RunID] {
    desk.waiting(in: pool).map { RunID($0) }
  }

  /// How many contacts wait, over all pools.
  public var waitingCount: Int { desk.waitingCount }
  /// How many contacts there are.
  public var contactCount: Int { contacts.liveCount }
  /// How many conversations are open.
  public var openConversationCount: Int { conversations.liveCount }
  /// How many runs there are.
  public var runCount: Int { runs.liveCount }
  /// How many users ever joined; their ids are below this.
  public var userCount: Int { users.count }

  /// The contacts with an open conversation, in the order of their places in memory.
  public var openContacts: [ContactID] {
    contacts.indices.filter { contacts[$0].exists && contacts[$0].isOpen }.map { contactID($0) }
  }

  /// How many teams there are; their ids are below this.
  public var teamCount: Int { teams.count }

  /// A team's name.
  public func name(of team: TeamID) -> String? {
    teams.contains(team) ? teams.name(of: team) : nil
  }

  /// A workflow's name.
  public func name(of workflow: WorkflowID) -> String? {
    workflows.indices.contains(workflow.index) ? workflows[workflow.index].definition.name : nil
  }

  /// The contact that a run is about; nil when the run is over.
  public func contact(of run: RunID) -> ContactID? {
    live(run).map { contactID(Int(runs[$0].contact)) }
  }

  /// A user's name.
  public func name(of user: UserID) -> String? {
    users.indices.contains(user.index) ? users.name(of: user) : nil
  }

  /// The team a user is in.
  public func team(of user: UserID) -> TeamID? {
    users.indices.contains(user.index) ? users[user.index].team : nil
  }

  /// A workflow's status; nil when there is no such workflow.
  public func status(of workflow: WorkflowID) -> WorkflowDefinition.Status? {
    workflows.indices.contains(workflow.index) ? workflows[workflow.index].status : nil
  }

  /// The id of the step that a run waits at; nil when it waits nowhere or the step has no id.
  public func step(of run: RunID) -> String? {
    guard let place = live(run), runs[place].state != .ready else { return nil }
    let workflow = workflows.handle(Int(runs[place].workflow))
    return workflow.element.program.entries.last { $0.counter == runs[place].counter }?.id
  }

  /// Why a contact waits: what the oldest of its queue entries would be answered now, which is nobody.
  public func account(ofWaiting contact: ContactID) -> DecisionAccount? {
    guard let slot = try? known(contact) else { return nil }
    var found: QueueTicket?
    var place = contacts[slot].firstRun
    while place >= 0 {
      if runs[Int(place)].state == .queued { found = runs[Int(place)].ticket }
      place = runs[Int(place)].next
    }
    guard let found, let entry = desk.queue.slot(of: found) else { return nil }
    return desk.account(
      of: desk.queue.entries[entry].request, decision: decisionCount &+ 1)
  }
}
