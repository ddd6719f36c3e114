import CPlainLoops
import Glibc
import Measurement
import Scenarios
import Statistics
import VirtualTime
import World

extension Benchmark {
  static let worldRoundRobin = world(
    "world-w3-rr", "the whole world, 50 agents with four slots, round robin", "w3-round-robin",
    choice: PLAIN_ROUND_ROBIN, moves: false)
  static let worldLeastOpen = world(
    "world-w3-lo", "the whole world, 50 agents with four slots, least open", "w3-least-open",
    choice: PLAIN_LEAST_OPEN, moves: false)
  static let worldWorkflow = world(
    "world-w4-lo", "the same with the workflow of 15 minutes", "w4-least-open",
    choice: PLAIN_LEAST_OPEN, moves: true)

  /// A shipped scenario, run as `switchboard run` does, beside the same customers in plain C.
  ///
  /// A row's events are conversations. Both sides draw from generators of their own, so only the mean
  /// waits can be compared; the plain loop leaves out messages, records and everything else that
  /// makes it a scenario.
  private static func world(
    _ name: String, _ summary: String, _ stem: String, choice: plain_choice, moves: Bool
  ) -> Benchmark {
    Benchmark(name: name, summary: summary) { settings in
      guard let plan = WorldPlan(benchmark: stem, customers: settings.customers) else {
        return [
          Row(name: name, events: 0, seconds: 0, note: "no Scenarios/bench/\(stem).yaml here")
        ]
      }
      var row = Row(name: name, events: 0, seconds: .infinity)
      var waits = (world: 0.0, plain: 0.0)
      for _ in 0..<settings.repeats {
        if !settings.isAlone {
          let (seconds, plain) = stopwatch {
            plain_desk(choice, moves ? 1 : 0, settings.customers, 1)
          }
          row.plainSeconds = min(row.plainSeconds ?? .infinity, seconds)
          waits.plain = plain.check * 60
        }
        PeakMemory.reset()
        let (seconds, measured) = stopwatch { plan.result(seed: 1) }
        row.peakBytes = PeakMemory.bytes
        row.seconds = min(row.seconds, seconds)
        row.events = UInt64(measured?.steps.reduce(0) { $0 + $1.arrivals } ?? 0)
        waits.world = (measured?.times.wait.mean ?? 0) / 1e9
      }
      let both = [waits.world, waits.plain].map { CommandLineTool.fixed($0, 2) }
      row.note = "mean wait \(both[0]) s, in plain C \(both[1]) s"
      return [row]
    }
  }

  static let worldThreads = Benchmark(
    name: "world-threads",
    summary: "two replications of world-w3-lo on two threads, against one by one"
  ) { settings in
    guard let plan = WorldPlan(benchmark: "w3-least-open", customers: settings.customers) else {
      return []
    }
    var processor = [Double.infinity, .infinity]
    for _ in 0..<settings.repeats {
      for threads in 1...2 {
        let used = stopwatch(CLOCK_PROCESS_CPUTIME_ID) {
          inParallel(count: 2, threads: threads) { number in plan.result(seed: UInt64(number + 1)) }
        }
        processor[threads - 1] = min(processor[threads - 1], used.seconds)
      }
    }
    return [
      Row(
        name: "world-threads", events: UInt64(settings.customers * 2), seconds: processor[1],
        note: "\(CommandLineTool.fixed(processor[1] / processor[0], 2)) times the processor time")
    ]
  }
}

extension WorldPlan {
  /// A scenario of the benchmarks, long enough for so many customers, who come two seconds apart.
  fileprivate init?(benchmark stem: String, customers: Int) {
    guard let scenario = try? Scenario.load("Scenarios/bench/\(stem).yaml") else { return nil }
    self.init(scenario, scenario.standard)
    duration = Int64(customers) * 2_000_000_000
    warmup = duration / 20
  }

  /// What one replication measures.
  fileprivate func result(seed: UInt64) -> ReplicationResult? {
    guard let bench = try? Bench(self, seed: seed, replication: 0) else { return nil }
    return bench.run().measured
  }
}
