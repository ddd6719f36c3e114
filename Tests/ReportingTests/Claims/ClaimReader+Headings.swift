import Measurement
import Statistics

@testable import Reporting

extension ClaimReader {
  private func groups(_ metric: String, _ verdict: Verdict) -> Set<Int> {
    Set(
      document.strategies.indices.filter { strategy in
        guard strategy != baseline, let row = difference(strategy, metric) else { return false }
        return row.verdict == verdict && !isTiny(row)
      })
  }

  /// The headings of the page's figures, and the sentence about the balance of work.
  mutating func readHeadings() {
    let findings = Findings(context: PageContext(document))
    read(findings.waiting) { $0.waiting(&$1) }
    read(findings.day) { $0.day(&$1) }
    read(findings.fairness) { $0.fairness(&$1) }
    read(findings.balance) { $0.balance(&$1) }
    read(findings.moves) { $0.moves(&$1) }
  }

  private mutating func read(
    _ phrase: Phrase, _ sentence: (inout ClaimReader, inout SentenceScanner) -> Void
  ) {
    var scanner = SentenceScanner(phrase)
    let text = String(scanner.rest)
    sentence(&self, &scanner)
    expect(scanner.isAtEnd, "unread: '\(scanner.rest)' of '\(text)'")
  }

  /// No row of the terminal's tables is marked better or worse whose change shows nothing but zeros.
  mutating func readMarks() {
    let text = TerminalAnswer(of: document, style: .init(columns: 100)).text
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      for place in words.indices where words[place].hasPrefix("±") && place > 0 {
        guard words.indices.contains(place + 1), ["+", "-"].contains(words[place + 1]) else {
          continue
        }
        let isNothing = words[place - 1].allSatisfy { "0.+-".contains($0) }
        expect(!isNothing, "marked: \(line)")
      }
    }
  }

  private mutating func waiting(_ scanner: inout SentenceScanner) {
    let text = String(scanner.rest)
    if scanner.take("How long customers waited for the first answer") != nil { return }
    var mean: [Verdict: Set<Int>] = [.better: [], .worse: []]
    if scanner.take("No difference in the mean wait is shown") == nil {
      repeat {
        let list = Set(scanner.strategies() ?? [])
        let way = scanner.take(
          " answers sooner", " answer sooner", " answers later", " answer later")
        expect(way != nil, text)
        mean[way?.hasSuffix("sooner") == true ? .better : .worse] = list
        if scanner.take(" than ") != nil { expect(scanner.strategy() == baseline, text) }
      } while scanner.rest.hasPrefix(", {") && scanner.take(", ") != nil
    }
    for verdict in [Verdict.better, .worse] {
      let all = groups("first_response.mean", verdict)
      expect(mean[verdict] == all, "\(text): \(verdict) are \(all)")
    }
    var tail: [Verdict: Set<Int>] = [.better: [], .worse: []]
    if scanner.isAtEnd { return }
    if scanner.take(", the longest waits included") != nil {
      tail = mean
    } else if scanner.take(
      "; no difference in the longest waits is shown", ", nor in the longest waits") == nil
    {
      while scanner.take("; ") != nil {
        let list = Set(scanner.strategies() ?? [])
        let way = scanner.take(
          " is shown to shorten the longest waits", " are shown to shorten the longest waits",
          " is shown to lengthen the longest waits", " are shown to lengthen the longest waits")
        tail[way?.contains("shorten") == true ? .better : .worse] = list
      }
    }
    for verdict in [Verdict.better, .worse] {
      let all = groups("first_response.p99", verdict)
      expect(tail[verdict] == all, "\(text): in the tail \(verdict) are \(all)")
    }
  }

  private mutating func day(_ scanner: inout SentenceScanner) {
    let text = String(scanner.rest)
    let document = self.document
    let context = PageContext(document)
    let lead = context.panels.first?.first ?? 0
    func waiting(_ strategy: Int, _ step: Int) -> Double {
      document.strategies[strategy].timeline[step].waiting.mean ?? 0
    }
    let steps = document.strategies[lead].timeline.indices
    let most = steps.map { waiting(lead, $0) }.max() ?? 0
    if scanner.take("Hour by hour") != nil {
      expect(most < 0.05, "\(text): \(most)")
      return
    }
    expect(scanner.take("The queue ") != nil, text)
    if scanner.take("of ") != nil {
      expect(scanner.strategy() == lead && scanner.take(" ") != nil, text)
    }
    expect(scanner.take("is longest between ") != nil, text)
    let from = scanner.upTo(" and ")
    let to = scanner.upTo(": ")
    let length = document.timeline?.step ?? 900
    let step = steps.first {
      context.clock(Double($0) * length) == from && context.clock(Double($0 + 1) * length) == to
    }
    guard let step else {
      problems.append("no such time: \(text)")
      return
    }
    expect(waiting(lead, step) == most, "\(text): the most are \(most)")
    expect(scanner.number()?.shows(most) == true, text)
    expect(scanner.take(" customers waiting on average") != nil, text)
    while scanner.take(", then ", ", ") != nil {
      let value = scanner.number()
      expect(scanner.take(" under ") != nil, text)
      guard let other = scanner.strategy() else { continue }
      expect(value?.shows(waiting(other, step)) == true, "\(text): \(waiting(other, step))")
    }
  }

  private mutating func fairness(_ scanner: inout SentenceScanner) {
    let text = String(scanner.rest)
    if scanner.take("Who had how much work") != nil { return }
    var found: [Verdict: Set<Int>] = [.better: [], .worse: []]
    if scanner.take("No difference in how evenly work is shared is shown") == nil {
      repeat {
        let list = Set(scanner.strategies() ?? [])
        let way = scanner.take(
          " shares work more evenly than ", " share work more evenly than ",
          " shares work less evenly than ", " share work less evenly than ")
        found[way?.contains("more") == true ? .better : .worse] = list
        expect(way != nil && scanner.strategy() == baseline, text)
      } while scanner.take("; ") != nil
    }
    for verdict in [Verdict.better, .worse] {
      let all = groups("workload.gini", verdict)
      expect(found[verdict] == all, "\(text): \(verdict) are \(all)")
    }
  }

  private mutating func balance(_ scanner: inout SentenceScanner) {
    let text = String(scanner.rest)
    if scanner.take("Under ") != nil {
      repeat {
        guard let strategy = scanner.strategy() else { break }
        _ = scanner.take(" the busiest agent handles")
        _ = scanner.take(" ")
        let ratio = scanner.number()
        let loads = document.strategies[strategy].agents.map(\.conversations)
        let real = (loads.max() ?? 0) / (loads.min() ?? 1)
        expect(ratio?.shows(real) == true, "\(text): \(real)")
        _ = scanner.take(" times what the least busy one does")
      } while scanner.take(", under ") != nil
      expect(scanner.take(".") != nil, text)
    }
    for (words, name, best) in [
      ("Workload, Gini x 100: ", "workload.gini", "0"),
      ("Workload, Jain x 100: ", "workload.jain", "100"),
    ] {
      _ = scanner.take(" ")
      guard scanner.take(words) != nil else { continue }
      for strategy in document.strategies.indices.prefix(6) {
        let value = document.strategies[strategy].values.first { $0.metric == name }?.mean
        guard let value else { continue }
        _ = scanner.take(", ", " and ")
        expect(scanner.number()?.shows(100 * value) == true, "\(text): \(100 * value)")
      }
      // Equal work is where the index, in the digits before it, ends.
      expect(scanner.take(" (\(best) is perfectly equal).") != nil, text)
    }
  }

  private mutating func moves(_ scanner: inout SentenceScanner) {
    let text = String(scanner.rest)
    let document = self.document
    func total(_ strategy: Int) -> Double { document.strategies[strategy].moves?.total ?? 0 }
    if scanner.take("No conversation changed hands") != nil {
      expect(document.strategies.indices.allSatisfy { total($0) == 0 }, text)
      return
    }
    if scanner.take("Moves per 100 conversations: ") != nil {
      for strategy in document.strategies.indices.prefix(5)
      where document.strategies[strategy].moves != nil {
        _ = scanner.take(", ")
        let value = scanner.number()
        expect(value?.shows(100 * total(strategy)) == true, "\(text): \(total(strategy))")
        if scanner.take(" under ") != nil { expect(scanner.strategy() == strategy, text) }
      }
      return
    }
    let share = scanner.take("Nearly all", "Most", "More than half")
    expect(share != nil && scanner.take(" of the moves of ") != nil, text)
    guard let strategy = scanner.strategy(), let moves = document.strategies[strategy].moves else {
      problems.append("whose? \(text)")
      return
    }
    expect(scanner.take(" (") != nil, text)
    let found = scanner.number()
    let real = (moves.noSooner.mean ?? 0) / moves.total
    expect(found?.shows(100 * real) == true, "\(text): \(real)")
    expect(scanner.take(" %) brought no sooner answer") != nil, text)
    let low = moves.noSooner.low ?? 0
    let least = low / (low + (moves.helped.high ?? 0) + (moves.unjudged?.high ?? 0))
    let bounds: [String?: Double] = ["Nearly all": 0.9, "Most": 2.0 / 3, "More than half": 0.5]
    let bound = bounds[share] ?? 1
    expect(least > bound, "\(text): at least \(least)")
    // What may be said is said: 97 % are no mere half.
    if share == "More than half" { expect(least <= 2.0 / 3, "\(text): at least \(least)") }
    if share == "Most" { expect(least <= 0.9, "\(text): at least \(least)") }
  }

  /// How many runs would settle what is open.
  mutating func readSettling() {
    let sentences = SettlingWords(ResultIndex(document)).sentences
    let open = (document.comparison?.differences ?? []).filter {
      $0.verdict == .inconclusive && metric($0.metric)?.isShown == true
    }
    let bounded = open.compactMap(\.settling).filter { $0.atMost != nil }
    let endless = open.compactMap(\.settling).filter { $0.atMost == nil }
    expect(sentences.count == (bounded.isEmpty ? 0 : 1) + (endless.isEmpty ? 0 : 1), "\(sentences)")
    for sentence in sentences {
      var scanner = SentenceScanner(sentence)
      if scanner.take("Up to about ") != nil {
        let last = Int(scanner.number()?.value ?? -1)
        let least = bounded.map(\.atLeast).min() ?? 0
        expect(last == bounded.compactMap(\.atMost).max() && last >= 5 * max(1, least), sentence)
        expect(scanner.take(" more runs", " more run") != nil, sentence)
        expect(scanner.take(" of each strategy should settle ") != nil, sentence)
        settled(&scanner, bounded.count, open.count, sentence)
        expect(scanner.take(".") != nil && scanner.isAtEnd, "unread: \(scanner.rest)")
      } else if scanner.take("About ") != nil {
        let first = Int(scanner.number()?.value ?? -1)
        let last = scanner.take(" to ") == nil ? first : Int(scanner.number()?.value ?? -1)
        // All of them would be settled by the most, and none before the fewest.
        expect(bounded.allSatisfy { ($0.atMost ?? 0) <= last }, sentence)
        let least = bounded.map(\.atLeast).min() ?? 0
        expect(
          first == least || first == last && last == bounded.compactMap(\.atMost).max(), sentence)
        expect(scanner.take(" more runs", " more run") != nil, sentence)
        expect(scanner.take(" of each strategy should settle ") != nil, sentence)
        settled(&scanner, bounded.count, open.count, sentence)
        expect(scanner.take(".") != nil && scanner.isAtEnd, "unread: \(scanner.rest)")
      } else {
        let lower = SentenceScanner(sentence.prefix(1).lowercased() + sentence.dropFirst())
        scanner = lower
        let isAll = endless.count == open.count
        if isAll {
          settled(&scanner, endless.count, open.count, sentence)
        } else {
          expect(scanner.count() == endless.count, sentence)
          _ = scanner.take(" of the differences marked ?")
        }
        expect(
          scanner.take(" lies so near its limit", " lie so near their limits") != nil, sentence)
        expect(scanner.take(" that no number of runs may settle ") != nil, sentence)
        expect(scanner.take("it.", "them.") == (endless.count == 1 ? "it." : "them."), sentence)
      }
    }
  }

  private mutating func settled(
    _ scanner: inout SentenceScanner, _ count: Int, _ all: Int, _ text: String
  ) {
    if scanner.take("the one difference marked ?") != nil {
      expect(all == 1 && count == 1, text)
    } else if scanner.take("both differences marked ?") != nil {
      expect(all == 2 && count == 2, text)
    } else if scanner.take("all ") != nil {
      expect(count == all && scanner.count() == all, text)
      expect(scanner.take(" differences marked ?") != nil, text)
    } else {
      expect(scanner.count() == count && scanner.take(" of the ") != nil, text)
      expect(scanner.count() == all && scanner.take(" differences marked ?") != nil, text)
    }
  }
}
