import Foundation
import Scenarios
import Testing

@testable import World

/// A world in which a small program decides, written down for the test and gone afterwards.
final class ForeignWorld {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("foreign-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func read(_ name: String) -> String {
    (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
  }

  /// Three contacts come to two agents who take one at a time and have at most two.
  func plan(
    _ command: [String], within: String = "10 s", step: String = "",
    arrivals: [Int] = [60, 120, 180]
  ) throws -> WorldPlan {
    try (["at_s"] + arrivals.map { "\($0)" }).joined(separator: "\n").write(
      to: folder.appendingPathComponent("arrivals.csv"), atomically: true, encoding: .utf8)
    let words = command.map { "'" + $0.replacing("'", with: "''") + "'" }.joined(separator: ", ")
    let text = """
      name: a foreign engine
      start: 2026-11-23 00:00
      duration: 1 h
      engine: {command: [\(words)], answer_within: \(within)}
      contacts: {all: {arrivals: {replay: {file: arrivals.csv, column: at_s}}}}
      teams: {support: {agents: 2, reply_time: 10 min}}
      workflows:
        assign:
          trigger: {conversation_opened: {}}
          steps: [assign_to: {team: support, only_online: true, fewer_than: 2\(step)}]
      """
    let scenario = try Scenario.read(
      SourceFile(name: "foreign.yaml", text: text), folder: folder.path)
    return WorldPlan(scenario, scenario.standard)
  }

  /// Runs the world with a program for the shell, which is one of the few that are everywhere.
  func run(shell: String, within: String = "10 s", step: String = "") throws -> WorldResult {
    try run(["/bin/sh", "-c", shell], within: within, step: step)
  }

  func run(
    _ command: [String], within: String = "10 s", step: String = "",
    arrivals: [Int] = [60, 120, 180]
  ) throws -> WorldResult {
    var plan = try plan(command, within: within, step: step, arrivals: arrivals)
    plan.recordsConversations = true
    return try Bench(plan, seed: 1, replication: 0).run()
  }

  /// A program that says hello, then does something with each further line, `$n` being its number.
  static func polite(_ each: String) -> String {
    #"n=0; while read -r line; do n=$((n+1)); if [ $n = 1 ]; then "#
      + #"echo '{"line":1,"protocol":1,"decisions":[]}'; else "# + each + "; fi; done"
  }
}

/// Whether the language is there in which engines of the scenario library are written.
enum Python {
  static let isThere: Bool = {
    let places = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(
      separator: ":")
    return places.contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/python3")
    }
  }()
}
