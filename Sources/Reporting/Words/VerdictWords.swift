import Measurement
import Statistics

/// The answer: who wins and by how much, at what price, who gains and who pays.
///
/// It says never more than the intervals show.
struct VerdictWords: Sendable {
  /// What is claimed, and what supports it.
  private(set) var claim = Phrase()
  /// What goes with it, a sentence each, without the full stop.
  private(set) var details: [Phrase] = []

  private let index: ResultIndex
  /// The metrics whose changes the claim names already.
  private var said: [String] = []
  private var document: ResultDocument { index.document }

  init(_ index: ResultIndex) {
    self.index = index
    var told: [Int] = []
    if document.strategies.isEmpty {
      claim = Phrase("nothing was simulated")
    } else if document.comparison == nil || document.strategies.count == 1 {
      claim = OwnGoalWords(index).claim
    } else {
      told = document.goals.isEmpty ? claimWithoutGoals() : claimByGoals()
    }
    if let partial = document.partial, document.replications < partial.requestedReplications {
      let count = grouped(Int64(document.replications))
      let wanted = grouped(Int64(partial.requestedReplications))
      claim += ", in \(count) of the \(wanted) runs asked for"
    }
    guard document.comparison != nil, document.strategies.count > 1 else { return }
    if document.comparison?.differences.contains(where: { $0.low != nil }) == true {
      tell(told)
    } else {
      details = [Phrase("One run gives no interval, so no difference is shown")]
    }
  }

  /// The sentences as one text, with the spaces that must not become the end of a line.
  var text: String {
    ([claim] + details).map { $0.text(names: index.spokenNames) + "." }.joined(separator: " ")
  }

  /// The sentences as one text for programs.
  func terminalText() -> String { String(text.map { $0 == "\u{A0}" ? " " : $0 }) }

  private func results(of strategy: Int) -> [Goal.Outcome] {
    document.goals.map { index.outcome(strategy, $0)?.result ?? .inconclusive }
  }

  // MARK: - What is claimed; each gives the strategies whose trade-offs are then told

  private mutating func claimByGoals() -> [Int] {
    let all = document.strategies.indices.map { results(of: $0) }
    let meeting = all.indices.filter { all[$0].allSatisfy { $0 == .met } }
    let failing = all.indices.filter { all[$0].contains(.missed) }
    switch meeting.count {
    case 0: return claimNobodyMeets(all, everybodyMisses: failing.count == all.count)
    case 1: return claimOnly(meeting[0], othersMiss: failing.count == all.count - 1)
    case all.count:
      claim = Phrase(all.count == 2 ? "both strategies" : "all strategies") + " meet \(allGoals)"
      return supportByDecidingMetric()
    default:
      claim = Phrase.list(meeting) + " meet \(allGoals)"
      for strategy in all.indices where !meeting.contains(strategy) {
        claim += Phrase(", ") + .strategy(strategy) + " " + shortfall(all[strategy])
      }
      return meeting
    }
  }

  private mutating func claimOnly(_ strategy: Int, othersMiss: Bool) -> [Int] {
    claim = .strategy(strategy)
    if strategy == index.baseline { claim += ", the baseline," }
    let degree = othersMiss ? "that meets" : "shown to meet"
    claim += " is the only strategy \(degree) \(allGoals)"
    guard strategy != index.baseline else { return index.others }
    let index = self.index
    let better = document.goals.map(\.metric).lazy.compactMap { metric in
      ChangeWords(index, strategy: strategy, metric: metric).flatMap {
        $0.verdict == .better ? $0 : nil
      }
    }.first
    if let better {
      said = [better.difference.metric]
      claim += Phrase(": ") + better.noun
    }
    if let moves = MoveWords(index, strategy: strategy) {
      said.append(moves.metric)
      claim += ", " + moves.text
    }
    return [strategy]
  }

  private mutating func claimNobodyMeets(
    _ all: [[Goal.Outcome]], everybodyMisses: Bool
  ) -> [Int] {
    let degree = everybodyMisses ? "no strategy meets" : "no strategy is shown to meet"
    claim = Phrase("\(degree) \(allGoals)")
    let counts = all.map { $0.count { $0 == .met } }
    let most = counts.max() ?? 0
    let leaders = counts.indices.filter { counts[$0] == most }
    guard document.goals.count > 1, most > 0, leaders.count == 1 else {
      return supportByDecidingMetric()
    }
    claim += Phrase("; ") + .strategy(leaders[0])
    claim += " is shown to meet the most, \(spokenCount(most)) of \(spokenCount(all[0].count))"
    return leaders[0] == index.baseline ? index.others : leaders
  }

  private var allGoals: String {
    switch document.goals.count {
    case 1: "the goal"
    case 2: "both goals"
    default: "all \(spokenCount(document.goals.count)) goals"
    }
  }

  /// `misses it`, `misses both`, `misses two`.
  private func shortfall(_ results: [Goal.Outcome]) -> String {
    let missed = results.count { $0 == .missed }
    let open = results.count { $0 == .inconclusive }
    func which(_ count: Int) -> String {
      guard count == results.count else { return spokenCount(count) }
      return count == 1 ? "it" : count == 2 ? "both" : "all of them"
    }
    if missed > 0 { return "misses " + which(missed) }
    return "is not shown to meet " + which(open)
  }

