import Measurement

/// The document with its look-ups, and one way of writing each metric.
///
/// A class, so that the many parts of an answer share one document instead of copying its fields.
final class ResultIndex: Sendable {
  let document: ResultDocument
  /// Names as they may be shown, in strategy order.
  let names: [String]
  private let metricPlace: [String: Int]
  private let formats: [MetricFormat]
  private let differencePlace: [Pair: Int]

  private struct Pair: Hashable {
    var strategy: String
    var metric: String
  }

  init(_ document: ResultDocument) {
    self.document = document
    // A sentence stays a sentence whatever a scenario calls its strategies.
    names = shortNames(document.strategies.map { printable($0.name) }, columns: 48)
    var places: [String: Int] = [:]
    for (index, metric) in document.metrics.enumerated() { places[metric.name] = index }
    metricPlace = places
    var differences: [Pair: Int] = [:]
    for (index, row) in (document.comparison?.differences ?? []).enumerated() {
      differences[Pair(strategy: row.strategy, metric: row.metric)] = index
    }
    differencePlace = differences
    formats = Self.makeFormats(of: document, places: places)
  }

  /// One number of decimals a metric: from its changes where there are some, else from its values.
  private static func makeFormats(
    of document: ResultDocument, places: [String: Int]
  ) -> [MetricFormat] {
    var widest = [Double?](repeating: nil, count: document.metrics.count)
    func widen(_ metric: String, _ halfWidth: Double?) {
      guard let place = places[metric], let halfWidth else { return }
      widest[place] = max(widest[place] ?? 0, halfWidth)
    }
    if let comparison = document.comparison {
      for row in comparison.differences { widen(row.metric, row.halfWidth) }
    } else {
      for strategy in document.strategies {
        for value in strategy.values { widen(value.metric, value.halfWidth) }
      }
    }
    var formats = zip(document.metrics, widest).map { MetricFormat($0, widestHalfWidth: $1) }
    for row in document.comparison?.differences ?? [] {
      guard let place = places[row.metric] else { continue }
      formats[place] = formats[place].showing(row)
    }
    return formats
  }

  /// The strategies that are compared with the baseline, as indices.
  var others: [Int] {
    document.strategies.indices.filter { document.strategies[$0].name != baselineName }
  }

  /// The index of the baseline; the first strategy where nothing is compared.
  var baseline: Int {
    document.strategies.firstIndex { $0.name == baselineName } ?? 0
  }

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

  /// The value of a metric under a strategy.
  func value(_ strategy: Int, _ metric: String) -> ResultDocument.MetricValue? {
    document.strategies[strategy].values.first { $0.metric == metric }
  }

  /// The difference of a metric between a strategy and the baseline.
  func difference(_ strategy: Int, _ metric: String) -> ResultDocument.Difference? {
    let pair = Pair(strategy: document.strategies[strategy].name, metric: metric)
    return differencePlace[pair].flatMap { document.comparison?.differences[$0] }
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
