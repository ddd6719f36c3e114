import Engine
import Sampling
import Scenarios
import Statistics
import VirtualTime
import World

/// The people of a scenario under load: they write, wait, give up, answer and close as in the simulation, but
/// what they do goes to an engine that answers when it can.
///
/// Arrivals follow the course of the rate and wait for nobody. What somebody does next is due a drawn time
/// after what it follows from, whether or not the engine is through with it. Of the world of `run` this leaves
/// out: shifts (everybody is there), attention that slows down while it is shared, spam, second channels,
/// broadcasts, supervisors, grabbing, help in writing, custom inboxes (the oldest is taken), faults and
/// customers who come back. Whoever leaves finishes what is in hand first.
struct Crowd: ~Copyable {
  let model: Model
  let clock: LoadClock
  let course: RateCourse
  private let streams: RandomStreams
  private let profiles: ProfileTable
  private let mix: Shares
  private let perConversation: Double
  private var queue = EventQueue()
  private var arrivals: RandomStream
  private var due = 0.0
  private var place = RateCourse.Place()
  private(set) var arrivedCount: UInt64 = 0
  /// A rolling hash over the arrivals: the same plan and seed have the same.
  private(set) var fingerprint: UInt64 = 0
  private var people = ContiguousArray<Person>()
  private var free = ContiguousArray<UInt32>()
  private var agents: ContiguousArray<Agent>
  /// Conversations that nobody has, oldest first, where agents take from them.
  private var inbox = Line()
  private let picks: Bool
  /// What is due, for the sender.
  var outgoing = ContiguousArray<LoadOperation>()
  var seen = CrowdRecord()

  struct Person: BitwiseCopyable {
    var entity: UInt64 = 0
    var openedAt: Int64 = 0
    var patience = TimerHandle.none
    var next = TimerHandle.none
    var questionsLeft: Int32 = 0
    var assignee: UserID?
    /// Who works on it.
    var worker: UserID?
    var population: UInt16 = 0
    var channel: UInt16 = 0
    var turn: UInt16 = 0
    /// How often the place was used, so that entries of lines grow stale.
    var visit: UInt16 = 0
    /// How often somebody else had the place.
    var stay: UInt16 = 0
    var isThere = false
    var needsAnswer = false
    var isOpen = false
    var wasAssigned = false
    var wasAnswered = false
  }

  struct Agent {
    let style: WorkStyle
    var inbox = Line()
    var inHand = 0
    var isPresent = true
    /// Away as soon as what is in hand is done.
    var isLeaving = false
    var absences: UInt16 = 0
  }

  /// What comes due.
  private enum Kind: UInt16 {
    case arrives, asks, givesUp, answered, wrappedUp, awayBegins, awayEnds
  }

  init(_ plan: LoadPlan, streams: RandomStreams, clock: LoadClock) throws(ImpossibleParameter) {
    model = plan.world.model
    course = plan.course
    self.clock = clock
    self.streams = streams
    profiles = ProfileTable(model)
    mix = try Shares(plan.populationWeights)
    perConversation = plan.eventsPerConversation
    arrivals = streams.stream(.arrivals, of: 0)
    let model = model
    agents = ContiguousArray(model.agents.map { Agent(style: model.style(of: $0)) })
    picks = agents.contains { $0.style.picks != .nothing }
    scheduleArrival()
    for agent in agents.indices { scheduleAbsence(agent, at: 0) }
  }

  /// When the next thing is due, on the wall.
  mutating func nextDue() -> Int64 {
    queue.next().map { clock.wall(at: $0.nanoseconds) } ?? .max
  }

  // MARK: - What comes due

  /// Lets everything happen that is due by a moment on the wall.
  mutating func advance(to wall: Int64) {
    while let (key, event) = queue.pop(until: clock.time(at: wall)) {
      let time = key.nanoseconds
      let subject = Int(event.subject)
      switch Kind(rawValue: event.kind) {
      case .arrives: arrive(at: time)
      case .asks: ask(subject, at: time)
      case .givesUp: giveUp(subject, at: time)
      case .answered: answer(subject, at: time)
      case .wrappedUp: close(subject, at: time)
      case .awayBegins: leave(subject, at: time)
      case .awayEnds: comeBack(subject, at: time)
      case nil: break
      }
    }
  }