  private mutating func claimWithoutGoals() -> [Int] {
    let told = supportByDecidingMetric()
    if claim.isEmpty { claim = Phrase("the scenario sets no goals") }
    return told
  }

  /// Who is shown to be better or worse than the baseline on the deciding metric.
  private mutating func supportByDecidingMetric() -> [Int] {
    guard let metric = index.decisiveMetric else { return [] }
    let words = index.others.compactMap { ChangeWords(index, strategy: $0, metric: metric) }
    let label = index.spokenFormat(metric).spoken
    var sentence = Phrase()
    for (verdict, name) in [
      (Verdict.better, "better than"), (.worse, "worse than"),
      (.differs, "different from"),
    ] {
      let group = words.filter { $0.verdict == verdict }
      guard !group.isEmpty else { continue }
      if !sentence.isEmpty { sentence += ", " }
      sentence += .list(group.map(\.strategy)) + (group.count == 1 ? " is " : " are ")
      sentence += Phrase("\(name) ") + .strategy(index.baseline)
      sentence += " in \(label)" + (verdict == .differs ? ": " : ", by ")
      sentence += group.count > 5 ? "unlike amounts" : listed(group.map(\.size))
    }
    let same = words.filter { $0.verdict == .noDifference }
    let open = words.filter { $0.verdict == .inconclusive }
    // The metric is named once.
    if !same.isEmpty {
      let ending = sentence.isEmpty ? " does in \(label)" : " does"
      if !sentence.isEmpty { sentence += "; " }
      sentence += .list(same.map(\.strategy)) + (same.count == 1 ? " does" : " do")
      sentence += Phrase(" as ") + .strategy(index.baseline) + ending
    }
    if !open.isEmpty {
      let ending = sentence.isEmpty ? " is shown in \(label)" : " is shown"
      if !sentence.isEmpty { sentence += "; " }
      sentence += Phrase("no difference between ") + .strategy(index.baseline) + " and "
      sentence += .list(open.map(\.strategy)) + ending
      if open.count <= 5 { sentence += ": " + listed(open.map(\.signedSize)) }
    }
    if !sentence.isEmpty { claim += claim.isEmpty ? sentence : Phrase(": ") + sentence }
    said = [metric]
    let better = words.filter { $0.verdict == .better }
    return (better.isEmpty ? words.filter { $0.verdict == .worse } : better).map(\.strategy)
  }

  // MARK: - What goes with it

  /// At most two strategies, so that the answer stays one: what they bring, cost, and to whom.
  private mutating func tell(_ strategies: [Int]) {
    let told = strategies.filter { $0 != index.baseline }.prefix(2)
    var last: Phrase?
    for strategy in told {
      let words = TradeWords(index, strategy: strategy, said: said, prices: told.count > 1 ? 1 : 2)
      let hasGain = said.contains { metric in
        ChangeWords(index, strategy: strategy, metric: metric)?.verdict == .better
      }
      if hasGain, told.count == 1 {
        details += [words.price].compactMap(\.self)
      } else if let sentence = words.sentence {
        details.append(
          Phrase.leading(strategy) + (sentence == last ? Phrase(" does the same") : sentence))
        last = sentence
      }
    }
    details += PopulationWords.phrases(index, told: Array(told))
    details += [pairs, elsewhere(Array(told))].compactMap(\.self)
  }

  /// What pairs without the baseline add on the deciding metric, if they were asked for.
  private var pairs: Phrase? {
    guard let metric = index.decisiveMetric else { return nil }
    let rows = (document.comparison?.allPairs ?? []).filter { row in
      row.metric == metric && row.baseline != document.comparison?.baseline
        && [.better, .worse].contains(index.verdict(row))
    }
    let format = index.spokenFormat(metric)
    var phrase = Phrase()
    for row in rows.prefix(3) {
      guard let one = index.place(of: row.strategy), let other = index.place(of: row.baseline),
        let change = row.change
      else { continue }
      phrase += phrase.isEmpty ? "Of the other pairs, " : ", "
      phrase += .strategy(one) + (row.verdict == .better ? " is better than " : " is worse than ")
      phrase += .strategy(other)
      phrase += " by " + format.spokenChange(change, halfWidth: row.halfWidth)
    }
    return phrase.isEmpty ? nil : phrase + " in \(format.spoken)"
  }

  /// Whether what was found of a strategy holds in the other worlds, if they were tried.
  private func elsewhere(_ told: [Int]) -> Phrase? {
    guard let robustness = document.comparison?.robustness, robustness.rows.count > 1 else {
      return nil
    }
    let worlds = robustness.rows.dropFirst()
    let label = index.spokenFormat(robustness.metric).spoken
    var phrase = Phrase()
    for strategy in told {
      let name = document.strategies[strategy].name
      func verdict(_ row: ResultDocument.RobustRow) -> Verdict? {
        row.differences.first { $0.strategy == name }.map(index.verdict)
      }
      guard let here = verdict(robustness.rows[0]) else { continue }
      let turned = worlds.filter { verdict($0) != here }.map { printable($0.world) }
      phrase += phrase.isEmpty ? "In \(label) the verdict on " : "; that on "
      phrase += .strategy(strategy)
      phrase +=
        turned.isEmpty
        ? " is the same in all \(spokenCount(worlds.count)) other worlds tried"
        : " is another with " + listed(turned)
    }
    return phrase.isEmpty ? nil : phrase
  }
}

extension Phrase {
}
