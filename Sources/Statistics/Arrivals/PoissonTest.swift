import Glibc

/// Whether arrivals inside short intervals are those of a Poisson process, whatever its rate in each.
///
/// Given their number, the arrivals of an interval are independent and uniform in it (the
/// conditional-uniform property), so intervals with different rates can be put together. Kim and
/// Whitt (2014) compare ways to look at them: the times themselves hardly see dependence between
/// neighbours; transformed first, they do.
public struct PoissonTest: Sendable, Equatable {
  /// A Kolmogorov-Smirnov test of one transform.
  public struct Result: Sendable, Equatable {
    /// The largest gap.
    public let distance: Double
    /// The probability of a gap at least so large in a Poisson process.
    public let pValue: Double
  }

  /// How many arrivals were used.
  public let count: Int
  /// How many intervals had any.
  public let intervals: Int
  /// The times in their intervals against the uniform law.
  public let conditionalUniform: Result
  /// The gaps, transformed to exponential ones as Brown and others (2005) do, against that law.
  public let exponential: Result
  /// The gaps in order of length, transformed by Durbin (1961) as Lewis (1965) does.
  public let lewis: Result

  /// From the times in each interval, as ascending fractions of its length.
  ///
  /// Nothing without arrivals. Fractions must be above 0 and below 1 and no two of an interval the
  /// same: undo rounding first.
  public init?(_ intervals: [[Double]]) {
    var uniform: [Double] = []
    var exponential: [Double] = []
    var lewis: [Double] = []
    var used = 0
    for times in intervals where !times.isEmpty {
      used += 1
      uniform += times
      Self.appendExponential(times, to: &exponential)
      Self.appendDurbin(times, to: &lewis)
    }
    uniform.sort()
    exponential.sort()
    lewis.sort()
    guard let first = Self.result(uniform, { $0 }),
      let second = Self.result(exponential, { -expm1(-$0) }),
      let third = Self.result(lewis, { $0 })
    else { return nil }
    count = uniform.count
    self.intervals = used
    conditionalUniform = first
    self.exponential = second
    self.lewis = third
  }

  private static func result(_ sorted: [Double], _ law: (Double) -> Double) -> Result? {
    guard let distance = KolmogorovSmirnov.distance(sorted, from: law),
      let p = KolmogorovSmirnov.pValue(distance: distance, count: sorted.count)
    else { return nil }
    return Result(distance: distance, pValue: p)
  }

  /// (J + 1 - j)(-log((L - T_j) / (L - T_(j-1)))): independent exponentials with mean 1.
  private static func appendExponential(_ times: [Double], to list: inout [Double]) {
    var before = 0.0
    for (index, time) in times.enumerated() {
      list.append(-Double(times.count - index) * log((1 - time) / (1 - before)))
      before = time
    }
  }

  /// Spacings in order of length, their differences weighted so that the sums are uniform again.
  private static func appendDurbin(_ times: [Double], to list: inout [Double]) {
    var spacings: [Double] = []
    var before = 0.0
    for time in times + [1] {
      spacings.append(time - before)
      before = time
    }
    spacings.sort()
    var sum = 0.0
    var shorter = 0.0
    for (index, spacing) in spacings.dropLast().enumerated() {
      sum += Double(spacings.count - index) * (spacing - shorter)
      shorter = spacing
      list.append(min(max(sum, 0), 1))
    }
  }
}
