import Engine
public import Measurement
public import Sampling
import Scenarios
public import VirtualTime

/// One replication: the engine, the actors around it, the kernel that moves them, wired and run.
public final class Bench {
  /// The kernel of this replication.
  public let kernel: Kernel
  private let engine: EngineActor
  let exchange: Exchange
  private let replication: Int
  private let assistant: AIAssistant
  private let bell: TimerBell
  private let foreignBell: ForeignBell
  private var crowds: [Crowd] = []
  private var agents: [Agent] = []
  private var channels: [Channel] = []
  private var services: [ExternalService] = []
  private var broadcasts: [Broadcast] = []
  private var imports: [ContactsImport] = []
  private var supervisors: [Supervisor] = []
  private var webhooks: [Webhook] = []
  /// How often agents were dropped together: what numbers the draws.
  var dropCount = 0

  /// Wires a world; the calling thread must be the one that runs it.
  ///
  /// Who runs many replications opens the workspace once for all of them.
  public init(
    _ plan: WorldPlan, opened: OpenedWorkspace? = nil, seed: UInt64, replication: Int
  ) throws(ImpossibleParameter) {
    self.replication = replication
    kernel = Kernel(seed: seed)
    let streams = try RandomStreams(
      seed: seed ^ plan.streamShift, replication: replication)
    var core = (opened ?? OpenedWorkspace(plan)).copy(policySeed: streams.policySeed)
    if plan.keptEvents > 0 { core.keepJournal(atMost: plan.keptEvents) }
    engine = unsafe EngineActor(core, on: kernel.asUnownedSerialExecutor())
    exchange = Exchange(
      kernel: kernel, plan: plan, streams: streams, engine: engine,
      record: Recorder(plan.recording))
    if plan.recordsConversations { exchange.ledger = Ledger() }
    if plan.recordsReports { exchange.reports = ReportRecorder(plan.reportNames) }
    if let request = plan.lanes, request.replication == replication {
      exchange.lanes = LaneRecorder(request)
    }
    assistant = AIAssistant(exchange: exchange)
    bell = TimerBell(exchange: exchange)
    foreignBell = ForeignBell(exchange: exchange)
    exchange.startForeignDesk(replication: replication, policySeed: streams.policySeed)
    wire()
  }

  deinit { exchange.dissolve() }

  private func wire() {
    let plan = exchange.plan
    exchange.timers.wire(to: kernel.register(bell))
    if let desk = exchange.foreignDesk { desk.target = kernel.register(foreignBell) }
    let model = plan.model
    agents = AgentTraits.ofAgents(in: exchange).enumerated().map { index, traits in
      Agent(user: UserID(index: index), traits: traits, exchange: exchange)
    }
    channels = model.channels.map { Channel($0, exchange: exchange) }
    services = model.services.map { ExternalService($0, exchange: exchange) }
    crowds = model.populations.indices.map { Crowd($0, exchange: exchange) }
    for agent in agents {
      exchange.agents.append(door(to: agent) { $0.target = $1 })
    }
    for (number, channel) in channels.enumerated() {
      exchange.channels.append(door(to: channel) { $0.target = $1 })
      exchange.channelTraits[number] = exchange.channels[number]({ $0.traits })
    }
    for service in services {
      exchange.services.append(door(to: service) { $0.target = $1 })
    }
    exchange.assistants = door(to: assistant) { $0.target = $1 }
    for crowd in crowds {
      let door = door(to: crowd) { $0.target = $1 }
      door { $0.begin() }
    }
    for agent in exchange.agents { agent { $0.begin() } }
    wireOccasional()
    exchange.settle()
  }

  /// The actors that only some worlds have.
  private func wireOccasional() {
    let model = exchange.plan.model
    broadcasts = model.broadcasts.indices.map { Broadcast($0, exchange: exchange) }
    supervisors = model.supervisors.map { Supervisor($0, exchange: exchange) }
    webhooks = model.webhooks.map { Webhook($0, exchange: exchange) }
    for webhook in webhooks {
      exchange.webhooks.append(door(to: webhook) { $0.target = $1 })
    }
    imports = model.imports.indices.map { ContactsImport($0, exchange: exchange) }
    for part in imports {
      let door = door(to: part) { $0.target = $1 }
      door { $0.begin() }
    }
    for broadcast in broadcasts {
      let door = door(to: broadcast) { $0.target = $1 }
      door { $0.begin() }
    }
    for supervisor in supervisors {
      let door = door(to: supervisor) { $0.target = $1 }
      door { $0.begin() }
    }
  }

  private func door<A: EventTarget>(
    to actor: A, _ set: @escaping (isolated A, Target) -> Void
  ) -> Near<A> {
    let near = Near(actor, of: kernel)
    near(kernel.register(actor), set)
    return near
  }

  /// How often the engine was lent out.
  var loansOfEngine: Int { exchange.engine { $0.loans } }

