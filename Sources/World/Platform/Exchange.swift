public import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// What connects the actors of one replication: the doors between them, the way to the engine, and
/// the order in which what happens at one instant is carried out.
///
/// Not an actor itself but a table that all actors of the replication share; it is only ever touched
/// on the kernel's thread, from inside them, so it needs no isolation of its own.
///
/// An event of the kernel calls one actor. What that does to the engine has its effects in the
/// engine's queue. When the actor is done it calls `settle`, which carries them out one by one, then
/// lays conversations before agents, then lets agents look for work, then lets contacts go who are
/// done, until nothing is left to do.
final class Exchange: @unchecked Sendable {
  let kernel: Kernel
  let plan: WorldPlan
  let streams: RandomStreams
  let clock: WallClock
  /// What contacts must know of their populations at every turn.
  let facts: FlatTable<PopulationFacts>
  /// What only some worlds have.
  let features: Features
  /// Sixteen bits of the name of each population, second channel and broadcast, different for each.
  let streamCodes: [UInt64]
  /// The shortcuts that agents use.
  let shortcutNames: [String]
  /// How many agents are there from the start.
  let founderCount: Int
  /// Who takes conversations without looking who has them.
  let grabbers: Grabbers
  let gaveUpNote = ClosingNote(category: Exchange.gaveUp)
  /// What an agent enters when closing, where the workspace asks for it.
  let doneNote: ClosingNote?
  /// Whether the engine waits for the word that a user's message arrived.
  let awaitsReplies: Bool
  /// Whether a user's message is a response only when it is known that it will arrive.
  let repliesMayFail: Bool
  /// Whether the workspace takes idle users for absent.
  let watchesInactivity: Bool
  /// The category of conversations whose contacts gave up.
  static let gaveUp = "gave_up"

  @safe @exclusivity(unchecked) var engine: Near<EngineActor>
  @safe @exclusivity(unchecked) var agents: ContiguousArray<Near<Agent>> = []
  @safe @exclusivity(unchecked) var contacts: ContiguousArray<Near<Contact>> = []
  @safe @exclusivity(unchecked) var channels: ContiguousArray<Near<Channel>> = []
  /// What contacts and the platform must know of a channel at every message.
  @safe @exclusivity(unchecked) var channelTraits: FlatTable<ChannelTraits>
  @safe @exclusivity(unchecked) var services: ContiguousArray<Near<ExternalService>> = []
  @safe @exclusivity(unchecked) var assistants: Near<AIAssistant>?
  @safe @exclusivity(unchecked) var webhooks: ContiguousArray<Near<Webhook>> = []
  @safe @exclusivity(unchecked) var record: Recorder
  /// What must add up at the end of every run.
  @safe @exclusivity(unchecked) var openedCount = 0
  @safe @exclusivity(unchecked) var closedCount = 0
  @safe @exclusivity(unchecked) var arrivedCount = 0
  @safe @exclusivity(unchecked) var introducedCount = 0
  /// Those of them who are there without a conversation that they began.
  @safe @exclusivity(unchecked) var broughtCount = 0
  /// Who of each population's writers wrote first to somebody last.
  @safe @exclusivity(unchecked) var writers: [Int: Int] = [:]
  @safe @exclusivity(unchecked) var messages = MessageCounts()
  @safe @exclusivity(unchecked) var broadcasts = BroadcastCounts()
  /// What is counted of all that only some worlds have.
  @safe @exclusivity(unchecked) var occasional = OccasionalCounts()
  /// What lets calls of the developer API through, where there is a limit.
  @safe @exclusivity(unchecked) var api: APIGate?
  /// What is counted of channels, help, the API and webhooks.
  @safe @exclusivity(unchecked) var links = LinkCounts()
  /// What is counted of what people do besides.
  @safe @exclusivity(unchecked) var people = PeopleCounts()
  @safe @exclusivity(unchecked) var notes = RunNotes()
  /// Every conversation and assignment, if they are wanted.
  @safe @exclusivity(unchecked) var ledger: Ledger?
  /// The platform's reports, in the replication of which they are made.
  @safe @exclusivity(unchecked) var reports: ReportRecorder?
  /// The days on which the conversations of the reports were opened and closed.
  @safe @exclusivity(unchecked) var openedDays: DayCount
  @safe @exclusivity(unchecked) var closedDays: DayCount
  /// The picture of some minutes, in the replication that is shown.
  @safe @exclusivity(unchecked) var lanes: LaneRecorder?

