import Engine
import Scenarios

/// Plays one case: the timeline and the timers into an engine, the engine's effects into ledgers.
///
/// At one instant the timeline comes first, then the messages that arrive or are lost, then the timers
/// that are due, then the expectations.
final class CasePlayer {
  let file: CaseFile
  /// How many timers may go off: a look at the queues every nanosecond would never end.
  let timerLimit: Int
  let words: CaseWords
  /// The engine before the first event, to which decisions are traced back.
  let start: EngineCore
  var core: EngineCore
  /// The same events by the entrances that the simulation uses; nil once a difference was found there.
  private var entrances: EntranceCheck?
  var now = EngineTime.zero
  var ledgers: [ContactLedger]
  /// The contacts' positions in the case by their ids.
  var numbers: [ContactID: CaseFile.ContactNumber] = [:]
  var timers = PendingTimers()
  var deliveries: [CaseFile.Delivery]
  /// Messages that channels take their time with, soonest first.
  var underWay: [MessageUnderWay] = []
  /// Who waits in any queue, in order of entering.
  var queue: [(contact: ContactID, run: RunID)] = []
  /// Requests that have no answer yet, oldest first.
  var requests: [(service: ServiceID, run: RunID, contact: ContactID)] = []
  var calls: [ServiceID: Int] = [:]
  var latestCall: [ServiceID: ServiceCall] = [:]
  /// The AI agent's contacts, oldest first.
  var agents: [(run: RunID, contact: ContactID)] = []
  /// How often a workflow gave a contact to each user.
  var counts: [UserID: Int] = [:]
  /// What was refused at this instant and is not expected yet.
  var refusals: [(reason: String, contact: CaseFile.ContactNumber?, span: SourceSpan?)] = []
  /// What happened, for explanations.
  var story: [(at: EngineTime, effect: EngineEffect)] = []
  /// Whether the case is on, and not the preparation.
  var isOn = false
  /// The row of the timeline that is carried out, and the contact that it is about.
  var row: SourceSpan?
  var about: CaseFile.ContactNumber?

  var fingerprint = RollingHash()
  var differences: [CaseDifference] = []
  var brokeInvariant = false

  /// Whether it is a random story, in which the refused and the futile are no differences.
  let isStory: Bool
  /// What is wrong in a story.
  var finding: Finding?
  /// Looks over the engine's shoulder in a story.
  var judge: Judge?
  /// When the engine of a story is stopped and restored.
  var restart: Restart?
  /// Whether all invariants are looked at after every instant.
  var checksInvariants = true
  /// Whether the effects of an event are being carried out.
  private(set) var isCarryingOut = false
  /// Is told of every event with its effects.
  var witness: ((EngineEvent, [EngineEffect]) -> Void)?

  init(_ file: CaseFile, timerLimit: Int, isStory: Bool = false, checksEntrances: Bool = true) {
    self.file = file
    self.timerLimit = timerLimit
    self.isStory = isStory
    start = EngineCore(settings: file.settings)
    core = start
    core.keepJournal()
    if checksEntrances { entrances = EntranceCheck(start) }
    ledgers = Array(repeating: ContactLedger(), count: file.contacts.count)
    deliveries = file.deliveries
    words = CaseWords(WorkspaceNames(file))
  }

  func play() {
    setUp()
    let asked = file.expectations.sorted { ($0.at ?? .never) < ($1.at ?? .never) }
    let last = max(file.timeline.last?.at ?? .zero, asked.compactMap(\.at).max() ?? .zero)
    let instants = [.zero] + file.timeline.map(\.at) + asked.compactMap(\.at)
    var entry = 0
    var question = 0
    var previous: EngineTime?
    for instant in instants.sorted() where instant != previous {
      previous = instant
      guard fire(before: instant) else { return }
      now = instant
      while entry < file.timeline.count, file.timeline[entry].at == instant {
        row = file.timeline[entry].span
        for action in file.timeline[entry].actions { carryOut(action) }
        entry += 1
      }
      row = nil
      guard fire(upTo: instant) else { return }
      while question < asked.count, (asked[question].at ?? last) == instant {
        for fact in asked[question].facts { check(fact) }
        question += 1
      }
      complainOfRefusals()
      guard holdsInvariants() else { return }
    }
  }

