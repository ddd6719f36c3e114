import Measurement

/// The answer in one sentence: never more than the intervals show.
struct VerdictWords: Sendable {
  /// What is claimed.
  private(set) var claim = Phrase()
  /// What supports the claim, as a noun phrase and as a sentence of its own.
  private(set) var support: (noun: Phrase, verb: Phrase)?
  /// What goes with it, such as `with about a quarter of the moves`.
  private(set) var addition: String?
  /// Set if only some of the runs count.
  private(set) var condition: String?

  private let index: ResultIndex
  private var document: ResultDocument { index.document }

  init(_ index: ResultIndex) {
    self.index = index
    if document.strategies.isEmpty {
      claim = Phrase("nothing was simulated")
    } else if document.comparison == nil || document.strategies.count == 1 {
      claim = OwnGoalWords(index).claim
    } else if document.goals.isEmpty {
      claimWithoutGoals()
    } else {
      claimByGoals()
    }
    if let partial = document.partial, document.replications < partial.requestedReplications {
      let count = grouped(Int64(document.replications))
      let wanted = grouped(Int64(partial.requestedReplications))
      condition = "in \(count) of the \(wanted) runs asked for"
    }
  }

  /// The sentence as the terminal shows it.
  func terminalText() -> String {
    var phrase = claim
    if let support { phrase += Phrase(": ") + support.noun }
    if let addition { phrase += ", " + addition }
    if let condition { phrase += ", " + condition }
    return phrase.text(names: index.names) + "."
  }

  /// The sentences as the page shows them.
  var pagePhrase: Phrase {
    var phrase = claim
    if support == nil, let addition { phrase += ", " + addition }
    if let condition { phrase += ", " + condition }
    phrase += "."
    if let support {
      phrase += Phrase(" ") + support.verb
      if let addition { phrase += ", " + addition }
      phrase += "."
    }
    return phrase
  }

  private func results(of strategy: Int) -> [ResultDocument.GoalResult] {
    document.goals.map { index.outcome(strategy, $0)?.result ?? .inconclusive }
  }

  private mutating func claimByGoals() {
    let all = document.strategies.indices.map { results(of: $0) }
    let meeting = all.indices.filter { all[$0].allSatisfy { $0 == .met } }
    let failing = all.indices.filter { all[$0].contains(.missed) }
    switch meeting.count {
    case 0: claimNobodyMeets(all, everybodyMisses: failing.count == all.count)
    case 1: claimOnly(meeting[0], othersMiss: failing.count == all.count - 1)
    case all.count:
      claim = Phrase(all.count == 2 ? "both strategies" : "all strategies") + " meet \(allGoals)"
      supportByBetterOnes()
    default:
      claim = Phrase.list(meeting) + " meet \(allGoals)"
      let others = all.indices.filter { !meeting.contains($0) }
      for strategy in others {
        claim += Phrase(", ") + .strategy(strategy) + " " + Self.shortfall(all[strategy])
      }
    }
  }

  private mutating func claimOnly(_ strategy: Int, othersMiss: Bool) {
    claim = .strategy(strategy)
    if strategy == index.baseline { claim += ", the baseline," }
    let degree = othersMiss ? "that meets" : "shown to meet"
    claim += " is the only strategy \(degree) \(allGoals)"
    guard strategy != index.baseline else { return }
    for metric in goalMetrics {
      guard let words = ChangeWords(index, strategy: strategy, metric: metric), words.isShown
      else { continue }
      support = (words.noun, words.verb)
      break
    }
    addition = MoveWords(index, strategy: strategy)?.text
  }

  private mutating func claimNobodyMeets(
    _ all: [[ResultDocument.GoalResult]], everybodyMisses: Bool
  ) {
    let degree = everybodyMisses ? "no strategy meets" : "no strategy is shown to meet"
    claim = Phrase("\(degree) \(allGoals)")
    let counts = all.map { $0.count { $0 == .met } }
    let most = counts.max() ?? 0
    let leaders = counts.indices.filter { counts[$0] == most }
    guard document.goals.count > 1, most > 0, leaders.count == 1 else {
      supportByBetterOnes()
      return
    }
    claim += Phrase("; ") + .strategy(leaders[0]) + " meets most of them, \(spokenCount(most))"
  }

  private var goalMetrics: [String] { document.goals.map(\.metric) }

  private var allGoals: String {
    switch document.goals.count {
    case 1: "the goal"
    case 2: "both goals"
    default: "all \(spokenCount(document.goals.count)) goals"
    }
  }

  private static func shortfall(_ results: [ResultDocument.GoalResult]) -> String {
    let missed = results.count { $0 == .missed }
    if missed > 0 { return "misses \(spokenCount(missed))" }
    return "leaves \(spokenCount(results.count { $0 == .inconclusive })) open"
  }

  private mutating func claimWithoutGoals() {
    supportByBetterOnes()
    guard let support else { return }
    claim = support.noun
    self.support = nil
  }

  /// Who is shown to be better or worse than the baseline on the deciding metric.
  private mutating func supportByBetterOnes() {
    guard let metric = index.decisiveMetric else { return }
    let words = index.others.compactMap { ChangeWords(index, strategy: $0, metric: metric) }
    let label = printable(index.format(metric).metric.label)
    var sentence = Phrase()
    for (verdict, name) in [
      (ResultDocument.Verdict.better, "better than"), (.worse, "worse than"),
      (.differs, "different from"),
    ] {
      let group = words.filter { $0.difference.verdict == verdict }
      guard !group.isEmpty else { continue }
      if !sentence.isEmpty { sentence += ", " }
      sentence += .list(group.map(\.strategy)) + (group.count == 1 ? " is " : " are ")
      sentence += Phrase("\(name) ") + .strategy(index.baseline)
      sentence += " in \(label)" + (verdict == .differs ? ": " : ", by ")
      sentence += listed(group.map(\.size))
    }
    let same = words.filter { $0.difference.verdict == .noDifference }
    let open = words.filter { $0.difference.verdict == .inconclusive }
    if !same.isEmpty {
      if !sentence.isEmpty { sentence += "; " }
      sentence += .list(same.map(\.strategy)) + (same.count == 1 ? " does" : " do")
      sentence += Phrase(" as ") + .strategy(index.baseline) + " does in \(label)"
    }
    if !open.isEmpty {
      if !sentence.isEmpty { sentence += "; " }
      sentence += Phrase("no difference between ") + .strategy(index.baseline) + " and "
      sentence += .list(open.map(\.strategy)) + " is shown in \(label)"
      sentence += ": " + listed(open.map(\.signedSize))
    }
    if !sentence.isEmpty { support = (sentence, sentence.capitalized) }
  }
}

extension Phrase {
  /// The sentence with a capital where it begins with words.
  var capitalized: Phrase {
    guard case .words(let words)? = parts.first else { return self }
    var phrase = Phrase(words.capitalizedFirst)
    for part in parts.dropFirst() {
      switch part {
      case .words(let words): phrase += words
      case .strategy(let index): phrase += .strategy(index)
      case .leadingStrategy(let index): phrase += .leading(index)
      }
    }
    return phrase
  }
}
