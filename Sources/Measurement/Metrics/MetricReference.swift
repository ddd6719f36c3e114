public import Statistics

/// A metric as a goal or a table asks for it, such as `first_response.office.p90`.
public struct MetricReference: Sendable, Hashable {
  /// What is asked of all times of a kind.
  public enum Statistic: Sendable, Hashable {
    /// The mean.
    case mean
    /// The standard deviation.
    case deviation
    /// A quantile in thousandths: 900 is p90, 999 is p999.
    case quantile(perMille: Int)
    /// The longest.
    case maximum
    /// The share of all whose fate is known within a bound, in nanoseconds, that ended by then: who
    /// gave up, or was let go without it, is missed.
    case within(Int64)
    /// The share not longer than a bound of those that ended at all.
    case answeredWithin(Int64)

    /// The bound of a share within a bound, in nanoseconds.
    public var bound: Int64? {
      switch self {
      case .within(let bound), .answeredWithin(let bound): bound
      case .mean, .deviation, .quantile, .maximum: nil
      }
    }
  }

  /// The metric.
  public let metric: MetricDefinition

  /// What is asked of it; nothing where the metric is one number already.
  public private(set) var statistic: Statistic?

  /// Whether the clock stands still outside office hours.
  public let isOffice: Bool

  /// Whether only closed conversations are looked at, as the platform's own reports do.
  public let isClosedOnly: Bool

  /// The part of the conversations that it is limited to; nil for all of them.
  public private(set) var scope: MetricScope?

  /// The operation of a load test, such as the one of `latency.assign.p99`.
  public let operation: String?

  /// A reference; nothing if the metric has no such statistic or view.
  public init?(
    _ metric: MetricDefinition, _ statistic: Statistic? = nil, office: Bool = false,
    closedOnly: Bool = false, operation: String? = nil
  ) {
    guard !office || metric.hasOfficeView, !closedOnly || metric.hasClosedView,
      operation == nil || metric == .latency, Self.fits(statistic, metric)
    else { return nil }
    self.metric = metric
    self.statistic = statistic
    isOffice = office
    isClosedOnly = closedOnly
    self.operation = operation
  }

  /// The same for all quantiles of the same times.
  var anyQuantile: MetricReference {
    var result = self
    result.statistic = .quantile(perMille: 500)
    return result
  }

  /// The same of a part of the conversations; nothing where the metric is not one of conversations.
  public func limited(to scope: MetricScope?) -> MetricReference? {
    guard scope == nil || metric.isOfConversations else { return nil }
    var limited = self
    limited.scope = scope
    return limited
  }

  private static func fits(_ statistic: Statistic?, _ metric: MetricDefinition) -> Bool {
    switch statistic {
    case nil: metric.kind != .time
    case .maximum: metric.kind == .time || metric == .openContacts
    case .within(let bound): metric.kind == .time && bound >= 0
    case .answeredWithin(let bound):
      metric.kind == .time && metric.group != .service && bound >= 0
    case .quantile(let perMille): metric.kind == .time && (1..<1_000).contains(perMille)
    case .mean, .deviation: metric.kind == .time
    }
  }

  /// What `summary.csv` shows of every time.
  static let summaryStatistics: [Statistic] =
    [.mean] + [500, 900, 950, 990].map { .quantile(perMille: $0) } + [.maximum]

  /// What `summary.csv` and `comparison.csv` carry whatever the goals ask, in the order of tables.
  public static let summary: [MetricReference] = MetricDefinition.all.flatMap { metric in
    switch metric.kind {
    case .time: summaryStatistics.compactMap { MetricReference(metric, $0) }
    default:
      [MetricReference(metric), MetricReference(metric, .maximum)].compactMap { $0 }
    }
  }

  /// The summary's metrics and what `goals` ask beyond them, each once, in the order of tables: those of
  /// all conversations, then part by part.
  public static func summary(with goals: [MetricReference]) -> [MetricReference] {
    var result: [MetricReference] = []
    func add(_ references: [MetricReference]) {
      for reference in references where !result.contains(reference) { result.append(reference) }
    }
    var scopes: [MetricScope?] = [nil]
    for goal in goals where !scopes.contains(goal.scope) { scopes.append(goal.scope) }
    for scope in scopes {
      let usual = scope == nil ? summary : []
      for metric in MetricDefinition.everything {
        // What a goal asks of a metric comes first: it is what the reader looks for.
        add(
          goals.filter { $0.metric == metric && $0.scope == scope && !usual.contains($0) })
        add(usual.filter { $0.metric == metric })
      }
    }
    return result
  }

