import Foundation
import Testing

@testable import Scenarios

/// What a user sees of a broken scenario: exit code 3, the place, and no folder.
@Suite struct `Broken scenarios on the command line` {
  @Test func `each ends with 3, names its place and leaves no output folder`() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("switchboard-broken-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let program = own.deletingLastPathComponent().appendingPathComponent("switchboard")
    let output = folder.appendingPathComponent("results")
    let errors = folder.appendingPathComponent("errors")
    for defect in `Broken scenarios`.lines.compactMap(Defect.init) {
      let file = folder.appendingPathComponent("broken.yaml")
      try Data(defect.text.utf8).write(to: file)
      try Data().write(to: errors)
      let process = Process()
      process.executableURL = program
      process.arguments = ["run", file.path, "--output", output.path, "--quiet"]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      process.waitUntilExit()
      let text = try String(contentsOf: errors, encoding: .utf8)
      #expect(process.terminationStatus == 3, "\(defect.line)")
      #expect(text.contains("broken.yaml:"), "\(defect.line)\n\(text)")
      #expect(!FileManager.default.fileExists(atPath: output.path), "\(defect.line)")
    }
  }
}
