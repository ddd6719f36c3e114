import Measurement
import Scenarios
import Statistics
import Testing
import VirtualTime

@testable import World

/// A scenario of which something is known exactly.
struct ExactModel: Sendable {
  /// The table and the row.
  var name: String
  /// The scenario, but for its duration and warm-up; times are minutes.
  var scenario: String
  /// Arrivals per minute.
  var rate: Double
  /// How long the model remembers, in minutes: what is left of the empty start falls by e each time.
  var memory: Double
  /// How many independent parts it has, which shorten the run that is needed.
  var parts: Double = 1
  var quantities: [Quantity]

  /// Something known and where a run shows it.
  struct Quantity: Sendable {
    var metric: String
    var exact: Double

    /// A metric in seconds known in minutes.
    static func minutes(_ metric: String, _ exact: Double) -> Quantity {
      Quantity(metric: metric, exact: exact * 60)
    }

    /// A metric that is a number or a share.
    static func plain(_ metric: String, _ exact: Double) -> Quantity {
      Quantity(metric: metric, exact: exact)
    }
  }

  /// What a number of replications say about a quantity.
  struct Finding: Sendable {
    var quantity: Quantity
    var mean: Double
    var error: Double
    var isInside: Bool

    var z: Double { error > 0 ? (mean - quantity.exact) / error : 0 }
  }

  /// How long it is run.
  struct Length: Sendable {
    var warmup: Double
    var duration: Double

    /// With an effort of 1, long enough for a relative error of about 2 %.
    static func long(_ model: ExactModel, effort: Double) -> Length {
      let run = max(
        max(3, 10 * effort) * model.memory, 100 * effort * model.memory / model.parts,
        4_000 / model.rate)
      return Length(warmup: 5 * model.memory, duration: 5 * model.memory + run)
    }

    /// Short enough for every build: the interval is wide, a mistake in a rule still shows.
    static func short(_ model: ExactModel) -> Length {
      let warmup = min(5 * model.memory, 200 / model.rate)
      return Length(warmup: warmup, duration: warmup + 600 / model.rate)
    }
  }

  static let replications = 20
  /// The level of every interval; a doubtful quantity is decided by a second seed.
  static let level = 0.999

  func plan(_ length: Length) throws -> WorldPlan {
    let text = """
      \(scenario)
      duration: \(length.duration) min
      warmup: \(length.warmup) min
      """
    let scenario = try readScenario(text)
    var plan = WorldPlan(scenario, scenario.standard)
    plan.metrics = try quantities.map { try MetricReference($0.metric) }
    return plan
  }

  /// Runs the model and looks at every quantity.
  func findings(_ length: Length, seed: UInt64) throws -> [Finding] {
    let plan = try plan(length)
    let results = try runs(plan, seed: seed, count: Self.replications).map { try $0.get() }
    for result in results {
      try #require(result.violations.isEmpty, "\(name): \(result.violations)")
      try #require(result.ending.isOrderly, "\(name): \(result.ending)")
      try #require(result.refusedCount == 0, "\(name): \(result.firstRefusal ?? "")")
    }
    return try quantities.map { quantity in
      let reference = try MetricReference(quantity.metric)
      let values = results.compactMap { $0.measured.value(of: reference)?.value }
      try #require(values.count == Self.replications, "\(name): no \(quantity.metric)")
      let moments = Moments(values)
      let interval = try #require(ConfidenceInterval.student(moments, level: Self.level))
      let error = (moments.standardDeviation ?? 0) / Double(values.count).squareRoot()
      return Finding(
        quantity: quantity, mean: interval.estimate, error: error,
        isInside: interval.contains(quantity.exact))
    }
  }
}
