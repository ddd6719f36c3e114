import Measurement

/// What the figures show, as headings: no more than the intervals allow.
struct Findings: Sendable {
  let context: PageContext

  private var index: ResultIndex { context.index }

  /// Who answers sooner, on average and in the tail.
  var waiting: Phrase {
    guard context.isCompared else {
      return Phrase("How long customers waited for the first answer")
    }
    let mean = groups("first_response.mean")
    let tail = groups("first_response.p99")
    guard mean != nil || tail != nil else {
      return Phrase("How long customers waited for the first answer")
    }
    let base = Phrase.strategy(index.baseline)
    var phrase = Phrase()
    let sooner = mean?.better ?? []
    let later = mean?.worse ?? []
    if !sooner.isEmpty {
      phrase += .list(sooner) + (sooner.count == 1 ? " answers" : " answer") + " sooner than "
      phrase += base
    }
    if !later.isEmpty {
      if !phrase.isEmpty { phrase += ", " }
      phrase += .list(later) + " later" + (sooner.isEmpty ? " than " : "")
      if sooner.isEmpty { phrase += base }
    }
    if phrase.isEmpty { phrase = Phrase("No difference in the mean wait is shown") }
    guard let tail, mean != nil else { return phrase }
    let shorter = tail.better
    if shorter.isEmpty {
      phrase += tail.worse.isEmpty ? "; none is shown to shorten the longest waits" : ""
    } else if shorter == sooner {
      phrase += ", the longest waits included"
    } else {
      phrase += Phrase("; ") + (shorter.count == 1 ? "only " : "") + .list(shorter)
      phrase += shorter.count == 1 ? " is shown to shorten" : " are shown to shorten"
      phrase += " the longest waits"
    }
    return phrase
  }

  private func groups(_ metric: String) -> (better: [Int], worse: [Int])? {
    let rows = index.others.map { ($0, index.difference($0, metric)?.verdict) }
    guard rows.contains(where: { $0.1 != nil }) else { return nil }
    return (rows.filter { $0.1 == .better }.map(\.0), rows.filter { $0.1 == .worse }.map(\.0))
  }

  /// When most customers wait, under each strategy of the first panel.
  var day: Phrase {
    guard let first = context.panels.first, let lead = first.first,
      let worst = context.document.strategies[lead].timeline.enumerated()
        .max(by: { ($0.element.waiting.mean ?? 0) < ($1.element.waiting.mean ?? 0) }),
      let most = worst.element.waiting.mean, most >= 0.05
    else { return Phrase("Hour by hour") }
    let step = context.document.timeline?.step ?? 0
    let from = context.clock(worst.element.start)
    let to = context.clock(worst.element.start + step)
    var phrase = Phrase("Most customers wait between \(from) and \(to): ")
    for (place, strategy) in first.enumerated() {
      let rows = context.document.strategies[strategy].timeline
      guard worst.offset < rows.count, let value = rows[worst.offset].waiting.mean else { continue }
      if place > 0 { phrase += place == first.count - 1 ? " and " : ", " }
      phrase += Phrase(fixed(value, 1) + (place == 0 ? " at a time" : ""))
      if first.count > 1 { phrase += Phrase(" under ") + .strategy(strategy) }
    }
    return phrase
  }

  /// Whether work is shared differently.
  var fairness: Phrase {
    guard context.isCompared else { return Phrase("Who had how much work") }
    guard let gini = groups("workload.gini") else { return Phrase("Who had how much work") }
    let base = Phrase.strategy(index.baseline)
    var parts: [Phrase] = []
    if !gini.better.isEmpty {
      let verb = gini.better.count == 1 ? " shares" : " share"
      parts.append(.list(gini.better) + verb + " work more evenly than " + base)
    }
    if !gini.worse.isEmpty {
      let verb = gini.worse.count == 1 ? " shares" : " share"
      parts.append(.list(gini.worse) + verb + " work less evenly than " + base)
    }
    guard var phrase = parts.first else {
      return Phrase("No difference in how evenly work is shared is shown")
    }
    for part in parts.dropFirst() { phrase += Phrase("; ") + part }
    return phrase
  }

  /// The busiest agent against the least busy one, and the usual measures of balance.
  var balance: Phrase {
    var phrase = Phrase()
    for strategy in context.strategies.prefix(6) {
      let loads = context.document.strategies[strategy].agents.map(\.conversations)
      // Beside somebody who handles next to nothing, a manager perhaps, a ratio tells nothing.
      guard let most = loads.max(), let least = loads.min(), least >= 1 else { continue }
      let isFirst = phrase.isEmpty
      phrase += isFirst ? "Under " : ", under "
      phrase += .strategy(strategy)
      if isFirst { phrase += " the busiest agent handles" }
      phrase += " " + fixed(most / least, 2)
      if isFirst { phrase += " times what the least busy one does" }
    }
    if !phrase.isEmpty { phrase += "." }
    for (metric, best) in [
      ("workload.gini", "0 is perfectly equal"), ("workload.jain", "1 is perfectly equal"),
    ] {
      let values = context.strategies.compactMap { index.value($0, metric)?.mean }.prefix(6)
      guard !values.isEmpty else { continue }
      let format = index.format(metric)
      let label = printable(format.metric.label).capitalizedFirst
      phrase += " \(label): " + listed(values.map(format.value)) + " (\(best))."
    }
    return phrase
  }

  /// What moving brought.
  var moves: Phrase {
    for strategy in context.strategies {
      guard let moves = context.document.strategies[strategy].moves,
        let useless = moves.noSooner.low, let useful = moves.helped.high,
        useless > useful + (moves.unjudged?.high ?? 0),
        moves.total >= 0.01  // Fewer than one conversation in a hundred is no finding.
      else { continue }
      return Phrase("More than half of the moves of ") + .strategy(strategy)
        + " brought no sooner answer"
    }
    var phrase = Phrase("Moves per 100 conversations: ")
    var isFirst = true
    for strategy in context.strategies.prefix(5) {
      guard let moves = context.document.strategies[strategy].moves else { continue }
      if !isFirst { phrase += ", " }
      isFirst = false
      phrase += Phrase(fixed(100 * moves.total, 1))
      if context.strategies.count > 1 { phrase += Phrase(" under ") + .strategy(strategy) }
    }
    return phrase
  }

  /// How many transfers the lanes show.
  var lanes: Phrase {
    var phrase = Phrase("What it looks like: ")
    let windows = context.lanes
    if let window = windows.first, windows.allSatisfy(\.transfers.isEmpty) {
      return phrase + "\(fixed((window.to - window.from) / 60, 0)) minutes without a transfer"
    }
    for (place, window) in windows.enumerated() {
      let count = window.transfers.count
      let minutes = fixed((window.to - window.from) / 60, 0)
      let name =
        context.strategies.first {
          context.document.strategies[$0].name == window.strategy
        }.map(Phrase.strategy) ?? Phrase(printable(window.strategy))
      if place == 0 {
        phrase += "\(count) transfer\(count == 1 ? "" : "s") in \(minutes) minutes of " + name
      } else {
        phrase += ", \(count)" + (place == 1 ? " in the same minutes of " : " of ") + name
      }
    }
    return phrase
  }
}

extension ResultDocument.Moves {
  /// Moves per conversation, useful or not: the same number as `reassignments`.
  var total: Double { (helped.mean ?? 0) + (noSooner.mean ?? 0) + (unjudged?.mean ?? 0) }
}

extension String {
  static func + (left: String, right: Phrase) -> Phrase { Phrase(left) + right }
}
