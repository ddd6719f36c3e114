/// The events that came in, in order: played again into a core as it was, they bring the same effects.
public struct Journal: Sendable, Hashable, Codable {
  /// One event.
  public struct Entry: Sendable, Hashable, Codable {
    /// When it came.
    public var at: EngineTime
    /// What it was.
    public var event: EngineEvent

    /// An event and its time.
    public init(at: EngineTime, event: EngineEvent) {
      self.at = at
      self.event = event
    }
  }

  /// The events from the first on.
  public private(set) var entries: [Entry] = []

  /// How many events are kept; what comes after them is let go.
  private var limit = Int.max

  /// Nothing yet.
  public init() {}

  /// Events that were kept before.
  public init(_ entries: [Entry]) { self.entries = entries }

  /// Nothing yet, and never more than so many events.
  init(limit: Int) { self.limit = limit }

  mutating func append(_ event: EngineEvent, at time: EngineTime) {
    if entries.count < limit { entries.append(Entry(at: time, event: event)) }
  }
}

extension EngineCore {
  /// The events handled since `keepJournal`; nil when none is kept.
  public var events: Journal? { journal }

  /// Keeps every event from now on, or so many of them as are asked for.
  public mutating func keepJournal(atMost limit: Int = .max) {
    journal = Journal(limit: limit)
    reviewConcerns()
  }

  /// Plays a journal into this core, which must be as the one was in which the journal began.
  public mutating func replay(_ journal: Journal, effect: (EngineEffect) -> Void) {
    for entry in journal.entries {
      handle(entry.event, at: entry.at)
      while let next = next() { effect(next) }
    }
  }

  /// Who was considered in an automatic decision, which filter removed whom, and what decided.
  ///
  /// Found by playing the journal again up to it, in a copy of the core in which it began. Nil when the
  /// journal does not reach that decision.
  public func account(of decision: UInt64, in journal: Journal) -> DecisionAccount? {
    var core = self
    core.watch.wanted = decision
    core.takeGeneralRules()
    for entry in journal.entries {
      core.handle(entry.event, at: entry.at)
      while let _ = core.next() {}
      if core.decisionCount >= decision { break }
    }
    return core.decisionCount >= decision ? core.watch.found : nil
  }

  /// From now on the account of every automatic decision about a contact is kept until it is taken, those
  /// included that changed nothing.
  ///
  /// Decisions are then taken by the general rules only, which come to the same.
  public mutating func keepAccounts(of contact: ContactID) {
    watch.contact = contact
    watch.kept = []
    takeGeneralRules()
  }

  /// The accounts that were kept since they were last taken.
  public mutating func takeAccounts() -> [DecisionAccount] {
    defer { watch.kept = [] }
    return watch.kept ?? []
  }

  /// Whether a queue that is served may serve the contact whose decisions are all wanted.
  @inline(__always) var watchesQueued: Bool {
    guard let contact = watch.contact, let slot = try? known(contact) else { return false }
    return contacts[slot].queuedRuns > 0
  }

  /// Keeps the account of a decision that somebody wants to have explained, as the desk stood before it.
  mutating func explain(
    _ request: AssignmentRequest, _ number: UInt64, by desk: AssignmentDesk? = nil
  ) {
    let isKept = watch.contact == request.contact
    guard isKept || watch.wanted == number else { return }
    let account = (desk ?? self.desk).account(of: request, decision: number)
    if watch.wanted == number { watch.found = account }
    if isKept { watch.kept?.append(account) }
  }
}

/// A decision whose account is wanted, when a journal is replayed for it.
struct DecisionWatch: Sendable, Codable {
  var wanted = UInt64.max
  /// Whether every decision is told as it is taken.
  var tellsAll = false
  var found: DecisionAccount?
  /// Whose decisions are all wanted, and those that were taken.
  var contact: ContactID?
  var kept: [DecisionAccount]?
}