  /// When the engine is back, while it is stopped.
  @safe @exclusivity(unchecked) var downUntil = Exchange.notDown
  /// What goes wrong.
  @safe @exclusivity(unchecked) var faults = FaultState()

  /// Whether somebody looks at each reply on its way.
  var seesReplies: Bool { awaitsReplies || repliesMayFail }

  /// Whether somebody looks at it, or who sent it is to be told.
  let looksAtReplies: Bool

  /// Who decides who gets what, where the engine does not.
  @safe @exclusivity(unchecked) var foreignDesk: ForeignDesk?

  /// The actors themselves, kept alive until the run is over.
  @safe @exclusivity(unchecked) var keptContacts: ContiguousArray<Contact> = []
  @safe @exclusivity(unchecked) private var idle = Pile()
  /// The actors of the contacts that the engine has in its slots.
  @safe @exclusivity(unchecked) var known = DoorTable<Contact>()

  @safe @exclusivity(unchecked) var timers: EngineTimers
  @safe @exclusivity(unchecked) private var unassigned = WorkList()
  /// The agents who are free to take from the unassigned inbox, who is free longest first: each by the order of an
  /// entry, which is of no contact.
  @safe @exclusivity(unchecked) private var line = WorkList()
  @safe @exclusivity(unchecked) var errands = Errands()

  init(
    kernel: Kernel, plan: WorldPlan, streams: RandomStreams, engine: EngineActor,
    record: consuming Recorder
  ) {
    self.kernel = kernel
    self.plan = plan
    self.streams = streams
    self.record = record
    clock = WallClock(plan.model.settings)
    openedDays = DayCount(clock)
    closedDays = DayCount(clock)
    features = plan.features
    streamCodes = codes(of: plan.model.streamNames)
    shortcutNames = plan.model.shortcutNames
    founderCount = plan.model.founderCount
    grabbers = Grabbers(plan.model)
    channelTraits = FlatTable(count: plan.model.channels.count)
    facts = FlatTable(count: plan.model.populations.count)
    for (index, population) in plan.model.populations.enumerated() {
      facts[index] = PopulationFacts(population)
    }
    let awaitsReplies = !plan.model.settings.policies.failedReplyAssigns
    let repliesMayFail = plan.model.repliesMayFail
    self.awaitsReplies = awaitsReplies
    self.repliesMayFail = repliesMayFail
    looksAtReplies = awaitsReplies || repliesMayFail || plan.recordsReports
    watchesInactivity = plan.model.settings.inactivity != nil
    doneNote = plan.model.settings.closingNoteOfAgents
    self.engine = Near(engine, of: kernel)
    timers = EngineTimers(kernel)
    api = plan.model.apiLimit.map { APIGate($0) }
  }

  /// Whether what happens now is counted.
  var isCounting: Bool { kernel.now.nanoseconds >= plan.warmup }

  // MARK: - The engine

  /// What the engine's clock shows.
  var now: EngineTime {
    @inline(__always) get { EngineTime(kernel.now) }
  }

  /// Tells the engine what happened, now.
  @inline(__always)
  func handle(_ event: EngineEvent) {
    engine((event, now)) { $0.handle($1.0, at: $1.1) }
  }

  // The frequent events go straight in.

  @inline(__always)
  func contactWrites(_ id: ContactID, on channel: ChannelID, text: String, at now: Instant) {
    if features.contains(.foreignEngine) { foreignDesk?.hearMessage(of: id) }
    engine((id, channel, text, EngineTime(now))) {
      $0.contactWrites($1.0, on: $1.1, text: $1.2, at: $1.3)
    }
  }

  @inline(__always)
  func newContactWrites(on channel: ChannelID, text: String, at now: Instant) -> ContactID {
    if features.contains(.foreignEngine) { foreignDesk?.hearMessage(of: nextContact()) }
    return engine((channel, text, EngineTime(now))) {
      $0.newContactWrites(on: $1.0, text: $1.1, at: $1.2)
    }
  }

  /// Sends an agent's answer; what it says is nobody's business.
  @inline(__always)
  func answers(_ id: ContactID, by user: UserID, at now: Instant) {
    engine((id, user, EngineTime(now))) {
      $0.sends($1.0, text: "Answer", by: .user($1.1), at: $1.2)
    }
  }

