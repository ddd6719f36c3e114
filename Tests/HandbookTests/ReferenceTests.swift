import Foundation
import Reporting
import Testing

@testable import Handbook
@testable import Scenarios

/// The pages of the reference: complete, and the same on disk as the program makes them.
@Suite struct `The reference` {
  private static let entries = Handbook.topics.flatMap { topic in
    topic.entries.map { (place: "\(topic.name), \($0.heading): \($0.entry.term)", entry: $0.entry) }
  }

  @Test func `everything that can be written is explained in a sentence`() {
    for (place, entry) in Self.entries {
      #expect(!entry.about.isEmpty, "\(place) is not explained")
      #expect([".", "`"].contains(entry.about.last), "\(place): \(entry.about) is no sentence")
    }
    #expect(Self.entries.count > 400)
  }

  /// The keys of a table and of all that it leads to.
  private static func keys(_ table: KeyTable, _ seen: inout Set<String>) -> [String] {
    guard seen.insert(table.subject + table.names.joined(separator: " ")).inserted else {
      return []
    }
    var found = table.names
    for key in table.keys {
      for (inner, _) in key.shape.tables(at: "") { found += keys(inner, &seen) }
    }
    return found
  }

  @Test(arguments: [("scenario", ScenarioKeys.top), ("cases", CaseKeys.top)])
  func `every key that is read stands in the reference`(topic: String, table: KeyTable) throws {
    var seen: Set<String> = []
    let page = try #require(Handbook.topics.first { $0.name == topic })
    let others = Handbook.topics.filter { ["workflows", "policies"].contains($0.name) }
    let terms = Set(([page] + others).flatMap(\.entries).map(\.entry.term))
    for key in Self.keys(table, &seen) {
      // Keys that a kind shares with an earlier one are named in a paragraph; they are entries there.
      #expect(terms.contains(key), "\(key) is not in help \(topic)")
    }
  }

  @Test func `every step, outcome, trigger and verb stands in the reference`() {
    let terms = Set(Self.entries.map(\.entry.term))
    for step in WorkflowReader.steps { #expect(terms.contains(step.key)) }
    for outcome in WorkflowReader.outcomes { #expect(terms.contains(outcome)) }
    for verb in CaseKeys.verbs { #expect(terms.contains(verb.name)) }
    let headings =
      Handbook.topics.flatMap(\.entries).map(\.heading).joined(separator: "\n")
      + Handbook.topics.map(\.markdown).joined()
    for trigger in WorkflowReader.triggerKeys {
      #expect(headings.contains("trigger.\(trigger.key)"))
    }
  }

  @Test func `every file that a folder may hold stands in the reference, and columns once each`() {
    let known = Set(WrittenFile.all.map(\.name) + ["assignments.csv"])
    for name in ReportFiles.names { #expect(known.contains(name), "\(name) is not in help files") }
    for file in WrittenFile.all {
      #expect(Set(file.columns.map(\.name)).count == file.columns.count, "\(file.name)")
    }
  }

  @Test func `a word is found wherever it is explained, and a path says where`() throws {
    let lookup = Lookup(in: Handbook.topics)
    let limit = try #require(lookup.text(of: "limit", columns: 80))
    #expect(limit.contains("scenario: A team: 'teams.NAME'"))
    #expect(limit.contains("cases: A user: 'workspace.users.NAME'"))
    let path = try #require(lookup.text(of: "teams.limit", columns: 80))
    #expect(path.contains("scenario: A team: 'teams.NAME'"))
    #expect(!path.contains("cases:"))
    let named = try #require(lookup.text(of: "teams.nobody.agents", columns: 80))
    #expect(named.contains("How many, or a list"))
    #expect(lookup.text(of: "least_open", columns: 80)?.contains("fewest open contacts") == true)
    #expect(lookup.text(of: "first_response", columns: 80)?.contains("opening") == true)
    #expect(lookup.text(of: "nonsense", columns: 80) == nil)
  }

  @Test(arguments: [60, 80, 100])
  func `no line of a page is longer than the terminal`(columns: Int) {
    for topic in Handbook.topics {
      for line in topic.text(columns: columns).split(separator: "\n") {
        // A word that is longer stands alone; an example stands as it is typed.
        let words = line.split(separator: " ")
        #expect(
          line.count <= columns || words.count == 1 || line.hasPrefix("    "),
          "\(topic.name): \(line)")
      }
    }
  }
}
