import Foundation
import Testing

/// A folder of its own for each test, gone afterwards.
final class Workplace {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("switchboard-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    return path(name)
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// Every file below a folder but the manifest, which tells when and where.
  func files(in name: String) throws -> [String: Data] {
    let base = folder.appendingPathComponent(name)
    let names = FileManager.default.enumerator(atPath: base.path)?.allObjects as? [String] ?? []
    var files: [String: Data] = [:]
    for name in names where name != "manifest.json" {
      files[name] = try? Data(contentsOf: base.appendingPathComponent(name))
    }
    return files
  }
}

private func scenario(rate: Int = 12, goal: String = "first_response.p90 <= 20 min") -> String {
  """
  name: A small desk
  duration: 3 h
  replications: 4
  contacts: {everyday: {arrivals: {poisson: \(rate) per hour}, patience: {exponential: 2 d}}}
  teams:
    support: {agents: 2, reply_time: {lognormal: {median: 4 min, p90: 9 min}}}
  workflows:
    assignment:
      trigger: {conversation_opened: {source: contact}}
      steps: [assign_to: {team: support, logic: least_open}]
  goals: ["\(goal)"]
  """
}

@Suite struct `The run command` {
  @Test func `writes every file of the contract and answers on standard output`() throws {
    let place = try Workplace()
    let file = try place.write(scenario(), to: "desk.yaml")
    let outcome = try Program.run(
      "run", file, "--output", place.path("out"), "--conversations", "--quiet")
    #expect(outcome.code == 0, "\(outcome.err)")
    #expect(outcome.err.isEmpty)
    for words in ["GOALS", "Answering", "VERDICT", "fingerprint", "repeat: switchboard run"] {
      #expect(outcome.out.contains(words))
    }
    let names = try Set(place.files(in: "out").keys)
    for name in [
      "summary.csv", "replications.csv", "agents.csv", "timeline.csv", "goals.csv", "result.json",
      "scenario.resolved.yaml", "assignments.csv", "conversations/default-1.csv",
      "conversations/default-4.csv", "index.html",
    ] {
      #expect(names.contains(name), "\(name) is missing")
    }
    #expect(!names.contains("comparison.csv"))
    #expect(try place.read("out/manifest.json").contains("\"fingerprint\""))
    let export = try place.read("out/conversations/default-1.csv").split(separator: "\n")
    #expect(export[0].split(separator: ",").count == 30)
  }

  @Test func `the resolved scenario and another number of threads give the same bytes`() throws {
    let place = try Workplace()
    let file = try place.write(scenario(), to: "desk.yaml")
    _ = try Program.run("run", file, "--output", place.path("one"), "--threads", "1")
    _ = try Program.run("run", file, "--output", place.path("eight"), "--threads", "8")
    let one = try place.files(in: "one")
    #expect(try place.files(in: "eight") == one)
    try FileManager.default.copyItem(
      atPath: place.path("one/scenario.resolved.yaml"), toPath: place.path("desk2.yaml"))
    let again = try Program.run("run", place.path("desk2.yaml"), "--output", place.path("two"))
    #expect(again.code == 0, "\(again.err)")
    let two = try place.files(in: "two")
    for name in ["summary.csv", "replications.csv", "agents.csv", "timeline.csv", "goals.csv"] {
      #expect(two[name] == one[name], "\(name)")
    }
  }

  /// On 25 October 2026 clocks in Lisbon go back from 02:00 to 01:00.
  @Test func `timeline and agents can be read beside the clock and the platform's export`() throws {
    let place = try Workplace()
    let text = scenario().replacing(
      "duration: 3 h", with: "start: 2026-10-24 20:00\ntime_zone: Europe/Lisbon\nduration: 8 h")
    let file = try place.write(text, to: "desk.yaml")
    let outcome = try Program.run("run", file, "--output", place.path("out"), "--conversations")
    #expect(outcome.code == 0, "\(outcome.err)")
    let lines = try place.read("out/timeline.csv").split(separator: "\n")
    #expect(lines[0].hasSuffix(",start_clock,assigned_mean,unassigned_mean"))
    func clock(at second: Int) -> String? {
      lines.first { $0.hasPrefix("default,\(second),") }?
        .split(separator: ",", omittingEmptySubsequences: false).dropLast(2).last.map(String.init)
    }
    #expect(clock(at: 0) == "2026-10-24 20:00")
    #expect(clock(at: 4 * 3_600) == "2026-10-25 00:00")
    #expect(clock(at: 5 * 3_600) == "2026-10-25 01:00")
    #expect(clock(at: 6 * 3_600) == "2026-10-25 01:00")
    #expect(clock(at: 7 * 3_600) == "2026-10-25 02:00")
    let agents = try place.read("out/agents.csv").split(separator: "\n")
    #expect(agents[0].hasSuffix(",user_id,team_id"))
    #expect(agents[2].hasPrefix("default,support-2,support,"))
    #expect(agents[2].hasSuffix(",2,1"))
    // The export calls the agents by these numbers: who answered there has a row here.
    let answered = try place.read("out/conversations/default-1.csv").split(separator: "\n")
      .dropFirst().compactMap { $0.split(separator: ",", omittingEmptySubsequences: false)[19] }
    #expect(Set(answered).subtracting([""]).isSubset(of: ["1", "2"]))
    #expect(answered.contains("2"))
  }

