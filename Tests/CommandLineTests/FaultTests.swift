import Foundation
import Testing

extension Bay {
  /// Lets replies take as long as a file says, which the scenario names so.
  fileprivate func addData(_ name: String) throws {
    let file = folder.appendingPathComponent(name)
    let place = file.path.contains("sub") ? folder.appendingPathComponent("sub") : folder
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try "seconds\n30\n60\n90\n".write(
      to: file.standardizedFileURL, atomically: true, encoding: .utf8)
    let text = try String(contentsOfFile: scenario, encoding: .utf8)
    try text.replacingOccurrences(
      of: "{exponential: 1 min}", with: "{empirical: {file: \(name), column: seconds}}"
    ).write(toFile: scenario, atomically: true, encoding: .utf8)
  }
}

/// What a shell, a disk or a careless name can do to a run.
@Suite struct `A run among faults` {
  private func shell(_ script: String) throws -> Program.Outcome {
    try Program.run(["-c", script], program: URL(fileURLWithPath: "/bin/sh"))
  }

  @Test(arguments: [
    "--help", "--version", "help compare", "validate 'SCENARIO'", "report 'RESULT'",
    "check 'CASE'",
  ])
  func `an answer that standard output does not take is an error`(_ words: String) throws {
    let bay = try Bay()
    let caseFile = bay.folder.appendingPathComponent("case.yaml")
    try """
    case: A contact waits
    why: PLATFORM.md 4.3
    workspace: {users: {ana: online}, teams: {support: [ana]}}
    timeline:
      - {at: 0 s, contact: c1, says: hello}
    expect:
      - {contact: c1, assignee: nobody}
    """.write(to: caseFile, atomically: true, encoding: .utf8)
    if words.contains("RESULT") { #expect(try bay.compare().code == 0) }
    let line = words.replacingOccurrences(of: "SCENARIO", with: bay.scenario)
      .replacingOccurrences(of: "RESULT", with: bay.output)
      .replacingOccurrences(of: "CASE", with: caseFile.path)
    let command = "'\(Program.url.path)' \(line)"
    let whole = try shell(command)
    #expect(whole.code == 0, "\(whole.err)")
    for redirection in [">/dev/full", ">&-"] {
      let outcome = try shell("\(command) \(redirection)")
      #expect(outcome.code == 4, "\(words) \(redirection)")
      #expect(outcome.err.contains("standard output"), "\(outcome.err)")
    }
    // A reader that went away is nobody's error.
    let piped = try shell("\(command) | head -c 0")
    #expect(piped.code == 0 && piped.err.isEmpty, "\(piped.err)")
  }

  @Test(arguments: ["./data.csv", "sub//data.csv", ".//sub/./data.csv"])
  func `a data file is copied under its plain name`(_ name: String) throws {
    let bay = try Bay()
    try bay.addData(name)
    let outcome = try bay.compare()
    #expect(outcome.code == 0, "\(outcome.err)")
    let plain = name.contains("sub") ? "sub/data.csv" : "data.csv"
    #expect(try bay.text(plain).hasPrefix("seconds"))
    let again = try Program.run([
      "run", bay.output + "/scenario.resolved.yaml", "--output", bay.output + "-again",
    ])
    #expect(again.code == 0, "\(again.err)")
  }

  @Test func `a data file is named without going up, and not like a result`() throws {
    let up = try Bay()
    try up.addData("sub/../data.csv")
    let outcome = try up.compare()
    #expect(outcome.code == 3)
    #expect(outcome.err.contains("without '..'"), "\(outcome.err)")
    let taken = try Bay()
    try taken.addData("summary.csv")
    let refused = try taken.compare()
    #expect(refused.code == 3)
    #expect(refused.err.contains("'summary.csv'"), "\(refused.err)")
    #expect(!FileManager.default.fileExists(atPath: taken.output))
  }

  @Test func `a limit that lets a message through every thousand years is no overflow`() throws {
    let bay = try Bay("channels: {slow: {kind: whatsapp, throughput: 1e-6 per day}}")
    let outcome = try bay.compare()
    #expect(outcome.code == 0, "\(outcome.err)")
  }

  @Test func `a result that was changed by hand is invalid input`() throws {
    let bay = try Bay()
    #expect(try bay.compare().code == 0)
    let text = try bay.text("result.json")
    let changed = text.replacingOccurrences(of: "\"replications\":4,", with: "\"replications\":-4,")
    #expect(changed != text)
    try changed.write(toFile: bay.output + "/result.json", atomically: true, encoding: .utf8)
    let outcome = try Program.run("report", bay.output)
    #expect(outcome.code == 3)
    #expect(outcome.err.contains("that no run can have"), "\(outcome.err)")
  }

  @Test func `columns beyond measure are no columns`() throws {
    let bay = try Bay()
    let outcome = try Program.run(
      ["compare", bay.scenario, "--output", bay.output],
      environment: ["COLUMNS": "9223372036854775807"])
    #expect(outcome.code == 0, "\(outcome.err)")
  }

  @Test func `a name that is no text is refused`() throws {
    let outcome = try shell("'\(Program.url.path)' validate \"$(printf 'a\\377b')\"")
    #expect(outcome.code == 2)
    #expect(outcome.err.contains("UTF-8"), "\(outcome.err)")
  }
}
