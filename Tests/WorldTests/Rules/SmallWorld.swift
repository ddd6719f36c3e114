import Foundation
import Measurement
import Scenarios
import Testing

@testable import World

/// A world of a few conversations whose messages come at written minutes, all other times constant.
///
/// What must happen in it can be worked out by hand.
struct SmallWorld {
  var arrivals: [Double]
  /// Further keys of the population, such as `questions: 2`.
  var contacts = "questions: 1"
  /// The whole of `teams:` in flow form.
  var teams = "{all: {agents: 1, reply_time: 10 min, picks: oldest}}"
  /// Further keys of the scenario.
  var more = ""
  var minutes = 1_000.0

  func plan() throws -> WorldPlan {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("small-world-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = ["at_s"] + arrivals.map { "\($0 * 60)" }
    try lines.joined(separator: "\n").write(
      to: folder.appendingPathComponent("arrivals.csv"), atomically: true, encoding: .utf8)
    let text = """
      name: small world
      start: 2026-11-23 00:00
      duration: \(minutes) min
      contacts:
        all: {arrivals: {replay: {file: arrivals.csv, column: at_s}}, \(contacts)}
      teams: \(teams)
      \(more)
      """
    do {
      let scenario = try Scenario.read(
        SourceFile(name: "small.yaml", text: text), folder: folder.path)
      return WorldPlan(scenario, scenario.standard)
    } catch {
      Issue.record("\(error.all.map(\.description).joined(separator: "\n"))\n\(text)")
      throw error
    }
  }

  /// What was measured in a run of it.
  func measured(_ metrics: String...) throws -> Measured {
    var plan = try plan()
    plan.metrics += try metrics.map { try MetricReference($0) }
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    return Measured(result: result.measured)
  }
}

/// Numbers of a run by the names that files use; times in minutes.
struct Measured {
  let result: ReplicationResult

  /// A time in minutes, to the microsecond.
  func minutes(_ metric: String) throws -> Double {
    (try result.number(metric) / 60 * 1e6).rounded() / 1e6
  }

  func number(_ metric: String) throws -> Double { try result.number(metric) }

  /// Whether there is a value at all.
  func has(_ metric: String) throws -> Bool { try result.value(of: MetricReference(metric)) != nil }
}
