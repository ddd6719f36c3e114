import Foundation
import Scenarios
import Testing
import Verification

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

  @Test func `every folder is in the readme, and every folder of the readme is there`() throws {
    let readme = try CaseFolders.readme()
    let table = readme.split(separator: "## The folders")[1].split(separator: "## ")[0]
    let named = table.matches(of: /`([a-z-]+)\/`/).map { String($0.output.1) }
    #expect(named.sorted() == CaseFolders.all)
  }

  @Test func `of the public engines' 77 cases each is a file or has its reason in the readme`()
    throws
  {
    let readme = try CaseFolders.readme()
    let parts = readme.split(separator: "**Cases of public engines.**")
    let table = try #require(parts.last)
    let rows = table.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| case") }
    let missing = rows.flatMap { row in
      (row.split(separator: "|").first ?? "").split(separator: ",").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
    let folder = CaseFolders.engine.appendingPathComponent("engines").path
    let written = try FileManager.default.contentsOfDirectory(atPath: folder).map {
      String($0.dropLast(".yaml".count)).uppercased()
    }
    #expect(Set(missing).count == missing.count && Set(missing).isDisjoint(with: written))
    #expect(missing.count + written.count == 77)
    #expect(table.contains("\(written.count) of the 77 are here"))
  }
}
