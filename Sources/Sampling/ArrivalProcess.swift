/// When the conversations of a population open.
///
/// A process is a checked description; `generator` makes the state that yields one arrival after
/// another, never a list. Rates are arrivals a second.
public struct ArrivalProcess: Hashable, Sendable {
  /// A state of a process that switches between rates.
  public struct Phase: Hashable, Sendable, Codable {
    /// Arrivals a second while the state lasts.
    public let rate: Double
    /// The mean duration of the state in seconds.
    public let stay: Double

    /// A rate and the mean time for which it lasts.
    public init(rate: Double, stay: Double) {
      self.rate = rate
      self.stay = stay
    }
  }

  /// How a self-exciting process stands at time zero.
  public enum HawkesStart: String, Hashable, Sendable, Codable {
    /// As if it had been running for ever: the mean rate is the same from the first second.
    case stationary
    /// Nothing happened before: it takes some time to come up to its mean rate.
    case empty
  }

  enum Source: Hashable, Sendable {
    case poisson(rate: Double)
    case renewal(Distribution)
    case profile(RateCurve)
    case phases([Phase])
    case hawkes(rate: Double, jump: Double, decay: Double, start: HawkesStart)
    /// Recorded times in ascending order.
    case replay([Double])
  }

  let source: Source
  /// The sizes of batches, and of batches of batches.
  private(set) var sizes: [CountDistribution] = []
  private(set) var busyness: [Distribution] = []
  /// Multiplies the arrivals.
  public private(set) var volume = 1.0

  private init(_ source: Source) { self.source = source }

  /// Arrivals independent of each other, at a constant rate.
  public static func poisson(rate: Double) throws(ImpossibleParameter) -> ArrivalProcess {
    try Require.rate("the rate", rate)
    return ArrivalProcess(.poisson(rate: rate))
  }

  /// Independent gaps of one distribution; the first arrival comes after a whole gap.
  public static func renewal(_ gap: Distribution) throws(ImpossibleParameter) -> ArrivalProcess {
    guard gap.mean >= 1e-9 else {
      throw ImpossibleParameter(
        "the mean gap", mustBe: "at least 1 ns", got: Quantity(gap.mean, .seconds))
    }
    return ArrivalProcess(.renewal(gap))
  }

  /// A Poisson process whose rate follows the day or the week.
  public static func profile(_ profile: RateProfile) throws(ImpossibleParameter) -> ArrivalProcess {
    ArrivalProcess(.profile(try RateCurve(profile)))
  }

  /// A Poisson process whose rate switches between states, each lasting an exponential time.
  ///
  /// States follow each other in the order given and begin anew after the last. At time zero a
  /// state is in force with the share of time that it has in the long run.
  public static func mmpp(_ phases: [Phase]) throws(ImpossibleParameter) -> ArrivalProcess {
    guard phases.count >= 2 else {
      throw ImpossibleParameter(
        "the number of states", mustBe: "at least 2", got: Quantity(Double(phases.count)))
    }
    for phase in phases {
      try Require.rate("every rate", phase.rate, allowZero: true)
      try Require.finite("every stay", phase.stay, .seconds)
      guard phase.stay >= 1e-3 else {
        throw ImpossibleParameter(
          "every stay", mustBe: "at least 1 ms", got: Quantity(phase.stay, .seconds))
      }
    }
    guard phases.contains(where: { $0.rate > 0 }) else {
      throw ImpossibleParameter("at least one rate", mustBe: "greater than 0", got: nil)
    }
    return ArrivalProcess(.phases(phases))
  }

  /// Several conversations at each arrival of another process.
  public static func batch(
    of arrivals: ArrivalProcess, size: CountDistribution
  ) throws(ImpossibleParameter) -> ArrivalProcess {
    guard size.mean >= 1e-3, size.mean <= 1e6 else {
      throw ImpossibleParameter(
        "the mean size", mustBe: "from 0.001 to 1000000", got: Quantity(size.mean))
    }
    var process = arrivals
    process.sizes.append(size)
    return process
  }

