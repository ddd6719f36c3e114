import Testing

@testable import Reporting

@Suite struct `Names in little room` {
  /// The strategies of the shipped scenarios, and agents as scenarios number them.
  static let names: [[String]] = [
    ["round robin", "least open", "at most 3 each", "sent slowly"],
    ["keep the agent", "unassign on close"], ["picking", "picking and grabbing", "round robin"],
    ["everybody alike", "own agent for 2 min", "own agent for 1 h"],
    ["oldest first", "newest first"],
    ["plain round robin", "VIP routing", "VIP routing, least open"],
    (1...12).map { "adviser \($0)" }, (1...160).map { "support \($0)" },
  ]

  @Test(arguments: names)
  func `can be told apart and fit`(names: [String]) {
    for columns in 8...40 {
      let short = shortNames(names, columns: columns)
      #expect(Set(short).count == names.count, "\(columns) columns")
      #expect(short.allSatisfy { displayWidth($0) <= columns })
      // What fits is left as it is.
      for (name, shown) in zip(names, short) where displayWidth(name) <= columns {
        #expect(shown == name)
      }
    }
  }

  @Test(arguments: names)
  func `stand over several lines in whole words`(names: [String]) {
    for columns in 11...24 {
      let lines = headings(names, columns: columns)
      #expect(Set(lines).count == names.count, "\(columns) columns")
      #expect(Set(lines.map(\.count)).count == 1)
      #expect(lines.allSatisfy { $0.count <= 3 })
      for (name, lines) in zip(names, lines) {
        #expect(lines.allSatisfy { displayWidth($0) <= columns })
        #expect(lines.filter { !$0.isEmpty }.joined(separator: " ") == name)
      }
    }
  }

  @Test func `lose their middle where their ends tell them apart`() {
    #expect(shortNames(["adviser 10", "adviser 11"], columns: 8) == ["advi… 10", "advi… 11"])
    #expect(shortNames(["a long name", "other"], columns: 8) == ["a long…", "other"])
    let same = shortNames(["quite the same name", "quite the same name"], columns: 9)
    #expect(Set(same).count == 2)
  }

  @Test func `have pixels instead of columns in a drawing`() {
    let names = (1...12).map { "adviser \($0)" }
    let short = shortNames(names, in: .pixels(48))
    #expect(Set(short).count == 12)
    #expect(short.allSatisfy { estimatedWidth($0) <= 48 })
  }
}
