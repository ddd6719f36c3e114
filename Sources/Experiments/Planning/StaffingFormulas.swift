import Glibc
import Statistics

/// What formulas ask for in one period, taken as if it lasted for ever: nothing is left over from before.
struct StaffingFormulas: Sendable {
  /// Mean work of an agent for a conversation, in seconds.
  let meanService: Double
  /// Mean patience in seconds; nil where nobody gives up.
  let meanPatience: Double?
  /// The share to be answered in time.
  let share: Double
  /// The time in seconds.
  let bound: Double

  /// Describes what is asked.
  init(meanService: Double, meanPatience: Double?, share: Double, bound: Double) {
    self.meanService = meanService
    self.meanPatience = meanPatience
    self.share = share
    self.bound = bound
  }

  /// Formulas are not asked for more.
  private static let most = 100_000

  /// M/M/c: one queue, nobody gives up.
  func erlangC(rate: Double) -> Int? {
    guard rate > 0 else { return 0 }
    return ErlangC.fewestServers(
      arrivalRate: rate, meanService: meanService, serviceLevel: share, within: bound)
  }

  /// M/M/c+M: the share of all customers who are served within the time; nil without patience.
  func erlangA(rate: Double) -> Int? {
    guard rate > 0 else { return 0 }
    guard let meanPatience, share < 1 else { return nil }
    func suffices(_ servers: Int) -> Bool {
      ErlangA(
        servers: servers, arrivalRate: rate, meanService: meanService, meanPatience: meanPatience
      ).map { $0.pServed(within: bound) >= share } ?? false
    }
    return Self.first(from: 1, suffices)
  }

  /// R + beta sqrt(R), beta by the Halfin-Whitt law of the wait.
  func squareRoot(rate: Double) -> Int? {
    guard rate > 0 else { return 0 }
    let load = rate * meanService
    func suffices(_ servers: Int) -> Bool {
      let beta = (Double(servers) - load) / load.squareRoot()
      guard let waits = SquareRootStaffing.pWait(beta: beta) else { return false }
      return 1 - waits * exp(-beta * load.squareRoot() * bound / meanService) >= share
    }
    return Self.first(from: max(1, Int(min(load, 1e6))), suffices)
  }

  /// The first number that suffices, where more do too: doubled, then halved.
  private static func first(from start: Int, _ suffices: (Int) -> Bool) -> Int? {
    var low = start - 1
    var high = start
    var step = 1
    while !suffices(high) {
      low = high
      high += step
      step *= 2
      guard high <= most else { return nil }
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if suffices(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
