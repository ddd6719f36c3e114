import Foundation
import Scenarios
import Testing
import World

@testable import Verification

/// A small desk in a folder of its own, gone with it.
final class SmallDesk {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "switchboard-\(UUID().uuidString)")
  var file: URL { folder.appendingPathComponent("desk.yaml") }
  var record: URL { folder.appendingPathComponent("expected/desk.json") }

  init(
    logic: String = "round_robin", goals: String = "", strategies: String = "", step: String = ""
  ) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(logic: logic, goals: goals, strategies: strategies, step: step)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Three agents for fifty customers an hour, so that there are queues and free agents.
  func write(
    logic: String = "round_robin", goals: String = "", strategies: String = "", step: String = ""
  ) throws {
    let text = """
      name: A small desk
      start: 2026-11-23 09:00
      duration: 1 h
      replications: 4
      parameters: {logic: \(logic)}
      \(strategies)
      contacts:
        all: {arrivals: {poisson: 50 per hour}, questions: {geometric: 2}, think_time: {exponential: 30 s}}
      teams:
        support:
          agents: [ana, ben, cho]
          reply_time: {exponential: 90 s}
          away: {after: {exponential: 15 min}, for: {exponential: 5 min}}
      workflows:
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - assign_to: {team: support, logic: $logic, only_online: true, fewer_than: 3}
            \(step)
      \(goals)
      """
    try Data(text.utf8).write(to: file)
  }

  func check() throws -> ScenarioCheck {
    let suite = try CheckSuite([folder.path])
    return try #require(suite.scenarios.first)
  }

  func outcome() throws -> ScenarioOutcome { try check().outcome(threads: 2, version: "test") }

  /// What came of it is what is expected from now on.
  func update() throws {
    let outcome = try outcome()
    try outcome.check.write(outcome.recordText)
  }

  /// Its first run with all that the engine was told.
  func recording() throws -> EngineRecording {
    let scenario = try check().scenario
    return EngineRecording(
      try JournaledRun(
        WorldPlan(scenario, scenario.standard), seed: scenario.seed, replication: 0, atMost: .max))
  }
}
