import Foundation
import Testing

/// `ui` says where its page is, and what is wrong with what it was started for.
@Suite struct `The command of the page` {
  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("switchboard-ui-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func `what cannot be opened is told, and nothing is served`() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try "x".write(to: folder.appendingPathComponent("notes.txt"), atomically: true, encoding: .utf8)
    for (words, wanted) in [
      ([folder.path + "/nothing.yaml"], "is not there"),
      ([folder.path + "/notes.txt"], "is no scenario"),
    ] {
      let outcome = try Program.run(["ui"] + words + ["--no-open"])
      #expect(outcome.code != 0 && outcome.err.contains(wanted), "\(outcome.err)")
      #expect(outcome.out.isEmpty)
    }
    #expect(try Program.run("ui", "--port", "70000").code == 2)
    #expect(try Program.run("ui", "a", "b").code == 2)
  }

  @Test func `an address with a token is printed, and Ctrl-C ends it in order`() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.appendingPathComponent("out")
    try Data().write(to: out)
    let process = Process()
    process.executableURL = Program.url
    process.arguments = ["ui", folder.path, "--no-open", "--port", "0"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer { process.terminate() }
    let end = Date().addingTimeInterval(20)
    var text = ""
    while Date() < end, !text.contains("Ctrl-C") {
      usleep(20_000)
      text = (try? String(contentsOf: out, encoding: .utf8)) ?? ""
    }
    let address = try #require(
      text.firstMatch(of: #/open http://127\.0\.0\.1:(\d+)/\?token=([0-9a-f]{32})\n/#))
    #expect(UInt16(address.1) ?? 0 > 0)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
  }
}