  /// What is told of each population where there are several: the usual four, and the same as the
  /// first goal of everybody.
  public static func ofPopulations(_ names: [String], goals: [Goal]) -> [MetricReference] {
    guard names.count > 1 else { return [] }
    let usual = [
      MetricReference(.firstResponse, .mean), MetricReference(.resolution, .mean),
      MetricReference(.abandoned), MetricReference(.reassigned),
    ].compactMap(\.self)
    let first = goals.first { $0.metric.scope == nil }.map { [$0.metric] } ?? []
    return names.flatMap { name in
      (first + usual).compactMap { $0.limited(to: .population(name)) }
    }
  }

  /// Whether terminal and page show it even if no goal asks for it.
  public var isShownAlways: Bool {
    if isOffice || isClosedOnly || scope != nil { return false }
    switch (metric, statistic) {
    case (.firstResponse, .mean), (.firstResponse, .quantile(perMille: 900)),
      (.firstResponse, .quantile(perMille: 990)), (.resolution, .mean), (.abandoned, nil),
      (.reassigned, nil), (.movesNoSooner, nil), (.busy, nil), (.openContacts, .maximum),
      (.workloadGini, nil), (.quickHandovers, nil), (.merged, nil), (.broadcastReplied, nil):
      return true
    default: return false
    }
  }
}

// MARK: - How it is written and shown

extension MetricReference: CustomStringConvertible {
  /// The name in files and goals; the same for all ways of writing the same.
  public var description: String {
    var parts = [metric.name]
    if let operation { parts.append(operation) }
    if isOffice { parts.append("office") }
    if isClosedOnly { parts.append("closed_only") }
    if let statistic { parts.append(Self.text(statistic)) }
    let name = parts.joined(separator: ".")
    return scope.map { "\($0): \(name)" } ?? name
  }

  static func text(_ statistic: Statistic) -> String {
    switch statistic {
    case .mean: "mean"
    case .deviation: "sd"
    case .quantile(let perMille): "p\(digits(perMille))"
    case .maximum: "max"
    case .within(let bound): "within(\(DurationText.format(bound)))"
    case .answeredWithin(let bound): "answered.within(\(DurationText.format(bound)))"
    }
  }

  /// 900 is p90, 999 is p999.
  private static func digits(_ perMille: Int) -> Int {
    perMille.isMultiple(of: 10) ? perMille / 10 : perMille
  }

  /// The words for it in tables, such as `first response, p90`.
  public var label: String { label(metric.label) }

  /// Fewer words for narrow tables, whose headings name the part; nothing if the label is short enough
  /// for 21 columns.
  public var shortLabel: String? {
    if scope != nil, let whole = limited(to: nil) { return whole.shortLabel ?? whole.label }
    let full = label
    if full.count <= 21 { return nil }
    if case .answeredWithin(let bound) = statistic {
      return "in \(DurationText.format(bound)) if \(metric.ended)"
    }
    return label(metric.shortLabel)
  }

  private func label(_ words: String) -> String {
    var text = scope.map { "\($0.label): \(words)" } ?? words
    if let operation { text += " of \(operation)" }
    if isOffice { text += " in office hours" }
    switch statistic {
    case nil: break
    case .maximum where metric.kind != .time: text += ", most"
    case .maximum: text += ", longest"
    case .within(let bound): text += " in \(DurationText.format(bound))"
    case .answeredWithin(let bound):
      text += " in \(DurationText.format(bound)), of those \(metric.ended)"
    case .mean, .deviation, .quantile: text += ", \(statistic.map(Self.text) ?? "")"
    }
    return isClosedOnly ? text + ", closed only" : text
  }

  /// The heading it stands under in tables.
  public var heading: String {
    scope.map { $0.word.prefix(1).uppercased() + "\($0)".dropFirst() } ?? metric.group.rawValue
  }

  /// Which way is better.
  public var polarity: Polarity {
    if statistic?.bound != nil { return .higher }
    return metric.polarity
  }

  /// The unit in files.
  public var unit: String {
    if statistic?.bound != nil { return "ratio" }
    return metric.unit
  }

  /// The unit in tables; empty for a plain number.
  public var shownUnit: String {
    if statistic?.bound != nil { return "%" }
    return metric.shownUnit
  }

  /// What a value is multiplied with to be shown in that unit.
  public var shownFactor: Double {
    if statistic?.bound != nil { return 100 }
    return metric.shownFactor
  }

  /// The most decimals that a table shows.
  public var decimals: Int {
    switch statistic {
    case .quantile, .maximum: metric.shownUnit == "s" ? 0 : metric.decimals
    case .within, .answeredWithin: 1
    default: metric.decimals
    }
  }

  /// Whether it is the mean of lengths of time, which single days may make much longer.
  var isMeanOfTimes: Bool { metric.kind == .time && statistic == .mean }

  /// Whether all runs together weigh conversations alike, rather than runs.
  public var isPooled: Bool { isShare || statistic != nil || metric.kind == .perConversation }

  /// Whether it is a number of successes over a number of tries.
  public var isShare: Bool {
    if statistic?.bound != nil { return true }
    return metric.kind == .share
  }
}
