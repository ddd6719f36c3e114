import Foundation
import Testing

@Suite struct `The command plan` {
  private static let desk = """
    name: A desk
    start: 2026-11-23 08:00
    duration: 2 h
    parameters: {agents: 3, night: 1}
    strategies: {one queue: {}, in turn: {night: 2}}
    contacts: {people: {arrivals: {poisson: 60 per hour}}}
    teams:
      desk: {agents: $agents, picks: oldest, reply_time: {exponential: 2 min}, cost: 20 per hour}
      night: {agents: $night, picks: oldest, reply_time: {exponential: 2 min}, cost: 50 per hour}
    goals: ['wait.within(60 s) >= 80%']
    """

  private final class Place {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("switchboard-plan-\(UUID().uuidString)")

    init() throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try desk.write(toFile: scenario, atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var scenario: String { folder.appendingPathComponent("desk.yaml").path }
    var output: String { folder.appendingPathComponent("out").path }

    func plan(_ words: String...) throws -> Program.Outcome {
      try Program.run(
        ["plan", scenario, "--output", output, "--replications", "20"] + words)
    }

    func rows(_ name: String) throws -> [[String]] {
      try String(contentsOfFile: output + "/" + name, encoding: .utf8)
        .split(separator: "\n").map { line in
          line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
  }

  @Test func `names the first value that keeps the goal, writes its files and can be made again`()
    throws
  {
    let place = try Place()
    let outcome = try place.plan("--vary", "agents=1..12")
    #expect(outcome.code == 0, "\(outcome.err)")
    let rows = try place.rows("plan.csv")
    #expect(
      rows[0].prefix(7) == ["agents", "goal", "value", "low", "high", "result", "chosen"])
    let chosen = try #require(rows.first { $0[6] == "true" })
    #expect(rows.count { $0[6] == "true" } == 1)
    #expect(chosen[5] == "met")
    #expect(try #require(Double(chosen[3])) >= 0.8)
    // Every smaller number that was run is not shown to keep it.
    let count = try #require(Int(chosen[0]))
    for row in rows.dropFirst() where try #require(Int(row[0])) < count { #expect(row[5] != "met") }
    #expect(outcome.out.contains("VERDICT  \(count) agents keep the goal with 95 % confidence."))
    let files = ["plan.csv", "index.html", "result.json"]
    let before = try files.map {
      try Data(contentsOf: URL(fileURLWithPath: place.output + "/" + $0))
    }
    let again = try Program.run(["report", place.output])
    #expect(again.code == 0)
    #expect(
      try files.map { try Data(contentsOf: URL(fileURLWithPath: place.output + "/" + $0)) }
        == before)
    #expect(again.out.contains("VERDICT  \(count) agents keep the goal"))
  }

  @Test func `of two teams the cheapest combination is wanted`() throws {
    let place = try Place()
    let outcome = try place.plan(
      "--vary", "teams.desk.agents=1..8", "--vary", "teams.night.agents=1..4", "--format", "json")
    #expect(outcome.code == 0, "\(outcome.err)")
    let rows = try place.rows("plan.csv")
    let chosen = try #require(rows.first { $0.contains("true") })
    let desk = try #require(Int(chosen[0]))
    let night = try #require(Int(chosen[1]))
    // Everybody takes from one queue: the dearer team is not worth its price.
    #expect(night == 1)
    let cost = try #require(rows[0].firstIndex(of: "cost"))
    #expect(Double(chosen[cost]) == Double(desk * 20 + night * 50) * 2)
  }

  @Test func `without a value that does it says so, and ends with 1 only when strict`() throws {
    let place = try Place()
    let outcome = try place.plan("--vary", "agents=1,2", "--goal", "wait.within(1 s) >= 99.5%")
    #expect(outcome.code == 0)
    #expect(outcome.out.contains("No setting of all 2"))
    let strict = try place.plan(
      "--vary", "agents=1,2", "--goal", "wait.within(1 s) >= 99.5%", "--strict")
    #expect(strict.code == 1)
  }

  @Test(arguments: [
    ([String](), 2, "nothing is varied"),
    (["--vary", "agents=4..1"], 2, "a range goes upwards"),
    (["--vary", "agents=1,2", "--vary", "agents=3"], 2, "'agents' is varied twice"),
    (["--vary", "agent=1..2"], 3, "did you mean 'agents'"),
    (["--vary", "agents=one,two"], 3, "agents"),
    (["--vary", "agents=1..2", "--goal", "first_respons.p90 <= 5 min"], 3, "first_response"),
    (["--vary", "agents=1..2", "--confidence", "5"], 2, "--confidence takes a share"),
    (["--vary", "agents=1..200", "--vary", "night=1..200"], 2, "more than 10000"),
    (["--vary", "agents=1..4", "--by", "fortnight"], 2, "--by takes hour"),
    (["--vary", "agents=1..4", "--by", "hour"], 2, "--by takes one goal about first responses"),
    (["--vary", "night=1,3", "--by", "hour"], 2, "over a whole range"),
    (["--vary", "agents=1..4", "--strategies", "in trun"], 2, "did you mean 'in turn'"),
  ])
  func `mistakes are told before anything runs`(words: [String], code: Int32, message: String)
    throws
  {
    let place = try Place()
    let outcome = try Program.run(["plan", place.scenario, "--output", place.output] + words)
    #expect(outcome.code == code)
    #expect(outcome.err.contains(message), "\(outcome.err)")
    #expect(!FileManager.default.fileExists(atPath: place.output))
  }

  @Test func `a curve by the hour has its files`() throws {
    let place = try Place()
    let outcome = try place.plan(
      "--vary", "agents=1..9", "--by", "hour", "--goal", "first_response.within(8 min) >= 80%",
      "--replications=4")
    // The option was given twice.
    #expect(outcome.code == 2)
    let good = try Program.run([
      "plan", place.scenario, "--output", place.output, "--vary", "agents=1..9", "--by", "hour",
      "--goal", "first_response.within(8 min) >= 80%", "--replications", "4",
    ])
    #expect(good.code == 0, "\(good.err)")
    let rows = try place.rows("curve.csv")
    #expect(rows[0].prefix(4) == ["plan", "start_clock", "arrivals_count", "agents_count"])
    #expect(rows.filter { $0[0] == "needed" }.map { $0[1] } == ["08:00", "09:00"])
    #expect(rows.filter { $0[0] == "needed" }.allSatisfy { $0[7] == "met" })
    let words = good.out.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("keep the goal in each of 2 hours"))
  }
}
