import Foundation
import Measurement
import Testing

@testable import Reporting

@Suite struct `The answer in a terminal` {
  private func text(
    _ document: ResultDocument, columns: Int = 80, isUTF8: Bool = true, hasColor: Bool = false,
    folder: String = "Reports/support-desk"
  ) -> String {
    let files =
      document.command == .run
      ? ["index.html", "summary.csv", "goals.csv", "manifest.json"] : Fixture.files
    return TerminalAnswer(
      of: document, style: .init(columns: columns, isUTF8: isUTF8, hasColor: hasColor),
      environment: Fixture.environment, folder: folder, files: files
    ).text
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func `a comparison has its form in 100 columns`() {
    #expect(lines(text(Fixture.comparison(), columns: 100)) == lines(ExpectedText.comparison100))
  }

  @Test func `a comparison has its form in 80 columns`() {
    #expect(lines(text(Fixture.comparison())) == lines(ExpectedText.comparison80))
  }

  @Test func `a run has its form in 80 columns`() {
    let shown = text(Fixture.run(), folder: "Reports/support-desk-run/")
    #expect(lines(shown) == lines(ExpectedText.run80))
  }

  @Test(arguments: [40, 60, 79, 80, 99, 100, 250])
  func `no line is wider than the terminal`(columns: Int) {
    var documents = [Fixture.comparison(), Fixture.run()]
    documents.append(Fixture.extended())
    for document in documents {
      for isUTF8 in [true, false] {
        let limit = columns >= 100 ? 100 : max(66, min(80, columns))
        let wide = lines(text(document, columns: columns, isUTF8: isUTF8)).filter { line in
          // A command's words are never broken, so that they can be copied.
          !line.hasPrefix("repeat:") && displayWidth(line) > limit
        }
        #expect(wide == [])
      }
    }
  }

  @Test func `without UTF-8 everything is ASCII and says the same`() {
    var document = Fixture.comparison()
    document.scenario.name = "Bürosupport"
    let shown = text(document, columns: 100, isUTF8: false)
    #expect(shown.utf8.allSatisfy { $0 < 0x80 })
    #expect(shown.contains("B?rosupport"))
    #expect(shown.contains("first_response.p90 <= 6 min         x    6.5 +/-0.3 min"))
    #expect(shown.contains("VERDICT  look first is the only strategy"))
    #expect(shown.contains("6.6 +/- 0.7 points"))
  }

  @Test func `colour repeats marks and moves nothing`() {
    let plain = text(Fixture.comparison())
    let coloured = text(Fixture.comparison(), hasColor: true)
    #expect(coloured.contains("\u{1b}[31m✗\u{1b}[0m"))
    #expect(coloured.contains("\u{1b}[32m+\u{1b}[0m"))
    var stripped = coloured
    for code in ["\u{1b}[31m", "\u{1b}[32m", "\u{1b}[2m", "\u{1b}[0m"] {
      stripped = stripped.split(separator: code, omittingEmptySubsequences: false).joined()
    }
    #expect(stripped == plain)
  }

  @Test func `more than three strategies stand under each other in blocks of three`() {
    let shown = lines(text(Fixture.wide(strategies: 6)))
    #expect(shown.count { $0.hasPrefix("GOALS") } == 2)
    // Five others beside the baseline: two, two and one.
    #expect(shown.count { $0.contains("baseline  value change") } == 3)
    #expect(shown.count { $0.contains("first response, mean s") } == 3)
  }

  @Test func `an interrupted comparison says which runs count`() {
    var document = Fixture.comparison()
    document.replications = 137
    document.partial = .init(finishedRuns: 412, requestedRuns: 900, requestedReplications: 300)
    document.repeatedBy = [
      "switchboard", "compare", "Scenarios/support-desk.yaml", "--replications", "137", "--seed",
      "20261123",
    ]
    let shown = text(document)
    let first = "interrupted after 412 of 900 runs; the first 137 runs of each strategy count\n"
    #expect(shown.hasPrefix(first))
    #expect(shown.contains("VERDICT  PARTIAL  look first is the only strategy"))
    let joined = lines(shown).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
    #expect(joined.contains("about a quarter of the moves, in 137 of the 300 runs asked for."))
    #expect(shown.contains("manifest.json (partial: true)\n"))
    #expect(shown.contains("fingerprint 7c1f-09ae-5d20, of 137 runs\n"))
    #expect(
      shown.hasSuffix(
        """
        repeat: switchboard compare Scenarios/support-desk.yaml --replications 137 \\
                --seed 20261123
        in a browser: switchboard ui Scenarios/support-desk.yaml

        """))
  }

