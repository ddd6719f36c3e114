import Foundation
import Testing

/// What `help` tells, and the pages that are made from it.
@Suite struct `Help` {
  private static let topics = [
    "scenario", "values", "workflows", "logics", "policies", "metrics", "cases", "files",
    "commands",
    "exit-codes",
  ]

  private static func page(_ topic: String) -> URL {
    Program.root.appendingPathComponent("Sources/Reference/\(topic).md")
  }

  /// `UPDATE_EXPECTED=1 swift test --filter 'Help'` writes them.
  @Test(arguments: topics)
  func `the page of a topic is what the program makes`(topic: String) throws {
    let made = try Program.run("help", topic, "--format", "markdown").out
    if ProcessInfo.processInfo.environment["UPDATE_EXPECTED"] == "1" {
      try made.write(to: Self.page(topic), atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: Self.page(topic), encoding: .utf8) == made)
  }

  @Test func `every topic has its page, and every page its topic`() throws {
    let overview = try Program.run("help").out
    for topic in Self.topics { #expect(overview.contains("  \(topic) ")) }
    let folder = Program.root.appendingPathComponent("Sources/Reference").path
    let pages = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(pages) == Set(Self.topics.map { "\($0).md" }))
    let shown = overview.split(separator: "TOPICS:")[1].split(separator: "\n").dropFirst()
      .prefix { $0.hasPrefix("  ") }
    #expect(shown.count == Self.topics.count)
  }

  @Test func `a key, a metric, a step and a command are explained`() throws {
    #expect(try Program.run("help", "patience").out.contains("giving up"))
    #expect(try Program.run("help", "first_response").out.contains("first message of a human"))
    #expect(try Program.run("help", "assign_to").out.contains("only_online"))
    #expect(try Program.run("help", "compare").out.contains("USAGE: switchboard compare"))
    let path = try Program.run("help", "teams.limit").out
    #expect(path.contains("open contacts") && !path.contains("cases:"))
  }

  @Test func `an unknown word is told with the nearest`() throws {
    let result = try Program.run("help", "patiense")
    #expect(result.code == 2)
    #expect(result.err.contains("unknown topic 'patiense', did you mean 'patience'?"))
    let page = try Program.run("help", "patience", "--format", "markdown")
    #expect(page.code == 2 && page.err.contains("unknown topic 'patience'"))
  }
}