  /// Sends the short first message of an agent.
  @inline(__always)
  func greets(_ id: ContactID, by user: UserID, at now: Instant) {
    engine((id, user, EngineTime(now))) {
      $0.sends($1.0, text: "One moment, please.", by: .user($1.1), at: $1.2)
    }
  }

  /// Sends an agent's answer, which ends the conversation.
  @inline(__always)
  func answersAndCloses(
    _ id: ContactID, on channel: ChannelID, by user: UserID, at now: Instant
  ) {
    engine((id, channel, user, EngineTime(now))) {
      $0.answersAndCloses($1.0, on: $1.1, text: "Answer", by: $1.2, at: $1.3)
    }
  }

  @inline(__always)
  func closes(_ id: ContactID, by user: UserID, note: ClosingNote?, at now: Instant) {
    engine((id, user, note, EngineTime(now))) {
      $0.closes($1.0, by: .user($1.1), note: $1.2, at: $1.3)
    }
  }

  /// Reports that a message arrived, where the engine does something about it.
  @inline(__always)
  func messageDelivered(_ message: OutgoingMessage, at now: Instant) {
    if case .user = message.sender, !awaitsReplies { return }
    engine((message, EngineTime(now))) { $0.messageDelivered($1.0, at: $1.1) }
  }

  @inline(__always)
  func timerFires(_ key: TimerKey) { engine((key, now)) { $0.timerFires($1.0, at: $1.1) } }

  // MARK: - Contacts

  /// A contact actor for a new customer.
  @inline(__always)
  func contactActor() -> Near<Contact> {
    if let number = idle.removeLast() { return contacts[number] }
    return newContactActor()
  }

  @inline(never)
  private func newContactActor() -> Near<Contact> {
    if contacts.count >= plan.mostContacts {
      kernel.giveUp(
        "\(contacts.count) customers are known at once, the most without --allow-huge: more come than "
          + "are served, or arrivals have a slip in their unit")
    }
    let contact = Contact(number: ContactNumber(UInt32(contacts.count)), exchange: self)
    keptContacts.append(contact)
    contacts.append(Near(contact, of: kernel))
    let door = contacts[contacts.count - 1]
    let target = kernel.register(contact)
    door(target) { $0.target = $1 }
    return door
  }

  /// Remembers which actor a contact of the engine is.
  @inline(__always)
  func enter(_ id: ContactID, as number: ContactNumber) {
    known.set(contacts[number], at: id.slot)
  }

  /// The id that the engine gives the next contact.
  func nextContact() -> ContactID { engine { $0.nextContact } }

  /// The question of a workflow that a message asks; nil if it asks none, or is answered already.
  func question(_ message: OutgoingMessage) -> AskQuestion.Answer? {
    engine(message) { $0.question($1) }
  }

  /// What names the draws for the next call that is made about a contact.
  func nextCall(about id: ContactID) -> (entity: UInt64, turn: UInt16) {
    known[id.slot].map { $0({ $0.nextCall() }) } ?? (0, 0)
  }

  /// A customer who seems gone for good is looked at again once all that happens at this instant has
  /// happened: a closing may have set a workflow off, of which nothing was heard yet.
  @inline(__always)
  func letGoIfDone(_ contact: isolated Contact) {
    // Most are asked in the middle of a conversation.
    if !contact.state.isOpen { lookAgain(at: contact) }
  }

  @inline(never)
  private func lookAgain(at contact: isolated Contact) {
    if contact.isDone, !contact.isLeaving { contact.looksAgain() }
  }

  /// The customer seems gone for good and is looked at again.
  @inline(__always)
  func leaves(_ contact: isolated Contact) { errands.leave(contact.number) }

  /// A customer who is gone for good is forgotten: the actor waits for another.
  @inline(__always)
  func letGo(_ contact: isolated Contact, at now: Instant) {
    // Where there is an address book, nobody is forgotten.
    if features.contains(.addressBook) { return }
    contact.isIdle = true
    if let id = contact.id {
      engine((id, EngineTime(now))) { $0.forget($1.0, at: $1.1) }
      known.clear(id.slot)
    }
    idle.append(contact.number)
    if features.contains(.secondChannels), contact.peculiarity.partner != .nobody {
      contacts[contact.peculiarity.partner]({ $0.leftAlone() })
    }
  }

  /// A contact went up in another: the engine knows it no more.
  func forgetMerged(_ id: ContactID) {
    with(id) { contact in contact { $0.merged() } }
    known.clear(id.slot)
  }