  @Test func `decimal points of a column stand under each other`() {
    let shown = lines(text(Fixture.comparison(), columns: 100))
    let rows = shown.filter { $0.hasPrefix("    ") && $0.contains("±") && $0.contains(".") }
      .filter { !$0.contains("95 %") }
    var points: Set<[Int]> = []
    for row in rows {
      let cells = Array(row)
      // Columns of the points of baseline, value, change and half-width.
      let places = cells.indices.filter { cells[$0] == "." && $0 > 33 && cells[$0 - 1].isNumber }
      if places.count == 7 { points.insert(places) }
    }
    #expect(points.count == 1)
  }

  @Test func `numbers too wide for their column stay inside it`() {
    var document = Fixture.comparison()
    for place in document.strategies.indices {
      document.strategies[place].values[1].mean = 123_456_789
      document.strategies[place].values[2].mean = nil
    }
    let shown = text(document)
    #expect(shown.contains("first response, mean s     123456789  123456789 -26.7   ±3.1  +"))
    #expect(lines(shown).allSatisfy { displayWidth($0) <= 80 })
  }

  @Test func `an overloaded strategy is said before its means`() {
    var document = Fixture.run()
    document.strategies[0].overload = ResultDocument.Overload(growthPerHour: 14)
    let shown = text(document)
    let warning = shown.range(of: "OVERLOAD  look first: The number of waiting")
    let goals = shown.range(of: "GOALS")
    #expect(warning != nil && goals != nil)
    if let warning, let goals { #expect(warning.lowerBound < goals.lowerBound) }
  }

  @Test func `one run shows values without intervals`() {
    var document = Fixture.run()
    document.replications = 1
    for place in document.strategies[0].values.indices {
      document.strategies[0].values[place].halfWidth = nil
      document.strategies[0].values[place].low = nil
      document.strategies[0].values[place].high = nil
    }
    for place in document.strategies[0].goals.indices {
      document.strategies[0].goals[place].low = nil
      document.strategies[0].goals[place].high = nil
      document.strategies[0].goals[place].result = .inconclusive
    }
    let shown = text(document)
    #expect(
      shown.contains(
        "  first_response.within(5 min) >= 80%       83.0           %    ? inconclusive"))
    #expect(shown.contains("look first, 1 run\n"))
    #expect(!shown.contains("±0"))
  }

  @Test func `a goal without a value is neither met nor inconclusive`() {
    var document = Fixture.comparison()
    document.strategies[0].goals[0].value = nil
    document.strategies[0].goals[0].low = nil
    document.strategies[0].goals[0].high = nil
    let text = TerminalAnswer(of: document, style: .init(columns: 100)).text
    let row = text.split(separator: "\n").first { $0.contains(document.goals[0].text) } ?? ""
    #expect(row.contains(" none ") && !row.contains("?"), "\(row)")
    #expect(text.contains("none: no value"))
    let page = Page(of: document).html
    let start = page.range(of: "no value")?.upperBound ?? page.endIndex
    #expect(page[start...].prefix(40).contains("</td></tr>"))
    #expect(!TerminalAnswer(of: Fixture.comparison(), style: .init()).text.contains("no value"))
  }
}
