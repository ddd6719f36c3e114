import Measurement

/// A goal in plain words, for the head of its card.
struct GoalWords: Sendable {
  let goal: ResultDocument.Goal
  /// How its metric is written in the unit of the goal's limit.
  let format: MetricFormat

  /// Such as `Answered within 5 minutes` or `Nine in ten answered in 6 minutes`.
  var title: String {
    let name = Self.unscoped(format.metric)
    let scope = format.metric.scope.map { ", " + Self.words(of: $0) } ?? ""
    if let within = Self.within(name) {
      let whose = within.isOfAnswered ? ", of those answered" : ""
      return
        (Self.participle(within.quantity) + " within " + Self.spelled(within.duration) + whose
        + scope).capitalizedFirst
    }
    let isUpper = goal.relation == .atMost || goal.relation == .below
    if isUpper, format.isTime, let quantile = Self.quantile(name) {
      return "\(quantile) in \(Self.spelled(spokenDuration(goal.limit)))\(scope)"
    }
    return "\(printable(format.metric.label))\(scope), \(bound)".capitalizedFirst
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

  /// The limit in its own unit; whole where it is whole.
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

  /// Whether a value lies on the good side of the limit.
  func holds(_ value: Double) -> Bool {
    switch goal.relation {
    case .atLeast, .atMost: margin(value) >= 0
    case .above, .below: margin(value) > 0
    }
  }

  /// What part of customers, agents or day is meant, such as `population vip`.
  static func words(of scope: ResultDocument.Scope) -> String {
    printable("\(scope.kind.rawValue) \(scope.name)")
  }

  /// The metric's name without the part that it is limited to.
  static func unscoped(_ metric: ResultDocument.Metric) -> String {
    guard let scope = metric.scope else { return metric.name }
    let prefix = "\(scope.kind.rawValue) \(scope.name): "
    return metric.name.hasPrefix(prefix) ? String(metric.name.dropFirst(prefix.count)) : metric.name
  }

  /// The quantity and duration of `first_response.within(5 min)`, and whether only the answered count.
  static func within(
    _ metric: String
  ) -> (quantity: String, duration: String, isOfAnswered: Bool)? {
    let marker = ".within("
    guard metric.hasSuffix(")"), let start = position(of: marker, in: metric) else { return nil }
    let inside = metric[metric.index(start, offsetBy: marker.count)...].dropLast()
    let quantity = String(metric[..<start])
    let answered = ".answered"
    let isOfAnswered = quantity.hasSuffix(answered)
    return (
      isOfAnswered ? String(quantity.dropLast(answered.count)) : quantity,
      printable(String(inside)), isOfAnswered
    )
  }

  private static func position(of marker: String, in text: String) -> String.Index? {
    text.indices.first { text[$0...].hasPrefix(marker) }
  }

  /// What has happened to a conversation whose time is known, such as `answered`.
  static func participle(_ quantity: String) -> String {
    switch quantity {
    case "first_response": "answered"
    case "first_response.office": "answered in office hours"
    case "response": "replied to"
    case "resolution": "resolved"
    case "time_to_assignment": "assigned"
    case "wait": "attended to"
    default: printable(quantity)
    }
  }

  /// `first_response.p90` as `Nine in ten first answers`.
  private static func quantile(_ metric: String) -> String? {
    let parts = metric.split(separator: ".").map(String.init)
    let shares = [
      "p50": "Half of the", "p75": "Three in four", "p90": "Nine in ten", "p95": "95 in 100",
      "p99": "99 in 100",
    ]
    let things = [
      "first_response": "first answers", "response": "answers", "resolution": "resolutions",
      "time_to_assignment": "assignments", "wait": "waits",
    ]
    guard parts.count == 2, let thing = things[parts[0]], let share = shares[parts[1]] else {
      return nil
    }
    return "\(share) \(thing)"
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
