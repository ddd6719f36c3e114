import Glibc

/// M/M/c+M: exponential work and exponential patience; also defined when overloaded.
public struct ErlangA: Sendable, Equatable {
  /// The number of servers.
  public let servers: Int

  /// The probability of finding nobody free, including those who give up later.
  public let pWait: Double

  /// The share of all arrivals that give up.
  public let pAbandon: Double

  /// The mean wait of everybody, whether served or not.
  public let meanWait: Double

  /// The mean wait of those who are served.
  let meanWaitServed: Double

  /// The mean wait of those who give up; nothing if it is too rare to compute.
  let meanWaitAbandoned: Double?

  /// The mean number waiting.
  let meanQueue: Double

  /// The mean number of busy servers.
  let meanBusy: Double

  /// The load of a server.
  var utilisation: Double { meanBusy / Double(servers) }

  /// The share of all arrivals that are served without waiting.
  let pImmediate: Double

  private let serverRate: Double
  private let patienceRate: Double
  /// The probability of finding k waiting, from k = 0.
  private let found: [Double]

  /// Nothing for impossible arguments, or if more than five million states would matter.
  public init?(servers: Int, arrivalRate: Double, meanService: Double, meanPatience: Double) {
    guard ClosedFormLimits.isCount(servers), ClosedFormLimits.isRate(arrivalRate),
      ClosedFormLimits.isRate(meanService), ClosedFormLimits.isRate(meanPatience)
    else { return nil }
    let chain = Chain(
      servers: servers, arrival: arrivalRate, service: 1 / meanService,
      patience: 1 / meanPatience)
    guard let law = chain.stationary() else { return nil }
    self.servers = servers
    serverRate = Double(servers) / meanService
    patienceRate = 1 / meanPatience
    found = law.waiting
    pImmediate = law.free
    meanBusy = law.busy

    // A customer who finds k waiting passes k + 1 stages with rates c mu + j theta: those ahead also
    // leave. All sums below have positive terms only.
    var (wait, queue, gaveUp, served) = (0.0, 0.0, 0.0, law.free)
    var (servedWait, gaveUpWait) = (0.0, 0.0)
    var (stages, drops) = (0.0, 0.0)
    for (ahead, probability) in law.waiting.enumerated() {
      let j = Double(ahead + 1)
      let exit = serverRate + j * patienceRate
      stages += 1 / exit
      drops += j * patienceRate / exit
      wait += probability
      queue += Double(ahead) * probability
      served += probability * serverRate / exit
      gaveUp += probability * j * patienceRate / exit
      servedWait += probability * serverRate / exit * stages
      gaveUpWait += probability * drops / exit
    }
    pWait = wait
    pAbandon = gaveUp
    meanQueue = queue
    meanWait = servedWait + gaveUpWait
    meanWaitServed = servedWait / served
    meanWaitAbandoned = gaveUp > 0 ? Special.finite(gaveUpWait / gaveUp) : nil
    guard meanWaitServed.isFinite, meanWait.isFinite else { return nil }
  }

  /// The share of all arrivals that are served within `time`.
  public func pServed(within time: Double) -> Double {
    guard time >= 0 else { return 0 }
    // P(served within T | k) = P(served | k) I_u(k+1, r+1), u = 1 - exp(-theta T), r = c mu / theta.
    // I_u(a+1, b) = I_u(a, b) - u^a (1-u)^b / (a B(a, b)), from I_u(1, b) = 1 - (1-u)^b.
    let b = serverRate / patienceRate + 1
    let decline = min(patienceRate * time, 1e300)
    let log1 = log(-expm1(-decline))
    var incomplete = -expm1(-b * decline)
    var logDrop = log1 + log(b) - b * decline
    var total = pImmediate
    for (ahead, probability) in found.enumerated() {
      let a = Double(ahead + 1)
      let exit = serverRate + a * patienceRate
      total += probability * serverRate / exit * incomplete
      incomplete = max(0, incomplete - exp(logDrop))
      logDrop += log1 + log((a + b) / (a + 1))
    }
    return min(total, 1)
  }

  /// The share of those served who are served within `time`.
  public func pWithin(_ time: Double) -> Double { pServed(within: time) / (1 - pAbandon) }
}

/// The birth-death chain of the number in the system.
private struct Chain {
  let servers: Int
  let arrival: Double
  let service: Double
  let patience: Double

  struct Law {
    /// The probability that somebody is free.
    var free: Double
    /// The mean number of busy servers.
    var busy: Double
    /// The probability of k waiting while all are busy, from k = 0.
    var waiting: [Double]
  }

  private func death(_ n: Int) -> Double {
    Double(min(n, servers)) * service + Double(max(0, n - servers)) * patience
  }

  /// The stationary law, from the mode outwards so that nothing overflows.
  func stationary() -> Law? {
    let offered = arrival / service
    let surplus = (arrival - Double(servers) * service) / patience
    guard surplus < Double(ClosedFormLimits.states) else { return nil }
    let mode = offered < Double(servers) ? Int(offered) : servers + max(0, Int(surplus))

    var (free, busy) = (0.0, 0.0)
    var weight = 1.0
    var waiting = Array(repeating: 0.0, count: max(0, mode - servers + 1))
    for n in stride(from: mode, through: 0, by: -1) {
      if n >= servers {
        waiting[n - servers] = weight
      } else {
        free += weight
        busy += Double(n) * weight
      }
      weight *= death(n) / arrival
    }
    weight = 1
    var waitingSum = waiting.reduce(0, +)
    var n = mode
    while true {
      let ratio = arrival / death(n + 1)
      weight *= ratio
      n += 1
      if n < servers {
        free += weight
        busy += Double(n) * weight
        continue
      }
      waiting.append(weight)
      waitingSum += weight
      // Later ratios are smaller, so what is left is below a geometric tail.
      if weight == 0 || (ratio < 1 && weight / (1 - ratio) < 1e-20 * waitingSum) { break }
      guard waiting.count < ClosedFormLimits.states else { return nil }
    }
    let total = free + waitingSum
    guard total.isFinite, total > 0 else { return nil }
    busy += Double(servers) * waitingSum
    return Law(free: free / total, busy: busy / total, waiting: waiting.map { $0 / total })
  }
}
