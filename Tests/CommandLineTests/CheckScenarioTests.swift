import Foundation
import Testing

/// A folder with a scenario, gone with it.
private final class Desk {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent(
    "switchboard-\(UUID().uuidString)")
  var path: String { url.path }

  init(logic: String = "round_robin", goal: String = "first_response.within(1 h) >= 1%") throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try write(logic: logic, goal: goal)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(
    logic: String = "round_robin", goal: String = "first_response.within(1 h) >= 1%"
  ) throws {
    let text = """
      name: A desk
      start: 2026-11-23 09:00
      duration: 1 h
      replications: 3
      contacts: {all: {arrivals: {poisson: 40 per hour}}}
      teams: {support: {agents: [ana, ben, cho], reply_time: {exponential: 3 min}}}
      workflows:
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps: [{assign_to: {team: support, logic: \(logic), fewer_than: 2}}]
      goals: [\(goal)]
      """
    try Data(text.utf8).write(to: url.appendingPathComponent("desk.yaml"))
  }

  func text(_ name: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }
}

@Suite struct `Checking scenarios` {
  @Test func `a record is written, kept, and told of when it changes`() throws {
    let desk = try Desk()
    let first = try Program.run("check", desk.path)
    #expect(first.code == 0 && first.out.contains("no record"))
    let written = try Program.run("check", desk.path, "--update")
    #expect(written.code == 0 && written.out.contains("1 record written, 0 as they were."))
    let record = try desk.text("expected/desk.json")
    let same = try Program.run("check", desk.path, "--threads", "1")
    #expect(same.code == 0 && same.out.contains("as recorded"))
    #expect(same.out.contains("repeat: switchboard check \(desk.path)\n"))
    try desk.write(logic: "least_open")
    let changed = try Program.run("check", desk.path)
    #expect(changed.code == 1)
    for text in [
      "first difference, run 1 of 'default': decision ", "recorded  ", "now       ", "chosen: ",
      "metrics moved, ", "1 of 1 scenario differs. If that is meant, --update records it:",
      "the scenario itself, or a default of its language, changed",
    ] {
      #expect(changed.out.contains(text), "\(text) in\n\(changed.out)")
    }
    #expect(try desk.text("expected/desk.json") == record)
    let updated = try Program.run("check", desk.path, "--update")
    #expect(updated.code == 0 && updated.out.contains("differed from "))
    #expect(updated.out.contains("no goal changed"))
    #expect(try desk.text("expected/desk.json") != record)
    #expect(try Program.run("check", desk.path).code == 0)
  }

  @Test func `a goal missed ends with 1 unless the record has it as missed`() throws {
    let desk = try Desk(goal: "first_response.mean <= 1 s")
    let outcome = try Program.run("check", desk.path)
    #expect(outcome.code == 1)
    #expect(outcome.out.contains("goal missed: default: first_response.mean <= 1 s: "))
    #expect(try Program.run("check", desk.path, "--update").code == 0)
    let again = try Program.run("check", desk.path)
    #expect(again.code == 0 && again.out.contains("1 goal missed, as recorded"))
  }

  @Test func `programs get it as JSON and as JUnit XML`() throws {
    let desk = try Desk()
    #expect(try Program.run("check", desk.path, "--update").code == 0)
    try desk.write(logic: "least_open")
    let xml = desk.path + "/junit.xml"
    let outcome = try Program.run("check", desk.path, "--format", "json", "--junit", xml)
    #expect(outcome.code == 1)
    let json = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any]
    let scenario = try #require((json?["scenarios"] as? [[String: Any]])?.first)
    #expect(scenario["passes"] as? Bool == false)
    let differences = try #require(scenario["differences"] as? [[String: Any]])
    #expect(differences.first?["kind"] as? String == "first")
    let text = try desk.text("junit.xml")
    #expect(text.contains("<testsuite name=\"scenarios\" tests=\"1\" failures=\"1\""))
    #expect(XMLCheck.isWellFormed(text))
  }

  @Test func `a record that is no record is invalid input, and --replications goes with --update`()
    throws
  {
    let desk = try Desk()
    #expect(try Program.run("check", desk.path, "--replications", "2").code == 2)
    #expect(try Program.run("check", desk.path, "--update", "--replications", "2").code == 0)
    #expect(try desk.text("expected/desk.json").contains("\"replications\": 2,"))
    try Data("no".utf8).write(to: desk.url.appendingPathComponent("expected/desk.json"))
    let outcome = try Program.run("check", desk.path)
    #expect(outcome.code == 3)
    #expect(outcome.err.contains("expected/desk.json: error: this is no record"))
  }

  @Test func `what would never come to its end is not begun`() throws {
    let desk = try Desk()
    let text = try desk.text("desk.yaml").replacing("poisson: 40 per hour", with: "renewal: 1 ns")
    try Data(text.utf8).write(to: desk.url.appendingPathComponent("desk.yaml"))
    let outcome = try Program.run("check", desk.path)
    #expect(outcome.code == 3)
    #expect(outcome.err.contains("desk.yaml: error: a run would have more events"))
    #expect(outcome.out.contains("not run"))
  }

  @Test func `the filter chooses among scenarios too`() throws {
    let desk = try Desk()
    #expect(try Program.run("check", desk.path, "--filter", "a desk").code == 0)
    #expect(try Program.run("check", desk.path, "--filter", "nothing").code == 2)
  }
}