  private mutating func push(_ kind: Kind, _ subject: Int, at time: Int64) -> TimerHandle {
    queue.push(
      Event(to: .nobody, kind: kind.rawValue, subject: UInt32(subject)), at: time,
      class: .external)
  }

  private mutating func send(
    _ kind: OperationKind, _ person: Int, by user: UserID? = nil, profile: UInt16 = 0,
    status: ActivityStatus = .online, at time: Int64
  ) {
    outgoing.append(
      LoadOperation(
        kind, of: UInt32(person), stay: person < people.count ? people[person].stay : 0, by: user,
        channel: person < people.count ? people[person].channel : 0,
        profile: profile, status: status, due: clock.wall(at: time)))
  }

  private mutating func draw(
    _ law: Distribution, _ purpose: Purpose, _ person: Int
  ) -> Int64? {
    var stream = streams.stream(purpose, of: people[person].entity, turn: people[person].turn)
    let length: Int64 = law.sampleNanoseconds(&stream)
    return length == SampledTime.never ? nil : length
  }

  // MARK: - Contacts

  private mutating func scheduleArrival() {
    due += arrivals.exponential()
    guard let moment = course.moment(after: due * perConversation, startingIn: &place) else {
      return
    }
    _ = push(.arrives, 0, at: clock.time(at: clock.start &+ Int64(moment * 1e9)))
  }

  private mutating func arrive(at time: Int64) {
    scheduleArrival()
    arrivedCount &+= 1
    let person = free.popLast().map { Int($0) } ?? people.count
    if person == people.count { people.append(Person()) }
    let (visit, stay) = (people[person].visit &+ 1, people[person].stay &+ 1)
    var stream = streams.stream(.channel, of: arrivedCount)
    let population = mix.choose(&stream)
    let settings = model.populations[population]
    var row = Person()
    row.visit = visit
    row.stay = stay
    row.isThere = true
    row.entity = arrivedCount
    row.openedAt = time
    row.population = UInt16(population)
    row.channel = UInt16(settings.channels[settings.channelShares.choose(&stream)].index)
    let (first, shares) = profiles.choices[population]
    let profile = first + (shares?.choose(&stream) ?? 0)
    var questions = streams.stream(.questions, of: arrivedCount)
    row.questionsLeft = Int32(clamping: max(1, settings.questions.sample(&questions)))
    people[person] = row
    fingerprint =
      (fingerprint << 23 | fingerprint >> 41) &* 0x2545_F491_4F6C_DD1D
      ^ UInt64(bitPattern: time) ^ UInt64(population) << 48
    wantAnswer(person, at: time)
    send(.messageIn, person, profile: UInt16(clamping: profile), at: time)
  }

  private mutating func wantAnswer(_ person: Int, at time: Int64) {
    people[person].needsAnswer = true
    seen.waits(1, at: time)
    guard let patience = model.populations[Int(people[person].population)].patience,
      let length = draw(patience, .patience, person)
    else { return }
    people[person].patience = push(.givesUp, person, at: time &+ length)
  }

  private mutating func ask(_ person: Int, at time: Int64) {
    people[person].next = .none
    people[person].turn &+= 1
    wantAnswer(person, at: time)
    send(.messageIn, person, at: time)
    place(person, at: time)
  }

  private mutating func giveUp(_ person: Int, at time: Int64) {
    guard people[person].needsAnswer else { return }
    people[person].patience = .none
    people[person].needsAnswer = false
    if people[person].worker == nil { seen.waits(-1, at: time) }
    stopWork(person, at: time)
    if model.populations[Int(people[person].population)].givingUp == .closes {
      send(.close, person, at: time)
    }
  }

  // MARK: - What the engine tells

