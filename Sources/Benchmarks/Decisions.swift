import Engine
import Glibc

extension Benchmark {
  /// A table of its own, which prints itself.
  static let decisions = Benchmark(
    name: "decisions", summary: "what a decision of the engine costs as the team grows"
  ) { _ in
    decisionsBenchmark()
    return []
  }
}

/// What a decision of the engine costs as the team grows, and with a crowd in the queue.
///
/// A decision is counted whole: the contact's message opens a conversation, the trigger starts a run,
/// Assign To chooses with both filters on, the run ends; then the conversation is closed. All effects
/// are pulled. The second table has 100,000 contacts waiting: every close frees somebody for the oldest.
func decisionsBenchmark() {
  print("memory: \(bytesPerIdleContact(count: 1_000_000)) bytes per idle contact")
  print("decisions: agents, logic, ns per decision, million decisions a second")
  for logic in [Logic.roundRobin, .leastOpen] {
    for agents in [10, 100, 1_000, 10_000, 100_000] {
      var desk = DecisionsWorkspace(agents: agents, logic: logic)
      report(agents, logic.name, desk.openAndClose(count: 400_000))
    }
  }
  print("decisions with 100,000 contacts waiting: agents, logic, ns, million a second")
  for logic in [Logic.roundRobin, .leastOpen] {
    for agents in [10, 100, 1_000, 10_000, 100_000] {
      var desk = DecisionsWorkspace(agents: agents, logic: logic)
      desk.fillQueue(to: 100_000)
      report(agents, logic.name, desk.serveFromQueue(count: 400_000))
    }
  }
}

private func report(_ agents: Int, _ logic: String, _ nanoseconds: Double) {
  let rate = (100_000 / nanoseconds).rounded() / 100
  print("  \(agents)\t\(logic)\t\(Int(nanoseconds.rounded()))\t\(rate)")
}

/// A workspace with one team of agents who each hold two contacts and take six at most.
private struct DecisionsWorkspace {
  var core: EngineCore
  var time: Int64 = 0
  /// Contacts with an open conversation, in a ring.
  var held: [ContactID] = []
  var oldest = 0
  let agents: Int

  init(agents: Int, logic: Logic) {
    self.agents = agents
    var settings = WorkspaceSettings()
    settings.unassignOnClose = true
    core = EngineCore(settings: settings)
    let team = TeamID(0)
    handle(.teamAdded(team, name: "support"))
    for index in 0..<agents {
      let user = UserID(index: index)
      handle(.userAdded(user, UserProfile(name: "agent")))
      handle(.teamGains(team, user))
    }
    let step = AssignTo(.team(team), logic: logic, onlyOnline: true, fewerThan: 6)
    let assign = WorkflowDefinition(
      name: "assign", trigger: .conversationOpened(sources: [.contact]),
      steps: [Step(.assignTo(step))])
    handle(.workflowsPublished([Publication(WorkflowID(0), assign)]))
    for _ in 0..<2 * agents { open() }
  }

  mutating func handle(_ event: EngineEvent) {
    time += 1_000
    core.handle(event, at: EngineTime(nanoseconds: time))
    while let _ = core.next() {}
  }

  mutating func open() {
    let contact = core.nextContact
    handle(.contactWrites(contact, on: ChannelID(0), text: ""))
    held.append(contact)
  }

  /// Closes and forgets the contact that was there first, and lets a new one take its place.
  mutating func turnOver() {
    let contact = held[oldest]
    let user = core.assignee(of: contact) ?? UserID(0)
    handle(.closes(contact, by: .user(user), note: nil))
    handle(.contactForgotten(contact))
    let newcomer = core.nextContact
    handle(.contactWrites(newcomer, on: ChannelID(0), text: ""))
    held[oldest] = newcomer
    oldest = oldest + 1 == held.count ? 0 : oldest + 1
  }

  mutating func openAndClose(count: Int) -> Double {
    for _ in 0..<count / 10 { turnOver() }
    let decisions = core.decisionCount
    let start = nanosecondsNow()
    for _ in 0..<count { turnOver() }
    return Double(nanosecondsNow() - start) / Double(core.decisionCount - decisions)
  }

  mutating func fillQueue(to waiting: Int) {
    while core.waitingCount < waiting { open() }
  }

  /// The held contacts are in order of opening, so whoever is closed is being served, and one waits more.
  mutating func serveFromQueue(count: Int) -> Double { openAndClose(count: count) }
}

/// Memory of contacts who wrote once, were answered and are gone, their records kept.
private func bytesPerIdleContact(count: Int) -> Int {
  let before = residentBytes()
  var core = EngineCore(settings: WorkspaceSettings())
  for index in 0..<count {
    let contact = core.nextContact
    let time = EngineTime(nanoseconds: Int64(index))
    core.handle(.contactWrites(contact, on: ChannelID(0), text: ""), at: time)
    core.handle(.closes(contact, by: .program(.api), note: nil), at: time)
    while let _ = core.next() {}
  }
  let after = residentBytes()
  return core.contactCount == count ? (after - before) / count : 0
}

/// The most memory the process ever held; a measurement must therefore come before larger ones.
private func residentBytes() -> Int {
  var usage = rusage()
  unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1_024
}

/// Time that this process had a core for, so that what else runs on the machine does not count.
private func nanosecondsNow() -> Int64 {
  var time = timespec()
  unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
