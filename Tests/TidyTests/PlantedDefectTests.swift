import Foundation
import Testing

/// The list of defects that `.ci/defects` plants must keep up with the engine.
@Suite struct `Planted defects` {
  private struct Defect {
    var name: String
    var file: String
    var before: [Substring] = []
    var after: [Substring] = []
  }

  private static func all() throws -> [Defect] {
    var found: [Defect] = []
    for line in try Checkout.text("Tests/VerificationTests/Defects/defects.txt")
      .split(separator: "\n")
    {
      if line.hasPrefix("== ") {
        let words = line.dropFirst(3).split(separator: " ")
        try #require(words.count == 2, "\(line)")
        found.append(Defect(name: String(words[0]), file: "Sources/Engine/\(words[1])"))
      } else if line.hasPrefix("- "), !found.isEmpty {
        found[found.count - 1].before.append(line.dropFirst(2))
      } else if line.hasPrefix("+ "), !found.isEmpty {
        found[found.count - 1].after.append(line.dropFirst(2))
      }
    }
    return found
  }

  @Test func `have each a place of its own in the engine`() throws {
    let defects = try Self.all()
    #expect(defects.count >= 30)
    #expect(Set(defects.map(\.name)).count == defects.count)
    for defect in defects {
      let text = try Checkout.text(defect.file)
      let before = defect.before.joined(separator: "\n")
      let count = text.components(separatedBy: before).count - 1
      #expect(count == 1, "'\(defect.name)': its text is \(count) times in \(defect.file)")
      #expect(defect.after.contains { $0.contains("PLANTED") }, "'\(defect.name)' plants nothing")
    }
  }
}