  /// The conversation is laid before somebody once everything else at this instant has happened.
  @inline(__always) func place(_ contact: ContactNumber) { errands.place(contact) }

  /// The ledger at the end of the run, the open conversations included.
  func finishedLedger() -> Ledger? {
    guard ledger != nil else { return nil }
    ledger?.conversations += openRecords
    return ledger
  }

  /// The accounts of the open conversations.
  var openRecords: [ConversationRecord] {
    contacts.compactMap { contact in
      contact({ $0.state.isOpen ? $0.id : nil }).flatMap { id in
        engine(id, { $0.openConversation(of: $1) })
      }
    }
  }

  /// Lets go of the actors, which hold this table as it holds them.
  func dissolve() { keptContacts.removeAll() }

  // MARK: - Agents

  /// The agent looks for work once everything else at this instant has happened.
  func wake(_ agent: UserID) { errands.wake(agent) }

  /// The agent takes from the unassigned inbox as soon as something comes and all who are free longer
  /// have taken something; at one instant the list decides.
  func standInLine(_ agent: UserID, since instant: Instant) -> Int32 {
    line.append(.nobody, visit: 0, at: instant, order: UInt64(agent.raw))
  }

  func leaveLine(_ place: Int32) { line.remove(place) }

  /// Somebody takes what has just come to the unassigned inbox.
  func offerUnassigned(_ contact: ContactNumber) {
    if features.contains(.customInboxes) { return offer(contact) }
    guard let first = line.takeFirst(passing: { _, _ in }) else { return }
    agents[Int(first.order)]({ $0.called() })
  }

  /// Who is free longest of those whose inbox shows it takes it.
  private func offer(_ contact: ContactNumber) {
    let place = line.place(last: false) { entry in
      agents[Int(entry.order)](contact) { $0.shows($1) }
    }
    guard place != WorkList.none else { return }
    let agent = line.remove(place).order
    agents[Int(agent)]({ $0.called() })
  }

  /// The first, or last, conversation of the unassigned inbox of which something holds.
  func unassigned(last: Bool, where holds: (WorkList.Entry) -> Bool) -> WorkList.Entry? {
    let place = unassigned.place(last: last, where: holds)
    return place == WorkList.none ? nil : unassigned[place]
  }

  /// Takes a conversation from the unassigned inbox, wherever it stands.
  func pick(_ contact: ContactNumber) {
    let place = contacts[contact]({ $0.state.spot })
    unassigned.remove(place)
    contacts[contact]({ $0.picked() })
  }

  func layUnassigned(_ contact: ContactNumber, visit: UInt32, asked: Instant, order: UInt64)
    -> Int32
  {
    unassigned.append(contact, visit: visit, at: asked, order: order)
  }

  func takeOut(_ place: Int32) { unassigned.remove(place) }

  /// Takes a conversation from the unassigned inbox.
  func pick(_ which: WorkStyle.Picks) -> ContactNumber? {
    let entry = which == .newest ? unassigned.takeLast() : unassigned.takeFirst { _, _ in }
    guard let entry else { return nil }
    contacts[entry.contact]({ $0.picked() })
    return entry.contact
  }

  /// A user gives a contact to somebody, or to nobody, by hand.
  func assign(_ contact: ContactNumber, to user: UserID?, by actor: UserID) {
    if let id = contacts[contact]({ $0.id }) {
      handle(.assigns(id, to: user, by: .user(actor)))
    }
  }

  /// An agent's turn came to a conversation that was moved away before.
  func reached(_ ghost: WorkList.Entry, at place: Int32, by agent: AgentNumber) {
    contacts[ghost.contact]((ghost.visit, Contact.Ghost(agent: agent, place: place))) {
      $0.reached(by: $1.1, visit: $1.0)
    }
  }

  /// Sends an agent's answer.
  @inline(__always)
  func reply(
    to contact: Near<Contact>, by user: UserID, opening: UInt32, ending: Bool, at now: Instant
  ) -> Answered {
    let answer = contact((AgentNumber(user), opening, ending, now)) {
      $0.answered(by: $1.0, opening: $1.1, ending: $1.2, at: $1.3)
    }
    if answer.endsAtOnce {
      answersAndCloses(answer.id, on: answer.channel, by: user, at: now)
    } else {
      answers(answer.id, by: user, at: now)
    }
    return answer
  }

