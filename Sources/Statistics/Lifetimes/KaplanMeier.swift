import Glibc

/// How many are still waiting after a time, where some were seen to give up and others were not.
///
/// Kaplan and Meier (1958), with Greenwood's variance on the scale of log(-log S), so that the band
/// stays between 0 and 1 (Kalbfleisch and Prentice 1980). It assumes nothing about the law.
public struct KaplanMeier: Sendable, Equatable {
  /// The estimate from one end of a time on.
  public struct Step: Sendable, Equatable, Codable {
    /// When somebody gave up.
    public let time: Double
    /// How many had not, just before.
    let atRisk: Double
    /// How many gave up then.
    public let ended: Double
    /// The share that goes on beyond it.
    public let share: Double
    /// The lower limit of the band.
    public let low: Double
    /// The upper limit of the band.
    public let high: Double
    /// Greenwood's standard error of the share.
    public let error: Double
  }

  /// The steps, ascending in time.
  public let steps: [Step]
  /// The longest time that anybody was watched.
  public let longest: Double
  /// How many were seen to end.
  public let ended: Int
  /// How many were seen to go on, and no longer.
  public let censored: Int

  /// The estimate from a sample; a time known between two limits counts at its middle.
  ///
  /// Nothing where nobody was seen to end. Who left watch at an instant is at risk in it.
  public init?(_ sample: LifetimeSample, level: Double = 0.95) {
    guard let z = Special.normalQuantile(0.5 + level / 2) else { return nil }
    var events: [(time: Double, ended: Double, left: Double)] = []
    for (observation, count) in sample.groups {
      let weight = Double(count)
      events.append(
        observation.isCensored
          ? (observation.low, 0, weight) : (observation.middle, weight, 0))
    }
    events.sort { $0.time < $1.time }
    var steps: [Step] = []
    var atRisk = Double(sample.count)
    var share = 1.0
    var greenwood = 0.0
    var index = 0
    while index < events.count {
      let time = events[index].time
      var ended = 0.0
      var left = 0.0
      while index < events.count, events[index].time == time {
        ended += events[index].ended
        left += events[index].left
        index += 1
      }
      if ended > 0 {
        share *= (atRisk - ended) / atRisk
        greenwood += ended < atRisk ? ended / (atRisk * (atRisk - ended)) : 0
        steps.append(
          Self.step(time, atRisk, ended, ended < atRisk ? share : 0, greenwood, z))
      }
      atRisk -= ended + left
    }
    guard !steps.isEmpty, let last = events.last else { return nil }
    self.steps = steps
    longest = last.time
    censored = sample.censored
    ended = sample.count - sample.censored
  }

  private static func step(
    _ time: Double, _ atRisk: Double, _ ended: Double, _ share: Double, _ greenwood: Double,
    _ z: Double
  ) -> Step {
    let error = share * greenwood.squareRoot()
    var low = share
    var high = share
    if share > 0, share < 1 {
      let reach = exp(z * greenwood.squareRoot() / abs(log(share)))
      low = pow(share, reach)
      high = pow(share, 1 / reach)
    }
    return Step(
      time: time, atRisk: atRisk, ended: ended, share: share, low: low, high: high, error: error)
  }

  /// The share that goes on beyond a time.
  public func share(after time: Double) -> Double {
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].time <= time { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 1 : steps[low - 1].share
  }

  /// The largest gap between the estimate and a survival function, and where.
  ///
  /// Only as far as so many were still watched: beyond, a step of the estimate is one person.
  public func gap(
    from survival: (Double) -> Double, atRisk least: Double = 20
  ) -> (gap: Double, time: Double) {
    var largest = (gap: 0.0, time: 0.0)
    var before = 1.0
    for (place, step) in steps.enumerated() where place == 0 || step.atRisk >= least {
      let expected = survival(step.time)
      for share in [before, step.share] where abs(share - expected) > largest.gap {
        largest = (abs(share - expected), step.time)
      }
      before = step.share
    }
    return largest
  }
}