  /// A process in which every arrival makes others more likely for a while.
  ///
  /// An arrival raises the rate by `jump`; what it raised dies away at the rate `decay`. On average
  /// it brings `jump / decay` others with it.
  public static func hawkes(
    rate: Double, jump: Double, decay: Double, start: HawkesStart = .stationary
  ) throws(ImpossibleParameter) -> ArrivalProcess {
    try Require.rate("the rate", rate)
    try Require.rate("jump", jump, allowZero: true)
    try Require.rate("decay", decay)
    guard jump < decay else {
      throw ImpossibleParameter(
        "jump", mustBe: "less than the decay", Quantity(decay, .perSecond),
        got: Quantity(jump, .perSecond))
    }
    return ArrivalProcess(.hawkes(rate: rate, jump: jump, decay: decay, start: start))
  }

  /// Recorded times, in seconds since time zero.
  public static func replay(_ times: [Double]) throws(ImpossibleParameter) -> ArrivalProcess {
    for time in times { try Require.notNegative("every recorded time", time, .seconds) }
    return ArrivalProcess(.replay(times.sorted()))
  }

  /// The same process with a random multiplier for each day, drawn once a day.
  public func with(busyness: Distribution) throws(ImpossibleParameter) -> ArrivalProcess {
    // Mean 1, or else `volume` would not be what it says; recorded columns are allowed rounding.
    guard (busyness.mean - 1).magnitude <= 1e-3 else {
      throw ImpossibleParameter(
        "the mean of busyness", mustBe: "1 (volume multiplies the arrivals)",
        got: Quantity(busyness.mean))
    }
    var process = self
    process.busyness.append(busyness)
    return process
  }

  /// By how much days differ: the standard deviation of a day's multiplier over its mean.
  public var spreadOfDays: Double {
    let square = busyness.reduce(1.0) {
      let own = $1.coefficientOfVariation
      return $0 * (1 + own * own)
    }
    return (square - 1).squareRoot()
  }

  /// The same process with `volume` times as many arrivals.
  public func scaled(volume: Double) throws(ImpossibleParameter) -> ArrivalProcess {
    try Require.notNegative("volume", volume, .share)
    var process = self
    process.volume *= volume
    guard process.volume <= 1e9 else {
      throw ImpossibleParameter(
        "volume", mustBe: "at most \(Quantity(1e9, .share))", got: Quantity(volume, .share))
    }
    return process
  }

  /// The mean number of conversations that open in an interval of the run, in seconds.
  ///
  /// Exact for Poisson processes in any form, recorded times and stationary starts; for a renewal
  /// process, or an empty start, the long-run rate stands in.
  public func expectedCount(
    from: Double, to: Double, start: WeekTime = .mondayMidnight, changes: [ClockChange] = []
  ) -> Double {
    guard to > from else { return 0 }
    let perArrival = sizes.reduce(volume) { $0 * $1.mean }
    switch source {
    case .profile(let curve):
      var phase = curve.phase(of: start)
      var begin = from
      var count = 0.0
      for change in changes where change.time < to {
        if change.time > begin {
          count += curve.integral(upTo: phase + change.time) - curve.integral(upTo: phase + begin)
          begin = change.time
        }
        phase += change.forward
      }
      count += curve.integral(upTo: phase + to) - curve.integral(upTo: phase + begin)
      return perArrival * count
    case .replay(let times):
      return perArrival * Double(times.count { $0 >= from && $0 < to })
    case .poisson, .renewal, .phases, .hawkes:
      return perArrival * baseRate * (to - from)
    }
  }

  /// Whether the arrivals depend on what the clock on the wall shows.
  var followsClock: Bool {
    if case .profile = source { return true }
    return !busyness.isEmpty
  }

  /// The long-run rate before volume and batches; that of a replay is nought.
  private var baseRate: Double {
    switch source {
    case .poisson(let rate): rate
    case .renewal(let gap): 1 / gap.mean
    case .profile(let curve): curve.total / curve.period
    case .phases(let phases):
      phases.reduce(0) { $0 + $1.rate * $1.stay } / phases.reduce(0) { $0 + $1.stay }
    case .hawkes(let rate, let jump, let decay, _): rate / (1 - jump / decay)
    case .replay: 0
    }
  }
}

extension RateCurve {
  /// Where in the period a run begins.
  func phase(of start: WeekTime) -> Double {
    start.seconds.truncatingRemainder(dividingBy: period)
  }
}

extension ArrivalProcess {
  /// Whether the arrivals are recorded times, which come once.
  public var isRecorded: Bool {
    if case .replay = source { true } else { false }
  }
}