  /// Sends the short first message of an agent who starts on a conversation.
  @inline(__always)
  func greet(_ contact: Near<Contact>, by user: UserID, at now: Instant) {
    let id = contact((user, now)) { $0.greeted(by: $1.0, at: $1.1) }
    greets(id, by: user, at: now)
  }

  /// Closes a conversation whose last question is answered, or forgets to, after the work of wrapping up.
  ///
  /// It may be closed already, another begun, or another message come, meanwhile.
  func conclude(
    _ contact: Near<Contact>, opening: UInt32, by user: UserID, forgets: Double, at now: Instant
  ) {
    guard let id = contact(opening, { $0.contactToClose(opening: $1) }) else { return }
    close(contact, id, by: user, forgets: forgets, at: now)
  }

  /// Closes a conversation whose last question is answered, or forgets to.
  @inline(__always)
  func close(
    _ contact: Near<Contact>, _ id: ContactID, by user: UserID, forgets: Double, at now: Instant
  ) {
    if forgets > 0, isForgotten(contact, forgets) { return }
    closes(id, by: user, note: doneNote, at: now)
  }

  private func isForgotten(_ contact: Near<Contact>, _ share: Double) -> Bool {
    var stream = streams.stream(.forgetsToClose, of: contact({ $0.entity }))
    return stream.chance(share)
  }

  /// An agent gives a conversation back with what is left of the work.
  func handBack(_ contact: ContactNumber, left: Int64, by user: UserID) {
    let isOwn = contacts[contact]((left, user)) { $0.handedBack(left: $1.0, by: $1.1) }
    if isOwn { assign(contact, to: nil, by: user) }
  }

  /// A text of a service's answer, with the contact's fields filled in.
  func text(_ template: Template, about id: ContactID) -> String {
    if let literal = template.literal { return literal }
    let fields = engine(id) { engine, id in engine.contact(id)?.fields ?? [] }
    return template.parts.reduce(into: "") { text, part in
      switch part {
      case .text(let words): text += words
      case .subject(.contactField(let field)):
        text += fields.first { $0.field == field }?.value.text ?? ""
      case .subject: break
      }
    }
  }

  // MARK: - Messages

  /// A message of the engine goes out.
  @inline(__always)
  func send(_ message: OutgoingMessage, at now: Instant) {
    guard let contact = known[message.contact.slot] else { return }
    let channel = message.channel.index
    if channelTraits[channel].contains(.transparent) {
      contact((message, now)) { $0.sentAtOnce($1.0, at: $1.1) }
    } else {
      channels[channel]((message, contact({ $0.number }))) { $0.carriesOut($1.0, to: $1.1) }
    }
  }
}

/// Messages of both directions: each was delivered, failed, or is on its way.
struct MessageCounts: Sendable {
  /// To contacts.
  var sent = 0
  var delivered = 0
  var failed = 0
  /// Of contacts.
  var written = 0
  var received = 0
}

/// What a run must tell besides its measurements.
struct RunNotes: Sendable {
  var violations: [String] = []
  /// How many events the engine refused, and the first of them.
  var refusedCount = 0
  var firstRefusal: Refusal?

  mutating func refused(_ refusal: Refusal, inMerges: Bool) {
    // A service or an AI agent that answers too late does what services do: it is no news.
    if case .staleRun = refusal { return }
    // Nor is a message that reaches a contact who went up in another while it was on its way.
    if inMerges, case .unknownContact = refusal { return }
    refusedCount += 1
    if firstRefusal == nil { firstRefusal = refusal }
  }
}

/// A number of sixteen bits for each name, made from the name alone as long as no two collide.
private func codes(of names: [String]) -> [UInt64] {
  var taken: Set<UInt64> = []
  return names.map { name in
    var code = nameCode(name) & 0xFFFF
    // With more names than numbers the last of them share.
    while taken.count <= 0xFFFF, !taken.insert(code).inserted { code = (code + 1) & 0xFFFF }
    return code
  }
}

extension WorkspaceSettings {
  /// What an agent enters when closing, where the workspace asks for it.
  public var closingNoteOfAgents: ClosingNote? {
    switch closingNotes {
    case .off, .optional: return nil
    case .category, .categoryAndSummary:
      let category = categories.first { $0 != Exchange.gaveUp } ?? "solved"
      return ClosingNote(category: category, summary: "Answered.")
    }
  }
}
