import Foundation
import Testing

/// `sweep` as a user calls it.
@Suite struct `The command sweep` {
  private let desk: SmallDesk
  private var folder: URL { desk.folder }
  private var scenario: String { desk.scenario }

  init() throws { desk = try SmallDesk() }

  private func path(_ name: String) -> String { desk.path(name) }

  private func sweep(_ output: String, _ words: String...) throws -> Program.Outcome {
    try Program.run(["sweep", scenario, "--quiet", "--output", path(output)] + words)
  }

  private func clean() { desk.clean() }

  private func files(_ name: String) throws -> [String: Data] { try desk.files(name) }

  /// What stands in a result's JSON.
  private func result(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path(name) + "/result.json"))
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func `a point has the fingerprint and the numbers of run with the same settings`() throws {
    defer { clean() }
    let outcome = try sweep("s", "--vary", "agents=3,4", "--vary", "logic=round_robin,least_open")
    #expect(outcome.code == 0, "\(outcome.err)")
    let points = try #require(try result("s")["points"] as? [[String: Any]])
    #expect(points.count == 4)
    let run = try Program.run(
      "run", scenario, "--set", "agents=4", "--set", "logic=round_robin", "--quiet", "--output",
      path("r"), "--format", "json")
    let answer = try #require(
      JSONSerialization.jsonObject(with: Data(run.out.utf8)) as? [String: Any])
    #expect(points[2]["fingerprint"] as? String == answer["fingerprint"] as? String)
    let csv = try String(contentsOfFile: path("s") + "/sweep.csv", encoding: .utf8)
    let summary = try String(contentsOfFile: path("r") + "/summary.csv", encoding: .utf8)
    let wanted = summary.split(separator: "\n").dropFirst().map { line -> String in
      // summary.csv: strategy,metric,unit,mean,low,high,half_width,sd,replications
      var cells = line.split(separator: ",", omittingEmptySubsequences: false)
      cells.remove(at: cells.count - 2)
      return "4,round_robin," + cells.joined(separator: ",")
    }
    let found = csv.split(separator: "\n").filter { $0.hasPrefix("4,round_robin,") }.map(
      String.init)
    #expect(found == wanted)
  }

  @Test func `same bytes on one thread and two, and report makes them again`() throws {
    defer { clean() }
    let first = try sweep("1", "--vary", "agents=3..5", "--threads", "1")
    let second = try sweep("2", "--vary", "agents=3..5", "--threads", "2")
    #expect(first.code == 0 && second.code == 0, "\(first.err)")
    let files = try files("1")
    #expect(try self.files("2") == files)
    // Both strategies, since the number of agents is none of theirs to set.
    #expect(files.keys.count { $0.hasPrefix("points/") } == 6)
    for name in ["sweep.csv", "index.html", "sweep.svg"] {
      try FileManager.default.removeItem(atPath: path("1") + "/" + name)
    }
    let again = try Program.run("report", path("1"))
    #expect(again.code == 0, "\(again.err)")
    #expect(try self.files("1") == files)
    #expect(again.out == first.out)
  }

  @Test
  func `strategies are those named, or the parameters alone where they would undo what is varied`()
    throws
  {
    defer { clean() }
    func strategies(_ words: String...) throws -> [String]? {
      let outcome = try Program.run(
        ["sweep", scenario, "--quiet", "--replications", "1", "--output", path("s")] + words)
      #expect(outcome.code == 0, "\(outcome.err)")
      return try result("s")["strategies"] as? [String]
    }
    #expect(try strategies("--vary", "agents=3,4") == ["in turn", "fewest"])
    #expect(try strategies("--vary", "logic=random,sticky") == ["default"])
    #expect(try strategies("--vary", "agents=3,4", "--strategies", "fewest") == ["fewest"])
  }

  @Test func `a single setting is a sweep too`() throws {
    defer { clean() }
    let outcome = try sweep(
      "s", "--vary", "agents=3", "--strategies", "default", "--set", "goals=[]", "--metric",
      "wait.mean")
    #expect(outcome.code == 0, "\(outcome.err)")
    #expect(outcome.out.contains("at agents 3."))
  }

  @Test(arguments: [
    ([], 2, "nothing is varied"),
    (["--vary", "agents=3..1"], 2, "a range goes upwards"),
    (["--vary", "agents=3", "--vary", "agents=4"], 2, "'agents' is varied twice"),
    (["--vary", "goals=1,2"], 2, "'goals' is the same for all settings"),
    (["--vary", "replications=1,2"], 2, "--replications says how often"),
    (["--vary", "agents=3,4", "--metric", "wait.p9"], 2, "--metric wait.p9"),
    (["--vary", "agents=3,4", "--metric", "population vips: wait.mean"], 2, "there is no 'vips'"),
    (["--vary", "agents=3,4", "--strategies", "fastest"], 2, "unknown strategy"),
    (["--vary", "agens=3,4"], 3, "did you mean 'agents'"),
    (["--vary", "agents=3,0", "--vary", "logic=round_robin,rond_robin"], 3, "rond_robin"),
    (["--vary", "agents=1..5000", "--vary", "logic=round_robin,least_open,random"], 2, "10000"),
    (["--vary", "agents=3,4", "--strict", "--set", "contacts.people.patience=1 s"], 1, ""),
  ])
  func `mistakes and missed goals have their exit codes`(
    words: [String], code: Int32, message: String
  ) throws {
    defer { clean() }
    let outcome = try Program.run(
      ["sweep", scenario, "--quiet", "--replications", "2", "--output", path("s")] + words)
    #expect(outcome.code == code, "\(outcome.err)")
    #expect(message.isEmpty || outcome.err.contains(message), "\(outcome.err)")
    let isWritten = FileManager.default.fileExists(atPath: path("s"))
    #expect(isWritten == (code < 2), "nothing is written unless it was run")
  }

  @Test func `all that is wrong with any setting is told before anything runs`() throws {
    defer { clean() }
    let outcome = try sweep(
      "s", "--vary", "agents=3,0,-1", "--vary", "logic=round_robin,rond,lest_open")
    #expect(outcome.code == 3)
    for wrong in ["'0'", "'-1'", "rond", "lest_open"] {
      #expect(outcome.err.contains(wrong.filter { $0 != "'" }), "\(wrong) in \(outcome.err)")
    }
  }

  // MARK: - Stopped and taken up again

  /// A sweep that takes long enough to be stopped in its midst.
  private var long: [String] {
    Self.long("agents=3..7")
  }

  private static func long(_ vary: String) -> [String] {
    [
      "--vary", vary, "--duration", "4 h", "--strategies", "default", "--threads", "1",
      "--replications", "2",
    ]
  }

  /// Starts it, waits until some points are kept, and sends a signal.
  private func stop(
    _ output: String, after count: Int, with signal: Int32, _ words: [String]? = nil
  ) throws -> Int32 {
    let process = Process()
    process.executableURL = Program.url
    process.arguments = ["sweep", scenario, "--quiet", "--output", path(output)] + (words ?? long)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let points = path(output) + ".points"
    for _ in 0..<6_000 where process.isRunning {
      let kept = (try? FileManager.default.contentsOfDirectory(atPath: points)) ?? []
      if kept.count(where: { $0.hasSuffix(".json") }) >= count { break }
      usleep(5_000)
    }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// How many settings a sweep took from an earlier one, as it says itself.
  private func taken(_ outcome: Program.Outcome) -> Int {
    guard
      let line = outcome.err.split(separator: "\n").first(where: { $0.contains("earlier sweep") })
    else { return 0 }
    return line.split(separator: " ").lazy.compactMap { Int($0) }.first ?? 0
  }

  @Test func `killed, and taken up again: the same bytes, and nothing is run twice`() throws {
    defer { clean() }
    _ = try stop("killed", after: 2, with: SIGKILL)
    #expect(!FileManager.default.fileExists(atPath: path("killed")))
    let kept = try FileManager.default.contentsOfDirectory(atPath: path("killed") + ".points")
      .count { $0.hasSuffix(".json") }
    #expect(kept >= 2)
    let again = try Program.run(
      ["sweep", scenario, "--quiet", "--output", path("killed")] + long)
    #expect(again.code == 0, "\(again.err)")
    #expect(taken(again) == kept)
    let whole = try Program.run(["sweep", scenario, "--quiet", "--output", path("whole")] + long)
    #expect(taken(whole) == 0)
    #expect(try files("killed") == (try files("whole")))
    #expect(!FileManager.default.fileExists(atPath: path("killed") + ".points"))
    // A larger grid takes what is there; another seed, nothing.
    let larger = try Program.run(
      ["sweep", scenario, "--quiet", "--output", path("whole")] + Self.long("agents=2..7"))
    #expect(taken(larger) == 5)
    let other = try Program.run(
      ["sweep", scenario, "--quiet", "--output", path("whole"), "--seed", "9"] + long)
    #expect(taken(other) == 0)
  }

  /// Shown: of a sweep killed with several settings at work at most one is lost.
  ///
  /// How: one of them takes long, and when it is killed in there, all others that its threads could do
  /// must have been kept.
  @Test(arguments: [(1, 1, 2), (1, 2, 2), (2, 1, 6), (2, 2, 2), (8, 1, 6), (8, 2, 6)])
  func `killed at work on several settings, it loses at most one`(
    threads: Int, replications: Int, others: Int
  ) throws {
    defer { clean() }
    let words = [
      "--vary", "duration=1 h,61 min,100 h,62 min,63 min,64 min,65 min", "--strategies", "default",
      "--threads", "\(threads)", "--replications", "\(replications)",
    ]
    _ = try stop("killed", after: others, with: SIGKILL, words)
    let kept = try FileManager.default.contentsOfDirectory(atPath: path("killed") + ".points")
      .count { $0.hasSuffix(".json") }
    #expect(kept >= others)
    #expect(!FileManager.default.fileExists(atPath: path("killed")), "it was stopped in time")
    let again = try Program.run(
      ["sweep", scenario, "--quiet", "--output", path("killed")] + words)
    #expect(again.code == 0, "\(again.err)")
    #expect(taken(again) == kept)
    #expect(!FileManager.default.fileExists(atPath: path("killed") + ".points"))
  }

  @Test func `interrupted: a partial result that says so, and the rest later`() throws {
    defer { clean() }
    let code = try stop("cut", after: 1, with: SIGINT)
    #expect(code == 130)
    let manifest = try #require(
      JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: path("cut") + "/manifest.json")))
        as? [String: Any])
    #expect(manifest["partial"] as? Bool == true)
    let html = try String(contentsOfFile: path("cut") + "/index.html", encoding: .utf8)
    #expect(html.contains("<b>Partial.</b>"))
    let points = try #require(try result("cut")["points"] as? [Any])
    #expect((1..<5).contains(points.count))
    let again = try Program.run(["sweep", scenario, "--quiet", "--output", path("cut")] + long)
    #expect(again.code == 0)
    #expect(taken(again) == points.count)
    #expect(try result("cut")["head"].map { "\($0)" }?.contains("partial") == false)
  }

  @Test func `a changed scenario or a damaged point is run anew`() throws {
    defer { clean() }
    _ = try sweep("s", "--vary", "agents=3,4", "--strategies", "default")
    let first = try files("s")
    let point = try #require(first.keys.sorted().first { $0.hasPrefix("points/") })
    try "{}".write(toFile: path("s") + "/" + point, atomically: true, encoding: .utf8)
    let again = try sweep("s", "--vary", "agents=3,4", "--strategies", "default")
    #expect(taken(again) == 1)
    #expect(try files("s") == first)
    try SmallDesk.text.replacingOccurrences(of: "60 per hour", with: "61 per hour")
      .write(toFile: scenario, atomically: true, encoding: .utf8)
    let changed = try sweep("s", "--vary", "agents=3,4", "--strategies", "default")
    #expect(changed.code == 0 && taken(changed) == 0)
  }
}
