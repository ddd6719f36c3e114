public import Measurement
import Statistics

/// What the strategies of a campaign do differently, and how sure that is.
///
/// Differences are paired by replication, because all strategies met the same customers. Those of the
/// metrics that are shown are judged together: Holm's correction over all metrics and strategies, so
/// that not one of them calls a difference that is none, except in 5 % of such tables.
public struct ComparisonBuilder: Sendable {
  /// How small a difference must be to matter to nobody.
  public var indifference = Indifference.usual
  /// Whether every strategy is compared with every other.
  public var comparesAllPairs = false
  /// Whether the strategies met the same customers.
  public var isPaired = true
  /// The family's level.
  public var level = 0.95

  /// The usual settings.
  public init() {}

  /// Compares everything with the first strategy.
  public func comparison(
    _ result: Campaign.Result, shown: Set<String>
  ) -> ResultDocument.Comparison? {
    guard let baseline = result.outcomes.first, result.outcomes.count > 1 else { return nil }
    var pairs: [PairOfStrategies] = []
    for other in result.outcomes.dropFirst() {
      for metric in baseline.result.metrics {
        pairs.append(
          PairOfStrategies(metric, baseline: baseline, other: other, isPaired: isPaired))
      }
    }
    let family = pairs.indices.filter {
      shown.contains(pairs[$0].metric.description) && pairs[$0].difference != nil
    }
    var comparison = ResultDocument.Comparison(
      baseline: baseline.name, isPaired: isPaired, correction: "Holm",
      comparisonCount: family.count, indifference: indifference.words,
      differences: rows(pairs, family: family))
    if comparesAllPairs { comparison.allPairs = allPairs(result, shown: shown) }
    return comparison
  }

  /// Rows in their order; those of the family are judged together, the others each alone.
  private func rows(
    _ pairs: [PairOfStrategies], family: [Int]
  ) -> [ResultDocument.Difference] {
    let pValues = family.map { pairs[$0].difference?.pValue ?? 1 }
    let adjusted = Holm.adjusted(pValues)
    let levels = Holm.levels(pValues, level: level)
    var place: [Int: Int] = [:]
    for (number, index) in family.enumerated() { place[index] = number }
    return pairs.enumerated().map { index, pair in
      let number = place[index]
      return pair.row(
        level: number.map { levels[$0] } ?? level, pValue: number.map { adjusted[$0] },
        indifference: indifference)
    }
  }

  private func allPairs(
    _ result: Campaign.Result, shown: Set<String>
  ) -> [ResultDocument.Difference] {
    var pairs: [PairOfStrategies] = []
    for (index, one) in result.outcomes.enumerated() {
      for other in result.outcomes.dropFirst(index + 1) {
        for metric in one.result.metrics where shown.contains(metric.description) {
          pairs.append(PairOfStrategies(metric, baseline: one, other: other, isPaired: isPaired))
        }
      }
    }
    return rows(pairs, family: pairs.indices.filter { pairs[$0].difference != nil })
  }

  /// The differences of one metric from the baseline in several worlds, all judged together.
  func robustRows(
    _ worlds: [(name: String, result: Campaign.Result)], metric: MetricReference
  ) -> [ResultDocument.RobustRow] {
    let pairs = worlds.map { world in
      world.result.outcomes.dropFirst().map { other in
        PairOfStrategies(
          metric, baseline: world.result.outcomes[0], other: other, isPaired: isPaired)
      }
    }
    let all = Array(pairs.joined())
    var differences = rows(all, family: all.indices.filter { all[$0].difference != nil })[...]
    return zip(worlds, pairs).map { world, pairs in
      defer { differences = differences.dropFirst(pairs.count) }
      return ResultDocument.RobustRow(
        world: world.name, differences: Array(differences.prefix(pairs.count)))
    }
  }
}
