import Foundation
import Testing

@testable import Verification

/// A scenario of the repository, as far as its first comment and its record tell.
struct ShippedScenario: Sendable, CustomTestStringConvertible {
  /// As the index names it: `routing/shifts.yaml`.
  let path: String
  let text: String

  var testDescription: String { path }

  /// All of them, in the order of their paths; cases and programs are none.
  static let all: [ShippedScenario] = {
    let files = FileManager.default.enumerator(atPath: CaseFolders.scenarios.path)
    let paths = (files?.allObjects as? [String] ?? []).filter { path in
      path.hasSuffix(".yaml") && !path.hasPrefix("engine/") && !path.hasPrefix("engines/")
    }
    return paths.sorted().compactMap { path in
      let url = CaseFolders.scenarios.appendingPathComponent(path)
      return (try? String(contentsOf: url, encoding: .utf8)).map { Self(path: path, text: $0) }
    }
  }()

  /// Those that say nothing of the kind, and why.
  static let exempt = [
    // Its lines are quoted by number; what it shows is the example of the first page.
    "support-desk.yaml",
    // What comes of it is measured by the clock on the wall: it has no record.
    "bench/load.yaml",
  ]

  static let telling = all.filter { !exempt.contains($0.path) }

  /// What the first comment says, such as all that stands behind `Held to:`; a line that is indented
  /// goes on with the one before.
  func notes(_ label: String) -> [String] {
    var notes: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("#") else { break }
      if line.hasPrefix("#   "), !notes.isEmpty {
        notes[notes.count - 1] += " " + line.dropFirst().trimmingCharacters(in: .whitespaces)
      } else {
        notes.append(line.dropFirst().trimmingCharacters(in: .whitespaces))
      }
    }
    return notes.filter { $0.hasPrefix(label + ": ") }.map { String($0.dropFirst(label.count + 2)) }
  }

  /// The systems of the platform that it is about.
  var systems: [String] { notes("Systems").flatMap { $0.components(separatedBy: "; ") } }

  /// What `check --update` wrote of it.
  func record() throws -> ScenarioRecord {
    let file = CaseFolders.scenarios.appendingPathComponent(path)
    let name = file.deletingPathExtension().lastPathComponent
    let record = file.deletingLastPathComponent().appendingPathComponent("expected/\(name).json")
    return try ScenarioRecord(text: String(contentsOf: record, encoding: .utf8))
  }
}
