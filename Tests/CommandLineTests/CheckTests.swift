import Foundation
import Testing

/// Case files for one test, gone with it.
private final class Cases {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent(
    "switchboard-\(UUID().uuidString)")

  var path: String { url.path }

  init(_ files: [String: String]) throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: url.appendingPathComponent(name))
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  static func text(_ name: String, assignee: String) -> String {
    """
    case: \(name)
    why: PLATFORM.md 4.3
    workspace: {users: {ana: online, ben: offline}, teams: {support: [ana, ben]}}
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps: [{assign_to: {team: support, logic: round_robin, only_online: true}}]
    timeline: [{at: 0 s, contact: c1, says: hello}]
    expect: [{contact: c1, assignee: \(assignee)}]
    """
  }
}

@Suite struct `Checking case files` {
  @Test func `ends with 0 when all decide as they say`() throws {
    let cases = try Cases([
      "a.yaml": Cases.text("First", assignee: "ana"),
      "b.yaml": Cases.text("Second", assignee: "ana"),
    ])
    let outcome = try Program.run("check", cases.path)
    #expect(outcome.code == 0)
    #expect(outcome.err.isEmpty)
    #expect(outcome.out.contains("✓ First"))
    #expect(outcome.out.contains("VERDICT  all 2 cases decide as they say: 2 decisions."))
    #expect(outcome.out.contains("repeat: switchboard check \(cases.path)\n"))
    #expect(outcome.out.contains("fingerprint "))
  }

  @Test func `ends with 1 and explains when one decides otherwise`() throws {
    let cases = try Cases([
      "a.yaml": Cases.text("First", assignee: "ana"),
      "b.yaml": Cases.text("Second", assignee: "ben"),
    ])
    let outcome = try Program.run("check", cases.path)
    #expect(outcome.code == 1)
    #expect(outcome.err.isEmpty)
    for text in [
      "✓ First", "✗ Second", "1 case differs", "b.yaml:9:34", "expected  ben", "got       ana",
      "> ben      0  removed: offline", "VERDICT  1 of 2 cases differs. It alone:",
    ] {
      #expect(outcome.out.contains(text), "\(text) in\n\(outcome.out)")
    }
    #expect(try Program.run("check", cases.path, "--filter", "first").code == 0)
  }

  @Test func `ends with 3 and tells every problem when files are invalid`() throws {
    let cases = try Cases([
      "a.yaml": Cases.text("First", assignee: "ana"),
      "b.yaml": Cases.text("Second", assignee: "bne"), "c.yaml": "case: [",
    ])
    let outcome = try Program.run("check", cases.path)
    #expect(outcome.code == 3)
    #expect(outcome.out.isEmpty)
    #expect(outcome.err.contains("b.yaml:9:34: error: unknown user 'bne'"))
    #expect(outcome.err.contains("did you mean 'ben'?"))
    #expect(outcome.err.contains("c.yaml:1:"))
    #expect(outcome.err.contains("in 2 files; nothing was run"))
    #expect(try Program.run("check", cases.path + "/none").code == 3)
  }

  @Test func `ends with 2 when nothing is named or nothing matches`() throws {
    #expect(try Program.run("check").code == 2)
    let cases = try Cases(["a.yaml": Cases.text("First", assignee: "ana")])
    let outcome = try Program.run("check", cases.path, "--filter", "zzz")
    #expect(outcome.code == 2)
    #expect(outcome.err.contains("no case or scenario matches 'zzz'"))
  }

  @Test func `many folders get one line together, and what fails a line of its own`() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "switchboard-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    for number in 1...45 {
      let folder = url.appendingPathComponent("f\(number)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let text = Cases.text("Case \(number)", assignee: number % 4 == 0 ? "ben" : "ana")
      try Data(text.utf8).write(to: folder.appendingPathComponent("a.yaml"))
    }
    let outcome = try Program.run("check", url.path)
    #expect(outcome.code == 1)
    #expect(outcome.out.contains("34 folders of cases"))
    #expect(outcome.out.contains("and 3 folders more"))
    #expect(outcome.out.contains("VERDICT  11 of 45 cases differ."))
    // The table ends with the first empty line; behind it come verdict and ending, seven lines.
    let table = outcome.out.split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { !$0.isEmpty }
    #expect(table.count + 7 <= 30)
  }

  @Test func `answers programs in JSON`() throws {
    let cases = try Cases([
      "a.yaml": Cases.text("First", assignee: "ana"),
      "b.yaml": Cases.text("Second", assignee: "ben"),
    ])
    let outcome = try Program.run("check", cases.path, "--format", "json")
    #expect(outcome.code == 1)
    let json = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any]
    let failed = json?["failed"] as? [[String: Any]]
    #expect(json?["cases"] as? Int == 2)
    #expect(failed?.count == 1)
    let first = (failed?.first?["differences"] as? [[String: Any]])?.first
    #expect(first?["expected"] as? String == "ben")
    #expect(first?["got"] as? String == "ana")
    #expect(first?["line"] as? Int == 9)
  }

  @Test func `no bytes make it crash`() throws {
    let files = [
      "nul.yaml": "case: \u{0}", "deep.yaml": String(repeating: "[", count: 5_000),
      "text.yaml": "just words", "long.yaml": "case: " + String(repeating: "x", count: 2_000_000),
      "ranges.yaml": Cases.text("x", assignee: "ana").replacing("c1", with: "c1..c999999999999"),
      "times.yaml": Cases.text("x", assignee: "ana").replacing("at: 0 s", with: "at: 900000 d"),
    ]
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      let outcome = try Program.run("check", Cases([name: text]).path)
      #expect(outcome.code == 3, "\(name): \(outcome.code) \(outcome.out)")
    }
  }
}