  /// Hears what the engine did.
  mutating func hear(_ notice: LoadNotice) {
    let person = Int(notice.person)
    guard person < people.count, people[person].isThere, people[person].stay == notice.stay else {
      return closeLate(notice)
    }
    switch notice.kind {
    case .opened:
      people[person].isOpen = true
      if !people[person].needsAnswer, people[person].worker == nil, people[person].next == .none {
        // It had ended, and a message that was on its way opened it again.
        send(.close, person, at: notice.at)
      }
      assign(person, to: notice.user, at: notice.at)
    case .assigned: assign(person, to: notice.user, at: notice.at)
    case .closed: end(person, at: notice.at)
    case .gone:
      end(person, at: notice.at)
      people[person].isThere = false
      free.append(notice.person)
    }
  }

  /// A conversation that a message opened which was on its way when its contact had gone.
  private mutating func closeLate(_ notice: LoadNotice) {
    guard notice.kind == .opened else { return }
    outgoing.append(
      LoadOperation(
        .close, of: notice.person, stay: notice.stay, due: clock.wall(at: notice.at)))
  }

  private mutating func assign(_ person: Int, to user: UserID?, at time: Int64) {
    if user != nil, !people[person].wasAssigned {
      people[person].wasAssigned = true
      seen.assigned.record(max(0, time &- people[person].openedAt))
    }
    if people[person].worker != nil, people[person].worker != user { stopWork(person, at: time) }
    people[person].assignee = user
    place(person, at: time)
  }

  /// Lays a conversation before whoever has it, or where all may take it.
  private mutating func place(_ person: Int, at time: Int64) {
    guard people[person].needsAnswer, people[person].worker == nil else { return }
    let entry = Line.Entry(person: UInt32(person), visit: people[person].visit)
    if let agent = people[person].assignee?.index, agents.indices.contains(agent) {
      agents[agent].inbox.append(entry)
      takeWork(agent, at: time)
    } else if picks {
      inbox.append(entry)
      for agent in agents.indices where agents[agent].inHand == 0 && agents[agent].isPresent {
        if takeFromInbox(agent, at: time) { break }
      }
    }
  }

  private mutating func end(_ person: Int, at time: Int64) {
    guard people[person].isOpen || people[person].needsAnswer else { return }
    _ = queue.cancel(people[person].patience)
    _ = queue.cancel(people[person].worker == nil ? people[person].next : .none)
    if people[person].needsAnswer, people[person].worker == nil { seen.waits(-1, at: time) }
    people[person].needsAnswer = false
    stopWork(person, at: time)
    people[person].isOpen = false
    people[person].next = .none
    people[person].patience = .none
    people[person].visit &+= 1
  }

  // MARK: - Agents

  private mutating func takeWork(_ agent: Int, at time: Int64) {
    while agents[agent].isPresent, agents[agent].inHand < agents[agent].style.attention.slots {
      guard let entry = agents[agent].inbox.removeFirst() else {
        _ = takeFromInbox(agent, at: time)
        return
      }
      let person = Int(entry.person)
      let row = people[person]
      guard row.visit == entry.visit, row.isOpen, row.needsAnswer, row.worker == nil,
        row.assignee == UserID(index: agent)
      else { continue }
      start(person, agent, at: time)
    }
  }

  private mutating func takeFromInbox(_ agent: Int, at time: Int64) -> Bool {
    guard picks, agents[agent].style.picks != .nothing else { return false }
    while let entry = inbox.removeFirst() {
      let row = people[Int(entry.person)]
      guard row.visit == entry.visit, row.isOpen, row.needsAnswer, row.worker == nil,
        row.assignee == nil
      else { continue }
      send(.assign, Int(entry.person), by: UserID(index: agent), at: time)
      return true
    }
    return false
  }

  private mutating func start(_ person: Int, _ agent: Int, at time: Int64) {
    let style = agents[agent].style
    agents[agent].inHand += 1
    people[person].worker = UserID(index: agent)
    seen.waits(-1, at: time)
    let population = model.populations[Int(people[person].population)]
    if population.patienceUntil == .start || style.greets {
      _ = queue.cancel(people[person].patience)
      people[person].patience = .none
    }
    if style.greets { reply(person, agent, at: time) }
    let length = draw(style.replyTime, .replyTime, person) ?? 0
    let speed = style.attention.speed(of: agents[agent].inHand)
    people[person].next = push(
      .answered, person, at: time &+ Int64(min(Double(length) / speed, 4e18)))
  }

