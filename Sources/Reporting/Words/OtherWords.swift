import Measurement

/// What else can be said of each strategy, in one short sentence each.
struct OtherWords: Sendable {
  let phrase: Phrase

  init(_ index: ResultIndex) {
    var phrase = Phrase()
    let shown = Set(index.document.metrics.filter(\.isShown).map(\.name))
    let others = index.document.comparison == nil ? [] : index.others
    for strategy in others.prefix(4) {
      let name = index.document.strategies[strategy].name
      let rows = index.document.comparison?.differences.filter {
        $0.strategy == name && shown.contains($0.metric)
      }
      guard let rows, !rows.isEmpty else { continue }
      if !phrase.isEmpty { phrase += " " }
      phrase += .leading(strategy) + " " + Self.summary(rows) + "."
    }
    self.phrase = phrase
  }

  private static func summary(_ rows: [ResultDocument.Difference]) -> String {
    var parts: [String] = []
    for (verdict, word) in [
      (ResultDocument.Verdict.better, "better"), (.worse, "worse"), (.differs, "different"),
      (.noDifference, "the same"), (.inconclusive, "inconclusive"),
    ] {
      let count = rows.count { $0.verdict == verdict }
      if count > 0 { parts.append("\(word) in \(grouped(Int64(count)))") }
    }
    return "is " + listed(parts) + " of the \(grouped(Int64(rows.count))) metrics shown"
  }
}
