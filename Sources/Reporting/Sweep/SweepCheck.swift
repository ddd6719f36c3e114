import Measurement

/// What a saved sweep must fulfil before anything is made from it: it may have been changed by hand.
struct SweepCheck: Sendable {
  /// Where the first number stands that cannot be; nil if all can.
  let problem: String?

  /// No time, count or amount of a result is larger.
  private static let largest = 1e15

  init(_ document: SweepDocument) {
    problem =
      Self.frame(document)
      ?? document.points.indices.lazy.compactMap { place in
        Self.point(document.points[place], document).map { "points.[\(place)].\($0)" }
      }.first
      ?? document.effects.indices.lazy.compactMap { place in
        Self.effects(document.effects[place], document).map { "effects.[\(place)].\($0)" }
      }.first
  }

  private static func frame(_ document: SweepDocument) -> String? {
    if document.names.isEmpty || document.names.contains(where: \.values.isEmpty) { return "names" }
    if document.strategies.isEmpty { return "strategies" }
    if document.asked.isEmpty { return "asked" }
    let isSize = document.pointCount >= document.points.count && document.pointCount < 1 << 40
    if !isSize || document.points.isEmpty { return "point_count" }
    let head = document.head
    if ![head.replications, head.runs, head.events].allSatisfy({ $0 >= 0 }) { return "head" }
    for (place, metric) in document.metrics.enumerated() {
      guard isNumber(metric.shownFactor), metric.shownFactor > 0, (0...15).contains(metric.decimals)
      else { return "metrics.[\(place)]" }
    }
    for (place, goal) in document.goals.enumerated() where !isNumber(goal.limit) {
      return "goals.[\(place)].limit"
    }
    return nil
  }

  private static func point(_ point: SweepDocument.Point, _ document: SweepDocument) -> String? {
    let sizes = document.names.map(\.values.count) + [document.strategies.count]
    guard point.place.count == sizes.count,
      zip(point.place, sizes).allSatisfy({ (0..<$1).contains($0) })
    else { return "place" }
    for value in point.values {
      let numbers = [value.mean, value.low, value.high, value.halfWidth, value.sd]
      guard numbers.allSatisfy(isNumber), value.replications >= 0 else { return "values" }
    }
    for goal in point.goals
    where ![goal.value, goal.low, goal.high].allSatisfy(isNumber) { return "goals" }
    return nil
  }

  private static func effects(
    _ effects: SweepDocument.Effects, _ document: SweepDocument
  ) -> String? {
    let factors = document.factors
    func isPlace(_ place: Int, of factor: Int) -> Bool {
      factors.indices.contains(factor) && factors[factor].values.indices.contains(place)
    }
    for row in effects.rows {
      guard isPlace(row.from, of: row.factor), isPlace(row.to, of: row.factor),
        row.levels.count == factors[row.factor].values.count,
        row.levels.allSatisfy({ [$0.mean, $0.low, $0.high].allSatisfy(isNumber) }),
        [row.change, row.low, row.high].allSatisfy(isNumber)
      else { return "rows" }
    }
    for row in effects.interactions {
      guard isPlace(row.from, of: row.factor), isPlace(row.to, of: row.factor),
        row.places.count == 2, row.places.allSatisfy({ isPlace($0, of: row.other) }),
        row.changes.count == 2, row.changes.allSatisfy(isNumber), isNumber(row.halfWidth)
      else { return "interactions" }
    }
    return effects.rows.isEmpty ? "rows" : nil
  }

  private static func isNumber(_ value: Double?) -> Bool {
    value.map { $0.magnitude <= largest } ?? true
  }
}
