public import Measurement
import Statistics

/// What the strategies of a campaign do differently, and how sure that is.
///
/// Differences are paired by replication, because all strategies met the same customers. Those of the
/// metrics that are shown are judged together, and so are all the others: Holm's correction over all
/// metrics and strategies of each family, so that not one of them calls a difference that is none,
/// except in 5 % of such families.
public struct ComparisonBuilder: Sendable {
  /// How small a difference must be to matter to nobody.
  public var indifference = Indifference.usual
  /// Whether every strategy is compared with every other.
  public var comparesAllPairs = false
  /// Whether the strategies met the same customers.
  public var isPaired = true
  /// The family's level.
  public var level = 0.95
  /// How often somebody will look at the result while runs are added, all planned looks counted.
  ///
  /// Whoever looks often finds something in the end, so a claim must survive so many times its p-value: at all
  /// looks together no more than 5 % of families show a difference that is none.
  public var looks = 1

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
    let families = pairs.map { pair -> ResultDocument.Family in
      shown.contains(pair.metric.description) ? .shown : .other
    }
    let differences = rows(pairs, families)
    var comparison = ResultDocument.Comparison(
      baseline: baseline.name, isPaired: isPaired, correction: "Holm",
      comparisonCount: differences.count { $0.family == .shown },
      indifference: indifference.words, differences: differences)
    if comparesAllPairs { comparison.allPairs = allPairs(result, shown: shown) }
    return comparison
  }

  /// Rows in their order, each judged together with the others of its family.
  private func rows(
    _ pairs: [PairOfStrategies], _ families: [ResultDocument.Family]
  ) -> [ResultDocument.Difference] {
    var levels = Array(repeating: level, count: pairs.count)
    var pValues = Array(repeating: 1.0, count: pairs.count)
    for family in [ResultDocument.Family.shown, .other] {
      let members = pairs.indices.filter {
        families[$0] == family && pairs[$0].difference != nil
      }
      let found = members.map { pairs[$0].difference?.pValue ?? 1 }
      let adjusted = Holm.adjusted(found)
      for (number, level) in Holm.levels(found, level: level).enumerated() {
        levels[members[number]] = level
        pValues[members[number]] = adjusted[number]
      }
    }
    return pairs.indices.map { index in
      pairs[index].row(
        level: levels[index], pValue: pValues[index], family: families[index],
        indifference: indifference, looks: looks,
        isKept: looks == 1 || pValues[index] * Double(looks) <= 1 - level)
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
    return rows(pairs, pairs.map { _ in .shown })
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
    var differences = rows(all, all.map { _ in .shown })[...]
    return zip(worlds, pairs).map { world, pairs in
      defer { differences = differences.dropFirst(pairs.count) }
      return ResultDocument.RobustRow(
        world: world.name, differences: Array(differences.prefix(pairs.count)))
    }
  }
}
