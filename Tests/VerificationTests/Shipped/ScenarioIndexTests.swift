import Foundation
import Testing

/// The table that leads from a system of the platform to what shows it.
@Suite struct `The index of scenarios` {
  /// A row of a table, without the head and what stands below it.
  private struct Row {
    let cells: [String]
    /// What stands in backticks in the second cell: files and folders of Scenarios.
    var files: [String] {
      cells[1].matches(of: #/`([^`]+)`/#).map { String($0.1) }
    }
  }

  /// The rows of the tables below a heading, up to the next one of the same rank.
  private static func rows(_ url: URL, below heading: String) throws -> [Row] {
    let text = try String(contentsOf: url, encoding: .utf8)
    let rank = String(heading.prefix { $0 == "#" }) + " "
    let lines = text.split(separator: "\n").drop { !$0.hasPrefix(heading) }.dropFirst()
      .prefix { !$0.hasPrefix(rank) }
    return lines.filter { $0.hasPrefix("|") }.map { line in
      Row(
        cells: line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
          .map { $0.trimmingCharacters(in: .whitespaces) })
    }.filter { !["system", "file", "---"].contains($0.cells[0]) }
  }

  private static func index() throws -> [Row] {
    try rows(
      CaseFolders.scenarios.appendingPathComponent("README.md"), below: "## Which shows what")
  }

  /// The systems of PLATFORM.md, section 8, that are here.
  private static func systems() throws -> [String] {
    let paper = CaseFolders.scenarios.deletingLastPathComponent()
      .appendingPathComponent("Sources/Engine/PLATFORM.md")
    return try rows(paper, below: "## 8. ").filter { !$0.cells[1].hasPrefix("not here") }
      .map { $0.cells[0] }
  }

  @Test func `has a row for every system of the platform, and no other`() throws {
    let systems = try Self.systems()
    #expect(systems.count > 90)
    #expect(Set(systems).count == systems.count)
    let rows = try Self.index().filter { $0.cells.count == 3 }.map { $0.cells[0] }
    #expect(Set(rows).symmetricDifference(systems).sorted() == [])
    let isInOrder = rows == systems
    #expect(isInOrder)
  }

  @Test func `names only files and folders that are there, and some in every row`() throws {
    for row in try Self.index() {
      #expect(row.cells.allSatisfy { !$0.isEmpty }, "\(row.cells)")
      // The rows of what is beside the systems name their files first.
      let files = row.cells.count == 3 ? row.files : Row(cells: ["", row.cells[0]]).files
      #expect(!files.isEmpty, "\(row.cells[0])")
      for file in files {
        var isFolder: ObjCBool = false
        let path = CaseFolders.scenarios.appendingPathComponent(file).path
        #expect(
          FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue == file.hasSuffix("/"), "\(row.cells[0]): \(file)")
      }
    }
  }

  @Test func `has every scenario, under each system that the scenario names`() throws {
    let rows = try Self.index()
    let named = rows.flatMap { $0.cells.joined().matches(of: #/`([^`]+)`/#) }
    let all = Set(named.map { String($0.1) })
    for scenario in ShippedScenario.all {
      #expect(all.contains(scenario.path), "\(scenario.path) is in no row")
      for system in scenario.systems {
        // A long name may be cut before its brackets.
        let row = rows.first { $0.cells[0] == system || $0.cells[0].hasPrefix(system + " (") }
        #expect(row?.files.contains(scenario.path) == true, "\(scenario.path): \(system)")
      }
    }
  }
}
