import Glibc

/// How far an estimate over independent runs is off, as far as the runs tell: what each of them adds.
///
/// A ratio of sums, a quantile of all runs together and a mean over runs are all smooth functions of
/// what the runs found, so the error of the estimate is, to first order, a sum with one term a run
/// (Efron and Stein 1981). Terms of two strategies in the same run can be subtracted: that is the
/// paired error of the difference.
public struct RunErrors: Sendable, Equatable {
  /// The term of each run, in replication order; nil where a run says nothing.
  public private(set) var terms: [Double?]

  /// The terms of an estimate.
  public init(_ terms: [Double?]) { self.terms = terms }

  /// The terms of the ratio of sums, by the jackknife (Quenouille 1956).
  ///
  /// A run with nothing below says nothing. Nothing if only one run says something.
  public init?(_ tops: [Double], over bottoms: [Double]) {
    let top = tops.reduce(0, +)
    let bottom = bottoms.reduce(0, +)
    let count = bottoms.count { $0 > 0 }
    guard tops.count == bottoms.count, count > 1, bottom > 0 else { return nil }
    let share = Double(count - 1) / Double(count)
    terms = zip(tops, bottoms).map { part, size in
      guard size > 0 else { return nil }
      // The same as count R - (count - 1) R without the run, less R, over count, without the
      // rounding of a difference of two ratios.
      return share * (part - top / bottom * size) / (bottom - size)
    }
  }

  /// How many runs say something.
  public var count: Int { terms.count { $0 != nil } }

  /// Degrees of freedom of the standard error.
  public var freedom: Double { Double(count - 1) }

  /// The terms times a factor.
  public func scaled(by factor: Double) -> RunErrors {
    RunErrors(terms.map { $0.map { $0 * factor } })
  }

  /// The terms of `self` less those of `other`, of the runs of which both speak.
  public func less(_ other: RunErrors) -> RunErrors {
    RunErrors(
      zip(terms, other.terms).map { own, theirs in own.flatMap { own in theirs.map { own - $0 } } })
  }

  private var moments: Moments { Moments(terms.lazy.compactMap { $0 }) }

  /// The standard error of the estimate; nothing if fewer than two runs speak.
  public var standardError: Double? {
    moments.variance.map { ($0 * Double(count)).squareRoot() }
  }

  /// The skewness of the estimate: that of a run over the root of the number of runs; 0 with fewer
  /// than three, or where all agree.
  public var skewness: Double {
    let count = Double(self.count)
    guard count > 2, let skewness = moments.skewness else { return 0 }
    return skewness * (count * (count - 1)).squareRoot() / (count - 2) / count.squareRoot()
  }

  /// How alike two strategies were from run to run; nothing where one never varied.
  public func correlation(with other: RunErrors) -> Double? {
    var pairs = PairedComparison()
    for (own, theirs) in zip(terms, other.terms) {
      if let own, let theirs { pairs.record(baseline: own, other: theirs) }
    }
    return pairs.correlation
  }
}

/// An interval that is wider on the side to which single runs stray.
///
/// Student's interval holds less than it says when some runs are much worse than most, and misses on
/// that side: the runs that were seen do not show how bad a bad day is. The side of the skewness is
/// stretched by the second-order term of Hall's correction (1992), g / 3 t^2 standard errors, where g
/// is the skewness of the estimate; the other side is never narrowed, since the skewness of few runs
/// is badly known.
public struct Reach: Sendable, Equatable {
  /// From the estimate down.
  public var down: Double
  /// From the estimate up.
  public var up: Double

  /// The reach of `factor` standard errors.
  public init(factor: Double, error: Double, skewness: Double) {
    let stretch = abs(skewness) / 3 * factor * factor * error
    down = factor * error + (skewness < 0 ? stretch : 0)
    up = factor * error + (skewness > 0 ? stretch : 0)
  }

  /// The factor with which the interval around an estimate just reaches 0.
  static func factor(toNoughtFrom estimate: Double, error: Double, skewness: Double) -> Double {
    let plain = abs(estimate) / error
    // Above 0 the lower side counts, below it the upper one.
    let stretch = (estimate > 0) == (skewness < 0) ? abs(skewness) / 3 : 0
    guard stretch > 0 else { return plain }
    return ((1 + 4 * stretch * plain).squareRoot() - 1) / (2 * stretch)
  }
}

/// What values a quantity can have, which says on what scale its estimates spread evenly.
public enum QuantityRange: Sendable, Equatable {
  /// Any number, such as a difference.
  case anywhere
  /// None below 0, such as a time: factors, not differences.
  case positive
  /// From 0 to 1: factors of the odds.
  case share

  /// The limits at a reach around an estimate inside the range.
  public func limits(_ estimate: Double, _ reach: Reach) -> (low: Double, high: Double) {
    switch self {
    case .positive where estimate > 0:
      return (
        estimate / Self.factor(reach.down / estimate), estimate * Self.factor(reach.up / estimate)
      )
    case .share where estimate > 0 && estimate < 1:
      let odds = estimate / (1 - estimate)
      let slope = estimate * (1 - estimate)
      let low = odds / Self.factor(reach.down / slope)
      let high = odds * Self.factor(reach.up / slope)
      return (low / (1 + low), high / (1 + high))
    default: return (estimate - reach.down, estimate + reach.up)
    }
  }

  /// The factor that lies so many relative errors away: an exponential that goes on straight where
  /// the error is as large as the estimate, since an exponential would promise nothing any more.
  private static func factor(_ reach: Double) -> Double {
    reach <= 1 ? exp(reach) : exp(1) * reach
  }
}

extension ConfidenceInterval {
  /// An interval for an estimate over runs; nothing if fewer than two runs speak.
  public static func over(
    _ errors: RunErrors, estimate: Double, within range: QuantityRange, level: Double = 0.95
  ) -> ConfidenceInterval? {
    guard let error = errors.standardError,
      let factor = StudentT.critical(level: level, freedom: errors.freedom)
    else { return nil }
    let limits = range.limits(
      estimate, Reach(factor: factor, error: error, skewness: errors.skewness))
    guard limits.low.isFinite, limits.high.isFinite else { return nil }
    return ConfidenceInterval(
      estimate: estimate, low: limits.low, high: limits.high, level: level)
  }
}
