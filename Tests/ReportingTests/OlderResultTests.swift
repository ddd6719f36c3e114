import Foundation
import Testing

@testable import Reporting

/// Nothing that a run did not write is ever removed, whatever lies in an older result folder.
@Suite struct `An older result with files of others` {
  private let root: String
  private var path: String { root + "/out" }

  init() throws {
    root = NSTemporaryDirectory() + "switchboard-older-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  private func clean() { try? FileManager.default.removeItem(atPath: root) }

  private func tree(_ path: String) -> [String] {
    (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
  }

  private func read(_ path: String) -> String? {
    try? String(contentsOfFile: path, encoding: .utf8)
  }

  private func put(_ text: String, at path: String) throws {
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func write(_ contents: String, files: [String]) throws -> Placement {
    var folder = try OutputFolder(at: path)
    for file in files { try folder.write(ReportFile(file, contents)) }
    return try folder.commit(
      Manifest(of: Fixture.comparison(), environment: Fixture.environment))
  }

  @Test func `a manifest of another version still tells what is ours`() throws {
    defer { clean() }
    try put(
      "{\"tool\": \"switchboard\", \"files\": [\"summary.csv\"]}", at: path + "/manifest.json")
    try put("old", at: path + "/summary.csv")
    try put("mine", at: path + "/notes")
    try put("mine", at: path + "/drafts/deep/letter.txt")
    let placement = try write("new", files: ["summary.csv"])
    #expect(placement == Placement(path: path))
    #expect(read(path + "/summary.csv") == "new")
    #expect(read(path + "/notes") == "mine")
    #expect(read(path + "/drafts/deep/letter.txt") == "mine")
    #expect(tree(root).count { !$0.hasPrefix("out") } == 0)
  }

  @Test func `a manifest that names no files makes everything else somebody's`() throws {
    defer { clean() }
    try put("{\"tool\": \"switchboard\"}", at: path + "/manifest.json")
    try put("mine", at: path + "/notes")
    _ = try write("new", files: ["summary.csv"])
    #expect(read(path + "/notes") == "mine")
  }

  @Test func `a file among our conversations is kept, with and without new ones`() throws {
    defer { clean() }
    _ = try write("old", files: ["summary.csv", "conversations/a-1.csv", "conversations/a-2.csv"])
    try put("mine", at: path + "/conversations/remarks.txt")
    _ = try write("new", files: ["summary.csv", "conversations/a-1.csv"])
    #expect(read(path + "/conversations/remarks.txt") == "mine")
    #expect(read(path + "/conversations/a-1.csv") == "new")
    #expect(read(path + "/conversations/a-2.csv") == nil)
    _ = try write("newer", files: ["summary.csv"])
    #expect(
      tree(path) == ["conversations", "conversations/remarks.txt", "manifest.json", "summary.csv"])
  }

  @Test func `where a name is taken the older folder stays and the new one stands beside it`()
    throws
  {
    defer { clean() }
    _ = try write("old", files: ["summary.csv"])
    try put("mine", at: path + "/comparison.csv")
    try put("mine", at: path + "/a-first-one")
    let placement = try write("new", files: ["summary.csv", "comparison.csv"])
    #expect(placement.path == path + "-2")
    #expect(placement.obstacle?.name == "comparison.csv")
    #expect(read(path + "/summary.csv") == "old")
    #expect(read(path + "/comparison.csv") == "mine")
    #expect(read(path + "/a-first-one") == "mine")
    #expect(read(path + "-2/comparison.csv") == "new")
    #expect(tree(root + "/out-2") == ["comparison.csv", "manifest.json", "summary.csv"])
    let warning = try #require(placement.warning(asked: path))
    #expect(warning.contains("'comparison.csv'") && warning.contains("'\(path)-2'"))
    #expect(try write("again", files: ["comparison.csv"]).path == path + "-3")
  }

  @Test func `a manifest cannot make us remove what lies outside`() throws {
    defer { clean() }
    try put("mine", at: root + "/letter.txt")
    try put(
      "{\"tool\": \"switchboard\", \"files\": [\"../letter.txt\", \"/etc/none\", \"a//b\"]}",
      at: path + "/manifest.json")
    _ = try write("new", files: ["summary.csv"])
    #expect(read(root + "/letter.txt") == "mine")
  }

  @Test func `what a killed run left behind goes with the next one, what lives stays`() throws {
    defer { clean() }
    let dead = try #require((2...99_999).reversed().first { !FileSystem.isRunning($0) })
    let machine = FileSystem.machine
    for name in [
      ".switchboard-\(dead)-0", ".switchboard-\(dead)-1-\(machine)",
      ".switchboard-\(dead)-2-elsewhere", ".switchboard-\(getpid())-700", ".switchboard-notes",
    ] { try put("draft", at: root + "/\(name)/summary.csv") }
    // An older result on its way out, with somebody's file in it.
    let old = root + "/.switchboard-\(dead)-3-old"
    try put("{\"tool\": \"switchboard\", \"files\": [\"summary.csv\"]}", at: old + "/manifest.json")
    try put("old", at: old + "/summary.csv")
    try put("mine", at: old + "/notes")
    _ = try write("new", files: ["summary.csv"])
    let left = try FileManager.default.contentsOfDirectory(atPath: root).sorted()
    #expect(
      left
        == [
          ".switchboard-\(dead)-2-elsewhere", ".switchboard-\(dead)-3-old",
          ".switchboard-\(getpid())-700", ".switchboard-notes", "out",
        ].sorted())
    #expect(tree(old) == ["notes"])
  }

  @Test func `escapes of JSON read back as what they stand for`() throws {
    let hostile = "a\u{202E}b\u{2066}c\u{E0041}d é 客"
    let json = String(decoding: try JSONEncoder().encode([hostile]), as: UTF8.self)
    let shown = printableJSON(json)
    #expect(shown == "[\"a\\u202eb\\u2066c\\udb40\\udc41d é 客\"]")
    #expect(try JSONDecoder().decode([String].self, from: Data(shown.utf8)) == [hostile])
  }

  /// Eight bytes are looked at together.
  @Test(arguments: ["\u{7f}", "\u{202e}"])
  func `what steers a terminal is found at every place of a text`(sign: String) {
    for place in 0..<20 {
      for rest in 0..<9 {
        let before = String(repeating: "~", count: place)
        let after = String(repeating: "~", count: rest)
        let escape = sign == "\u{7f}" ? "\\u007f" : "\\u202e"
        #expect(printableJSON(before + sign + after) == before + escape + after)
      }
    }
  }

  @Test func `every file of a result is known by its name beforehand`() throws {
    for file in try ReportFiles.all(of: Fixture.comparison()) {
      #expect(ReportFiles.names.contains(file.name), "\(file.name)")
    }
  }
}
