/// A mean corrected by something observed beside it whose true mean is known.
///
/// The load that a run happened to get (arrivals times work) is such a control for its waits.
struct ControlVariate: Sendable, Equatable {
  /// How much the response moves with the control.
  let slope: Double

  /// The corrected mean.
  let estimate: Double

  /// The correlation of response and control: the variance falls by its square.
  let correlation: Double

  /// Nothing unless response and control have the same number of values, at least three, and vary.
  init?(response: [Double], control: [Double], knownMean: Double) {
    guard response.count == control.count, response.count >= 3 else { return nil }
    var pairs = PairedComparison()
    for (value, beside) in zip(response, control) {
      pairs.record(baseline: beside, other: value)
    }
    guard let correlation = pairs.correlation, let mean = pairs.other.mean,
      let controlMean = pairs.baseline.mean, let spread = pairs.other.standardDeviation,
      let controlSpread = pairs.baseline.standardDeviation
    else { return nil }
    self.correlation = correlation
    slope = correlation * spread / controlSpread
    estimate = mean - slope * (controlMean - knownMean)
    guard estimate.isFinite else { return nil }
  }
}
