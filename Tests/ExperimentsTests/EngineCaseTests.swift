import Experiments
import Foundation
import Scenarios
import Testing

/// The folders of case files beside the sources.
enum CaseFolders {
  static let scenarios = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Scenarios")
  static let engine = scenarios.appendingPathComponent("engine")

  /// Such as `queue`.
  static let all: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: engine.path)) ?? []
    return names.filter { !$0.contains(".") }.sorted()
  }()
}

@Suite struct `The engine's cases` {
  @Test(arguments: CaseFolders.all)
  func `every case of a folder decides as it says`(folder: String) throws {
    let suite = try CheckSuite([CaseFolders.engine.appendingPathComponent(folder).path])
    #expect(suite.caseCount > 0)
    for found in suite.groups.flatMap(\.cases) {
      let result = found.file.play()
      #expect(
        result.passes,
        "\(found.label): \(found.file.name)\n\(result.differences.first?.text ?? "")")
    }
  }

  @Test func `there are folders to play`() {
    #expect(CaseFolders.all.count >= 20)
  }
}