  private mutating func reply(_ person: Int, _ agent: Int, at time: Int64) {
    if !people[person].wasAnswered {
      people[person].wasAnswered = true
      seen.answered.record(max(0, time &- people[person].openedAt))
    }
    send(.reply, person, by: UserID(index: agent), at: time)
  }

  private mutating func answer(_ person: Int, at time: Int64) {
    people[person].next = .none
    guard let agent = people[person].worker?.index else { return }
    _ = queue.cancel(people[person].patience)
    people[person].patience = .none
    people[person].needsAnswer = false
    people[person].questionsLeft -= 1
    reply(person, agent, at: time)
    let style = agents[agent].style
    if people[person].questionsLeft > 0 {
      letGo(person, agent, at: time)
      let law = model.populations[Int(people[person].population)].thinkTime
      if let pause = draw(law, .thinkTime, person) {
        people[person].next = push(.asks, person, at: time &+ pause)
      }
    } else if let length = draw(style.wrapUp, .wrapUp, person), length > 0 {
      people[person].next = push(.wrappedUp, person, at: time &+ length)
    } else {
      close(person, at: time)
    }
  }

  private mutating func close(_ person: Int, at time: Int64) {
    people[person].next = .none
    guard let agent = people[person].worker?.index else { return }
    var stream = streams.stream(.forgetsToClose, of: people[person].entity)
    let share = agents[agent].style.forgetsToClose
    let forgets = share > 0 && stream.chance(share)
    if !forgets { send(.close, person, by: UserID(index: agent), at: time) }
    letGo(person, agent, at: time)
  }

  private mutating func letGo(_ person: Int, _ agent: Int, at time: Int64) {
    people[person].worker = nil
    agents[agent].inHand -= 1
    takeWork(agent, at: time)
    goIfDone(agent, at: time)
  }

  /// Whoever worked on it works on it no more.
  private mutating func stopWork(_ person: Int, at time: Int64) {
    guard let agent = people[person].worker?.index else { return }
    _ = queue.cancel(people[person].next)
    people[person].next = .none
    if people[person].needsAnswer { seen.waits(1, at: time) }
    letGo(person, agent, at: time)
  }

  private mutating func scheduleAbsence(_ agent: Int, at time: Int64) {
    guard let away = agents[agent].style.away else { return }
    var stream = streams.stream(
      .absenceAfter, of: UInt64(agent), turn: agents[agent].absences)
    let delay: Int64 = away.after.sampleNanoseconds(&stream)
    guard delay != SampledTime.never else { return }
    _ = push(.awayBegins, agent, at: time &+ delay)
  }

  /// Takes nothing new, finishes what is in hand, and is away from then on.
  private mutating func leave(_ agent: Int, at time: Int64) {
    agents[agent].isPresent = false
    send(.status, people.count, by: UserID(index: agent), status: .busy, at: time)
    agents[agent].isLeaving = true
    goIfDone(agent, at: time)
  }

  private mutating func goIfDone(_ agent: Int, at time: Int64) {
    guard agents[agent].isLeaving, agents[agent].inHand == 0,
      let away = agents[agent].style.away
    else { return }
    agents[agent].isLeaving = false
    var stream = streams.stream(
      .absenceLength, of: UInt64(agent), turn: agents[agent].absences)
    let length: Int64 = away.length.sampleNanoseconds(&stream)
    guard length != SampledTime.never else { return }
    _ = push(.awayEnds, agent, at: time &+ length)
  }

  private mutating func comeBack(_ agent: Int, at time: Int64) {
    agents[agent].isPresent = true
    agents[agent].absences &+= 1
    send(.status, people.count, by: UserID(index: agent), status: .online, at: time)
    scheduleAbsence(agent, at: time)
    takeWork(agent, at: time)
  }
}
