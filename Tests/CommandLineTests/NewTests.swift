import Foundation
import Testing

/// `new` writes a scenario that runs, and touches nothing that is there.
@Suite struct `A new scenario` {
  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("switchboard-new-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func `a template and the shortest one run as written`() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for words in [["--template", "prompt-transfer"], []] {
      let file = folder.appendingPathComponent("my desk\(words.count)").path
      let made = try Program.run(["new", file] + words)
      #expect(made.code == 0 && made.out.contains("switchboard compare"), "\(made.err)")
      let text = try String(contentsOfFile: file + ".yaml", encoding: .utf8)
      #expect(text.contains("name: my desk\(words.count)"))
      #expect(!text.contains("FILE"))
      let run = try Program.run(
        "compare", file + ".yaml", "--replications", "2", "--duration", "1 h", "--output",
        folder.appendingPathComponent("out").path)
      #expect(run.code == 0, "\(run.err)")
    }
  }

  @Test func `what is there is not touched`() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("desk.yaml")
    try "mine".write(to: file, atomically: true, encoding: .utf8)
    let again = try Program.run("new", file.path)
    #expect(again.code == 2 && again.err.contains("is there already"))
    #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
    let nowhere = try Program.run("new", folder.appendingPathComponent("no/desk").path)
    #expect(nowhere.code == 2 && nowhere.err.contains("cannot be written"))
    let unknown = try Program.run(
      "new", folder.appendingPathComponent("x").path, "--template", "lest-open")
    #expect(unknown.code == 2 && unknown.err.contains("did you mean 'least-open'?"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["desk.yaml"])
  }
}
