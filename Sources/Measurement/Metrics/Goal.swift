/// A promise: a metric and the limit that it must keep, such as `first_response.p90 <= 10 min`.
public struct Goal: Sendable, Hashable {
  /// The side of the limit that keeps the promise.
  public enum Relation: String, Sendable, Hashable, Codable, CaseIterable {
    /// At least the limit.
    case atLeast = "at_least"
    /// At most the limit.
    case atMost = "at_most"
    /// More than the limit.
    case above
    /// Less than the limit.
    case below

    /// The sign in a goal's text.
    public var sign: String {
      switch self {
      case .atLeast: ">="
      case .atMost: "<="
      case .above: ">"
      case .below: "<"
      }
    }

    /// Whether a value keeps the promise.
    public func holds(_ value: Double, _ limit: Double) -> Bool {
      switch self {
      case .atLeast: value >= limit
      case .atMost: value <= limit
      case .above: value > limit
      case .below: value < limit
      }
    }
  }

  /// What became of a promise.
  public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
    /// The whole interval keeps it.
    case met
    /// The whole interval breaks it.
    case missed
    /// The interval contains the limit, or there is none.
    case inconclusive
  }

  /// The goal as it was written, spaces around it left out.
  public let text: String

  /// The metric it speaks of.
  public let metric: MetricReference

  /// The good side of the limit.
  public let relation: Relation

  /// The limit in the metric's unit of files: seconds, shares of 1, plain numbers.
  public let limit: Double

  /// The unit that the limit was written in, the smallest of `1 h 30 min`; empty for a plain number.
  public var unit: String {
    if text.hasSuffix("%") { return "%" }
    return String(text.reversed().prefix { $0.isLetter }.reversed())
  }

  /// Judges the limits of an interval.
  public func outcome(low: Double?, high: Double?) -> Outcome {
    guard let low, let high, low.isFinite, high.isFinite else { return .inconclusive }
    switch (relation.holds(low, limit), relation.holds(high, limit)) {
    case (true, true): return .met
    case (false, false): return .missed
    default: return .inconclusive
    }
  }
}

extension Goal {
  /// Reads `METRIC OP VALUE`; the value's unit must be the metric's.
  ///
  /// With a `scope` the text is what stands behind its colon.
  public init(
    _ text: some StringProtocol, of scope: MetricScope? = nil,
    in vocabulary: MetricReference.Vocabulary = .simulation
  ) throws(GrammarError) {
    let bytes = Array(text.utf8)
    guard let start = bytes.firstIndex(where: { Self.signs.contains($0) }) else {
      throw GrammarError(
        "a goal is written as 'METRIC >= VALUE' or 'METRIC <= VALUE'", range: 0..<bytes.count)
    }
    let end = bytes[start...].firstIndex { !Self.signs.contains($0) } ?? bytes.count
    let sign = String(decoding: bytes[start..<end], as: UTF8.self)
    guard let relation = Relation.allCases.first(where: { $0.sign == sign }) else {
      let close = ["=>": ">=", "=<": "<=", "==": ">=", "=": ">="][sign]
      throw GrammarError(
        "a goal compares with >=, <=, > or <, not with '\(sign)'", suggestion: close,
        range: start..<end)
    }
    let metric = try MetricReference(
      String(decoding: bytes[..<start], as: UTF8.self), in: vocabulary)
    self.metric =
      try scope.map { (scope) throws(GrammarError) in
        try metric.asked(of: scope, 0..<start)
      } ?? metric
    let limit: Double
    do throws(GrammarError) {
      limit = try Self.limit(String(decoding: bytes[end...], as: UTF8.self), of: metric)
    } catch {
      throw error.moved(by: end)
    }
    self.relation = relation
    self.limit = limit
    if vocabulary == .simulation, let advice = Self.advice(metric, relation, limit) {
      throw GrammarError(
        "the interval of a share never ends at \(limit < 0.5 ? "0%" : "100%"), so this goal could never "
          + "be met", suggestion: advice, range: start..<bytes.count)
    }
    let whole = bytes.drop { $0 == UInt8(ascii: " ") }
    let last = whole.lastIndex { $0 != UInt8(ascii: " ") } ?? whole.startIndex
    let written = String(decoding: whole[...last], as: UTF8.self)
    self.text = scope.map { "\($0): \(written)" } ?? written
  }

  /// What to write instead of a limit that no interval of a share lies within; nothing for others.
  private static func advice(
    _ metric: MetricReference, _ relation: Relation, _ limit: Double
  ) -> String? {
    guard metric.isShare else { return nil }
    switch relation {
    case .atLeast, .above: return limit >= 1 ? "\(relation.sign) 99.9%" : nil
    case .atMost, .below: return limit <= 0 ? "\(relation.sign) 0.1%" : nil
    }
  }

  private static let signs: [UInt8] = [UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "=")]

  private static func limit(
    _ text: String, of metric: MetricReference
  ) throws(GrammarError) -> Double {
    var scanner = TextScanner(text)
    scanner.skipSpaces()
    if scanner.isAtEnd { throw GrammarError("the goal's limit is missing", range: scanner.rest) }
    let start = scanner.position
    if metric.unit == "s" {
      do throws(GrammarError) {
        return Double(try DurationText.parse(text.dropFirst(start))) / 1e9
      } catch {
        throw error.moved(by: start)
      }
    }
    guard let number = scanner.number() else {
      throw GrammarError(
        metric.unit == "ratio" ? "a share is written as '80%'" : "a number is expected here",
        range: scanner.rest)
    }
    scanner.skipSpaces()
    let isPercent = scanner.take("%")
    scanner.skipSpaces()
    guard scanner.isAtEnd else {
      let what =
        metric.unit == "ratio" ? "a share, written as '80%'" : "a plain number without a unit"
      throw GrammarError("the limit of '\(metric)' is \(what)", range: start..<text.utf8.count)
    }
    if isPercent, metric.unit != "ratio" {
      throw GrammarError(
        "the limit of '\(metric)' is a plain number, not a share", range: start..<text.utf8.count)
    }
    let value = isPercent ? number.value / 100 : number.value
    if metric.isShare, value > 1 {
      throw GrammarError(
        "a share is at most 100%", suggestion: isPercent ? nil : "\(number.text)%",
        range: start..<text.utf8.count)
    }
    return value
  }
}

extension Goal: Codable {
  /// Writes the goal as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  /// Reads a goal of either vocabulary.
  public init(from decoder: any Decoder) throws {
    self = try GrammarError.read(decoder) { text throws(GrammarError) in
      let isLoad = MetricDefinition.load.contains { text.hasPrefix($0.name) }
      return try Goal(text, in: isLoad ? .load : .simulation)
    }
  }
}
