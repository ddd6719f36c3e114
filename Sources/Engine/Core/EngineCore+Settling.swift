extension EngineCore {
  /// Does everything that follows from a change until nothing is left: runs, queues, triggers, in this order.
  @inline(__always)
  mutating func settle() {
    if isUnsettled || desk.mayServe { settleAll() }
  }

  /// Notes an occasion, for which workflows begin when its turn comes.
  @inline(__always)
  mutating func note(_ occasion: Occasion) {
    isUnsettled = true
    occasions.append(occasion)
  }

  @inline(never)
  private mutating func settleAll() {
    while true {
      if !ready.isEmpty {
        continueReady()
      } else if desk.mayServe, serveQueues() {
        continue
      } else if let occasion = occasions.next() {
        fire(occasion)
      } else {
        break
      }
    }
    if !namedOccasions.isEmpty { namedOccasions.removeAll(keepingCapacity: true) }
    if !newlyQueued.isEmpty { announceQueued() }
    isUnsettled = false
    checkSettled()
  }

  /// Lets the runs go on that something happened to.
  mutating func continueReady() {
    while let run = ready.next() {
      if let place = live(run), runs[place].state == .ready { execute(place) }
    }
  }

  /// Lets a run go on with the step after the one it waited at, when its turn comes.
  @inline(__always)
  mutating func proceed(_ place: Int) { proceed(place, at: runs[place].counter &+ 1) }

  /// Lets a run go on at an instruction, when its turn comes.
  @inline(__always)
  mutating func proceed(_ place: Int, at counter: Int32) {
    let run = runs.handle(place)
    run.row.counter = counter
    run.row.state = .ready
    isUnsettled = true
    ready.append(runID(place))
  }

  /// Wakes a run whose Wait step is over.
  ///
  /// Gives its place, where `goesOn` is still to be said; nil for all others, which `timerFires` takes.
  @inline(__always)
  mutating func wakes(_ key: TimerKey, at time: EngineTime) -> Int? {
    guard isPlain(time, []), case .run(let id) = key, id.slot < runs.count else { return nil }
    let run = runs.handle(id.slot)
    guard run.row.state == .waiting, run.row.generation == id.generation,
      run.row.deadline <= time
    else { return nil }
    pass(time)
    run.row.deadline = .never
    run.row.counter &+= 1
    run.row.state = .ready
    return id.slot
  }

  /// A run that was woken goes on; what follows from it ends the event.
  @inline(__always)
  mutating func goesOn(_ place: Int) {
    // Nothing else is left to do yet, so this run's turn is now.
    execute(place)
    finish()
  }

  @inline(never)
  mutating func timerFires(_ key: TimerKey) throws(Refusal) {
    guard case .run(let id) = key else { return try rarerTimerFires(key) }
    guard let place = live(id) else { throw .staleTimer(key) }
    let deadline = runs[place].deadline
    guard deadline != .never else { throw .staleTimer(key) }
    guard deadline <= now else { throw .earlyTimer(key, expected: deadline) }
    deadlinePassed(place)
  }

  @inline(never)
  private mutating func rarerTimerFires(_ key: TimerKey) throws(Refusal) {
    switch key {
    case .run: preconditionFailure("a frequent timer came the way of the rare ones")
    case .autoClose(let contact):
      guard let slot = try? known(contact), contacts[slot].autoCloseAt != .never else {
        throw .staleTimer(key)
      }
      guard contacts[slot].autoCloseAt <= now else {
        throw .earlyTimer(key, expected: contacts[slot].autoCloseAt)
      }
      contacts[slot].autoCloseAt = .never
      close(slot, source: .autoClose, actor: .workspace, note: nil)
    case .snooze(let contact):
      try snoozeOver(contact, key)
    case .inactivity(let user):
      try inactivityPassed(user, key)
    case .queues:
      guard queuesPolledAt != .never else { throw .staleTimer(key) }
      guard queuesPolledAt <= now else { throw .earlyTimer(key, expected: queuesPolledAt) }
      pollQueues()
    }
  }

  private mutating func snoozeOver(_ contact: ContactID, _ key: TimerKey) throws(Refusal) {
    guard let slot = try? known(contact), contacts[slot].status == .snoozed,
      contacts[slot].details >= 0
    else { throw .staleTimer(key) }
    let place = Int(contacts[slot].details)
    let until = details[place].snoozedUntil
    guard until != .never else { throw .staleTimer(key) }
    guard until <= now else { throw .earlyTimer(key, expected: until) }
    details[place].snoozedUntil = .never
    endSnooze(slot)
  }
}

/// Something that workflows may be triggered by, as it was when it happened.
enum Occasion: Sendable, Codable, BitwiseCopyable {
  case opened(ContactID, Source)
  /// With the place of the conversation's account, where its category stands.
  case closed(ContactID, Source, ClosedConversation)
  case tag(ContactID, TagID, TagAction)
  case field(ContactID, FieldID)
  case transfer(ContactID, WorkflowID, Int32)
  /// One that carries texts, by its place in the list of those.
  case named(ContactID, Int32)
}

/// An occasion that carries texts.
enum NamedOccasion: Sendable, Codable {
  case shortcut(String, [FormInput], UserID)
  case webhook(String, JSON)
  case ad(String)
}

/// Which published workflows wait for what, in the order of their numbers.
struct Listeners: Sendable, Codable {
  var opened: [ConversationListener] = []
  var closed: [ConversationListener] = []
  var tag: [Int32] = []
  var field: [Int32] = []
  var shortcut: [Int32] = []
  var webhook: [Int32] = []
  var ad: [Int32] = []
  /// Whether one of them looks at what the contact wrote last.
  var readsWords = false
  /// Whether one of them asks when a message went out last.
  var readsOutgoing = false
  /// The only workflow that waits for openings, where it takes those by contacts and remembers nothing
  /// of them; or negative.
  var arrivalWorkflow: Int32 = -1
  /// Its only step, where that asks for anybody of a pool, so that contacts only pass; or negative.
  var passedStep: Int32 = -1
}

/// A workflow that waits for openings or closings by some sources.
struct ConversationListener: Sendable, Codable, BitwiseCopyable {
  var workflow: Int32
  /// A bit for each source.
  var sources: UInt32
  /// Whether it also asks for a category.
  var asksForCategory = false
  /// Whether its runs remember what came with the trigger.
  var needsMemory = false

  init(
    _ workflow: Int32, _ sources: [Source], asksForCategory: Bool = false,
    needsMemory: Bool = false
  ) {
    self.workflow = workflow
    self.sources = sources.isEmpty ? .max : sources.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    self.asksForCategory = asksForCategory
    self.needsMemory = needsMemory
  }

  @inline(__always)
  func accepts(_ source: Source) -> Bool { sources & (1 &<< UInt32(source.rawValue)) != 0 }
}

/// A decision whose account is wanted, when a journal is replayed for it.
struct DecisionWatch: Sendable, Codable {
  var wanted = UInt64.max
  var found: DecisionAccount?
}
