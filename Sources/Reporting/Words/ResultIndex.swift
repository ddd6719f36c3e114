import Measurement
import Statistics

/// The document with its look-ups, and one way of writing each metric.
///
/// A class, so that the many parts of an answer share one document instead of copying its fields.
final class ResultIndex: Sendable {
  let document: ResultDocument
  /// Names as they may be shown, in strategy order.
  let names: [String]
  /// Names as they stand in sentences: in quotation marks where one of them could be read as more.
  let spokenNames: [String]
  private let metricPlace: [String: Int]
  private let formats: [MetricFormat]
  /// How the metric of each goal is written in the unit of the goal's limit.
  private let goalFormats: [MetricFormat]
  /// The same with the digits of differences, by the metric's name.
  private let spokenFormats: [String: MetricFormat]
  private let differencePlace: [Pair: Int]

  private struct Pair: Hashable {
    var strategy: String
    var metric: String
  }

  init(_ document: ResultDocument) {
    self.document = document
    // A sentence stays a sentence whatever a scenario calls its strategies.
    names = shortNames(document.strategies.map { printable($0.name) }, columns: 48)
    let names = self.names
    let isPlain = names.allSatisfy { name in
      !name.contains { ",;:.\"?!()".contains($0) } && !" \(name) ".contains(" and ")
    }
    spokenNames = isPlain ? names : names.map { "“\($0)”" }
    var places: [String: Int] = [:]
    for (index, metric) in document.metrics.enumerated() { places[metric.name] = index }
    metricPlace = places
    var differences: [Pair: Int] = [:]
    for (index, row) in (document.comparison?.differences ?? []).enumerated() {
      differences[Pair(strategy: row.strategy, metric: row.metric)] = index
    }
    differencePlace = differences
    let widths = Self.widths(of: document, places: places)
    formats = zip(document.metrics, widths).map {
      MetricFormat($0, widestHalfWidth: $1.halfWidth, telling: $1.telling)
    }
    var spoken: [String: MetricFormat] = [:]
    goalFormats = document.goals.map { goal in
      guard let place = places[goal.metric] else { return MetricFormat(unknown: goal.metric) }
      let metric = MetricFormat.metric(document.metrics[place], inUnitOf: goal)
      if spoken[goal.metric] == nil {
        spoken[goal.metric] = MetricFormat(
          metric, widestHalfWidth: widths[place].halfWidth, telling: widths[place].telling)
      }
      return Self.format(goal, metric, document)
    }
    spokenFormats = spoken
  }

  /// What decides the decimals of a metric.
  private struct Widths {
    /// The widest interval of its changes where there are some, else of its values.
    var halfWidth: Double?
    /// The changes that are shown to be some.
    var telling: [ResultDocument.Difference] = []
  }

  private static func widths(
    of document: ResultDocument, places: [String: Int]
  ) -> [Widths] {
    var result = [Widths](repeating: Widths(), count: document.metrics.count)
    func widen(_ metric: String, _ halfWidth: Double?) -> Int? {
      guard let place = places[metric] else { return nil }
      if let halfWidth { result[place].halfWidth = max(result[place].halfWidth ?? 0, halfWidth) }
      return place
    }
    if let comparison = document.comparison {
      for row in comparison.differences { _ = widen(row.metric, row.halfWidth) }
      let elsewhere = comparison.robustness?.rows.flatMap(\.differences) ?? []
      for row in comparison.differences + comparison.allPairs + elsewhere where row.verdict.isClaim
      {
        if let place = places[row.metric] { result[place].telling.append(row) }
      }
    } else {
      for strategy in document.strategies {
        for value in strategy.values { _ = widen(value.metric, value.halfWidth) }
      }
    }
    return result
  }

  /// One number of decimals a goal, and so many that no value seems to lie on the other side of the limit.
  private static func format(
    _ goal: ResultDocument.Goal, _ metric: ResultDocument.Metric, _ document: ResultDocument
  ) -> MetricFormat {
    let outcomes = document.strategies.compactMap { strategy in
      strategy.goals.first { $0.goal == goal.text }
    }
    let halves = outcomes.compactMap {
      ResultDocument.Estimate(low: $0.low, high: $0.high).halfWidth
    }
    var format = MetricFormat(metric, widestHalfWidth: halves.max())
    for outcome in outcomes where outcome.result != .inconclusive {
      guard let value = outcome.value else { continue }
      format.addDecimals { format in
        let words = GoalWords(goal: goal, format: format)
        let scale = powerOfTen(format.decimals)
        let shown = (format.shown(value) * scale).rounded(.toNearestOrAwayFromZero) / scale
        let limit = format.shown(goal.limit)
        let seems = (shown - limit).magnitude < 1e-9 ? goal.limit : shown / metric.shownFactor
        return words.holds(seems) == words.holds(value)
      }
    }
    return format
  }

