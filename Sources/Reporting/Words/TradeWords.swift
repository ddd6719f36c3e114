import Measurement
import Statistics

/// What a strategy brings and what it costs, beside the baseline: the few changes that decide.
struct TradeWords: Sendable {
  private let index: ResultIndex
  private let strategy: Int
  private let gains: [ChangeWords]
  private let prices: [ChangeWords]
  /// Whether anything shown is worse, be it small, said already, or for one kind of customers.
  private let isWorseSomewhere: Bool
  /// Whether anything shown is better or worse.
  private let isDifferentSomewhere: Bool

  /// The changes worth a word, those in `said` left out, the prices at most so many.
  init(_ index: ResultIndex, strategy: Int, said: [String], prices count: Int) {
    self.index = index
    self.strategy = strategy
    let all = index.document.metrics.filter(\.isShown).compactMap {
      ChangeWords(index, strategy: strategy, metric: $0.name)
    }
    isWorseSomewhere = all.contains { $0.verdict == .worse }
    isDifferentSomewhere = isWorseSomewhere || all.contains { $0.verdict == .better }
    // Kinds of customers have a sentence of their own.
    let changes = all.filter { index.metric($0.difference.metric)?.scope?.kind != .population }
    let order = Self.order(of: index.document)
    func chosen(_ verdict: Verdict, _ order: [[String]]) -> [ChangeWords] {
      let rows = changes.filter {
        $0.verdict == verdict && !said.contains($0.difference.metric) && $0.matters
      }
      return order.compactMap { kind in
        rows.filter { kind.contains($0.difference.metric) }.max { $0.weight < $1.weight }
      }
    }
    let goals = index.document.goals.map { [$0.metric] }
    let gains = chosen(.better, goals + [["cost"]] + order)
    self.gains = gains.unique(first: gains.first?.difference.metric == "cost" ? 2 : 1)
    prices = chosen(.worse, order).unique(first: count)
  }

  /// What people care about, each kind by its name: of a kind only the largest change is named.
  private static func order(of document: ResultDocument) -> [[String]] {
    let answering = document.metrics.map(\.name).filter { name in
      name.hasPrefix("first_response.") || name.hasPrefix("wait.") || name.hasPrefix("resolution.")
    }
    let named = [
      ["same_agent"], ["abandoned"], answering, ["reassigned", "reassignments", "quick_handovers"],
      ["cost"], ["moves_no_sooner"], ["open_contacts.max"], ["workload.gini"],
    ]
    // A goal, or a metric of somebody's own, is no less than what is listed here.
    let known = Set(named.joined())
    return named + document.metrics.map(\.name).filter { !known.contains($0) }.map { [$0] }
  }

  private func listed(_ changes: [ChangeWords]) -> String {
    Reporting.listed(changes.map(\.step))
  }

  /// The price of a strategy whose gain has been told: `Its price: ...`.
  var price: Phrase? {
    if !prices.isEmpty { return Phrase("Its price: ") + listed(prices) + noLater }
    if isWorseSomewhere { return nil }
    return Phrase("Nothing is shown to be worse than under ") + .strategy(index.baseline) + noLater
  }

  /// The same as a sentence about the strategy, its name before it; nil where nothing can be added.
  var sentence: Phrase? {
    var phrase = Phrase()
    switch (gains.isEmpty, prices.isEmpty) {
    case (false, false):
      phrase = Phrase(" improves ") + listed(gains) + ", at the price of " + listed(prices)
    case (false, true):
      phrase = Phrase(" improves ") + listed(gains)
      if !isWorseSomewhere {
        phrase += ", and nothing is shown to be worse than under "
        phrase += .strategy(index.baseline)
      }
    case (true, false): phrase = Phrase(" is worse in ") + listed(prices)
    case (true, true):
      if isDifferentSomewhere { return nil }
      phrase = Phrase(" is not shown to be better or worse than ") + .strategy(index.baseline)
      phrase += " in anything shown"
    }
    return phrase + noLater
  }

  /// That nobody waits longer, where the intervals say so.
  private var noLater: String {
    let rows = index.document.metrics.filter {
      $0.isShown && $0.scope == nil && GoalWords.within($0.name) == nil
        && $0.name.hasPrefix("first_response.")
    }.map { ($0.name, index.difference(strategy, $0.name).map(index.verdict)) }
    guard rows.first(where: { $0.0 == "first_response.mean" })?.1 == .noDifference,
      !rows.contains(where: { $0.1 == .worse })
    else { return "" }
    let same = rows.filter { $0.1 == .noDifference }.map {
      String($0.0.dropFirst("first_response.".count))
    }
    return ", with no difference in the first response (\(Reporting.listed(same)))"
  }
}

