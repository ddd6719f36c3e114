public import Measurement
public import Scenarios
import Statistics

/// Turns the points of a sweep into the document that every report of it is made from.
public struct SweepDocumentBuilder: Sendable {
  /// The scenario before anything was varied.
  public var scenario: Scenario
  /// What was varied.
  public var variations: [Variation]
  /// The strategies that every setting was run under.
  public var strategies: [String]
  /// Every metric that was measured.
  public var metrics: [MetricReference]
  /// The metrics that the answer is about, the deciding one first.
  public var asked: [MetricReference]

  /// Names what stands around the points.
  public init(
    scenario: Scenario, variations: [Variation], strategies: [String],
    metrics: [MetricReference], asked: [MetricReference]
  ) {
    self.scenario = scenario
    self.variations = variations
    self.strategies = strategies
    self.metrics = metrics
    self.asked = asked
  }

  /// The metrics that a sweep is about: those asked for, then those of the goals, else the usual one.
  public static func asked(
    _ wanted: [MetricReference], _ scenario: Scenario
  ) -> [MetricReference] {
    var metrics: [MetricReference] = []
    for metric in wanted + scenario.goals.map(\.metric) where !metrics.contains(metric) {
      metrics.append(metric)
    }
    return metrics.isEmpty ? [PrecisionRule.usualMetric].compactMap(\.self) : metrics
  }

  /// The document; `head` gets its counts, its fingerprint and what is left here.
  public func document(_ head: StudyHead, _ outcome: SweepRunner.Outcome) -> SweepDocument {
    let sizes = variations.map(\.values.count) + [strategies.count]
    var points: [SweepDocument.Point] = []
    var head = head
    var hash = RunHash.empty
    for (index, point) in outcome.points.enumerated() {
      guard let point else { continue }
      RunHash.stir(&hash, point.fingerprint)
      head.runs += point.replications
      head.events += point.events
      points.append(
        SweepDocument.Point(
          place: Self.place(index, sizes),
          fingerprint: DocumentBuilder.text(fingerprint: point.fingerprint),
          isOverloaded: point.isOverloaded, values: point.values, goals: point.goals))
    }
    head.fingerprint = DocumentBuilder.text(fingerprint: hash)
    if outcome.isPartial {
      head.partial = "after \(points.count) of \(outcome.points.count) settings"
    }
    var document = SweepDocument(
      head: head,
      names: variations.map { SweepDocument.Name(name: $0.name, values: $0.values) },
      strategies: strategies, metrics: metrics.map { DocumentBuilder.metric($0, scenario) },
      asked: asked.map(\.description), goals: scenario.goals.map { ResultDocument.Goal($0) },
      pointCount: outcome.points.count, points: points)
    let all = outcome.points.compactMap(\.self)
    if all.count == outcome.points.count {
      document.effects = asked.compactMap { Self.effects($0, all, document.factors) }
    }
    document.head.remarks += remarks(document)
    return document
  }

  /// The position of each factor's value.
  private static func place(_ index: Int, _ sizes: [Int]) -> [Int] {
    var rest = index
    return sizes.reversed().map { size in
      defer { rest /= size }
      return rest % size
    }.reversed()
  }

  // MARK: - Effects

  private static func effects(
    _ metric: MetricReference, _ points: [SweptPoint], _ factors: [SweepDocument.Name]
  ) -> SweepDocument.Effects? {
    let name = metric.description
    var cells: [Factorial.Cell] = []
    for point in points {
      guard let place = point.values.firstIndex(where: { $0.metric == name }),
        let mean = point.values[place].mean
      else { return nil }
      cells.append(Factorial.Cell(value: mean, errors: RunErrors(point.terms[place])))
    }
    let found = Factorial(
      sizes: factors.map(\.values.count), isOrdered: factors.map { $0.numbers != nil }, cells: cells
    )
    guard let factorial = found else { return nil }
    // What has one value does nothing.
    let rows = factorial.effects().filter { factorial.sizes[$0.factor] > 1 }.map { row($0, metric) }
    guard !rows.isEmpty else { return nil }
    // The largest first; what is not shown to matter stands behind.
    let order = rows.indices.sorted {
      let (left, right) = (rows[$0], rows[$1])
      return (left.isShown ? 0 : 1, -left.change, $0) < (right.isShown ? 0 : 1, -right.change, $1)
    }
    return SweepDocument.Effects(
      metric: name, rows: order.map { rows[$0] }, interactions: clear(factorial.interactions()))
  }

  private static func row(
    _ effect: Factorial.Effect, _ metric: MetricReference
  ) -> SweepDocument.Effect {
    SweepDocument.Effect(
      factor: effect.factor,
      levels: effect.levels.map { level in
        let interval = ConfidenceInterval.over(
          level.errors, estimate: level.value, within: .anywhere)
        return ResultDocument.Estimate(
          mean: level.value, low: interval?.low, high: interval?.high)
      }, from: effect.from, to: effect.to, change: effect.change,
      low: effect.interval?.low, high: effect.interval?.high)
  }

  /// Of what one factor does, so much must depend on another to be worth a word.
  private static let clearly = 0.25

  /// The interactions that are shown and large beside the effects themselves, the largest first.
  private static func clear(
    _ interactions: [Factorial.Interaction]
  ) -> [SweepDocument.Interaction] {
    let shown = interactions.filter { found in
      let largest = found.changes.map(\.magnitude).max() ?? 0
      let apart = found.interval.estimate.magnitude
      return (found.interval.low > 0 || found.interval.high < 0) && apart >= clearly * largest
    }
    let order = shown.indices.sorted {
      (-shown[$0].interval.estimate.magnitude, $0) < (-shown[$1].interval.estimate.magnitude, $1)
    }
    return order.map { place in
      let found = shown[place]
      return SweepDocument.Interaction(
        factor: found.factors[0], from: found.from, to: found.to, other: found.factors[1],
        places: found.places, changes: found.changes, halfWidth: found.interval.halfWidth)
    }
  }

  // MARK: - Remarks

  private func remarks(_ document: SweepDocument) -> [String] {
    var remarks: [String] = []
    let overloaded = document.points.count { $0.isOverloaded }
    if overloaded > 0 {
      let which =
        overloaded == document.points.count
        ? "In every setting" : "In \(overloaded) of \(document.points.count) settings"
      remarks.append(
        "\(which) more work comes in than the agents can do, at least for a time: what is measured "
          + "there depends on how long that lasts.")
    }
    for metric in document.asked {
      let without = document.points.count { point in
        point.values.first { $0.metric == metric }?.mean == nil
      }
      if without > 0 {
        remarks.append(
          "\(metric) has no value in \(without) of \(document.points.count) settings, so nothing is "
            + "said of what matters for it.")
      }
    }
    return remarks
  }
}