@Suite struct `Replaying` {
  @Test func `a result is proven equal, and one that was changed is not`() throws {
    let desk = try Desk()
    let folder = desk.path + "/result"
    let made = try Program.run(
      "run", desk.path + "/desk.yaml", "--set", "duration=50 min", "--output", folder)
    #expect(made.code == 0)
    let same = try Program.run("replay", folder)
    #expect(same.code == 0 && same.out.hasPrefix("THE SAME: A desk, 3 runs, seed 1: fingerprint "))
    #expect(try Program.run("replay", folder + "/result.json").code == 0)
    let text = try desk.text("result/result.json")
    let print = try #require(text.firstMatch(of: #/"fingerprint":"([0-9a-f-]+)"/#)?.1)
    try Data(text.replacing(print, with: "0000-0000-0000").utf8)
      .write(to: desk.url.appendingPathComponent("result/result.json"))
    let other = try Program.run("replay", folder)
    #expect(other.code == 5)
    #expect(other.out.contains("fingerprint: saved 0000-0000-0000, now \(print)"))
  }

  @Test func `an assignment that was changed is the first difference, with its instant`() throws {
    let desk = try Desk()
    let folder = desk.path + "/result"
    #expect(
      try Program.run("run", desk.path + "/desk.yaml", "--conversations", "--output", folder).code
        == 0)
    let same = try Program.run("replay", folder)
    #expect(same.code == 0 && same.out.contains("and 4 files of conversations and assignments"))
    // The first conversation, by the number that the export gives it.
    let story = try Program.run("replay", folder, "--conversation", "1000000000000001")
    #expect(story.code == 0 && story.out.contains("conversation 1 in run 1 of 'default'"))
    let text = try desk.text("result/assignments.csv")
    try Data(text.replacing(",workflow,", with: ",user,", maxReplacements: 1).utf8)
      .write(to: desk.url.appendingPathComponent("result/assignments.csv"))
    let other = try Program.run("replay", folder)
    #expect(other.code == 5)
    let line = try #require(text.split(separator: "\n").first { $0.contains(",workflow,") })
    #expect(other.out.contains("first in line 2 of assignments.csv"))
    #expect(other.out.contains("now    \(line)"))
  }

  @Test func `a comparison is proven equal with the options that it was made with`() throws {
    let desk = try Desk()
    let folder = desk.path + "/result"
    let made = try Program.run(
      "compare", desk.path + "/desk.yaml", "--seed", "9", "--all-pairs", "--replications", "4",
      "--output", folder)
    #expect(made.code == 0)
    let same = try Program.run("replay", folder)
    #expect(same.code == 0, "\(same.out)\(same.err)")
    #expect(same.out.contains("8 runs, seed 9"))
    let story = try Program.run(
      "replay", folder, "--strategy", "least open", "--replication", "4", "--conversation", "1",
      "--at", "09:30")
    #expect(story.code == 0)
    for text in [
      "conversation 1 in run 4 of 'least open'", "conversation opened by the contact",
      "who was considered", "state at 09:30:00.000 (30 min)", "in hand", "armed timers: ",
    ] {
      #expect(story.out.contains(text), "\(text) in\n\(story.out)")
    }
    #expect(try Program.run("replay", folder, "--strategy", "x").code == 2)
    #expect(try Program.run("replay", folder, "--replication", "5").code == 2)
    #expect(try Program.run("replay", folder, "--conversation", "100000").code == 2)
    #expect(try Program.run("replay", folder, "--at", "noon").code == 2)
  }

  @Test func `a journal is proven equal, and recovered where it was cut off`() throws {
    let desk = try Desk()
    let journal = desk.path + "/desk.journal"
    let words = ["run", desk.path + "/desk.yaml", "--output", desk.path + "/result"]
    #expect(try Program.run(words).code == 0)
    let plain = try desk.text("result/result.json")
    #expect(try Program.run(words + ["--journal", journal]).code == 0)
    // The journal changes nothing of the result.
    #expect(try desk.text("result/result.json") == plain)
    let same = try Program.run("replay", journal, "--conversation", "2")
    #expect(same.code == 0 && same.out.contains("THE SAME: all "))
    #expect(same.out.contains("conversation 2 in run 1 of 'default'"))
    let text = try desk.text("desk.journal")
    try Data(text.dropLast(60).utf8).write(to: URL(fileURLWithPath: journal))
    let cut = try Program.run("replay", journal)
    #expect(cut.code == 0)
    #expect(cut.err.contains("the journal ends in the middle of a record; recovered to the last"))
    try Data("switchboard-journal 1 nothing\n".utf8).write(to: URL(fileURLWithPath: journal))
    let broken = try Program.run("replay", journal)
    #expect(broken.code == 3 && broken.err.contains("line 1: the header is damaged"))
  }

  @Test func `what is neither result nor journal is invalid input`() throws {
    let desk = try Desk()
    let outcome = try Program.run("replay", desk.path + "/desk.yaml")
    #expect(outcome.code == 3)
    #expect(outcome.err.contains("this is not a result"))
    #expect(try Program.run("replay", desk.path + "/none").code == 3)
  }
}

/// Whether every tag is closed in turn: enough to see that no text broke out of its place.
private enum XMLCheck {
  static func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    for tag in text.matches(of: #/<(\/?)([a-z]+)[^<>]*?(\/?)>/#) {
      if !tag.1.isEmpty {
        guard open.popLast() == tag.2 else { return false }
      } else if tag.3.isEmpty {
        open.append(tag.2)
      }
    }
    return open.isEmpty
  }
}
