import Measurement

/// A sweep with its look-ups, and one way of writing each metric.
struct SweepIndex: Sendable {
  let document: SweepDocument
  /// What was varied and, if there are several, the strategies.
  let factors: [SweepDocument.Name]
  private let formats: [String: MetricFormat]

  init(_ document: SweepDocument) {
    self.document = document
    factors = document.factors
    var formats: [String: MetricFormat] = [:]
    for name in document.asked { formats[name] = Self.format(name, document) }
    self.formats = formats
  }

  /// In the unit of its goal, with the digits that most intervals allow; what is claimed can be seen.
  private static func format(_ name: String, _ document: SweepDocument) -> MetricFormat {
    guard let metric = document.metrics.first(where: { $0.name == name }) else {
      return MetricFormat(unknown: name)
    }
    let goal = document.goals.first { $0.metric == name }
    let widths = document.points.compactMap { point in
      point.values.first { $0.metric == name }?.halfWidth
    }.filter { $0 > 0 }.sorted()
    var format = MetricFormat(
      goal.map { MetricFormat.metric(metric, inUnitOf: $0) } ?? metric,
      widestHalfWidth: widths.isEmpty ? nil : widths[widths.count / 2])
    let claimed = document.effects.first { $0.metric == name }?.rows.filter(\.isShown) ?? []
    format.addDecimals { finer in
      claimed.allSatisfy { finer.value($0.change).contains { $0 >= "1" && $0 <= "9" } }
    }
    return format
  }

  /// How a metric is written.
  func format(_ metric: String) -> MetricFormat {
    formats[metric] ?? MetricFormat(unknown: metric)
  }

  /// `First response in 5 min, %`, `Reassignments per 100 conversations`: the title of a figure.
  func title(_ metric: String) -> String {
    let format = format(metric)
    let words = printable(format.metric.words(isShort: false)).capitalizedFirst
    switch format.metric.shownUnit {
    case "": return words
    case "/100": return words + " per 100 conversations"
    case let unit: return words + ", " + printable(unit)
    }
  }

  /// What a change is counted in: `points`, `s`, `per 100 conversations`; empty for a plain number.
  func changeUnit(_ metric: String) -> String {
    let unit = format(metric).changeUnit
    return unit == "/100" ? "per 100 conversations" : unit
  }

  /// The metric that decides.
  var decisive: String { document.asked.first ?? "" }

  /// The first goal about a metric.
  func goal(_ metric: String) -> ResultDocument.Goal? {
    document.goals.first { $0.metric == metric }
  }

  func effects(_ metric: String) -> SweepDocument.Effects? {
    document.effects.first { $0.metric == metric }
  }

  /// What a point has of a metric.
  func value(_ point: SweepDocument.Point, _ metric: String) -> ResultDocument.MetricValue? {
    point.values.first { $0.metric == metric }
  }

  /// What became of the first goal about a metric at a point.
  func result(_ point: SweepDocument.Point, _ metric: String) -> Goal.Outcome? {
    guard let goal = goal(metric), value(point, metric)?.mean != nil else { return nil }
    return point.goals.first { $0.goal == goal.text }?.result
  }

  /// The position of each factor's value at a point.
  func place(_ point: SweepDocument.Point) -> [Int] { Array(point.place.prefix(factors.count)) }

  /// A name as it may be shown, its end kept: paths tell what they are at their end.
  func name(_ factor: Int) -> String {
    NameRoom.columns(36).withoutMiddle(printable(factors[factor].name))
  }

  /// A value as it may be shown, without the quotes of YAML.
  func label(_ factor: Int, _ place: Int) -> String {
    let values = factors[factor].values
    guard values.indices.contains(place) else { return "?" }
    var text = values[place]
    for quote in ["\"", "'"]
    where text.count > 2 && text.hasPrefix(quote) && text.hasSuffix(quote) {
      text = String(text.dropFirst().dropLast())
    }
    if text.hasPrefix("{"), text.hasSuffix("}") { text = String(text.dropFirst().dropLast()) }
    return NameRoom.columns(36).withoutEnd(printable(text))
  }

  /// `agents 12, logic least_open`.
  func setting(_ place: [Int]) -> String {
    place.indices.map { "\(name($0)) \(label($0, place[$0]))" }.joined(separator: ", ")
  }

  /// `20 settings of agents and logic`.
  var settings: String {
    let count = grouped(Int64(document.pointCount))
    return "\(count) setting\(document.pointCount == 1 ? "" : "s") of "
      + listed(factors.indices.map(name))
  }

  /// `30 runs each on the same customers`.
  var runs: String {
    let count = document.head.replications
    return "\(grouped(Int64(count))) run\(count == 1 ? "" : "s") each on the same customers"
  }

  /// Whether there is any interval at all.
  var hasIntervals: Bool { document.head.replications > 1 }
}
