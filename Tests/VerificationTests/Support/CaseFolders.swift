import Foundation

/// The folders of case files beside the sources.
enum CaseFolders {
  static let scenarios = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Scenarios")
  static let engine = scenarios.appendingPathComponent("engine")

  /// Such as `queue`.
  static let all: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: engine.path)) ?? []
    return names.filter { !$0.contains(".") }.sorted()
  }()

  /// What the folders' readme says.
  static func readme() throws -> String {
    try String(contentsOf: engine.appendingPathComponent("README.md"), encoding: .utf8)
  }
}
