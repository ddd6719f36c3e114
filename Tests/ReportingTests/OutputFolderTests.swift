import Foundation
import Testing

@testable import Reporting

@Suite struct `The result folder` {
  private let root: String

  init() throws {
    root = NSTemporaryDirectory() + "switchboard-output-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  private func clean() { try? FileManager.default.removeItem(atPath: root) }

  private func entries(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  private func read(_ path: String) -> String? {
    try? String(contentsOfFile: path, encoding: .utf8)
  }

  private var manifest: Manifest {
    Manifest(of: Fixture.comparison(), environment: Fixture.environment)
  }

  private func write(_ contents: String, at path: String) throws(OutputError) {
    var folder = try OutputFolder(at: path)
    try folder.write(ReportFile("summary.csv", contents))
    try folder.write(ReportFile("conversations/a-1.csv", contents))
    _ = try folder.commit(manifest)
  }

  @Test func `a folder appears when it is complete`() throws {
    defer { clean() }
    let path = root + "/deep/er/out"
    var folder = try OutputFolder(at: path)
    try folder.write(ReportFile("summary.csv", "a\n"))
    #expect(!FileManager.default.fileExists(atPath: path))
    _ = try folder.commit(manifest)
    #expect(entries(path) == ["manifest.json", "summary.csv"])
    #expect(read(path + "/summary.csv") == "a\n")
    #expect(entries(root + "/deep/er") == ["out"])
    #expect(Manifest(read(path + "/manifest.json") ?? "")?.files == ["summary.csv"])
  }

  @Test func `a folder that is not completed leaves nothing`() throws {
    defer { clean() }
    do {
      var folder = try OutputFolder(at: root + "/out")
      try folder.write(ReportFile("summary.csv", "a\n"))
    }
    #expect(entries(root) == [])
  }

  @Test func `an older result is replaced and what others put there is kept`() throws {
    defer { clean() }
    let path = root + "/out"
    try write("old", at: path)
    try "mine".write(toFile: path + "/notes.txt", atomically: true, encoding: .utf8)
    var folder = try OutputFolder(at: path + "/")
    try folder.write(ReportFile("summary.csv", "new"))
    _ = try folder.commit(manifest)
    #expect(entries(path) == ["manifest.json", "notes.txt", "summary.csv"])
    #expect(read(path + "/summary.csv") == "new")
    #expect(read(path + "/notes.txt") == "mine")
    #expect(entries(root) == ["out"])
  }

  @Test func `a folder without our manifest is left alone`() throws {
    defer { clean() }
    let path = root + "/out"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try "x".write(toFile: path + "/thesis.doc", atomically: true, encoding: .utf8)
    #expect(throws: OutputError.notOurs(path: path, holds: "thesis.doc")) {
      try write("a", at: path)
    }
    try "{\"tool\": \"npm\"}".write(
      toFile: path + "/manifest.json", atomically: true, encoding: .utf8)
    #expect(throws: OutputError.notOurs(path: path, holds: "manifest.json")) {
      try write("a", at: path)
    }
    #expect(read(path + "/thesis.doc") == "x")
    #expect(entries(root) == ["out"])
  }

