import Measurement

/// A goal in plain words, for the head of its card.
struct GoalWords: Sendable {
  let goal: ResultDocument.Goal
  let format: MetricFormat

  /// Such as `Answered within 5 minutes` or `Nine in ten answered in 6 minutes`.
  var title: String {
    if let within = Self.within(goal.metric) {
      return (Self.participle(within.quantity) + " within " + Self.spelled(within.duration))
        .capitalizedFirst
    }
    let isUpper = goal.relation == .atMost || goal.relation == .below
    if isUpper, format.isTime, let share = Self.percentile(goal.metric) {
      return share + " " + Self.participle(Self.quantity(goal.metric)) + " in "
        + Self.spelled(spokenDuration(goal.limit))
    }
    return "\(printable(format.metric.label)), \(bound)".capitalizedFirst
  }

  /// The limit with its direction, such as `80 % or more`.
  var bound: String {
    switch goal.relation {
    case .atLeast: limit + " or more"
    case .atMost: limit + " or less"
    case .above: "more than " + limit
    case .below: "less than " + limit
    }
  }

  /// The limit in the unit of tables; whole where it is whole.
  var limit: String {
    if format.isTime { return spokenDuration(goal.limit) }
    let shown = (format.shown(goal.limit) * 1e9).rounded() / 1e9
    return format.withUnit(shortest(shown))
  }

  /// How far a value lies on the good side of the limit, in the metric's file unit.
  func margin(_ value: Double) -> Double {
    switch goal.relation {
    case .atLeast, .above: value - goal.limit
    case .atMost, .below: goal.limit - value
    }
  }

  /// The quantity and duration of `first_response.within(5 min)`.
  static func within(_ metric: String) -> (quantity: String, duration: String)? {
    let marker = ".within("
    guard metric.hasSuffix(")"), let start = position(of: marker, in: metric) else { return nil }
    let inside = metric[metric.index(start, offsetBy: marker.count)...].dropLast()
    return (String(metric[..<start]), printable(String(inside)))
  }

  private static func position(of marker: String, in text: String) -> String.Index? {
    text.indices.first { text[$0...].hasPrefix(marker) }
  }

  private static func quantity(_ metric: String) -> String {
    String(metric.prefix { $0 != "." })
  }

  private static func participle(_ quantity: String) -> String {
    switch quantity {
    case "first_response", "first_response.office": "answered"
    case "resolution": "resolved"
    case "time_to_assignment": "assigned"
    case "wait": "attended to"
    default: printable(quantity)
    }
  }

  private static func percentile(_ metric: String) -> String? {
    if metric.hasSuffix(".p50") { return "Half" }
    if metric.hasSuffix(".p75") { return "Three in four" }
    if metric.hasSuffix(".p90") { return "Nine in ten" }
    if metric.hasSuffix(".p95") { return "95 in 100" }
    if metric.hasSuffix(".p99") { return "99 in 100" }
    return nil
  }

  /// `5 min` as `5 minutes`.
  static func spelled(_ duration: String) -> String {
    let parts = duration.split(separator: " ")
    guard parts.count == 2 else { return duration }
    let isOne = parts[0] == "1"
    switch parts[1] {
    case "s": return parts[0] + (isOne ? " second" : " seconds")
    case "min": return parts[0] + (isOne ? " minute" : " minutes")
    case "h": return parts[0] + (isOne ? " hour" : " hours")
    case "d": return parts[0] + (isOne ? " day" : " days")
    default: return duration
    }
  }
}
