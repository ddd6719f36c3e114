import Engine
import Experiments
import Fitting
import Scenarios
import World

/// The fitted scenario, run beside the export: each run is measured as the export is.
struct FitTrial {
  /// What came of it.
  struct Outcome {
    var runs: [Measures] = []
    var wanted = 0
    var events = 0
    var fingerprint: UInt64 = 0
    var isPartial = false
  }

  private let fit: HistoryFit
  private let scenario: Scenario
  private let fitter: Fitter
  /// Conversations that all runs together have at most, if that leaves four runs.
  private static let conversations = 400_000.0

  init(_ fit: HistoryFit, _ scenario: Scenario, _ fitter: Fitter) {
    self.fit = fit
    self.scenario = scenario
    self.fitter = fitter
  }

  /// How many runs.
  private var wanted: Int {
    if let number = fitter.arguments.integer(.fitReplications) { return Int(number) }
    let days = max(1, Double(fit.frame.length) / 86_400_000)
    let each = Double(fit.history.conversations.count) / Double(max(1, fit.frame.days)) * days
    return max(4, min(20, Int(Self.conversations / max(1, each))))
  }

  func run() throws(Campaign.Failure) -> Outcome {
    var outcome = Outcome()
    outcome.wanted = wanted
    var plan = WorldPlan(scenario, scenario.standard)
    plan.recordsConversations = true
    let comparer = Comparer(fit)
    var progress = Progress(fitter.terminal, title: scenario.name)
    defer { progress.clear() }
    let trials = Campaign(
      entries: [Campaign.Entry(name: scenario.standard.name, plan: plan)], seed: fitter.seed,
      replications: outcome.wanted, threads: fitter.threads)
    let rows = SimulatedRows(fit, scenario, comparer.waits)
    var runs: [Measures] = []
    let agents = scenario.standard.model.agents.count
    let result = try trials.run(
      interruption: fitter.interruption,
      progress: { done, total in progress.show(done, of: total) },
      ledger: { ledger in
        runs.append(
          Measures(
            rows.rows(of: ledger), from: fit.frame.start, length: fit.frame.length,
            agents: agents, waits: comparer.waits))
      })
    outcome.runs = runs
    outcome.fingerprint = result.fingerprint
    outcome.isPartial = result.isPartial
    outcome.events = result.outcomes.reduce(0) { $0 + Int($1.events) }
    return outcome
  }
}

/// Turns what a run recorded into the rows that an export of it would have.
struct SimulatedRows {
  private let epoch: Int64
  private let zone: TimeZoneRules
  private let cut: Int64
  private let waits: Measures.WaitKind

  init(_ fit: HistoryFit, _ scenario: Scenario, _ waits: Measures.WaitKind) {
    epoch = scenario.epoch
    zone = scenario.timeZone
    cut = fit.history.resolution
    self.waits = waits
  }

  /// Milliseconds in UTC, cut as the export's times are.
  private func time(_ time: EngineTime) -> Int64 {
    guard time != .never else { return PastConversation.never }
    let exact = epoch * 1_000 + time.nanoseconds / 1_000_000
    return exact - exact % cut
  }

  /// What the clock on the wall is ahead of UTC, in milliseconds.
  private func offset(at time: EngineTime) -> Int64 {
    1_000 * (zone.local(time, epoch: epoch).seconds - epoch - time.nanoseconds / 1_000_000_000)
  }

  func rows(of ledger: Ledger) -> [PastConversation] {
    ledger.conversations.map { record in
      var row = PastConversation(opened: time(record.openedAt))
      row.assigned = time(record.course.firstAssignmentAt)
      // Whoever picks begins at once.
      if waits == .wait { row.started = row.assigned }
      row.responded = time(record.course.firstResponseAt)
      // A recorded service ends with the work; work after it is not part of it.
      let ends = waits == .wait && row.responded != PastConversation.never
      row.closed = ends ? row.responded : time(record.closedAt)
      row.gaveUp = record.category == "gave_up"
      if let agent = record.course.firstResponseBy { row.agent = Int32(clamping: agent.index) }
      // All of a conversation is on the clock of its opening, as in the history.
      let ahead = offset(at: record.openedAt)
      if ahead != 0 { row.move { $0 + ahead } }
      return row
    }
  }
}
