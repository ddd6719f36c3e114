import Foundation
import Testing

@testable import Console

@Suite("A draft: what was typed, what can be undone, what is saved")
struct DraftTests {
  @Test("each change is a step back, and forth again")
  func undo() {
    var draft = Draft(text: "a", saved: "a")
    #expect(!draft.canUndo && draft.isSaved && draft.revision == 1)
    draft.change(to: "b")
    draft.change(to: "c")
    #expect(draft.text == "c" && draft.revision == 3 && !draft.isSaved)
    draft.undo()
    #expect(draft.text == "b" && draft.canUndo && draft.canRedo && draft.revision == 4)
    draft.undo()
    #expect(draft.text == "a" && draft.isSaved && !draft.canUndo)
    draft.undo()
    #expect(draft.text == "a" && draft.revision == 5)
    draft.redo()
    #expect(draft.text == "b")
    draft.change(to: "d")
    #expect(!draft.canRedo)
  }

  @Test("a line that is dragged is one step; another value or a pause begins the next")
  func together() {
    var draft = Draft(text: "0", saved: "0")
    for number in 1...9 {
      draft.change(to: "\(number)", subject: "agents", at: Int64(number) * 100_000_000)
    }
    draft.undo()
    #expect(draft.text == "0")
    draft.change(to: "1", subject: "agents", at: 2_000_000_000)
    draft.change(to: "2", subject: "agents", at: 3_500_000_000)
    draft.undo()
    #expect(draft.text == "1")
    draft.change(to: "2", subject: "agents", at: 4_000_000_000)
    draft.change(to: "3", subject: "patience", at: 4_100_000_000)
    draft.undo()
    #expect(draft.text == "2")
  }

  @Test("the same text is no change, and steps do not grow without end")
  func bounds() {
    var draft = Draft(text: "0", saved: nil)
    #expect(!draft.change(to: "0") && !draft.isSaved)
    for number in 1...1_000 { draft.change(to: "\(number)") }
    var steps = 0
    while draft.canUndo {
      draft.undo()
      steps += 1
    }
    #expect(steps == 200 && draft.text == "800")
  }

  @Test("letters that look alike are another text all the same")
  func alike() {
    var draft = Draft(text: "caf\u{E9}", saved: "caf\u{E9}")
    let isChanged = draft.change(to: "cafe\u{301}")
    #expect(isChanged && !draft.isSaved && draft.canUndo)
    #expect(Array(draft.text.utf8) == Array("cafe\u{301}".utf8))
  }

  @Test("what the disk has is taken in as a step that can be undone")
  func disk() {
    var draft = Draft(text: "mine", saved: "mine")
    draft.change(to: "mine, changed")
    draft.takes(fromDisk: "theirs")
    #expect(draft.text == "theirs" && draft.isSaved)
    draft.undo()
    #expect(draft.text == "mine, changed" && !draft.isSaved)
  }
}

@Suite("The folder that the page may read and write")
struct FolderTests {
  private func folder() throws -> (folder: Folder, url: URL) {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "folder-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: url.appendingPathComponent("in/below"), withIntermediateDirectories: true)
    try "outside".write(
      to: url.appendingPathComponent("secret.yaml"), atomically: true, encoding: .utf8)
    try "inside".write(
      to: url.appendingPathComponent("in/a.yaml"), atomically: true, encoding: .utf8)
    try "deep".write(
      to: url.appendingPathComponent("in/below/b.yml"), atomically: true, encoding: .utf8)
    try "no".write(
      to: url.appendingPathComponent("in/notes.txt"), atomically: true, encoding: .utf8)
    return (try #require(Folder(url.appendingPathComponent("in").path)), url)
  }

  @Test("lists scenarios and nothing else, in order; links out of it are not followed")
  func lists() throws {
    let (folder, url) = try folder()
    defer { try? FileManager.default.removeItem(at: url) }
    try FileManager.default.createSymbolicLink(
      at: url.appendingPathComponent("in/link.yaml"),
      withDestinationURL: url.appendingPathComponent("secret.yaml"))
    try FileManager.default.createSymbolicLink(
      at: url.appendingPathComponent("in/way"), withDestinationURL: url)
    #expect(folder.files() == ["a.yaml", "below/b.yml"])
    #expect(throws: Folder.Refusal.self) { try folder.read("link.yaml") }
    #expect(throws: Folder.Refusal.self) { try folder.read("way/secret.yaml") }
  }

  @Test(
    "no trick leads out of it",
    arguments: [
      "../secret.yaml", "below/../../secret.yaml", "/etc/passwd", "./a.yaml", "a.yaml/..", "",
      "a.yaml\0.yaml",
      "notes.txt", ".hidden.yaml", "below//b.yml", "~/a.yaml", "..", "below",
    ])
  func tricks(_ name: String) throws {
    let (folder, url) = try folder()
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(throws: Folder.Refusal.self) { try folder.read(name) }
    #expect(throws: Folder.Refusal.self) { try folder.write(name, "x", known: nil, anyway: true) }
    #expect(
      try String(contentsOf: url.appendingPathComponent("secret.yaml"), encoding: .utf8)
        == "outside")
  }

  @Test("writes only what did not change meanwhile, and leaves nothing half-written")
  func writes() throws {
    let (folder, url) = try folder()
    defer { try? FileManager.default.removeItem(at: url) }
    try folder.write("a.yaml", "mine", known: "inside", anyway: false)
    #expect(try folder.read("a.yaml") == "mine")
    #expect(throws: Folder.Refusal.self) {
      try folder.write("a.yaml", "again", known: "inside", anyway: false)
    }
    #expect(try folder.read("a.yaml") == "mine")
    try folder.write("a.yaml", "again", known: "inside", anyway: true)
    #expect(try folder.read("a.yaml") == "again")
    // A new name must be free, and a file that is gone is not made again unasked.
    #expect(throws: Folder.Refusal.self) {
      try folder.write("a.yaml", "new", known: nil, anyway: false)
    }
    #expect(throws: Folder.Refusal.self) {
      try folder.write("c.yaml", "new", known: "old", anyway: false)
    }
    try folder.write("c.yaml", "new", known: nil, anyway: false)
    #expect(folder.files() == ["a.yaml", "below/b.yml", "c.yaml"])
    let names = try FileManager.default.contentsOfDirectory(
      atPath: url.appendingPathComponent("in").path)
    #expect(names.sorted() == ["a.yaml", "below", "c.yaml", "notes.txt"])
  }

  @Test("a file that is too large or no text is not opened")
  func unreadable() throws {
    let (folder, url) = try folder()
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(repeating: 65, count: 1 << 20).write(to: url.appendingPathComponent("in/full.yaml"))
    try Data(repeating: 65, count: (1 << 20) + 1).write(
      to: url.appendingPathComponent("in/large.yaml"))
    try Data([0xFF, 0xFE, 0x41]).write(to: url.appendingPathComponent("in/odd.yaml"))
    #expect(try folder.read("full.yaml").utf8.count == 1 << 20)
    #expect(throws: Folder.Refusal.self) { try folder.read("large.yaml") }
    #expect(throws: Folder.Refusal.self) { try folder.read("odd.yaml") }
    #expect(throws: Folder.Refusal.self) { try folder.read("nothing.yaml") }
  }
}
