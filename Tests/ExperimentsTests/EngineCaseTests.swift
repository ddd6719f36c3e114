import Experiments
import Foundation
import Testing

/// The folders of case files beside the sources.
enum CaseFolders {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Scenarios/engine")

  static let all: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return names.filter { !$0.contains(".") }.sorted()
  }()
}

@Suite struct `The engine's cases` {
  @Test(arguments: CaseFolders.all)
  func `every case of a folder decides as it says`(folder: String) throws {
    let suite = try CheckSuite([CaseFolders.root.appendingPathComponent(folder).path])
    #expect(suite.caseCount > 0)
    for group in suite.groups {
      for found in group.cases {
        let result = found.file.play()
        #expect(
          result.passes,
          "\(found.label): \(found.file.name)\n\(result.differences.first?.text ?? "")")
      }
    }
  }

  @Test func `there are folders to play`() {
    #expect(CaseFolders.all.count >= 12)
  }
}