  /// Whether there are runs enough for an interval.
  var hasIntervals: Bool { document.replications > 1 }

  /// The strategies that are compared with the baseline, as indices.
  var others: [Int] {
    document.strategies.indices.filter { document.strategies[$0].name != baselineName }
  }

  /// The index of the baseline; the first strategy where nothing is compared.
  var baseline: Int {
    document.strategies.firstIndex { $0.name == baselineName } ?? 0
  }

  /// The index of a strategy by its name.
  func place(of name: String) -> Int? { document.strategies.firstIndex { $0.name == name } }

  private var baselineName: String? { document.comparison?.baseline }

  /// The metrics that tables show, with their groups in order of appearance; those of a part of the
  /// customers, agents or day stand behind the others, a group for each part.
  var shownGroups: [(name: String, metrics: [ResultDocument.Metric])] {
    var groups: [(name: String, metrics: [ResultDocument.Metric])] = []
    let shown = document.metrics.filter(\.isShown)
    for metric in shown.filter({ $0.scope == nil }) + shown.filter({ $0.scope != nil }) {
      let name = metric.scope?.heading ?? metric.group
      if let place = groups.firstIndex(where: { $0.name == name }) {
        groups[place].metrics.append(metric)
      } else {
        groups.append((name, [metric]))
      }
    }
    return groups
  }

  /// Whether the tables show what each kind of customers met with as metrics of their own.
  var hasPopulationMetrics: Bool {
    document.metrics.contains { $0.isShown && $0.scope?.kind == .population }
  }

  /// A metric that may not be defined, as a row of its own would show it.
  func metric(_ name: String) -> ResultDocument.Metric? {
    metricPlace[name].map { document.metrics[$0] }
  }

  /// How a metric is written.
  func format(_ name: String) -> MetricFormat {
    guard let place = metricPlace[name] else { return MetricFormat(unknown: name) }
    return formats[place]
  }

  /// How the metric of a goal is written in the unit of the goal's limit.
  func format(of goal: ResultDocument.Goal) -> MetricFormat {
    guard let place = document.goals.firstIndex(of: goal) else { return format(goal.metric) }
    return goalFormats[place]
  }

  /// How a metric is written in a sentence: in the unit of its goal, if one asks for it.
  func spokenFormat(_ name: String) -> MetricFormat { spokenFormats[name] ?? format(name) }

  /// The value of a metric under a strategy.
  func value(_ strategy: Int, _ metric: String) -> ResultDocument.MetricValue? {
    document.strategies[strategy].values.first { $0.metric == metric }
  }

  /// The difference of a metric between a strategy and the baseline.
  func difference(_ strategy: Int, _ metric: String) -> ResultDocument.Difference? {
    let pair = Pair(strategy: document.strategies[strategy].name, metric: metric)
    return differencePlace[pair].flatMap { document.comparison?.differences[$0] }
  }

  /// The verdict of a difference as its digits bear it out: what is too small to show is none.
  func verdict(_ difference: ResultDocument.Difference) -> Verdict {
    guard difference.verdict.isClaim,
      !format(difference.metric).tells(difference)
        || !spokenFormat(difference.metric).tells(difference)
    else { return difference.verdict }
    return .noDifference
  }

  /// What became of a goal under a strategy.
  func outcome(_ strategy: Int, _ goal: ResultDocument.Goal) -> ResultDocument.GoalOutcome? {
    document.strategies[strategy].goals.first { $0.goal == goal.text }
  }

  /// The metric that decides: the first goal's, else the first one shown.
  var decisiveMetric: String? {
    document.goals.first?.metric ?? document.metrics.first(where: \.isShown)?.name
      ?? document.metrics.first?.name
  }
}

extension ResultDocument.Scope {
  /// The heading that its metrics stand under.
  var heading: String {
    switch kind {
    case .population: "Customers: " + name
    case .team: "Team: " + name
    case .channel: "Channel: " + name
    case .between: "Between " + name
    }
  }
}

extension ResultDocument.Metric {
  /// Its words under the heading of its scope, which need not say the scope again.
  func words(isShort: Bool) -> String {
    let words = isShort ? shortLabel ?? label : label
    guard let scope else { return words }
    for start in ["\(scope.kind.rawValue) \(scope.name): ", "\(scope.name): "]
    where words.hasPrefix(start) { return String(words.dropFirst(start.count)) }
    for end in [", \(scope.name)", " (\(scope.name))"]
    where words.hasSuffix(end) { return String(words.dropLast(end.count)) }
    return words
  }
}
