import Foundation
import Testing

/// A folder of a test's own, with a scenario that takes no time to speak of.
final class Bay {
  let folder: URL

  init(_ extra: String = "", strategies: String = Bay.strategies) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("switchboard-compare-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let text = """
      name: Two agents
      duration: 1 h
      replications: 4
      parameters: {logic: round_robin}
      \(strategies)
      contacts: {people: {arrivals: {poisson: 90 per hour}}}
      teams: {desk: {agents: 2, reply_time: {exponential: 1 min}}}
      workflows:
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps: [{assign_to: {team: desk, logic: $logic}}]
      \(extra)
      """
    try text.write(
      to: folder.appendingPathComponent("desk.yaml"), atomically: true, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Leaves only what stands before the workflows.
  func dropWorkflows() throws {
    let text = try String(contentsOfFile: scenario, encoding: .utf8)
    let end = try #require(text.range(of: "\nworkflows:\n")).lowerBound
    try text[..<end].replacing("workflows: {}", with: "")
      .replacing("{logic: round_robin}", with: "{}")
      .write(toFile: scenario, atomically: true, encoding: .utf8)
  }

  static let strategies =
    "strategies: {in turn: {logic: round_robin}, fewest: {logic: least_open}, by lot: {logic: random}}"

  var scenario: String { folder.appendingPathComponent("desk.yaml").path }
  var output: String { folder.appendingPathComponent("out").path }

  func compare(_ words: String...) throws -> Program.Outcome {
    try Program.run(["compare", scenario, "--output", output] + words)
  }

  /// What a file of the result holds.
  func text(_ name: String) throws -> String {
    try String(contentsOfFile: output + "/" + name, encoding: .utf8)
  }

  /// The answer as programs read it.
  static func json(_ outcome: Program.Outcome) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8))
    return try #require(value as? [String: Any], "\(outcome.out)\(outcome.err)")
  }
}

@Suite struct `The options of compare` {
  @Test(arguments: [
    (["--strategies", "in turn,fewst"], "unknown strategy 'fewst', did you mean 'fewest'? known:"),
    (["--strategies", "in turn,zzzzzz"], "unknown strategy 'zzzzzz'; known: in turn, fewest"),
    (["--strategies", "fewest,fewest"], "--strategies names 'fewest' twice"),
    (["--strategies", "fewest"], "--strategies leaves one strategy"),
    (["--indifference", "30"], "--indifference takes a share of the baseline's mean"),
    (["--indifference", "-1%"], "--indifference takes a share of the baseline's mean"),
    (["--best-of", "first_answer.p90"], "did you mean 'first_response'?"),
    (["--best-of", "first_response"], "--best-of:"),
    (["--best-of", "busy"], "neither way of 'busy' is better"),
    (["--best-of", "wait.mean", "--indifference", "0 s"], "must be more than 0"),
    (["--best-of", "reassigned", "--indifference", "30 s"], "reassigned is no time"),
    (["--precision", "2"], "--precision takes a share such as 2%"),
    (["--bestof", "wait.mean"], "unknown option '--bestof', did you mean '--best-of'?"),
  ])
  func `what makes no sense is explained and ends with 2`(words: [String], text: String) throws {
    let bay = try Bay()
    let outcome = try Program.run(["compare", bay.scenario, "--output", bay.output] + words)
    #expect(outcome.code == 2)
    #expect(outcome.out.isEmpty)
    #expect(outcome.err.contains(text), "\(outcome.err)")
    #expect(!FileManager.default.fileExists(atPath: bay.output))
  }

  @Test(arguments: [
    ("strategies: {only: {logic: random}}", "names only 'only'"),
    ("workflows: {}", "names none, and none of its assign_to steps"),
  ])
  func `what cannot be compared is told with what to write`(text: String, found: String) throws {
    let bay = try Bay(strategies: text)
    if text.hasPrefix("workflows") { try bay.dropWorkflows() }
    let outcome = try bay.compare()
    #expect(outcome.code == 3)
    #expect(outcome.err.contains("compare needs two strategies at least"), "\(outcome.err)")
    #expect(outcome.err.contains(found), "\(outcome.err)")
    #expect(outcome.err.contains("one more: {agents: 4}"), "\(outcome.err)")
  }

  @Test func `a scenario without strategies is compared under what the platform offers`() throws {
    let bay = try Bay(strategies: "")
    let outcome = try bay.compare("--format", "json")
    #expect(outcome.code == 0, "\(outcome.err)")
    #expect(outcome.err.contains("names no strategies"), "\(outcome.err)")
    let answer = try Bay.json(outcome)
    #expect(answer["strategies"] as? [String] == ["round robin", "least open"])
    #expect(try bay.text("result.json").contains("The scenario names no strategies"))
    // The two are what one gets who writes them down.
    let written = try Bay(
      strategies: "strategies: {round robin: {logic: round_robin}, least open: {logic: least_open}}"
    )
    let other = try Bay.json(try written.compare("--format", "json"))
    #expect(answer["fingerprint"] as? String == other["fingerprint"] as? String)
    let one = try Bay.json(
      try bay.compare("--strategies", "least open,round robin", "--format", "json"))
    #expect(one["baseline"] as? String == "least open")
  }

  @Test func `a strategy's own words are in the result`() throws {
    let bay = try Bay(
      strategies: "strategies: {a: {description: as it always was}, b: {logic: least_open}}")
    #expect(try bay.compare().code == 0)
    #expect(try bay.text("result.json").contains("as it always was"))
    #expect(try bay.text("scenario.resolved.yaml").contains("description: as it always was"))
  }

  @Test func `the first strategy named is the baseline`() throws {
    let answer = try Bay.json(
      try Bay().compare("--strategies", "by lot,in turn", "--format", "json"))
    #expect(answer["baseline"] as? String == "by lot")
    #expect(answer["strategies"] as? [String] == ["by lot", "in turn"])
  }

  @Test func `runs are added until the differences are known, or the cap comes`() throws {
    let bay = try Bay()
    let wide = try Bay.json(try bay.compare("--precision", "100%", "--format", "json"))
    let reached = try #require(wide["precision"] as? [String: Any])
    #expect(reached["is_reached"] as? Bool == true)
    let runs = try #require(wide["replications"] as? Int)
    #expect(runs >= 15, "ten and five more")
    let capped = try bay.compare("--precision", "0.1%", "--replications", "12")
    #expect(capped.code == 0)
    #expect(capped.out.contains("12 runs each"))
    let squeezed = capped.out.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(squeezed.contains("Differences of first_response.mean are known to"), "\(capped.out)")
    #expect(squeezed.contains("not to ±0.1 % as asked for"), "\(capped.out)")
  }

  @Test func `the best is named with its promise, in text, JSON and on the page`() throws {
    let bay = try Bay()
    let outcome = try bay.compare("--best-of", "wait.p90", "--indifference", "60 s")
    #expect(outcome.code == 0)
    #expect(outcome.out.contains("BEST  wait, p90, differences under 60"), "\(outcome.out)")
    #expect(outcome.out.contains("--best-of wait.p90"), "the command to repeat names it")
    #expect(try bay.text("index.html").contains("The best of them by"))
    let answer = try Bay.json(
      try bay.compare("--best-of", "wait.p90", "--indifference", "60 s", "--format", "json"))
    let best = try #require(answer["best"] as? [String: Any])
    #expect(best["metric"] as? String == "wait.p90")
    #expect((best["rows"] as? [Any])?.count == 3)
    #expect(answer["replications"] as? Int == 4)
  }

  @Test func `other worlds stand in one small table`() throws {
    let bay = try Bay()
    let outcome = try bay.compare("--robust", "--strategies", "in turn,fewest")
    #expect(outcome.code == 0)
    #expect(outcome.out.contains("IN OTHER WORLDS  change of first response, mean"))
    for world in ["as described", "load -10 %", "load +10 %", "work cv 0.3", "work cv 1.5"] {
      #expect(outcome.out.contains(world), "\(outcome.out)")
    }
    #expect(outcome.out.contains("48 runs"), "six worlds of eight runs: \(outcome.out)")
  }

  @Test func `the command to repeat gives the same fingerprint`() throws {
    let bay = try Bay()
    let first = try Bay.json(
      try bay.compare(
        "--all-pairs", "--independent-streams", "--seed", "7", "--indifference", "2%",
        "--format", "json"))
    let command = try #require(first["repeated_by"] as? String)
    for word in ["--all-pairs", "--independent-streams", "--seed 7", "--indifference 2%"] {
      #expect(command.contains(word), "\(command)")
    }
    let again = try Bay.json(
      try bay.compare("--independent-streams", "--seed", "7", "--format", "json"))
    #expect(first["fingerprint"] as? String == again["fingerprint"] as? String)
    let paired = try Bay.json(try bay.compare("--seed", "7", "--format", "json"))
    #expect(first["fingerprint"] as? String != paired["fingerprint"] as? String)
  }
}

@Suite struct `A warm-up that is to be found` {
  @Test func `it is told how much was left out`() throws {
    let bay = try Bay("warmup: auto")
    for command in ["compare", "run"] {
      let outcome = try Program.run([
        command, bay.scenario, "--output", bay.output, "--duration", "20 h", "--format", "text",
      ])
      #expect(outcome.code == 0, "\(outcome.err)")
      #expect(outcome.out.contains("MSER-5") || !outcome.out.contains("not counted"))
    }
  }

  @Test func `a queue that only grows is refused with advice`() throws {
    let bay = try Bay("warmup: auto")
    for command in ["compare", "run"] {
      let outcome = try Program.run([
        command, bay.scenario, "--output", bay.output, "--set", "teams.desk.reply_time=10 min",
      ])
      #expect(outcome.code == 3)
      #expect(outcome.err.contains("would leave out half of the run"), "\(outcome.err)")
      #expect(outcome.err.contains("--duration"))
      #expect(!FileManager.default.fileExists(atPath: bay.output))
    }
  }
}
