import CPlainLoops
import Scenarios
import Statistics
import World

extension Benchmark {
  /// The shipped support desk as it stands, day after day, beside a plain C loop of the same desk.
  ///
  /// A row's events are conversations. The two sides are the same model: the figures of all days are
  /// compared, and a row in which any lies further apart than chance allows says so.
  static let realUse = Benchmark(
    name: "real-use", summary: "Scenarios/support-desk.yaml, whole, beside the same desk in plain C"
  ) { settings in
    SupportDeskDays.strategies.map { strategy in
      guard let days = SupportDeskDays(strategy, customers: settings.customers) else {
        return Row(
          name: strategy.row, events: 0, seconds: 0, note: "no Scenarios/support-desk.yaml here")
      }
      return days.race(settings)
    }
  }
}

/// Days at the support desk under one strategy.
struct SupportDeskDays: Sendable {
  /// A strategy of the scenario, and what the plain C loop calls it.
  struct Strategy: Sendable {
    let row: String
    let name: String
    let choice: plain_choice
  }

  static let strategies = [
    Strategy(row: "real-use-rr", name: "round robin", choice: PLAIN_ROUND_ROBIN),
    Strategy(row: "real-use-lo", name: "least open", choice: PLAIN_LEAST_OPEN),
  ]

  let strategy: Strategy
  let plan: WorldPlan
  /// The workspace before the first customer, which all days of a comparison share.
  private let opened: OpenedWorkspace
  let count: Int

  /// So many days that four times as many customers would be as many as asked for: each of them takes
  /// several times the work of those in the other benchmarks.
  init?(_ strategy: Strategy, customers: Int) {
    self.init(strategy, count: max(2, customers / 4_000), of: "Scenarios/support-desk.yaml")
  }

  init?(_ strategy: Strategy, count: Int, of file: String) {
    guard let scenario = try? Scenario.load(file),
      let found = scenario.strategy(named: strategy.name)
    else { return nil }
    self.strategy = strategy
    self.count = count
    plan = WorldPlan(scenario, found)
    opened = OpenedWorkspace(plan)
  }

  /// One day of the program's, as one run of `compare` is; only what is told of it is kept.
  func world(_ day: Int) -> SupportDeskFigures? {
    guard let bench = try? Bench(plan, opened: opened, seed: 1, replication: day)
    else { return nil }
    return SupportDeskFigures(bench.run().measured)
  }

  /// One day of the plain C loop's.
  func plain(_ day: Int) -> SupportDeskFigures {
    SupportDeskFigures(plain_support_desk(strategy.choice, UInt64(day + 1)))
  }

  /// Runs both sides in turn and keeps the least time of each.
  fileprivate func race(_ settings: Settings) -> Row {
    var row = Row(name: strategy.row, events: 0, seconds: .infinity)
    var world: [SupportDeskFigures] = []
    var plain: [SupportDeskFigures] = []
    for _ in 0..<settings.repeats {
      if !settings.isAlone {
        let (seconds, days) = stopwatch { (0..<count).map { self.plain($0) } }
        // Each side has customers of its own, and not quite as many.
        let customers = days.reduce(0) { $0 + $1.conversations }
        row.plainSeconds = min(row.plainSeconds ?? .infinity, seconds / customers)
        plain = days
      }
      PeakMemory.reset()
      let (seconds, days) = stopwatch { (0..<count).compactMap { self.world($0) } }
      row.peakBytes = PeakMemory.bytes
      row.seconds = min(row.seconds, seconds)
      row.events = UInt64(days.reduce(0) { $0 + $1.conversations })
      world = days
    }
    let microseconds = CommandLineTool.fixed(row.seconds * 1e6 / Double(max(1, row.events)), 2)
    row.note = "\(microseconds) us a conversation"
    guard let each = row.plainSeconds else { return row }
    row.plainSeconds = each * Double(row.events)
    row.note += ", in plain C \(CommandLineTool.fixed(each * 1e6, 2)); "
    row.note += Self.verdict(
      SupportDeskComparison(world: world, plain: plain), days: world.count)
    return row
  }

  /// Whether the two are one model, in words.
  private static func verdict(_ comparison: SupportDeskComparison, days: Int) -> String {
    guard comparison.differing.isEmpty else {
      let which = comparison.differing.map { line in
        let means = [line.world, line.plain].map { CommandLineTool.fixed($0.mean ?? 0, 3) }
        return "\(line.name) \(means[0]) and \(means[1])"
      }
      return "NOT THE SAME MODEL: " + which.joined(separator: ", ")
    }
    let worst = comparison.worst.map { "\(CommandLineTool.fixed($0.distance, 1)) (\($0.name))" }
    return "\(comparison.lines.count) figures agree over \(days) days, at most "
      + "\(worst ?? "0") of \(CommandLineTool.fixed(SupportDeskComparison.limit, 2)) standard errors apart"
  }
}
