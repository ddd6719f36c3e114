import Glibc

/// M/M/c: one queue, first in, first out, nobody gives up.
public struct ErlangC: Sendable, Equatable {
  /// The number of servers.
  public let servers: Int

  /// Arrivals a unit of time.
  public let arrivalRate: Double

  /// The load of a server, below 1.
  public let load: Double

  /// The law of the wait.
  public let wait: WaitLaw

  /// Nothing for impossible arguments or a load of 1 and more.
  public init?(servers: Int, arrivalRate: Double, meanService: Double) {
    guard ClosedFormLimits.isCount(servers), ClosedFormLimits.isRate(arrivalRate),
      ClosedFormLimits.isRate(meanService)
    else { return nil }
    let offered = arrivalRate * meanService
    let load = offered / Double(servers)
    guard load < 1, let blocked = ErlangB.blocking(servers: servers, offeredLoad: offered),
      let wait = WaitLaw(
        pWait: blocked / (1 - load + load * blocked),
        rate: Double(servers) * (1 - load) / meanService)
    else { return nil }
    self.servers = servers
    self.arrivalRate = arrivalRate
    self.load = load
    self.wait = wait
  }

  /// The probability of having to wait.
  public var pWait: Double { wait.pWait }

  /// The mean wait of everybody.
  public var meanWait: Double { wait.mean }

  /// The mean number waiting (Little's law).
  var meanQueue: Double { arrivalRate * wait.mean }

  /// The mean number waiting or in service.
  var meanInSystem: Double { meanQueue + load * Double(servers) }

  /// The share who wait no longer than `time`.
  public func serviceLevel(within time: Double) -> Double { wait.share(within: time) }

  /// The fewest servers that answer a share of customers within a time.
  ///
  /// Nothing for impossible arguments, or if more than ten million were needed.
  public static func fewestServers(
    arrivalRate: Double, meanService: Double, serviceLevel: Double, within time: Double
  ) -> Int? {
    let offered = arrivalRate * meanService
    guard ClosedFormLimits.isRate(offered), serviceLevel >= 0, serviceLevel < 1, time >= 0,
      offered < Double(ClosedFormLimits.servers) / 2
    else { return nil }
    // One pass of the recursion serves every number of servers.
    var blocked = 1.0
    for servers in 1...ClosedFormLimits.servers {
      let count = Double(servers)
      blocked = offered * blocked / (count + offered * blocked)
      if count <= offered { continue }
      let load = offered / count
      let wait = WaitLaw(
        pWait: blocked / (1 - load + load * blocked), rate: (count - offered) / meanService)
      if let wait, wait.share(within: time) >= serviceLevel { return servers }
    }
    return nil
  }
}