  @Test func `an empty folder is taken and a file is not`() throws {
    defer { clean() }
    try FileManager.default.createDirectory(
      atPath: root + "/empty", withIntermediateDirectories: true)
    try write("a", at: root + "/empty")
    #expect(read(root + "/empty/summary.csv") == "a")
    try "x".write(toFile: root + "/file", atomically: true, encoding: .utf8)
    #expect(throws: OutputError.notAFolder(path: root + "/file")) {
      try write("a", at: root + "/file")
    }
    #expect(read(root + "/file") == "x")
  }

  @Test func `a link to a folder stays a link`() throws {
    defer { clean() }
    try write("old", at: root + "/real")
    try FileManager.default.createSymbolicLink(
      atPath: root + "/link", withDestinationPath: root + "/real")
    try write("new", at: root + "/link")
    #expect(read(root + "/real/summary.csv") == "new")
    let attributes = try FileManager.default.attributesOfItem(atPath: root + "/link")
    #expect(attributes[.type] as? FileAttributeType == .typeSymbolicLink)
  }

  @Test func `a place that cannot be written gives a clear error`() throws {
    defer { clean() }
    try "x".write(toFile: root + "/file", atomically: true, encoding: .utf8)
    let error = #expect(throws: OutputError.self) { try write("a", at: root + "/file/out") }
    #expect(error?.description.contains("not a directory") == true)
    #expect(throws: OutputError.self) { try write("a", at: "/proc/switchboard/out") }
    #expect(throws: OutputError.self) { try write("a", at: "") }
  }

  @Test func `a full disk leaves the older result complete`() throws {
    // /dev/full says that the disk is full at the first byte: the draft's file is a link to it.
    defer { clean() }
    let path = root + "/out"
    try write("old", at: path)
    let error = #expect(throws: FileSystem.Failure.self) {
      try FileSystem.append([1, 2, 3], to: "/dev/full")
    }
    #expect(error?.isFull == true)
    if let error {
      #expect(OutputError(error, at: path) == .full(path: path))
      #expect(OutputError.full(path: path).description.contains("no space left"))
    }
    #expect(read(path + "/summary.csv") == "old")
    #expect(entries(root) == ["out"])
  }

  @Test func `single files are made again in place`() throws {
    defer { clean() }
    let path = root + "/out"
    try write("old", at: path)
    try OutputFolder.refresh([ReportFile("summary.csv", "again")], at: path)
    #expect(read(path + "/summary.csv") == "again")
    #expect(read(path + "/conversations/a-1.csv") == "old")
    #expect(entries(path) == ["conversations", "manifest.json", "summary.csv"])
    #expect(throws: OutputError.self) {
      try OutputFolder.refresh([ReportFile("summary.csv", "again")], at: root)
    }
  }

  @Test func `a written folder is read back and gives the same files`() throws {
    defer { clean() }
    let document = Fixture.comparison()
    let files = try ReportFiles.all(of: document)
    var folder = try OutputFolder(at: root + "/out")
    for file in files { try folder.write(file) }
    _ = try folder.commit(manifest)
    for path in [root + "/out", root + "/out/", root + "/out/result.json"] {
      let saved = try SavedResult(at: path)
      #expect(try saved.document() == document)
      #expect(saved.manifest?.environment == Fixture.environment)
      #expect(saved.folder == root + "/out")
      #expect(try ReportFiles.all(of: saved.document()) == files)
    }
    #expect(throws: SavedResultError.unreadable(path: root + "/none")) {
      try SavedResult(at: root + "/none")
    }
    try "[]".write(toFile: root + "/other.json", atomically: true, encoding: .utf8)
    #expect(throws: SavedResultError.notAResult(path: root + "/other.json", .notAResult)) {
      try SavedResult(at: root + "/other.json").document()
    }
  }

  @Test func `names of strategies are safe and different as parts of file names`() {
    let names = safeFileNames(for: [
      "round robin", "../../etc/passwd", "Round/Robin", "", "..", "客服",
    ])
    #expect(
      names == ["round-robin", "etc-passwd", "round-robin-2", "unnamed", "unnamed-2", "unnamed-3"])
  }

  @Test func `what killed sweeps had begun to write goes with the points`() throws {
    defer { clean() }
    let folder = PointFolder(of: root + "/s")
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
    // No system gives a process so high a number.
    var dead = DraftName(0)
    dead.process = Int32.max
    try "half".write(toFile: folder.path + "/" + dead.text, atomically: true, encoding: .utf8)
    folder.remove()
    #expect(entries(root) == [])
  }

  /// Lines as Linux writes them: blanks and their kin stand as numbers.
  @Test(arguments: [
    ("/", true), ("/srv/data", true), ("/srv/dat", false), ("/srv/data/out", false),
    ("/mnt", false),
    ("/mnt/my disk", true), ("/mnt/my\\040disk", false), ("/mnt/tab\tand\\slash", true),
    ("", false),
  ])
  func `a mounted volume is known by the system's table`(path: String, isMounted: Bool) {
    let table = #"""
      21 1 254:0 / / rw,relatime - ext4 /dev/vda rw
      22 21 254:0 /mnt /srv/data rw,nosuid shared:5 - ext4 /dev/vda rw
      23 21 0:20 / /mnt/my\040disk rw - tmpfs none rw
      24 21 0:21 / /mnt/tab\011and\134slash rw - tmpfs none rw

      half a line
      """#
    #expect(FileSystem.isMountPoint(path, in: Array(table.utf8)) == isMounted)
  }
}
