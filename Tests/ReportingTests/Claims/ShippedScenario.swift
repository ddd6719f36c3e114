import Foundation
import Measurement
import Testing

@testable import Reporting

/// A scenario of the repository, run by the program that was built.
struct ShippedScenario: CustomTestStringConvertible, Sendable {
  let name: String

  var testDescription: String { name }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let all: [ShippedScenario] = {
    let folder = root.appendingPathComponent("Scenarios").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map {
      Self(name: String($0.dropLast(5)))
    }.filter { scenario in
      let isRunnable = hasPython || !scenario.text.contains("[python3,")
      if !isRunnable { print("\(scenario.name).yaml is left out: python3 is not there") }
      return isRunnable
    }
  }()

  private static let hasPython = ["/usr/bin", "/bin", "/usr/local/bin"].contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/python3")
  }

  private var file: URL { Self.root.appendingPathComponent("Scenarios/\(name).yaml") }

  private var text: String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }

  /// What a few runs of it give: sentences need no more.
  func document() throws -> ResultDocument {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("switchboard-claims-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("switchboard")
    process.arguments = [
      text.contains("\nstrategies:") ? "compare" : "run", file.path, "--replications", "4",
      "--quiet", "--output", folder.path, "--allow-command",
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let result = folder.appendingPathComponent("result.json")
    return try ResultJSON.document(in: String(contentsOf: result, encoding: .utf8))
  }
}
