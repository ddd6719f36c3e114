import Measurement

@testable import Verification

/// A finding as something to check: `METRIC of "STRATEGY" >= BOUND`, or `<=`.
///
/// The bound is a value with its unit, or `[FACTOR x] [METRIC of] "STRATEGY"`; the metric is the same
/// where none is named.
struct HeldFinding {
  let metric: String
  let strategy: String
  let isAtLeast: Bool
  let bound: Bound

  enum Bound: Equatable {
    case value(Double)
    case other(factor: Double, metric: String, strategy: String)
  }

  /// Why a finding cannot be read or looked up.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  init(_ text: String) throws(Problem) {
    guard
      let found = text.wholeMatch(
        of: #/(?<metric>.+?) of "(?<strategy>[^"]+)" (?<sign>>=|<=) (?<bound>.+)/#)
    else { throw Problem(description: "'\(text)' is no finding") }
    metric = String(found.metric)
    strategy = String(found.strategy)
    isAtLeast = found.sign == ">="
    bound = try Self.bound(String(found.bound), of: String(found.metric))
  }

  private static func bound(_ text: String, of metric: String) throws(Problem) -> Bound {
    if let other = text.wholeMatch(
      of: #/(?:(?<factor>[0-9.]+) x )?(?:(?<metric>.+?) of )?"(?<strategy>[^"]+)"/#)
    {
      let factor = other.factor.map { Double($0) } ?? 1
      guard let factor else { throw Problem(description: "'\(text)' has no factor") }
      return .other(
        factor: factor, metric: other.metric.map { String($0) } ?? metric,
        strategy: String(other.strategy))
    }
    if text.hasSuffix("%"), let number = Double(text.dropLast()) { return .value(number / 100) }
    if let number = Double(text) { return .value(number) }
    do throws(GrammarError) {
      return .value(Double(try DurationText.parse(text)) / 1e9)
    } catch {
      throw Problem(description: "'\(text)' is no bound")
    }
  }

  /// Whether it is true of a record by the near ends of the intervals.
  func holds(of record: ScenarioRecord) throws(Problem) -> Bool {
    let near = try end(of: metric, strategy, in: record, isLower: isAtLeast)
    let limit =
      switch bound {
      case .value(let value): value
      case .other(let factor, let metric, let strategy):
        factor * (try end(of: metric, strategy, in: record, isLower: !isAtLeast))
      }
    return isAtLeast ? near >= limit : near <= limit
  }

  /// One end of a metric's interval; the value itself where there was but one run.
  private func end(
    of metric: String, _ strategy: String, in record: ScenarioRecord, isLower: Bool
  ) throws(Problem) -> Double {
    guard let found = record.strategies.first(where: { $0.name == strategy }) else {
      throw Problem(description: "the record has no strategy '\(strategy)'")
    }
    guard let estimate = found.metrics.first(where: { $0.name == metric })?.estimate else {
      throw Problem(description: "the record of '\(strategy)' has no metric '\(metric)'")
    }
    if record.replications == 1 { return estimate.mean }
    guard let end = isLower ? estimate.low : estimate.high else {
      throw Problem(description: "'\(metric)' of '\(strategy)' has no interval")
    }
    return end
  }
}
