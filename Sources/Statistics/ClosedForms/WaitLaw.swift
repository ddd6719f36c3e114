import Glibc

/// A wait that is nought with some probability and exponential otherwise.
///
/// It is exact for every model with exponential work and first in, first out: M/M/c and GI/M/c.
public struct WaitLaw: Sendable, Equatable {
  /// The probability of having to wait.
  public let pWait: Double

  /// The rate of the exponential wait of those who wait.
  public let rate: Double

  /// Nothing unless the probability lies in 0...1 and the rate is positive.
  init?(pWait: Double, rate: Double) {
    guard pWait >= 0, pWait <= 1, rate > 0, rate.isFinite else { return nil }
    self.pWait = pWait
    self.rate = rate
  }

  /// The mean wait of everybody.
  public var mean: Double { pWait / rate }

  /// The mean wait of those who wait.
  var meanGivenWait: Double { 1 / rate }

  /// The standard deviation of everybody's wait.
  public var standardDeviation: Double { (pWait * (2 - pWait)).squareRoot() / rate }

  /// The wait that a share `p` of everybody does not exceed; nothing outside 0..<1.
  public func quantile(_ p: Double) -> Double? {
    guard p >= 0, p < 1 else { return nil }
    return pWait <= 1 - p ? 0 : log(pWait / (1 - p)) / rate
  }

  /// The share of everybody who wait no longer than `time`.
  public func share(within time: Double) -> Double {
    time < 0 ? 0 : 1 - pWait * exp(-rate * time)
  }
}

/// Limits of what the closed forms compute, so that no argument costs an hour.
enum ClosedFormLimits {
  static let servers = 10_000_000
  static let states = 5_000_000

  static func isRate(_ rate: Double) -> Bool { rate > 0 && rate.isFinite }
  static func isCount(_ servers: Int) -> Bool { (1...self.servers).contains(servers) }
}
