import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// A customer with a conversation: writes, waits or loses patience, reads, thinks, writes again,
/// comes back another day.
///
/// Everything random about a customer is drawn from streams of its own, named by population, number
/// and visit: whatever strategy answers, the same customer brings the same work. The actors are
/// pooled; one serves thousands of customers in turn.
actor Contact: EventTarget {
  nonisolated let kernel: Kernel
  nonisolated let number: ContactNumber
  let exchange: Exchange
  /// Where this contact's events go; set once, when the actor is made.
  @safe @exclusivity(unchecked) var target = Target.nobody

  // In the order in which they are looked at together: what every call needs, what a new customer
  // begins with, what goes on, what is measured, and then what only few moments ask for.

  /// Who it is to the engine, once the engine knows it.
  @safe @exclusivity(unchecked) var id: ContactID?
  @safe @exclusivity(unchecked) var facts: PopulationFacts

  // What every new customer begins with; side by side, for then a few stores make a new one.

  /// Who sent the last answer, over all visits.
  @safe @exclusivity(unchecked) var lastReplier = AgentNumber.nobody
  /// The broadcast that the contact was sent last, where it was sent one.
  @safe @exclusivity(unchecked) var broadcast: Int32 = -1
  /// Messages under way, thoughts, an agent's hold: while there are any, the actor is not reused.
  @safe @exclusivity(unchecked) var pending: Int32 = 0
  /// Workflows that the contact is in.
  @safe @exclusivity(unchecked) var runs: Int32 = 0
  /// Conversations opened so far: an agent who wraps one up does not close the next.
  @safe @exclusivity(unchecked) var openings: UInt32 = 0
  /// Messages written and received, which name the streams of their deliveries.
  @safe @exclusivity(unchecked) var messages: UInt16 = 0
  /// Calls of services and talks of AI agents about this contact, which name their draws.
  @safe @exclusivity(unchecked) var calls: UInt16 = 0
  /// Visits of this customer before the present one.
  @safe @exclusivity(unchecked) var visitNumber: UInt16 = 0
  /// Closings so far in this visit.
  @safe @exclusivity(unchecked) var closings: UInt16 = 0
  /// Whether the next question is being thought of.
  @safe @exclusivity(unchecked) var isThinking = false
  /// Whether the contact is looked at again at the end of this instant, to be let go.
  @safe @exclusivity(unchecked) var isLeaving = false
  /// Whether the actor waits for its next customer.
  @safe @exclusivity(unchecked) var isIdle = true
  /// Whether there are ghosts: here, for they themselves lie far from what is looked at together.
  @safe @exclusivity(unchecked) private(set) var hasGhosts = false
  /// Whether messages on the channel are there at once.
  @safe @exclusivity(unchecked) var isImmediate = false
  /// Whether messages on the channel are there at once both ways, and nobody waits to hear that they are.
  @safe @exclusivity(unchecked) var isPassing = false

  // What is going on.

  @safe @exclusivity(unchecked) var state = State()
  /// What is measured of the conversation.
  @safe @exclusivity(unchecked) var course = Course()

  // Who it is, and what it brings.

  /// The name of this visit's random streams.
  @safe @exclusivity(unchecked) var entity: UInt64 = 0
  /// The first draws for the work on the first question of the first visit, which were made ahead.
  @safe @exclusivity(unchecked) var firstWork: RandomStream.Draws?
  /// Counts the customers, and the visits of one, that this actor served: an older visit's ghosts
  /// and events are recognised by it.
  @safe @exclusivity(unchecked) var visit: UInt32 = 0
  @safe @exclusivity(unchecked) var channel = ChannelID(0)
  @safe @exclusivity(unchecked) var ordinal: UInt64 = 0
  @safe @exclusivity(unchecked) var population = 0
  /// What names the random streams: the population, a broadcast or a second channel.
  @safe @exclusivity(unchecked) var source = 0
  /// When the contact's last message reached the platform: the reply window runs from then.
  @safe @exclusivity(unchecked) var lastHeard = Instant.start
  @safe @exclusivity(unchecked) var patience = TimerHandle.none

  // What few have.

  /// Places in the inboxes of agents that the conversation was moved away from.
  @safe @exclusivity(unchecked) var ghosts: [Ghost] = [] {
    didSet { hasGhosts = !ghosts.isEmpty }
  }
  /// What the contact will say to the questions of workflows, in their order; nil is a picture.
  @safe @exclusivity(unchecked) var replies: [String?] = []
  /// So many of the replies the contact, who gave up since, writes no more.
  @safe @exclusivity(unchecked) var withdrawnReplies = 0
  /// Messages of agents that will be lost, of which the engine has not heard yet; only for the ledger.
  @safe @exclusivity(unchecked) var doomed: [MessageID] = []
  /// What is special about this contact.
  @safe @exclusivity(unchecked) var peculiarity = Peculiarity()

  /// What is going on in one visit.
  struct State {
    /// When the open question was written; before the start when none waits for an answer.
    var asked = Instant.distantPast
    /// Work left on the open question, in nanoseconds; negative when nobody began.
    var workLeft: Int64 = -1
    var assignee = AgentNumber.nobody
    /// The agent in whose inbox or hands it is.
    var holder = AgentNumber.nobody
    /// The place there: an entry of a list, or a slot.
    var spot: Int32 = -1
    var questionsLeft: Int32 = 1
    /// The number of the conversation among those opened in this run.
    var number = 0
    /// The question now being asked or thought of, from 0.
    var question: UInt16 = 0
    var isOpen = false
    /// Whether an agent ever started on this conversation.
    var hasStarted = false
    var hasGivenUp = false
    /// Whether the contact needs an agent: its message is there and nobody answered it.
    var needsAgent = false
    var place = Place.nowhere
    /// Whether the next message that goes out is the agent's answer.
    var isAnswering = false
    /// How often the answer was sent.
    var attempts: UInt8 = 0

    /// Whether a question waits for an answer.
    var isAsking: Bool {
      @inline(__always) get { asked >= .start }
    }
  }

  /// Where a conversation is that needs an answer.
  enum Place: UInt8 {
    case nowhere
    /// It will be placed as soon as everything that happens at this instant has happened.
    case toBePlaced
    case unassigned
    case inbox
    case inHand
  }

  /// The place that a moved conversation left behind.
  struct Ghost: Equatable {
    var agent: AgentNumber
    var place: Int32
  }

  init(number: ContactNumber, exchange: Exchange) {
    self.number = number
    self.exchange = exchange
    kernel = exchange.kernel
    facts = exchange.facts[0]
  }

  /// From the name of one customer's random streams to that of the next.
  static let entityStep: UInt64 = 1 << 8

  /// The name of the random streams of a customer's visit.
  @inline(__always)
  static func entity(_ code: UInt64, ordinal: UInt64, visit: UInt16) -> UInt64 {
    code << 48 | (ordinal & 0xFF_FFFF_FFFF) << 8 | UInt64(visit & 0xFF)
  }

  /// Whether it is junk, which only some worlds have.
  var isJunk: Bool {
    @inline(__always) get { exchange.features.contains(.spam) && peculiarity.isJunk }
  }

  /// Whether nothing is left that this customer could still do or be wanted for.
  var isDone: Bool {
    @inline(__always) get {
      !state.isOpen && pending == 0 && runs == 0 && !state.isAsking && !isIdle
    }
  }

  /// Goes for good, if nothing came up at the last moment.
  @inline(never)
  func leaves(at now: Instant) {
    isLeaving = false
    if isDone { exchange.letGo(self, at: now) }
  }

  func receive(_ event: Event) {
    if exchange.isDown, waitsForEngine(event) { return }
    switch ContactEvent(rawValue: event.kind) {
    case .writes:
      pending -= 1
      isThinking = false
      write()
    case .losesPatience: givesUp()
    case .returns: comesBack()
    case .answersQuestion: sends(reply: event.value)
    case .repliesToBroadcast: repliesToBroadcast()
    case .writesElsewhere: writesElsewhere()
    case .leavesPage: leavesPage()
    case .writesAfterOpening: writesAfterOpening()
    case .callsAPI: callsAPIAgain(opening: event.value)
    case nil: preconditionFailure("a contact gets only its own kinds of events")
    }
    exchange.settle()
  }

  // MARK: - Writing

  /// A new customer comes to this actor, and writes.
  @inline(never)
  func begin(population: Int, ordinal: UInt64, entity: UInt64, work: RandomStream.Draws) {
    becomes(population: population, ordinal: ordinal, source: population)
    startVisit(entity: entity, work: work)
    if let channel = facts.channel { uses(channel: channel) } else { chooseChannel() }
    if !exchange.features.isDisjoint(with: [.spam, .secondChannels]) { drawPeculiarities() }
    if facts.flags.contains(.opening) { return comesOtherwise() }
    write()
  }

  /// A new customer comes to this actor.
  @inline(__always)
  func becomes(population: Int, ordinal: UInt64, source: Int) {
    self.population = population
    facts = exchange.facts[population]
    self.source = source
    self.ordinal = ordinal
    id = nil
    lastReplier = .nobody
    broadcast = -1
    pending = 0
    runs = 0
    openings = 0
    messages = 0
    calls = 0
    visitNumber = 0
    closings = 0
    isThinking = false
    isLeaving = false
    isIdle = false
    if !replies.isEmpty {
      replies.removeAll(keepingCapacity: true)
      withdrawnReplies = 0
    }
    if !exchange.features.isEmpty { peculiarity = Peculiarity() }
  }

  /// Begins a visit of its own number.
  @inline(never)
  func startVisit() {
    startVisit(
      entity: Self.entity(exchange.streamCodes[source], ordinal: ordinal, visit: visitNumber),
      work: nil)
  }

  @inline(__always)
  private func startVisit(entity: UInt64, work: RandomStream.Draws?) {
    visit &+= 1
    firstWork = work
    self.entity = entity
    closings = 0
    let assignee = state.assignee
    state = State()
    if id != nil { state.assignee = assignee }
    state.questionsLeft =
      facts.questions > 0 && !isJunk ? facts.questions : drawnQuestions()
  }

  private func drawnQuestions() -> Int32 {
    var stream = exchange.streams.stream(.questions, of: entity)
    let questions = exchange.plan.model.populations[population].questions.sample(&stream)
    return isJunk ? 1 : Int32(clamping: max(1, questions))
  }

  private func chooseChannel() {
    var stream = exchange.streams.stream(.channel, of: entity)
    let shares = exchange.plan.model.populations[population].channelShares
    let number = shares.choose(&stream)
    uses(channel: exchange.plan.model.populations[population].channels[number])
  }

  /// Messages go over this channel from now on.
  @inline(__always)
  func uses(channel: ChannelID) {
    self.channel = channel
    isImmediate = exchange.channelTraits[channel.index].contains(.immediate)
    isPassing =
      !exchange.seesReplies && exchange.channelTraits[channel.index].contains(.transparent)
  }

  /// Sends the next question on its way to the platform.
  @inline(__always)
  func write() {
    let now = kernel.now
    state.asked = now
    hands(reply: 0, at: now)
  }

  /// Hands a message to the channel: a question of the contact's own, or the reply of that number.
  @inline(__always)
  private func hands(reply: UInt32, at now: Instant) {
    messages &+= 1
    exchange.messages.written &+= 1
    if isImmediate { return reaches(reply: reply, at: now) }
    pending &+= 1
    exchange.channels[channel.index]((number, entity, messages, reply)) {
      $0.carriesIn($1.0, entity: $1.1, number: $1.2, reply: $1.3)
    }
  }

  /// The contact answers a workflow's question, unless it has given up since that came.
  private func sends(reply: UInt32) {
    pending -= 1
    guard Int(reply) > withdrawnReplies else { return exchange.letGoIfDone(self) }
    hands(reply: reply, at: kernel.now)
  }

  /// A message that was under way is there.
  func arrives(reply: UInt32) {
    pending -= 1
    if reply & Channel.Mark.isRepeated != 0 {
      return comesAgain(reply: reply & ~Channel.Mark.isRepeated)
    }
    reaches(reply: reply, at: kernel.now)
  }

  /// A message is there: the engine hears of it, and the waiting begins.
  @inline(__always)
  private func reaches(reply: UInt32, at now: Instant) {
    exchange.messages.received &+= 1
    if exchange.features.contains(.reports) { reported() }
    lastHeard = now
    if exchange.features.contains(.webhooks) { exchange.tell(.newIncomingMessage) }
    if reply > 0 { return repliesToWorkflow(Int(reply) - 1) }
    if exchange.features.contains(.mereAnswers), isTakenForAnswer("Hello") {
      if let id {
        exchange.contactWrites(id, on: channel, text: "Hello", at: now)
      }
      return exchange.letGoIfDone(self)
    }
    state.needsAgent = true
    if facts.flags.contains(.patience) { armPatience() }
    if state.isOpen { exchange.record.contactMessage(&course, at: now) }
    if id == nil, !facts.flags.contains(.profile) {
      // The engine gets to know the contact by the message.
      exchange.introducedCount &+= 1
      if exchange.features.contains(.webhooks) { exchange.tell(.newContact) }
      let new = exchange.newContactWrites(on: channel, text: "Hello", at: now)
      id = new
      exchange.enter(new, as: number)
    } else {
      exchange.contactWrites(id ?? introduced(), on: channel, text: "Hello", at: now)
    }
    requestPlacement()
  }

  /// At the first message the engine gets to know the contact, and what is known of it.
  @inline(never)
  private func introduced() -> ContactID {
    exchange.introducedCount &+= 1
    if exchange.features.contains(.webhooks) { exchange.tell(.newContact) }
    let new = exchange.nextContact()
    id = new
    exchange.enter(new, as: number)
    var isArriving = true
    if let profile = profile() {
      isArriving = profile.isArriving
      exchange.handle(.contactAdded(new, profile))
    }
    // Who was there before the run is not added in it.
    if isArriving { exchange.reports?.added(on: channel.index) }
    return new
  }

  @inline(never)
  func armPatience() {
    // Junk does not wait for anything.
    if isJunk { return }
    var stream = exchange.streams.stream(.patience, of: entity, turn: state.question)
    guard let patience = exchange.plan.model.populations[population].patience?.plain else { return }
    let length = patience.sampleNanoseconds(
      &stream, or: exchange.plan.model.populations[population].patience)
    guard length != SampledTime.never else { return }
    // Who has left the page waits no more.
    if exchange.features.contains(.sessions), length >= leavesPageAt.nanoseconds(since: state.asked)
    {
      return
    }
    self.patience = kernel.schedule(
      Event(to: target, kind: ContactEvent.losesPatience.rawValue, subject: number.raw),
      at: state.asked.advanced(byNanoseconds: length))
  }
}
