import Glibc

/// Customers sent to agents in turn, each agent with slots and a queue of their own: E_n/M/k each.
///
/// Every n-th point of a Poisson process has Erlang(n) distances. The agents are correlated with
/// each other, but each one alone is exactly this model.
public struct RoundRobinDispatch: Sendable, Equatable {
  /// The probability that an arrival finds one more than the last (the root of x = A(k mu (1-x))).
  public let sigma: Double

  /// The law of the wait.
  public let wait: WaitLaw

  /// The mean number waiting at all agents together.
  public let meanWaiting: Double

  /// Nothing for impossible arguments or a load of 1 and more.
  public init?(agents: Int, slots: Int, arrivalRate: Double, meanService: Double) {
    guard ClosedFormLimits.isCount(agents), ClosedFormLimits.isCount(slots),
      ClosedFormLimits.isRate(arrivalRate), ClosedFormLimits.isRate(meanService)
    else { return nil }
    let stream = EveryNth(n: Double(agents), ratio: 1 / (arrivalRate * meanService))
    let k = Double(slots)
    guard arrivalRate * meanService < Double(agents) * k, let gap = stream.gap(slots: k) else {
      return nil
    }
    sigma = stream.transform(k * gap)
    // Takacs (1962), Introduction to the Theory of Queues, chapter 2, theorem 3.
    let pWait = 1 / (gap * stream.takacsSum(slots: slots, gap: gap))
    guard let wait = WaitLaw(pWait: min(1, pWait), rate: k * gap / meanService) else { return nil }
    self.wait = wait
    meanWaiting = arrivalRate * wait.mean
  }
}

/// The stream to one agent: Erlang(n) distances, in units of the mean service.
private struct EveryNth {
  /// The number of phases of a distance.
  let n: Double

  /// Service rate over the rate of a phase.
  let ratio: Double

  /// The Laplace transform A(j mu).
  func transform(_ j: Double) -> Double { exp(-n * log1p(j * ratio)) }

  /// 1 - A(j mu), without losing digits where A is near 1.
  func complement(_ j: Double) -> Double { -expm1(-n * log1p(j * ratio)) }

  /// The derivative of 1 - A(j mu) in j.
  func slope(_ j: Double) -> Double { n * ratio * exp(-(n + 1) * log1p(j * ratio)) }

  /// The gap 1 - sigma: the root in (0, 1) of y = 1 - A(k mu y).
  ///
  /// The right side is concave, so Newton's method from 1 comes down to the root without passing it.
  func gap(slots k: Double) -> Double? {
    var y = 1.0
    for _ in 0..<200 {
      let fall = k * slope(k * y) - 1
      guard fall < 0 else { return nil }
      let next = y - (complement(k * y) - y) / fall
      guard next > 0 else { return nil }
      if abs(next - y) <= 4 * y.ulp { return next }
      y = next
    }
    return y
  }

  /// The bracket of Takacs' formula: all its terms are positive, so none cancels another.
  func takacsSum(slots: Int, gap: Double) -> Double {
    let k = Double(slots)
    let crossing = k * gap
    // Terms grow beyond any double for many slots: they are summed relative to the largest so far.
    var largest = -log(gap)
    var sum = 1.0
    var logProduct = 0.0
    var logChoose = 0.0
    for slot in 1...slots {
      let j = Double(slot)
      let miss = complement(j)
      logProduct += -n * log1p(j * ratio) - log(miss)
      logChoose += log((k - j + 1) / j)
      let apart = crossing - j
      // k(1 - A) - j and k(1 - sigma) - j change sign together; where both vanish, by the slope.
      let quotient =
        abs(apart) > 1e-5 * k
        ? (k * miss - j) / apart : 1 - k * slope(0.5 * (crossing + j))
      let term = logChoose - logProduct - log(miss) + log(quotient)
      if term > largest {
        sum = sum * exp(largest - term) + 1
        largest = term
      } else {
        sum += exp(term - largest)
      }
    }
    return sum * exp(largest)
  }
}
