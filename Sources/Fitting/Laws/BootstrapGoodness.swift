import Sampling
public import Statistics

/// Whether a fitted law fits, told by drawing from it, cutting, and fitting again.
///
/// The tables of Kolmogorov and Smirnov hold for a law known beforehand; one that was fitted to the
/// same times lies nearer to them, and the tables would pass almost anything. So each resample is
/// fitted anew, and its distance compared with the one that was seen (Stute, Manteiga and Quindimil
/// 1993). A large sample finds every law wrong in some small way; there a part of it is tested, whose
/// size is told.
public struct BootstrapGoodness: Sendable, Equatable {
  /// How many observations were tested.
  public let count: Int
  /// How many resamples there were.
  public let resamples: Int
  /// The distances of those observations.
  public let seen: GoodnessOfFit
  /// The share of resamples at least as far away by the largest gap.
  public let distancePValue: Double
  /// The share of resamples at least as far away by Anderson and Darling's distance.
  public let andersonDarlingPValue: Double

  init?(
    of fit: LifetimeFit, _ sample: LifetimeSample, _ draws: Draws, _ effort: TimeFit.Effort
  ) {
    guard effort.resamples > 0, var picks = draws.stream(2),
      let distribution = fit.law.distribution
    else { return nil }
    let tested = UniformScores.some(effort.resampled, of: sample, &picks)
    let family = fit.law.family
    let isAll = tested.count == sample.count
    let refitted = isAll ? fit : LifetimeFit(family, to: LifetimeSample(tested), from: fit.law)
    guard let refitted, tested.count >= 10,
      let seen = GoodnessOfFit(ofUniform: UniformScores.of(tested, under: refitted.law, &picks))
    else { return nil }
    let rounding = Rounding(of: sample)
    var done = 0
    var farther = (distance: 0, andersonDarling: 0)
    for resample in 0..<effort.resamples {
      guard var stream = draws.stream(16 + resample) else { break }
      let drawn = tested.indices.map { _ in
        rounding.observed(
          distribution.sample(&stream), start: rounding == .none ? 0 : stream.uniform())
      }
      guard let again = LifetimeFit(family, to: LifetimeSample(drawn), from: refitted.law),
        let distances = GoodnessOfFit(ofUniform: UniformScores.of(drawn, under: again.law, &stream))
      else { continue }
      done += 1
      if distances.distance >= seen.distance { farther.distance += 1 }
      if distances.andersonDarling >= seen.andersonDarling { farther.andersonDarling += 1 }
    }
    guard done > 0 else { return nil }
    count = tested.count
    resamples = done
    self.seen = seen
    // The sample seen is one more draw under the hypothesis.
    distancePValue = Double(farther.distance + 1) / Double(done + 1)
    andersonDarlingPValue = Double(farther.andersonDarling + 1) / Double(done + 1)
  }
}
