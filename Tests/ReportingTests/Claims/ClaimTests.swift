import Foundation
import Measurement
import Testing

@testable import Reporting

/// Every sentence of an answer is read back: what it claims must be so in the document.
@Suite struct `Every sentence` {
  private func problems(_ document: ResultDocument) -> [String] {
    var reader = ClaimReader(document)
    if !document.strategies.isEmpty {
      reader.readVerdict()
      reader.readHeadings()
      reader.readSettling()
      reader.readOverload()
      reader.readCaptions()
      reader.readMarks()
    }
    return reader.problems
  }

  @Test(arguments: 0..<20)
  func `is true of results by chance`(block: UInt64) {
    for seed in (block * 25)..<(block * 25 + 25) {
      let document = RandomResult.document(seed: seed)
      let problems = problems(document)
      #expect(problems == [], "seed \(seed)")
      // The terminal shows the sentences that were read, whatever its width.
      let text = TerminalAnswer(of: document, style: .init(columns: 100)).text
      let words = VerdictWords(ResultIndex(document)).terminalText().split(separator: " ")
      let shown = Array(text.split { $0 == " " || $0 == "\n" })
      #expect(
        shown.firstIndex { $0 == "VERDICT" }.map { place in
          let after = shown.dropFirst(place + 1).drop { $0 == "PARTIAL" }
          return Array(after.prefix(words.count)) == words
        } == true, "seed \(seed)")
    }
  }

  @Test func `is true of the fixtures`() {
    for document in [
      Fixture.comparison(), Fixture.run(), Fixture.extended(), Fixture.wide(strategies: 5),
    ] {
      #expect(problems(document) == [])
    }
  }

  @Test func `of results by chance is of every kind`() {
    // A test of sentences that are never said would prove nothing.
    let said = (0..<500).map { seed in
      let document = RandomResult.document(seed: UInt64(seed))
      let words = VerdictWords(ResultIndex(document))
      let findings = Findings(context: PageContext(document))
      let headings = [
        findings.waiting, findings.day, findings.fairness, findings.balance, findings.moves,
      ]
      return
        (([words.claim] + words.details + headings).map {
          $0.text(names: document.strategies.map { _ in "#" })
        }
        + [findings.lanes.text(names: document.strategies.map { _ in "#" })]
        + OverloadWords(ResultIndex(document)).entries.map(\.text)
        + SettlingWords(ResultIndex(document)).sentences).joined(separator: "\n")
    }
    for words in [
      "is the only strategy that meets", "is the only strategy shown to meet", "both goals",
      "the baseline,", "misses it", "is not shown to meet", "no strategy meets",
      "is shown to meet the most", "better than", "worse than", "does as", "no difference between",
      "of the customers answered within", "with about", "Its price: ",
      "Nothing is shown to be worse",
      "improves", "at the price of", "is worse in", "in anything shown",
      "with no difference in the",
      "who gains under", "nobody is shown to", "Of the other pairs", "is the same in all",
      "is another with", "One run gives no interval", "the goal is met", "the goal is missed",
      "the closest is", "the interval contains the limit", "has no value", "sets no goals to judge",
      "runs asked for", "answers sooner", "answers later", "longest waits included",
      "to lengthen the longest waits", "nor in the longest waits", "The queue of", "more evenly",
      "less evenly", "the busiest agent handles", "100 is perfectly equal", "Nearly all", "Most",
      "More than half", "Moves per 100", "No conversation changed hands", "should settle",
      "no number of runs may settle", "Up to about", "The desk is overloaded: about",
      "The desk is overloaded from", "The team sales is overloaded", "stretches of time",
      "One more stretch of time is",
      "grows by about", "Only customers who give up", "Means then", "With 1", "These numbers are",
      "This number is", "minutes without a transfer", "1 transfer in", "5 transfers in",
    ] {
      #expect(said.contains { $0.contains(words) }, "nobody says '\(words)'")
    }
  }

  @Test(arguments: ShippedScenario.all)
  func `is true of the scenarios that are shipped`(scenario: ShippedScenario) throws {
    let document = try scenario.document()
    #expect(problems(document) == [])
    #expect(document.replications > 1 && !document.strategies.isEmpty)
    #expect(!VerdictWords(ResultIndex(document)).text.contains("first_response"))
    // What was assumed of arrivals is what came, where nothing comes of them later.
    let inputs = document.scenario.inputs.map(\.text).filter { $0.hasPrefix("about ") }
    let isWhole = document.scenario.inputs.allSatisfy {
      !$0.title.hasPrefix("Broadcast") && !$0.text.contains("who return")
    }
    if isWhole {
      let assumed = inputs.compactMap { Double($0.split(separator: " ")[1]) }.reduce(0, +)
      let came = document.scenario.conversationsPerRun
      #expect((assumed - came).magnitude < 0.1 * came, "\(assumed) for \(came)")
    }
  }
}
