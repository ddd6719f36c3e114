import Foundation
import Testing

@Suite struct `The command fuzz` {
  private static func folder() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent(
      "switchboard-\(UUID().uuidString)"
    )
    .path
  }

  @Test func `keeps what it told and does not tell it again`() throws {
    let folder = Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = try Program.run("fuzz", "--seeds", "1..12", "--output", folder)
    #expect(first.code == 0)
    #expect(first.out.contains("VERDICT  nothing is wrong in the stories of seeds 1 to 12."))
    #expect(first.out.contains("12 stories"))
    #expect(first.out.contains("repeat: switchboard fuzz --seeds 1..12"))
    let told = try String(contentsOfFile: folder + "/told.csv", encoding: .utf8)
    #expect(told.hasPrefix("engine,from,to,events_count,decisions_count\n"))
    #expect(told.split(separator: "\n").count == 2)
    let corpus = try String(contentsOfFile: folder + "/corpus.csv", encoding: .utf8)
    #expect(corpus.contains(",1,contactWrites > conversationOpened\n"))
    // The same seeds once more: nothing is told, nothing is added.
    let second = try Program.run("fuzz", "--seeds", "1..12", "--output", folder)
    #expect(second.code == 0)
    #expect(second.out.contains("0 stories"))
    #expect(second.err.contains("not told again"))
    #expect(try String(contentsOfFile: folder + "/told.csv", encoding: .utf8) == told)
    #expect(try String(contentsOfFile: folder + "/corpus.csv", encoding: .utf8) == corpus)
  }

  @Test func `finds the same on one thread and on two`() throws {
    var corpora: [String] = []
    for threads in ["1", "2"] {
      let folder = Self.folder()
      defer { try? FileManager.default.removeItem(atPath: folder) }
      _ = try Program.run("fuzz", "--seeds", "20..40", "--threads", threads, "--output", folder)
      corpora.append(try String(contentsOfFile: folder + "/corpus.csv", encoding: .utf8))
    }
    #expect(corpora[0] == corpora[1] && corpora[0].count > 1_000)
  }

  @Test func `tells stories of a scenario, with the parameters of a strategy`() throws {
    let folder = Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let outcome = try Program.run(
      "fuzz", "Scenarios/support-desk.yaml", "--seeds", "1..5", "--strategies", "least open",
      "--output", folder)
    #expect(outcome.code == 0)
    #expect(
      outcome.out.contains(
        "repeat: switchboard fuzz Scenarios/support-desk.yaml --seeds 1..5 --strategies \"least open\""
      ))
    let corpus = try String(contentsOfFile: folder + "/corpus.csv", encoding: .utf8)
    #expect(corpus.contains("decided: least_open chosen"))
    #expect(!corpus.contains("contactWrites > decided: round_robin"))
  }

  @Test func `takes the last seeds of all, and not all seeds`() throws {
    let folder = Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let last = try Program.run(
      "fuzz", "--seeds", "18446744073709551614..18446744073709551615", "--output", folder)
    #expect(last.code == 0 && last.out.contains("2 stories"))
    let all = try Program.run(
      "fuzz", "--seeds", "0..18446744073709551615", "--output", folder)
    #expect(all.code == 2 && all.err.contains("seeds at most"))
  }

  @Test func `takes a scenario that names no strategies`() throws {
    let folder = Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let outcome = try Program.run(
      "fuzz", "Scenarios/low-cost.yaml", "--seeds", "1..2", "--output", folder)
    #expect(outcome.code == 0)
  }

  @Test func `leaves a folder alone that holds something else`() throws {
    let folder = Self.folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: folder + "/letter.txt"))
    let outcome = try Program.run("fuzz", "--seeds", "1..2", "--output", folder)
    #expect(outcome.code == 2)
    #expect(outcome.err.contains("letter.txt"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["letter.txt"])
  }
}