extension ChangeWords {
  /// Fewer than one move in a hundred conversations is not worth a word.
  fileprivate var matters: Bool {
    let moves = ["reassigned", "reassignments", "moves_no_sooner"]
    return !moves.contains(difference.metric) || (difference.change ?? 0).magnitude >= 0.01
  }

  /// How large a change is beside the value that it changes.
  fileprivate var weight: Double {
    let change = (difference.change ?? 0).magnitude
    let base = (difference.baselineMean ?? 0).magnitude
    return base > 0 ? change / base : .infinity
  }
}

extension [ChangeWords] {
  /// The first so many, each metric once.
  fileprivate func unique(first count: Int) -> [ChangeWords] {
    var result: [ChangeWords] = []
    for change in self where result.count < count {
      if !result.contains(where: { $0.difference.metric == change.difference.metric }) {
        result.append(change)
      }
    }
    return result
  }
}

/// Who gains and who pays, where a strategy treats kinds of customers differently.
struct PopulationWords: Sendable {
  private let strategy: Int
  /// The metric that tells, in words.
  private let metric: String
  private let gains: [ChangeWords]
  private let prices: [ChangeWords]

  /// Nothing where no kind of customers is shown to fare better or worse.
  init?(_ index: ResultIndex, strategy: Int) {
    let metrics = index.document.metrics.filter { $0.scope?.kind == .population }
    let goal = index.document.goals.first { $0.scope == nil }?.metric
    let asked = ["first_response.mean", goal].compactMap(\.self).lazy.map { name in
      metrics.filter { GoalWords.unscoped($0) == name }
        .compactMap { ChangeWords(index, strategy: strategy, metric: $0.name) }
    }
    let changes = asked.first { rows in
      rows.count > 1 && rows.contains { $0.verdict == .better || $0.verdict == .worse }
    }
    guard let changes else { return nil }
    self.strategy = strategy
    gains = changes.filter { $0.verdict == .better }
    prices = changes.filter { $0.verdict == .worse }
    var metric = index.spokenFormat(changes[0].difference.metric).metric
    metric.label = metric.words(isShort: false)
    metric.name = GoalWords.unscoped(metric)
    metric.scope = nil
    self.metric = MetricFormat(metric, widestHalfWidth: nil).spoken
  }

  /// A sentence each for who makes some gain while others pay, which a figure of all customers hides, or
  /// is alone; the others, under whom all fare alike, share one and have their numbers in the tables.
  static func phrases(_ index: ResultIndex, told: [Int]) -> [Phrase] {
    let all = index.others.prefix(3).compactMap { PopulationWords(index, strategy: $0) }
    let trades = all.filter { !$0.gains.isEmpty && !$0.prices.isEmpty || told == [$0.strategy] }
    var alike = all.filter { words in
      told.contains(words.strategy) && !trades.contains { $0.strategy == words.strategy }
    }
    var phrases = trades.map { $0.phrase(of: [$0.strategy], \.populationStep) }
    while let first = alike.first {
      let group = alike.filter { $0.kinds == first.kinds }
      alike.removeAll { $0.kinds == first.kinds }
      phrases.append(first.phrase(of: group.map(\.strategy), \.population))
    }
    return phrases
  }

  private var kinds: [[String]] { [[metric], gains.map(\.population), prices.map(\.population)] }

  private func phrase(of strategies: [Int], _ words: (ChangeWords) -> String) -> Phrase {
    func part(_ changes: [ChangeWords]) -> String {
      changes.isEmpty ? "nobody is shown to" : listed(changes.map(words))
    }
    return Phrase("In \(metric), who gains under ") + .list(strategies) + ": \(part(gains))"
      + "; who pays: \(part(prices))"
  }
}

extension ChangeWords {
  /// The kind of customers that it speaks of.
  fileprivate var population: String {
    printable(index.spokenFormat(difference.metric).metric.scope?.name ?? "")
  }

  /// `vip from 233.9 to 186.4 s (± 12.1)`.
  fileprivate var populationStep: String {
    guard let from = difference.baselineMean, let change = difference.change else {
      return population
    }
    return population + " "
      + index.spokenFormat(difference.metric)
      .spokenStep(from: from, to: from + change, halfWidth: difference.halfWidth)
  }
}
