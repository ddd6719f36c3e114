import Glibc

/// Observations of one kind of time, grouped: equal ones stand once with their number.
///
/// An interval that is narrow, both beside its own time and beside the spread of all, counts as a
/// point in its middle: the error of that is of the second order, below a thousandth of a standard
/// error, and a million whole seconds become some hundred intervals and a few sums.
public struct LifetimeSample: Sendable {
  struct Point: Sendable { let time, logarithm, weight: Double }
  struct Span: Sendable { let low, high, middle, cut, weight: Double }

  /// How many observations say something.
  public private(set) var count = 0
  /// Those known to the point, or so closely that they count as points.
  public private(set) var points = 0
  /// Those known only between two times.
  public private(set) var intervals = 0
  /// Those known only to be longer than a time.
  public private(set) var censored = 0
  /// Those that cannot be: negative, not numbers, upside down, or saying nothing.
  public private(set) var refused = 0
  /// Exact zeros; they count as less than half the smallest time that is not.
  public private(set) var zeros = 0

  /// Equal observations once, in ascending order, with their number.
  public private(set) var groups: [(observation: Observation, count: Int)] = []

  private(set) var exact: [Point] = []
  private(set) var spans: [Span] = []
  private(set) var open: [(from: Double, weight: Double)] = []
  /// Sums over the points: weight, times, logarithms, and squared logarithms about their mean.
  private(set) var weight = 0.0
  private(set) var total = 0.0
  private(set) var meanLog = 0.0
  private(set) var squaredLogs = 0.0

  /// Takes observations in any order.
  public init(_ observations: some Sequence<Observation>) {
    var sound = observations.filter(\.isSound)
    refused = observations.reduce(0) { $0 + ($1.isSound ? 0 : 1) }
    sound.sort { ($0.low, $0.high, $0.cut) < ($1.low, $1.high, $1.cut) }
    for observation in sound {
      if let last = groups.last, last.observation == observation {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((observation, 1))
      }
    }
    count = sound.count
    resolveZeros()
    sortOut()
  }

  /// An exact zero has no density under most laws: it is a time too short to be seen.
  private mutating func resolveZeros() {
    guard let first = groups.first, first.observation == .exact(0) else { return }
    zeros = first.count
    let smallest = groups.lazy.map(\.observation).first { $0.isExact && $0.low > 0 }
    groups[0].observation = .between(0, (smallest?.low ?? 1) / 2)
  }

  private mutating func sortOut() {
    let narrow = spread / 10
    for (observation, number) in groups {
      let weight = Double(number)
      if observation.isCensored {
        open.append((observation.low, weight))
        censored += number
        continue
      }
      let width = observation.high - observation.low
      let middle = observation.middle
      if width == 0 || width <= narrow && width <= middle / 100 {
        add(middle, weight)
        points += number
      } else {
        spans.append(
          Span(
            low: observation.low, high: observation.high, middle: middle, cut: observation.cut,
            weight: weight))
        intervals += number
      }
    }
    finishSums()
    thinOpen()
  }

  private mutating func add(_ time: Double, _ weight: Double) {
    if let last = exact.last, last.time == time {
      exact[exact.count - 1] = Point(
        time: time, logarithm: last.logarithm, weight: last.weight + weight)
    } else {
      exact.append(Point(time: time, logarithm: log(time), weight: weight))
    }
  }

  private mutating func finishSums() {
    var logs = 0.0
    for point in exact {
      weight += point.weight
      total += point.weight * point.time
      logs += point.weight * point.logarithm
    }
    meanLog = weight > 0 ? logs / weight : 0
    for point in exact {
      let gap = point.logarithm - meanLog
      squaredLogs += point.weight * gap * gap
    }
    thin()
  }

  /// Very many different points are put together where they lie within a thousandth of each other.
  ///
  /// The sums above keep every digit; what is summed anew for each law loses less than a millionth.
  private mutating func thin() {
    guard exact.count > Self.mostPoints else { return }
    exact = Self.bundled(exact.map { ($0.time, $0.weight) }).map {
      Point(time: $0.time, logarithm: log($0.time), weight: $0.weight)
    }
  }

  /// The same for very many different times that were not seen to end.
  private mutating func thinOpen() {
    guard open.count > Self.mostPoints else { return }
    open = Self.bundled(open.map { ($0.from, $0.weight) }).map { ($0.time, $0.weight) }
  }

  /// Ascending times, those within a thousandth of the first of them as their mean.
  private static func bundled(
    _ points: [(time: Double, weight: Double)]
  ) -> [(time: Double, weight: Double)] {
    var kept: [(time: Double, weight: Double)] = []
    var first = 0
    while first < points.count {
      let limit = points[first].time * 1.001
      var next = first
      var weight = 0.0
      var times = 0.0
      while next < points.count, points[next].time <= limit {
        weight += points[next].weight
        times += points[next].weight * points[next].time
        next += 1
      }
      kept.append((times / weight, weight))
      first = next
    }
    return kept
  }

  private static let mostPoints = 20_000

  /// The distance between the quartiles of what was seen.
  private var spread: Double {
    let seen = groups.reduce(0) { $0 + ($1.observation.isCensored ? 0 : $1.count) }
    guard seen > 0 else { return 0 }
    var passed = 0
    var lower: Double?
    for (observation, number) in groups where !observation.isCensored {
      passed += number
      if lower == nil, 4 * passed >= seen { lower = observation.middle }
      if 4 * passed >= 3 * seen { return observation.middle - (lower ?? 0) }
    }
    return 0
  }

  /// How many different times were seen to end.
  var differentTimes: Int { exact.count + spans.count }

  /// Whether every time that was seen to end is the same one, known exactly.
  public var constant: Double? {
    exact.count == 1 && spans.isEmpty ? exact[0].time : nil
  }
}

extension LifetimeSample {
  /// The logarithm of the likelihood under a law.
  public func logLikelihood(_ law: LifetimeLaw) -> Double {
    var sum = pointLikelihood(law)
    for span in spans {
      sum +=
        span.weight
        * (span.cut > 0
          ? law.logProbabilityOfDifference(span.middle, unit: span.cut)
          : law.logProbability(span.low, span.high))
    }
    for tail in open { sum += tail.weight * law.logSurvival(tail.from) }
    return sum
  }

  private func pointLikelihood(_ law: LifetimeLaw) -> Double {
    guard weight > 0 else { return 0 }
    switch law {
    case .exponential(let mean): return -weight * log(mean) - total / mean
    case .gamma(let shape, let scale):
      return weight * ((shape - 1) * meanLog - shape * log(scale) - Special.logGamma(shape))
        - total / scale
    case .lognormal(let mu, let sigma):
      let gap = meanLog - mu
      return -weight * (meanLog + log(sigma) + LifetimeLaw.halfLogTwoPi)
        - (squaredLogs + weight * gap * gap) / (2 * sigma * sigma)
    case .weibull(let shape, let scale):
      let logScale = log(scale)
      var powers = 0.0
      for point in exact { powers += point.weight * exp(shape * (point.logarithm - logScale)) }
      return weight * (log(shape) - logScale + (shape - 1) * (meanLog - logScale)) - powers
    case .hyperexponential:
      return exact.reduce(0) { $0 + $1.weight * law.logDensity($1.time) }
    }
  }
}
