import Engine
import Foundation
import Measurement
import Sampling
import Testing

@testable import Scenarios
@testable import World

/// The engine stopped and restored from what it wrote down.
@Suite struct `Restarts of the engine` {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Scenarios").standardizedFileURL

  private static let shipped: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  private static let isLongRun = ProcessInfo.processInfo.environment["SWITCHBOARD_LONG"] != nil

  /// The engine stopped at random instants, so many in a run, and there again at once.
  private static func restarts(_ count: Int, in plan: WorldPlan) throws -> FaultSettings {
    FaultSettings(
      name: "restarts", kind: .engineRestarts, at: nil,
      every: try .exponential(mean: Double(plan.duration) / 1e9 / Double(count)), length: nil)
  }

  /// All that came of a run, in bytes.
  private static func bytes(_ result: WorldResult) throws -> [String] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let ledger = try #require(result.ledger)
    return [
      "\(result.ending)", "\(result.refusedCount)",
      String(decoding: try encoder.encode(result.measured), as: UTF8.self),
      String(decoding: try encoder.encode(ledger.conversations), as: UTF8.self),
      String(decoding: try encoder.encode(ledger.assignments.map(\.entry)), as: UTF8.self),
      "\(ledger.assignments.map(\.at))",
    ]
  }

  @Test(arguments: shipped)
  func `nothing is lost and nothing is done twice, byte for byte`(file: String) throws {
    let scenario = try Scenario.load(Self.folder.appending(path: file).path)
    let strategy = scenario.strategies.first ?? scenario.standard
    var plan = WorldPlan(scenario, strategy)
    // What begins at midnight has nobody in its first hours.
    let hours: Int64 = scenario.start.secondOfDay < 5 * 3_600 ? 10 : 2
    plan.duration = min(plan.duration, hours * 3_600_000_000_000)
    plan.recordsConversations = true
    plan.model.faults = []
    let usual = try run(plan)
    plan.model.faults = [try Self.restarts(12, in: plan)]
    let restarted = try run(plan)
    #expect(try Self.bytes(restarted) == Self.bytes(usual))
    #expect((restarted.faults?.restarts ?? 0) >= 3)
    #expect(usual.measured.steps.reduce(0) { $0 + $1.arrivals } > 5)
  }

  @Test(.enabled(if: isLongRun))
  func `a thousand restarts change nothing`() throws {
    for file in ["support-desk.yaml", "prompt-transfer.yaml", "vip.yaml"] {
      let scenario = try Scenario.load(Self.folder.appending(path: file).path)
      for strategy in scenario.strategies.isEmpty ? [scenario.standard] : scenario.strategies {
        var plan = WorldPlan(scenario, strategy)
        plan.duration = min(plan.duration, 24 * 3_600_000_000_000)
        plan.recordsConversations = true
        let usual = try run(plan)
        plan.model.faults = [try Self.restarts(1_080, in: plan)]
        let restarted = try run(plan)
        #expect(try Self.bytes(restarted) == Self.bytes(usual), "\(file), \(strategy.name)")
        #expect((restarted.faults?.restarts ?? 0) >= 1_000, "\(file), \(strategy.name)")
      }
    }
  }

  @Test func `what comes while the engine is down comes when it is back, in order`() throws {
    let world = try FaultyWorld(
      [10, 20, 25, 50], faults: "deploy: {engine_restarts: {}, at: 15 min, for: 30 min}",
      contacts: "questions: 1")
    // The answer that was ready at 20 goes out at 45; then the next, and the one after that.
    #expect(world.opened == [10, 45, 45, 50])
    #expect(world.closed == [45, 55, 65, 75])
    #expect(world.counts.heldEvents == 3)
    #expect(world.counts.restarts == 1)
  }

  @Test func `a timer that goes off meanwhile goes off when the engine is back`() throws {
    let world = try FaultyWorld(
      [10, 40], faults: "deploy: {engine_restarts: {}, at: 15 min, for: 30 min}",
      teams: "{all: {agents: 1, reply_time: 10 min}}",
      more: """
        workflows:
          ends:
            trigger: {conversation_opened: {source: contact}}
            steps: [{wait: 10 min}, {close_conversation: {}}]
        """)
    #expect(world.opened == [10, 45])
    #expect(world.closed == [45, 55])
  }

  @Test func `who runs out of patience meanwhile goes when the engine is back`() throws {
    let world = try FaultyWorld(
      [10, 11], faults: "deploy: {engine_restarts: {}, at: 15 min, for: 30 min}",
      contacts: "questions: 1, patience: 20 min")
    // The second waits for the first one's answer, which was ready before the patience was over.
    #expect(world.closed == [45, 55])
    let later = try FaultyWorld(
      [10, 11], faults: "deploy: {engine_restarts: {}, at: 15 min, for: 30 min}",
      contacts: "questions: 1, patience: 8 min")
    #expect(later.closed == [45, 45])
    #expect(later.categories == ["", "gave_up"])
  }

  @Test func `an agent's shift ends and begins while the engine is down`() throws {
    let world = try FaultyWorld(
      [50], faults: "deploy: {engine_restarts: {}, at: 15 min, for: 30 min}",
      teams:
        "{all: {agents: 1, reply_time: 10 min, picks: oldest, shift: {hours: [\"00:00-00:20\", \"00:40-02:00\"]}}}"
    )
    #expect(try world.measured.minutes("wait.mean") == 0)
  }

  @Test func `a run that ends while the engine is down adds up`() throws {
    let world = try FaultyWorld(
      [10, 20, 25],
      faults: "deploy: {engine_restarts: {}, at: 15 min}\nquiet: {log_out: {}, at: 5 h}")
    // Without `for` a restart takes no time.
    #expect(world.opened == [10, 20, 25])
    let down = try FaultyWorld(
      [10, 20, 25],
      faults: "deploy: {engine_restarts: {}, at: 15 min, for: 100 d}\n"
        + "quiet: {log_out: {}, at: 5 h}")
    #expect(down.opened == [10])
    #expect(down.counts.droppedAgents == 0)
  }
}
