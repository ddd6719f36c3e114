import Glibc
import Sampling
import Statistics

/// Observations turned into what is uniform between 0 and 1 where the law is right.
///
/// A time known exactly becomes its probability of being exceeded by none (Rosenblatt 1952); one
/// known between two limits a random place between their probabilities (Dunn and Smyth 1996), drawn
/// as the law spreads it there. So rounding shows neither as steps nor as a wrong law.
enum UniformScores {
  /// The scores in ascending order.
  static func of(
    _ observations: [Observation], under law: LifetimeLaw, _ stream: inout RandomStream
  ) -> [Double] {
    let distribution = law.distribution
    var scores: [Double] = []
    scores.reserveCapacity(observations.count)
    for observation in observations where !observation.isCensored {
      scores.append(score(observation, law, distribution, &stream))
    }
    scores.sort()
    return scores
  }

  private static func score(
    _ observation: Observation, _ law: LifetimeLaw, _ distribution: Distribution?,
    _ stream: inout RandomStream
  ) -> Double {
    if observation.isExact { return law.cdf(observation.low) }
    guard observation.cut > 0 else {
      let low = law.cdf(observation.low)
      return low + stream.uniform() * (law.cdf(observation.high) - low)
    }
    let seen = observation.high - observation.cut
    if observation.cut < seen / 50 {
      // The law is flat so closely: the sum of two fractions has the right triangle.
      return law.cdf(seen + observation.cut * (stream.uniform() + stream.uniform() - 1))
    }
    let low = law.cdf(observation.low)
    let width = law.cdf(observation.high) - low
    var score = low + 0.5 * width
    for _ in 0..<200 {
      score = low + stream.uniform() * width
      let time = distribution?.quantile(score) ?? seen
      if stream.uniform() < 1 - abs(time - seen) / observation.cut { return score }
    }
    return score
  }

  /// So many of a sample's observations that ended, each equally likely to be among them.
  static func some(
    _ limit: Int, of sample: LifetimeSample, _ stream: inout RandomStream
  ) -> [Observation] {
    var left = sample.count - sample.censored
    var wanted = min(limit, left)
    var chosen: [Observation] = []
    chosen.reserveCapacity(wanted)
    // Selection sampling (Knuth, 3.4.2 S): one pass, the order kept.
    for (observation, count) in sample.groups where !observation.isCensored {
      for _ in 0..<count {
        if wanted == left || stream.uniform() * Double(left) < Double(wanted) {
          chosen.append(observation)
          wanted -= 1
        }
        left -= 1
        if wanted == 0 { return chosen }
      }
    }
    return chosen
  }
}