  /// Makes the workspace as the case finds it.
  private func setUp() {
    for user in file.users where !user.joinsLater {
      send(.userAdded(core.nextUser, user.profile))
    }
    for team in file.teams where !team.isFoundedLater {
      let id = core.nextTeam
      send(.teamAdded(id, name: team.name))
      for member in team.members { send(.teamGains(id, member)) }
    }
    for (index, user) in file.users.enumerated() {
      for _ in 0..<user.openConversations {
        let contact = core.nextContact
        send(.contactAdded(contact, ContactProfile(assignee: UserID(index: index))))
        send(.opens(contact, by: .program(.api)))
      }
    }
    for (number, contact) in file.contacts.enumerated() where contact.existsBefore {
      enter(number, as: core.nextContact)
      send(.contactAdded(core.nextContact, contact.profile))
    }
    let workflows = file.workflows.enumerated().map {
      Publication(WorkflowID(index: $0.offset), $0.element)
    }
    if !workflows.isEmpty { send(.workflowsPublished(workflows)) }
    complainOfRefusals()
    story = []
    isOn = true
  }

  /// Notes the id that a contact of the case has in the engine.
  func enter(_ number: CaseFile.ContactNumber, as id: ContactID) {
    ledgers[number].id = id
    numbers[id] = number
  }

  /// Brings an event and takes what comes of it.
  func send(_ event: EngineEvent) {
    if restart != nil { restartIfDue() }
    core.handle(event, at: now)
    enterQuickly(event)
    guard core.mayDrain() else { return }
    isCarryingOut = true
    var effects: [EngineEffect] = []
    while let effect = core.next() {
      effects.append(effect)
      take(effect)
    }
    isCarryingOut = false
    witness?(event, effects)
    if let objection = judge?.look(at: event, effects, &core) { find(objection) }
  }

  /// Brings an event by the simulation's entrances too, which must do what the general one does.
  private func enterQuickly(_ event: EngineEvent) {
    guard let difference = entrances?.bring(event, at: now) else { return }
    entrances = nil
    find("entrance", "by the entrance of the simulation: " + difference)
    differ(
      row ?? file.expectations.first?.span, "the entrance of the simulation",
      expected: "the same by every entrance", got: words.clean(difference))
  }

  // Time.

  /// When the next message arrives or timer goes off.
  private var next: EngineTime? {
    [underWay.first?.at, timers.next].compactMap { $0 }.min()
  }

  private func fire(before instant: EngineTime) -> Bool {
    while let time = next, time < instant {
      guard fireNext(at: time) else { return false }
      if time != next {
        complainOfRefusals()
        guard holdsInvariants() else { return false }
      }
    }
    return true
  }

  private func fire(upTo instant: EngineTime) -> Bool {
    while let time = next, time <= instant {
      guard fireNext(at: instant) else { return false }
    }
    return true
  }

  private var fired = 0

  private func fireNext(at time: EngineTime) -> Bool {
    fired += 1
    guard fired <= timerLimit else {
      differ(
        file.expectations.first?.span, "the end of the case",
        expected: "at most \(timerLimit) timers", got: "more, and no end to them")
      return false
    }
    now = time
    about = nil
    if let letter = underWay.first, letter.at <= timers.next ?? .never {
      underWay.removeFirst()
      arrive(letter)
    } else if let key = timers.pop() {
      send(.timerFires(key))
    }
    return true
  }

  // What must never be.

  /// A refusal that nobody expected is a difference.
  private func complainOfRefusals() {
    for refusal in refusals {
      // What the engine itself asked for cannot make no sense.
      if refusal.span == nil {
        find("refusal", "an event of the host is refused: \(refusal.reason)")
      }
      let subject = refusal.contact.map { "the row about \(words.contact($0))" } ?? "the row"
      differ(
        refusal.span, refusal.span == nil ? "an event of the engine's host" : subject,
        expected: "carried out", got: "refused: \(refusal.reason)", contact: refusal.contact)
    }
    refusals = []
  }

  private func holdsInvariants() -> Bool {
    if checksInvariants { for violation in core.checkInvariants() { broke(violation) } }
    return !brokeInvariant && finding == nil
  }

  func broke(_ violation: Violation) {
    brokeInvariant = true
    find("invariant \(violation.invariant)", "\(violation.invariant): \(violation.found)")
    differ(
      row ?? file.expectations.first?.span, "invariant \(violation.invariant)",
      expected: "holds", got: words.clean(violation.found))
  }
}

/// A message that a channel has taken and not delivered or given up yet.
struct MessageUnderWay {
  /// When it arrives, or is reported as lost.
  let at: EngineTime
  let message: OutgoingMessage
  let text: String
  let arrives: Bool
}
