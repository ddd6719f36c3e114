import Foundation
import Testing

@testable import switchboard

@Suite struct `Names after --strategies` {
  private let list = NameList(known: [
    "plain", "VIP routing", "VIP routing, least open", "at 9:00", "it's", "a", "a,b", "default",
  ])

  @Test(arguments: [
    ("plain", ["plain"]), ("plain,VIP routing", ["plain", "VIP routing"]),
    (" plain , at 9:00 ,", ["plain", "at 9:00"]),
    ("VIP routing, least open", ["VIP routing, least open"]),
    ("VIP routing, least open,plain", ["VIP routing, least open", "plain"]),
    (
      "plain, VIP routing,VIP routing, least open",
      ["plain", "VIP routing", "VIP routing, least open"]
    ),
    ("'VIP routing',\"VIP routing, least open\"", ["VIP routing", "VIP routing, least open"]),
    ("it's,'a','b'", ["it's", "a", "b"]), ("a,b", ["a,b"]), ("'a',b", ["a", "b"]),
    // What is not known ends at a comma, unless it comes close to a name with one.
    ("plane,at 9:00", ["plane", "at 9:00"]),
    ("VIP routng, least open,a", ["VIP routng, least open", "a"]),
    ("xyz, VIP routing", ["xyz", "VIP routing"]), ("VIP routing2", ["VIP routing2"]),
    ("", []), (" , ,", []), ("'a", ["'a"]),
  ])
  func `the longest name that fits is meant, or what stands in quotes`(
    text: String, names: [String]
  ) {
    #expect(list.names(in: text) == names)
  }

  /// Every way of naming strategies on a shipped scenario must reach the right ones.
  @Test func `every strategy of every shipped scenario can be named`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appendingPathComponent("Scenarios")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
    #expect(files.count >= 10)
    for file in files {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let block = lines.drop { $0 != "strategies:" }.dropFirst().prefix { $0.hasPrefix("  ") }
      let names = block.compactMap { line in
        line.range(of: ": {").map { String(line[..<$0.lowerBound].dropFirst(2)) }
      }
      let list = NameList(known: names + ["default"])
      for name in names { #expect(list.names(in: name) == [name], "\(file): \(name)") }
      #expect(list.names(in: names.joined(separator: ",")) == names, "\(file)")
      #expect(list.names(in: names.reversed().joined(separator: ", ")) == names.reversed())
    }
  }
}
