public import Measurement
import Statistics

/// What changed since an answer that somebody keeps in view: the same customers then and now.
public struct WasAndIs: Sendable {
  /// A way that both answers have.
  public struct Row: Sendable {
    /// Its name.
    public let strategy: String
    /// What it was, and what it is; both of as many runs.
    public let difference: ResultDocument.Difference
  }

  /// The ways that both have, in today's order.
  public let rows: [Row]

  /// Compares one metric of two results; differences are paired by run, each with its own 95 % interval.
  ///
  /// Where assumptions changed, the same run has other customers as far as the change goes, and the same ones
  /// beyond it: that is what pairing buys.
  public init(
    was: Campaign.Result, is now: Campaign.Result, metric: String
  ) {
    rows = now.outcomes.compactMap { outcome in
      guard let before = was.outcomes.first(where: { $0.name == outcome.name }),
        let reference = outcome.result.metrics.first(where: { $0.description == metric }),
        before.result.metrics.contains(reference), was.replications == now.replications
      else { return nil }
      let pair = PairOfStrategies(reference, baseline: before, other: outcome, isPaired: true)
      let row = pair.row(
        level: 0.95, pValue: pair.difference?.pValue ?? 1, family: .shown, indifference: .usual)
      return Row(strategy: outcome.name, difference: row)
    }
  }
}