  @Test func `report makes every file again, byte for byte`() throws {
    let place = try Workplace()
    let file = try place.write(scenario(), to: "desk.yaml")
    let first = try Program.run("run", file, "--output", place.path("out"))
    let before = try place.files(in: "out")
    try FileManager.default.removeItem(atPath: place.path("out/summary.csv"))
    let second = try Program.run("report", place.path("out"))
    #expect(second.code == 0, "\(second.err)")
    #expect(second.out == first.out)
    #expect(try place.files(in: "out") == before)
  }

  @Test func `a queue that grows without end is said, not averaged away`() throws {
    let place = try Workplace()
    let file = try place.write(scenario(rate: 60), to: "desk.yaml")
    let outcome = try Program.run("run", file, "--output", place.path("out"))
    #expect(outcome.code == 0)
    #expect(outcome.out.contains("grows by about"), "\(outcome.out)")
    let calm = try Program.run(
      "run", try place.write(scenario(), to: "calm.yaml"), "--output", place.path("calm"))
    #expect(!calm.out.contains("grows by about"), "\(calm.out)")
  }

  /// Told by `validate`, on standard error of the run, and in the result.
  @Test func `nobody on shift is told before and after`() throws {
    let place = try Workplace()
    let text = scenario().replacing("agents: 2,", with: "agents: 2, shift: {days: sat},")
    let file = try place.write(text, to: "desk.yaml")
    let told = "nobody of the team 'support' is ever on shift in this run of 3 h from Monday 09:00"
    let checked = try Program.run("validate", file)
    #expect(checked.code == 0)
    #expect(checked.err.contains("desk.yaml:6:24: warning: \(told)"), "\(checked.err)")
    #expect(checked.out.contains("1 file read, 1 warning, no error"), "\(checked.out)")
    let outcome = try Program.run("run", file, "--output", place.path("out"))
    #expect(outcome.code == 0)
    #expect(outcome.err.contains(told), "\(outcome.err)")
    let result = try place.read("out/result.json")
    #expect(result.contains("Nobody of the team 'support' is ever on shift"))
    #expect(result.contains("No agent was online at any time, so nobody was answered"))
    #expect(try place.read("out/goals.csv").contains(",,,,,"))
  }

  /// What only the runs can show: a reply that takes longer than anybody waits.
  @Test func `conversations that nobody answers are told in the result`() throws {
    let place = try Workplace()
    let text = scenario().replacing(
      "{median: 4 min, p90: 9 min}", with: "{median: 90 h, p90: 91 h}")
    let file = try place.write(text, to: "desk.yaml")
    #expect(try Program.run("run", file, "--output", place.path("out")).code == 0)
    #expect(
      try place.read("out/result.json").contains(
        "None of the counted conversations was answered by an agent, though some were assigned"))
  }

  @Test(arguments: [("first_response.p90 <= 20 min", 0), ("first_response.p90 <= 1 s", 1)])
  func `strict ends with 1 when a goal is missed`(goal: String, code: Int) throws {
    let place = try Workplace()
    let file = try place.write(scenario(goal: goal), to: "desk.yaml")
    let plain = try Program.run("run", file, "--output", place.path("out"))
    #expect(plain.code == 0)
    let strict = try Program.run("run", file, "--strict", "--output", place.path("out"))
    #expect(Int(strict.code) == code)
  }

  @Test func `the answer as JSON holds the same`() throws {
    let place = try Workplace()
    let file = try place.write(scenario(), to: "desk.yaml")
    let outcome = try Program.run("run", file, "--format=json", "--output", place.path("out"))
    let found = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8))
    #expect(found is [String: Any])
  }

  @Test func `a set value and a seed change the result and stand in the repeat line`() throws {
    let place = try Workplace()
    let file = try place.write(scenario(), to: "desk.yaml")
    let outcome = try Program.run(
      "run", file, "--set", "teams.support.agents=3", "--seed", "7", "--output", place.path("out"),
      environment: ["COLUMNS": "100"])
    #expect(outcome.code == 0, "\(outcome.err)")
    #expect(outcome.out.contains("3 agents"))
    #expect(outcome.out.contains("seed 7"))
    #expect(outcome.out.contains("teams.support.agents=3"))
  }

  @Test func `what would never end is refused with its key before it begins`() throws {
    let place = try Workplace()
    let file = try place.write(scenario(), to: "desk.yaml")
    let outcome = try Program.run(
      "run", file, "--set", "teams.support.away={after: 1 us, for: 1 us}", "--output",
      place.path("out"))
    #expect(outcome.code == 3, "\(outcome.err)")
    #expect(outcome.err.contains("teams.support.away") && outcome.err.contains("--allow-huge"))
    #expect(!FileManager.default.fileExists(atPath: place.path("out")))
    let allowed = try Program.run(
      "run", file, "--allow-huge", "--output", place.path("out"))
    #expect(allowed.code == 0, "\(allowed.err)")
    #expect(allowed.out.contains("--allow-huge"))
  }
}
