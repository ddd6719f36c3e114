/// M/G/1: one server, any service times, first in, first out.
public struct PollaczekKhinchine: Sendable, Equatable {
  /// The load of the server, which is also the probability of having to wait.
  public let load: Double

  /// The mean wait of everybody.
  public let meanWait: Double

  /// The standard deviation of the wait; nothing if the third moment was not given.
  public let standardDeviation: Double?

  /// The mean number waiting.
  let meanQueue: Double

  /// Takes the moments E[S], E[S^2] and E[S^3] of the service time.
  ///
  /// Nothing for impossible arguments or a load of 1 and more.
  public init?(
    arrivalRate: Double, meanService: Double, secondMoment: Double, thirdMoment: Double? = nil
  ) {
    guard ClosedFormLimits.isRate(arrivalRate), ClosedFormLimits.isRate(meanService),
      secondMoment.isFinite, secondMoment >= meanService * meanService * (1 - 1e-12)
    else { return nil }
    let load = arrivalRate * meanService
    guard load < 1 else { return nil }
    let mean = arrivalRate * secondMoment / (2 * (1 - load))
    guard mean.isFinite else { return nil }
    self.load = load
    meanWait = mean
    meanQueue = arrivalRate * mean
    if let thirdMoment {
      guard thirdMoment > 0, thirdMoment.isFinite else { return nil }
      // E[W^2] = 2 E[W]^2 + lambda E[S^3] / (3 (1 - rho)).
      let variance = mean * mean + arrivalRate * thirdMoment / (3 * (1 - load))
      guard variance.isFinite else { return nil }
      standardDeviation = variance.squareRoot()
    } else {
      standardDeviation = nil
    }
  }
}
