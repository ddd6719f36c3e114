import Foundation
import Testing

/// Whether the program was built with GLPK, as it says itself.
private func hasSolver() -> Bool {
  FileManager.default.fileExists(atPath: "/usr/include/glpk.h")
}

/// An answer without the breaks of its lines.
private func inOneLine(_ text: String) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

private let isLong = ProcessInfo.processInfo.environment["SWITCHBOARD_LONG"] != nil

private let small = """
  name: Bay
  seed: 11
  start: 2026-11-23 09:00
  duration: 2 h
  contacts: {all: {arrivals: {profile: {"09:00": 24 per hour, "10:00": 60 per hour}}}}
  teams: {desk: {agents: 2, picks: oldest, reply_time: {exponential: 2 min}}}
  roster:
    team: desk
    shifts: {first: {hours: "09:00-10:00", cost: 2, at_most: 6}, second: {hours: "10:00-11:00", cost: 2, at_most: 6}}
  goals: [first_response.within(6 min) >= 70%]
  """

@Suite struct `plan --roster` {
  @Test(.enabled(if: hasSolver(), "GLPK is not installed"))
  func `a roster is found, written, and made again byte for byte`() throws {
    let place = try Workplace()
    let file = try place.write(small, to: "bay.yaml")
    let words = ["plan", file, "--roster", "--quiet", "--replications", "5", "--strict"]
    let first = try Program.run(words + ["--threads", "1", "--output", place.path("one")])
    #expect(first.code == 0, "\(first.err)")
    #expect(inOneLine(first.out).contains("keep the goal in both hours"))
    let second = try Program.run(words + ["--threads", "2", "--output", place.path("two")])
    #expect(second.code == 0)
    #expect(try place.files(in: "one") == place.files(in: "two"))
    let names = Set(try place.files(in: "one").keys)
    #expect(
      names.isSuperset(of: [
        "index.html", "roster.csv", "periods.csv", "result.json", "scenario.resolved.yaml",
      ]))
    // The answer repeats itself, and `report` makes all of it again.
    let before = try place.files(in: "one")
    for name in ["roster.csv", "periods.csv", "index.html"] {
      try FileManager.default.removeItem(atPath: place.path("one/\(name)"))
    }
    let again = try Program.run("report", place.path("one"))
    #expect(again.code == 0)
    #expect(try place.files(in: "one") == before)
    let verdict = first.out.components(separatedBy: "VERDICT")[1].components(separatedBy: "\n\n")[0]
    #expect(again.out.contains(verdict))
  }

  @Test(.enabled(if: hasSolver(), "GLPK is not installed"))
  func `no roster that does is told, and is a failure where somebody asks`() throws {
    let place = try Workplace()
    let file = try place.write(
      small.replacingOccurrences(of: "at_most: 6", with: "at_most: 1"), to: "bay.yaml")
    let words = [
      "plan", file, "--roster", "--quiet", "--replications", "5", "--output", place.path("out"),
    ]
    let json = try Program.run(words + ["--format", "json", "--strict"])
    #expect(json.code == 1, "\(json.err)")
    let object = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
    #expect((object?["verdict"] as? String)?.hasPrefix("No roster of these shifts") == true)
  }

  @Test(
    .enabled(if: hasSolver(), "GLPK is not installed"),
    arguments: [
      (["--by", "7 min"], "--by takes hour, or whole minutes that divide a day"),
      (["--by", "30"], "--by takes hour, or whole minutes that divide a day"),
      (["--vary", "agents=1..3"], "--roster chooses the number of agents itself"),
      (
        ["--goal", "reassigned <= 5%"], "a roster needs a goal about first responses within a time"
      ),
    ])
  func `wrong usage is told`(words: [String], message: String) throws {
    let place = try Workplace()
    let file = try place.write(small, to: "bay.yaml")
    let outcome = try Program.run(["plan", file, "--roster"] + words)
    #expect(outcome.code == 2)
    #expect(outcome.err.contains(message), "\(outcome.err)")
  }

  @Test(.enabled(if: hasSolver(), "GLPK is not installed"))
  func `a scenario without a roster is told what to write`() throws {
    let place = try Workplace()
    let start = try #require(small.range(of: "roster:"))
    let end = try #require(small.range(of: "goals:"))
    let file = try place.write(
      small.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: ""), to: "bay.yaml")
    let outcome = try Program.run("plan", file, "--roster")
    #expect(outcome.code == 3)
    #expect(outcome.err.contains("names no shifts") && outcome.err.contains("team: desk"))
  }

  @Test(.enabled(if: !hasSolver(), "GLPK is installed"))
  func `without the solver it is said what to install`() throws {
    let place = try Workplace()
    let outcome = try Program.run("plan", try place.write(small, to: "bay.yaml"), "--roster")
    #expect(outcome.code == 2)
    #expect(outcome.err.contains("sudo apt-get install libglpk-dev"))
  }

  @Test(.enabled(if: isLong && hasSolver(), "minutes; set SWITCHBOARD_LONG"))
  func `every hour of the shipped week keeps its goal`() throws {
    let place = try Workplace()
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Scenarios/roster.yaml").path
    // Forty runs of a week at the most, not 160: a debug build takes long as it is; with a release
    // build in SWITCHBOARD_PROGRAM it is half a minute.
    let built = ProcessInfo.processInfo.environment["SWITCHBOARD_PROGRAM"]
    let outcome = try Program.run(
      [
        "plan", file, "--roster", "--quiet", "--strict", "--replications", "40", "--output",
        place.path("out"),
      ], program: built.map { URL(fileURLWithPath: $0) } ?? Program.url)
    #expect(outcome.code == 0, "\(outcome.err)")
    #expect(inOneLine(outcome.out).contains("keep the goal in all 93 hours"))
    let rows = try place.read("out/periods.csv").split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let judged = rows.filter { $0[2] == "judged" }
    #expect(judged.count == 93)
    for row in judged {
      #expect(row[9] == "met" && (Double(row[7]) ?? 0) >= 0.8, "\(row)")
    }
  }
}
