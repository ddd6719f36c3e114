extension MetricReference {
  /// The names a text may refer to.
  public enum Vocabulary: Sendable {
    /// What is measured in a simulation.
    case simulation
    /// What is measured in a load test.
    case load

    var metrics: [MetricDefinition] {
      switch self {
      case .simulation: MetricDefinition.everything
      case .load: MetricDefinition.load
      }
    }
  }

  private static let percentiles: [(name: String, perMille: Int)] = [
    ("p50", 500), ("p75", 750), ("p90", 900), ("p95", 950), ("p99", 990), ("p999", 999),
  ]

  /// Reads a reference such as `first_response.within(5 min)` or `population vip: abandoned`, spaces
  /// around it allowed.
  public init(
    _ text: some StringProtocol, in vocabulary: Vocabulary = .simulation
  ) throws(GrammarError) {
    guard let (scope, start) = try MetricScope.split(text) else {
      try self.init(whole: text, in: vocabulary)
      return
    }
    let rest = String(decoding: Array(text.utf8)[start...], as: UTF8.self)
    let whole: MetricReference
    do throws(GrammarError) {
      whole = try MetricReference(whole: rest, in: vocabulary)
    } catch {
      throw error.moved(by: start)
    }
    do throws(GrammarError) {
      self = try whole.asked(of: scope, Self.trimmed(rest))
    } catch {
      throw error.moved(by: start)
    }
  }

  /// The same of a part of the conversations; `range` is where it stands.
  func asked(of scope: MetricScope, _ range: Range<Int>) throws(GrammarError) -> MetricReference {
    guard self.scope == nil else {
      throw GrammarError("a goal is about one part: '\(scope)' stands here already", range: range)
    }
    guard let limited = limited(to: scope) else {
      throw GrammarError(
        "'\(self)' is not counted by conversation, so there is none of '\(scope)'", range: range)
    }
    return limited
  }

  /// Reads a reference to what all conversations tell.
  private init(
    whole text: some StringProtocol, in vocabulary: Vocabulary
  ) throws(GrammarError) {
    var parts = try Self.split(text)
    let metric = try Self.metric(of: &parts, in: vocabulary)
    var statistic: Statistic?
    var operation: String?
    var (office, closedOnly, answered) = (false, false, false)
    for part in parts {
      let already: Bool
      switch part.text {
      case "office" where metric.hasOfficeView:
        (already, office) = (office, true)
      case "closed_only" where metric.hasClosedView:
        (already, closedOnly) = (closedOnly, true)
      case "answered" where metric.kind == .time && metric.group != .service:
        (already, answered) = (answered, true)
      default:
        if let asked = try Self.statistic(part, of: metric) {
          (already, statistic) = (statistic != nil, asked)
        } else if metric == .latency, Self.isOperation(part.text) {
          (already, operation) = (operation != nil, part.text)
        } else {
          throw Self.unknown(part, of: metric)
        }
      }
      if already {
        throw GrammarError("'\(metric.name)' is asked for two things at once", range: part.range)
      }
    }
    // The mean of a level is the metric itself.
    if metric == .openContacts, statistic == .mean { statistic = nil }
    if answered {
      guard case .within(let bound) = statistic else {
        throw GrammarError(
          "'answered' limits a share within a bound to those answered: write "
            + "'\(metric.name).answered.within(5 min)'", range: Self.trimmed(text))
      }
      statistic = .answeredWithin(bound)
    }
    guard
      let reference = MetricReference(
        metric, statistic, office: office, closedOnly: closedOnly, operation: operation)
    else {
      let whole = (parts.first?.range.lowerBound ?? 0)..<(parts.last?.range.upperBound ?? 0)
      throw GrammarError(
        "'\(metric.name)' is a time: say what of it, such as '\(metric.name).mean', "
          + "'\(metric.name).p90' or '\(metric.name).within(5 min)'",
        range: whole.isEmpty ? Self.trimmed(text) : whole)
    }
    self = reference
  }

  private struct Part {
    var text: String
    var range: Range<Int>
  }

  /// The parts between the dots outside brackets.
  private static func split(_ text: some StringProtocol) throws(GrammarError) -> [Part] {
    let range = trimmed(text)
    if range.isEmpty { throw GrammarError("a metric is missing", range: range) }
    let bytes = Array(text.utf8)
    var parts: [Part] = []
    var start = range.lowerBound
    var depth = 0
    func part(until end: Int) -> Part {
      Part(text: String(decoding: bytes[start..<end], as: UTF8.self), range: start..<end)
    }
    for index in range {
      switch bytes[index] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: ".") where depth == 0:
        parts.append(part(until: index))
        start = index + 1
      default: break
      }
    }
    parts.append(part(until: range.upperBound))
    return parts
  }

  /// The bytes of a text without the spaces around it.
  private static func trimmed(_ text: some StringProtocol) -> Range<Int> {
    let bytes = Array(text.utf8)
    func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    let start = bytes.firstIndex { !isSpace($0) } ?? bytes.count
    let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? bytes.count
    return start..<max(start, end)
  }

  /// Takes the metric's name, of one part or two, off the parts.
  private static func metric(
    of parts: inout [Part], in vocabulary: Vocabulary
  ) throws(GrammarError) -> MetricDefinition {
    let known = vocabulary.metrics
    if parts.count > 1 {
      let two = "\(parts[0].text).\(parts[1].text)"
      if let metric = known.first(where: { $0.name == two }) {
        parts.removeFirst(2)
        return metric
      }
    }
    let first = parts.removeFirst()
    if let metric = known.first(where: { $0.name == first.text }) { return metric }
    let family = known.filter { $0.name.hasPrefix("\(first.text).") }.map(\.name)
    if !family.isEmpty {
      let end = parts.first?.range.upperBound ?? first.range.upperBound
      throw GrammarError(
        "'\(first.text)' is asked for as \(listed(family))",
        suggestion: parts.first.flatMap {
          nearestName(to: "\(first.text).\($0.text)", in: family)
        },
        range: first.range.lowerBound..<end)
    }
    let names = known.map { $0.name.split(separator: ".").first.map(String.init) ?? $0.name }
    throw GrammarError(
      "unknown metric '\(first.text)'", suggestion: nearestMetric(to: first.text, in: names),
      range: first.range)
  }

  private static func statistic(
    _ part: Part, of metric: MetricDefinition
  ) throws(GrammarError) -> Statistic? {
    if metric == .openContacts {
      return part.text == "max" ? .maximum : part.text == "mean" ? .mean : nil
    }
    guard metric.kind == .time else { return nil }
    switch part.text {
    case "mean": return .mean
    case "sd": return .deviation
    case "max": return .maximum
    default: break
    }
    if let percentile = percentiles.first(where: { $0.name == part.text }) {
      return .quantile(perMille: percentile.perMille)
    }
    guard part.text.hasPrefix("within") else { return nil }
    guard part.text.hasPrefix("within("), part.text.hasSuffix(")") else {
      throw GrammarError("a share within a bound is written as 'within(5 min)'", range: part.range)
    }
    let start = "within(".utf8.count
    do throws(GrammarError) {
      return .within(try DurationText.parse(part.text.dropFirst(start).dropLast()))
    } catch {
      throw error.moved(by: part.range.lowerBound + start)
    }
  }

  private static func unknown(_ part: Part, of metric: MetricDefinition) -> GrammarError {
    if part.text == "office" || part.text == "closed_only" {
      return GrammarError(
        "'\(metric.name)' has no '.\(part.text)' form", range: part.range)
    }
    var known: [String] = []
    if metric.kind == .time {
      known = ["mean", "sd"] + percentiles.map(\.name) + ["max", "within(5 min)"]
      if metric.group != .service { known.append("answered.within(5 min)") }
    } else if metric == .openContacts {
      known = ["max"]
    }
    if metric.hasOfficeView { known.append("office") }
    if metric.hasClosedView { known.append("closed_only") }
    if known.isEmpty {
      return GrammarError(
        "'\(metric.name)' is one number and takes no '.\(part.text)'", range: part.range)
    }
    let what = part.text.isEmpty ? "nothing" : "'.\(part.text)'"
    return GrammarError(
      "'\(metric.name)' is followed by \(what); known: \(listed(known))",
      suggestion: nearestName(to: part.text, in: known), range: part.range)
  }

  private static func listed(_ names: [String]) -> String { names.joined(separator: ", ") }

  private static func isOperation(_ text: String) -> Bool {
    if text == "office" || text == "closed_only" { return false }
    guard let first = text.utf8.first, TextScanner.isLetter(first) else { return false }
    return text.utf8.allSatisfy {
      TextScanner.isLetter($0) || TextScanner.isDigit($0) || $0 == UInt8(ascii: "_")
    }
  }
}

extension MetricReference: Codable {
  /// Writes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Reads a name of either vocabulary.
  public init(from decoder: any Decoder) throws {
    self = try GrammarError.read(decoder) { text throws(GrammarError) in
      let isLoad = MetricDefinition.load.contains { text.hasPrefix($0.name) }
      return try MetricReference(text, in: isLoad ? .load : .simulation)
    }
  }
}

/// The metric that was most likely meant.
private func nearestMetric(to name: String, in names: [String]) -> String? {
  if let near = nearestName(to: name, in: names) { return near }
  // `first_answer` shares its beginning with `first_response` and little else.
  let words = name.split(separator: "_")
  guard words.count > 1, let start = words.first else { return nil }
  return names.first { $0.hasPrefix(start + "_") }
}
