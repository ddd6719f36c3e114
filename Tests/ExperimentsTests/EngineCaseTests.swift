import Experiments
import Foundation
import Scenarios
import Testing

/// The folders of case files beside the sources.
enum CaseFolders {
  static let scenarios = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Scenarios")

  /// Such as `engine/queue`.
  static let all: [String] = ["engine", "engine-second-half"].flatMap { root in
    let url = scenarios.appendingPathComponent(root)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { !$0.contains(".") }.sorted().map { "\(root)/\($0)" }
  }
}

@Suite struct `The engine's cases` {
  @Test(arguments: CaseFolders.all)
  func `every case of a folder decides as it says`(folder: String) throws {
    let suite = try CheckSuite([CaseFolders.scenarios.appendingPathComponent(folder).path])
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
