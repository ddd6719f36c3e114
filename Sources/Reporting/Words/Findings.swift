import Measurement
import Statistics

/// What the figures show, as headings: no more than the intervals allow.
struct Findings: Sendable {
  let context: PageContext

  private var index: ResultIndex { context.index }

  /// Who answers sooner, on average and in the tail.
  var waiting: Phrase {
    let title = Phrase("How long customers waited for the first answer")
    guard context.isCompared, index.hasIntervals, let mean = groups("first_response.mean") else {
      return title
    }
    let base = Phrase.strategy(index.baseline)
    var parts = [(mean.better, "sooner"), (mean.worse, "later")].filter { !$0.0.isEmpty }.map {
      group, when in
      .list(group) + (group.count == 1 ? " answers " : " answer ") + when
    }
    if parts.isEmpty {
      parts = [Phrase("No difference in the mean wait is shown")]
    } else {
      parts[0] += Phrase(" than ") + base
    }
    var phrase = parts[0]
    for part in parts.dropFirst() { phrase += Phrase(", ") + part }
    guard let tail = groups("first_response.p99") else { return phrase }
    if tail.better.isEmpty, tail.worse.isEmpty {
      let isSame = mean.better.isEmpty && mean.worse.isEmpty
      return phrase
        + (isSame ? ", nor in the longest waits" : "; no difference in the longest waits is shown")
    }
    if tail == mean { return phrase + ", the longest waits included" }
    for (group, what) in [(tail.better, "shorten"), (tail.worse, "lengthen")]
    where !group.isEmpty {
      phrase += Phrase("; ") + .list(group)
      phrase += (group.count == 1 ? " is" : " are") + " shown to \(what) the longest waits"
    }
    return phrase
  }

  private func groups(_ metric: String) -> (better: [Int], worse: [Int])? {
    let rows = index.others.map { ($0, index.difference($0, metric).map(index.verdict)) }
    guard rows.contains(where: { $0.1 != nil }) else { return nil }
    return (rows.filter { $0.1 == .better }.map(\.0), rows.filter { $0.1 == .worse }.map(\.0))
  }

  /// When the queue is longest under the first strategy, and how long it is then under the others.
  var day: Phrase {
    guard let panel = context.panels.first, let lead = panel.first,
      let worst = context.document.strategies[lead].timeline.enumerated()
        .max(by: { ($0.element.waiting.mean ?? 0) < ($1.element.waiting.mean ?? 0) }),
      let most = worst.element.waiting.mean, most >= 0.05
    else { return Phrase("Hour by hour") }
    let step = context.document.timeline?.step ?? 0
    let from = context.clock(worst.element.start)
    let to = context.clock(worst.element.start + step)
    var phrase = Phrase("The queue ")
    if panel.count > 1 { phrase += Phrase("of ") + .strategy(lead) + " " }
    phrase += "is longest between \(from) and \(to): \(fixed(most, 1)) customers waiting on average"
    var others = Phrase()
    for strategy in panel.dropFirst() {
      let rows = context.document.strategies[strategy].timeline
      guard worst.offset < rows.count, let value = rows[worst.offset].waiting.mean else { continue }
      others += (others.isEmpty ? ", then " : ", ") + fixed(value, 1) + " under "
      others += .strategy(strategy)
    }
    return phrase + others
  }

  /// Whether work is shared differently.
  var fairness: Phrase {
    guard context.isCompared, index.hasIntervals, let gini = groups("workload.gini") else {
      return Phrase("Who had how much work")
    }
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
    for (metric, best) in [("workload.gini", 0.0), ("workload.jain", 1)] {
      let values = context.strategies.compactMap { index.value($0, metric)?.mean }.prefix(6)
      guard !values.isEmpty else { continue }
      let format = index.format(metric)
      let label = printable(format.metric.label).capitalizedFirst
      phrase += (phrase.isEmpty ? "" : " ") + "\(label): " + listed(values.map(format.value))
      phrase += " (\(shortest(format.shown(best))) is perfectly equal)."
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
      // All ends at their worst: the share of the moves is at least this.
      let least = useless / (useless + useful + (moves.unjudged?.high ?? 0))
      let share = least > 0.9 ? "Nearly all" : least > 2.0 / 3 ? "Most" : "More than half"
      let found = fixed(100 * (moves.noSooner.mean ?? 0) / moves.total, 0)
      return Phrase("\(share) of the moves of ") + .strategy(strategy)
        + " (\(found) %) brought no sooner answer"
    }
    if context.document.strategies.allSatisfy({ ($0.moves?.total ?? 0) == 0 }) {
      return Phrase("No conversation changed hands")
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
