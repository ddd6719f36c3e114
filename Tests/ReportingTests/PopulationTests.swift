import Foundation
import Testing

@testable import Measurement
@testable import Reporting

@Suite struct `Several kinds of customers` {
  /// The comparison of the other tests with two populations, or as many as there are names.
  private func document(_ names: [String] = ["regular", "vip"]) -> ResultDocument {
    var document = Fixture.comparison()
    for place in document.strategies.indices {
      document.strategies[place].populations = names.enumerated().map { number, name in
        ResultDocument.PopulationRow(
          name: name, conversations: 500, firstResponse: 100 * Double(number + place + 1),
          resolution: number == 0 ? 600 : nil, abandoned: 0.031, reassigned: 0)
      }
    }
    return document
  }

  private func text(_ document: ResultDocument, columns: Int = 80) -> String {
    TerminalAnswer(
      of: document, style: .init(columns: columns, isUTF8: true, hasColor: false)
    ).text
  }

  @Test func `have a line each, the strategies side by side`() throws {
    let lines = text(document()).split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex { $0.hasPrefix("CUSTOMERS") })
    #expect(lines[start].contains("round robin") && lines[start].contains("look first"))
    let first = lines[start + 1].split(separator: " ").map(String.init)
    #expect(first.first == "regular" && first.suffix(3) == ["100.0", "200.0", "300.0"])
    let vip = try #require(lines.dropFirst(start).firstIndex { $0.hasPrefix("  vip") })
    #expect(lines[vip].split(separator: " ").last == "400.0")
    // What has no value says so.
    #expect(lines[vip + 1].split(separator: " ").suffix(3) == ["-", "-", "-"])
  }

  @Test(arguments: [40, 60, 79, 80, 99, 100, 250])
  func `never make a line wider than the terminal`(columns: Int) {
    let long = ["a very long name of a population", "x\u{1B}[31m", "v"]
    let limit = columns >= 100 ? 100 : max(66, min(80, columns))
    let wide = text(document(long), columns: columns).split(separator: "\n").filter {
      !$0.hasPrefix("repeat:") && displayWidth(String($0)) > limit
    }
    #expect(wide == [])
    #expect(!text(document(long), columns: columns).contains("\u{1B}"))
  }

  @Test func `change nothing where there is only one`() throws {
    for names in [[], ["everyday"]] {
      var single = document(names)
      #expect(text(single) == text(Fixture.comparison()))
      for place in single.strategies.indices { single.strategies[place].populations = nil }
      let encoder = JSONEncoder()
      let json = String(decoding: try encoder.encode(single), as: UTF8.self)
      #expect(!json.contains("populations"))
    }
  }

  @Test func `have a table on the page`() throws {
    let html = Page(of: document(["regular", "<b>vip</b>"])).html
    let section = try #require(html.range(of: "Each kind of customer"))
    #expect(html[section.lowerBound...].contains("&lt;b&gt;vip&lt;/b&gt;"))
    #expect(!Page(of: Fixture.comparison()).html.contains("Each kind of customer"))
  }
}
