import Glibc

/// The arrivals of a process in one replication, one after the other.
///
/// Time is warped: arrivals of rate 1 are drawn and carried through the integral of the rate, piece
/// by piece, so no draw is ever thrown away and a change of volume keeps every customer's place.
public struct ArrivalGenerator: Sendable {
  private let source: ArrivalProcess.Source
  private let sizes: [CountDistribution]
  /// Draws for processes that need only exponential variates, and for the others.
  private var steps: SequentialStream
  private var gaps: RandomStream
  /// Whether every arrival is one conversation and the rate never changes.
  private let isPlain: Bool
  private var sizeDraws: RandomStream
  private var clock: RateClock
  /// What earlier arrivals add to the rate of a self-exciting process, as of `latest`.
  private var excitation = 0.0
  private var latest = 0.0
  /// The next arrival that no other arrival caused.
  private var spontaneous = 0.0
  /// The next recorded time.
  private var recorded = 0
  /// How many more come at `latest`.
  private var waiting = 0
  /// Arrivals to come where every one is one conversation and the rate never changes, and how many
  /// of them are over.
  @usableFromInline var ahead: InlineArray<8, Int64>
  @usableFromInline var used = 8

  init(
    _ process: ArrivalProcess, streams: RandomStreams, population: UInt64, start: WeekTime,
    changes: [ClockChange]
  ) {
    source = process.source
    sizes = process.sizes
    ahead = InlineArray(repeating: SampledTime.never)
    gaps = streams.stream(.arrivals, of: population)
    steps = SequentialStream(gaps)
    sizeDraws = streams.stream(.batchSizes, of: population)
    clock = RateClock(
      process, streams: streams, population: population, start: start, changes: changes)
    if case .poisson = source { isPlain = sizes.isEmpty && clock.isSteady } else { isPlain = false }
    if case .hawkes(let rate, let jump, let decay, let start) = source {
      if start == .stationary {
        excitation = settledExcitation(
          rate: rate * clock.factor, jump: jump, decay: decay)
      }
      spontaneous = clock.time(after: steps.exponential())
    }
  }

  /// The next arrival in nanoseconds since time zero; nil when there are no more in a hundred years.
  @inlinable @inline(__always)
  public mutating func next() -> Int64? {
    if used == 8, !drawAhead() { return nextOfAny() }
    let time = ahead[used]
    used &+= 1
    return time == SampledTime.never ? nil : time
  }

  /// Draws the next eight arrivals; false where they depend on more than a steady rate.
  @usableFromInline @inline(never) mutating func drawAhead() -> Bool {
    guard isPlain else { return false }
    for index in ahead.indices {
      ahead[index] = SampledTime.nanoseconds(clock.steadyTime(after: steps.exponential()))
    }
    used = 0
    return true
  }

  /// The next arrival of any process.
  @usableFromInline @inline(never) mutating func nextOfAny() -> Int64? {
    while waiting == 0 {
      guard let time = nextEpoch() else { return nil }
      latest = time
      waiting = sizes.reduce(waiting) { count, size in
        (0..<count).reduce(0) { sum, _ in sum + size.sample(&sizeDraws) }
      }
    }
    waiting -= 1
    let time = SampledTime.nanoseconds(latest)
    return time == SampledTime.never ? nil : time
  }

  /// The next instant with arrivals; sets how many the source itself has there.
  private mutating func nextEpoch() -> Double? {
    waiting = 1
    let time: Double
    switch source {
    case .poisson, .profile, .phases: time = clock.time(after: steps.exponential())
    case .renewal(let gap): time = clock.time(after: gap.sample(&gaps))
    case .hawkes(_, let jump, let decay, _): time = nextExcited(jump: jump, decay: decay)
    case .replay(let times):
      guard recorded < times.count else {
        waiting = 0
        return nil
      }
      time = times[recorded]
      recorded += 1
      waiting = copies(at: time)
    }
    return time <= SampledTime.longest ? time : nil
  }

  /// The next arrival of a self-exciting process (Dassios and Zhao, 2013): exact, nothing rejected.
  private mutating func nextExcited(jump: Double, decay: Double) -> Double {
    let caused = latest + firstCaused(decay: decay)
    let time: Double
    if caused < spontaneous {
      time = caused
    } else {
      time = spontaneous
      spontaneous = clock.time(after: steps.exponential())
    }
    excitation = excitation * exp(-decay * (time - latest)) + jump
    return time
  }

  /// The time until the first arrival that earlier ones cause; with some probability there is none.
  private mutating func firstCaused(decay: Double) -> Double {
    // Of a decay that is tiny beside the excitation, 1 less its share would be 1, and time would stand.
    let gone = decay * steps.exponential() / excitation
    return gone < 1 ? -log1p(-gone) / decay : .infinity
  }

  /// The excitation of a process that has been running for long.
  ///
  /// It starts at its stationary mean, so that the mean is right at once, and runs for ten times
  /// the time in which a deviation dies away: the variance then is right to e^-20. Where that would
  /// be more than some hundred thousand arrivals, the run is cut short there.
  private mutating func settledExcitation(rate: Double, jump: Double, decay: Double) -> Double {
    let mean = rate / (1 - jump / decay)
    guard mean > 0, jump > 0 else { return 0 }
    excitation = mean - rate
    var left = min(10 / (decay - jump), 200_000 / mean)
    while true {
      let gap = min(steps.exponential() / rate, firstCaused(decay: decay))
      guard gap < left else { return excitation * exp(-decay * left) }
      left -= gap
      excitation = excitation * exp(-decay * gap) + jump
    }
  }

  /// How often a recorded arrival comes under the volume of its day: 2.3 is 2, or 3 for 30 %.
  private mutating func copies(at time: Double) -> Int {
    let factor = clock.factor(at: time)
    let whole = factor.rounded(.down)
    guard factor != whole else { return Int(whole) }
    return Int(whole) + (gaps.chance(factor - whole) ? 1 : 0)
  }
}

extension ArrivalProcess {
  /// Makes the arrivals of one population in one replication.
  ///
  /// `start` is the place of time zero in the week; profiles and busyness follow the clock that shows
  /// it then and that is put forward and back by `changes`. An hour that the clock leaves out has no
  /// arrivals, one that it shows twice has them twice, and a day of 23 or 25 hours is one day.
  public func generator(
    _ streams: RandomStreams, population: UInt64, start: WeekTime = .mondayMidnight,
    changes: [ClockChange] = []
  ) -> ArrivalGenerator {
    ArrivalGenerator(
      self, streams: streams, population: population, start: start, changes: changes)
  }
}