  /// What must add up at the end: conversations and messages neither appear nor vanish.
  private func checkConservation(_ measured: ReplicationResult) {
    let open = exchange.engine { $0.openConversationCount }
    func check(_ holds: Bool, _ what: String) {
      if !holds { exchange.notes.violations.append("INV-18 broken at the end: \(what)") }
    }
    let opened = exchange.openedCount
    check(
      opened == exchange.closedCount + open,
      "opened \(opened), closed \(exchange.closedCount), open \(open)")
    let messages = exchange.messages
    let goingOut = exchange.channels.reduce(0) { $0 + $1({ channel in channel.goingOutCount }) }
    check(
      messages.sent == messages.delivered + messages.failed + goingOut,
      "sent \(messages.sent), delivered \(messages.delivered), failed \(messages.failed), "
        + "under way \(goingOut)")
    let comingIn = exchange.channels.reduce(0) { $0 + $1({ channel in channel.comingInCount }) }
    check(
      messages.written == messages.received + comingIn,
      "written \(messages.written), received \(messages.received), under way \(comingIn)")
    // Every arrival is in the accounts: its first message opened a conversation or is on its way.
    let unknown = exchange.contacts.reduce(0) {
      $0
        + $1({ contact in
          contact.id == nil && !contact.isIdle && !contact.peculiarity.isMerged ? 1 : 0
        })
    }
    check(
      exchange.arrivedCount == exchange.introducedCount + unknown
        && opened >= exchange.introducedCount - exchange.broughtCount && unknown <= comingIn,
      "arrived \(exchange.arrivedCount), introduced \(exchange.introducedCount), "
        + "still unknown \(unknown), opened \(opened)")
    let recorded = measured.steps.reduce(0) { $0 + $1.arrivals }
    check(recorded == opened, "recorded \(recorded), opened \(opened)")
    for problem in exchange.brokenBroadcasts { check(false, problem) }
  }

  /// When the scenario is over.
  private var over: Instant { Instant(nanoseconds: exchange.plan.duration) }

  /// Runs to the end of the lanes, and on until it is known what the moves in them brought.
  private func advanceThroughLanes() -> Ending {
    let plan = exchange.plan
    guard let request = plan.lanes, plan.model.faults.isEmpty else {
      return advance(to: over)
    }
    let tenMinutes: Int64 = 600_000_000_000
    var end = min(Instant(nanoseconds: request.to), over)
    while true {
      let ending = advance(to: end)
      let goesOn = ending.reason == .horizon && end < over
      guard goesOn, exchange.lanes?.isSettled == false else { return ending }
      end = min(end.advanced(byNanoseconds: tenMinutes), over)
    }
  }

  /// Runs to the end of the scenario.
  public func run() -> WorldResult {
    let plan = exchange.plan
    let ending = plan.endsWithLanes ? advanceThroughLanes() : advance(to: over)
    exchange.foreignDesk?.close()
    exchange.notes.violations += exchange.engine { $0.checkInvariants() }.map(\.description)
    let courses = exchange.contacts.map { $0({ contact in contact.course }) }
    var measured = exchange.record.finish(
      at: over, replication: replication, open: courses)
    if plan.metrics.contains(where: \.metric.isOccasional) {
      measured.occasional = exchange.occasional
      if !exchange.features.isDisjoint(with: .links) { measured.occasional?.links = exchange.links }
      if !exchange.features.isDisjoint(with: .people) {
        measured.occasional?.people = exchange.people
      }
    }
    checkConservation(measured)
    if exchange.lanes != nil {
      for contact in exchange.contacts {
        contact { contact in if contact.state.isOpen { contact.tellWho() } }
      }
    }
    return WorldResult(
      ending: ending, measured: measured,
      violations: exchange.notes.violations,
      faults: plan.model.faults.isEmpty ? nil : exchange.faults.counts,
      ledger: exchange.finishedLedger(),
      reports: exchange.finishedReports(),
      lanes: exchange.lanes?.window(
        "", replication: replication, agents: plan.model.agents.map(\.name),
        at: over),
      visitors: exchange.lanes?.visitors ?? [:],
      refusedCount: exchange.notes.refusedCount,
      firstRefusal: exchange.notes.firstRefusal.map { "\($0)" },
      journal: plan.keptEvents > 0 ? exchange.engine { $0.core.events } : nil,
      engineFailure: exchange.foreignDesk?.failure)
  }
}

/// What came of one replication.
public struct WorldResult: Sendable {
  /// How the run ended.
  public var ending: Ending
  /// What was measured.
  public var measured: ReplicationResult
  /// Invariants that did not hold; a bug if there are any.
  public var violations: [String]
  /// What faults did; nil where there are none.
  public var faults: FaultCounts?
  /// Every conversation and assignment, if they were asked for.
  public var ledger: Ledger?
  /// The platform's reports, if they were asked for.
  public var reports: ResultDocument.Reports?
  /// The picture of some minutes, if it was asked for in this replication.
  public var lanes: ResultDocument.LaneWindow?
  /// Of each conversation of that picture, the name of its customer's random streams: equal under every
  /// strategy for the same visit of the same customer.
  public var visitors: [Int: UInt64]
  /// How many events the engine refused.
  public var refusedCount: Int
  /// Why the first of them was refused.
  public var firstRefusal: String?
  /// The engine's first events, if they were kept.
  var journal: Journal?
  /// Why a program of somebody else's ended the run, if one did.
  public var engineFailure: EngineFailure?
}
