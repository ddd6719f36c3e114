/// Carries draws of rate 1 through a rate that changes with the time of day, the state of a
/// switching process and the busyness of the day, exactly and piece by piece.
struct RateClock: Sendable {
  private let source: ArrivalProcess.Source
  private let volume: Double
  private let busyness: [Distribution]
  private let streams: RandomStreams
  private let population: UInt64
  private let secondOfDay: Double
  private var phaseDraws: RandomStream

  /// The present, and the straight piece of the rate that it lies in.
  private var now = 0.0
  private var rate = 0.0
  private var slope = 0.0
  private var pieceEnd = 0.0

  /// The day of the run, its multiplier and its end.
  private var day = -1
  private var dayEnd = 0.0
  private(set) var factor = 1.0

  /// The changes of the clock on the wall, how many are over, when the next one is, and how far the
  /// clock was put forward by those that are over.
  private let changes: [ClockChange]
  private var changesOver = 0
  private var changeTime = Double.infinity
  private var forward = 0.0

  /// The piece of a profile or the state of a switching process.
  private var segment = 0
  /// The start of the profile's period; the end of the state.
  private var mark = 0.0

  init(
    _ process: ArrivalProcess, streams: RandomStreams, population: UInt64, start: WeekTime,
    changes: [ClockChange]
  ) {
    source = process.source
    // What does not look at the clock keeps its rate for ever.
    self.changes = process.followsClock ? changes : []
    volume = process.volume
    busyness = process.busyness
    self.streams = streams
    self.population = population
    secondOfDay = start.secondOfDay
    phaseDraws = streams.stream(.arrivalPhases, of: population)
    enterDay(at: 0)
    changeTime = self.changes.first?.time ?? .infinity
    switch source {
    case .profile(let curve):
      mark = -curve.phase(of: start)
      segment = curve.index(at: -mark)
    case .phases(let phases):
      segment = Self.stationaryPhase(phases, &phaseDraws)
      mark = phases[segment].stay * phaseDraws.exponential()
    case .poisson, .renewal, .hawkes, .replay: break
    }
    enterPiece()
  }

  /// The time by which the integral of the rate has grown by `area`; infinite beyond a century.
  mutating func time(after area: Double) -> Double {
    var left = area
    while true {
      let length = pieceEnd - now
      let whole = length.isFinite ? (rate + slope * length / 2) * length : .infinity
      if left < whole {
        // The root of rate d + slope d^2 / 2 = left, in the form that does not cancel.
        let root = max(0, rate * rate + 2 * slope * left).squareRoot()
        let step = slope == 0 ? left / rate : 2 * left / (rate + root)
        now = min(now + step, pieceEnd)
        rate = max(0, rate + slope * step)
        return now
      }
      left -= max(0, whole)
      guard pieceEnd < SampledTime.longest, volume > 0 else { return .infinity }
      now = pieceEnd
      if now >= changeTime { changeClock(until: now) }
      if now >= dayEnd { enterDay(at: now) }
      leaveSegment()
      enterPiece()
    }
  }

  /// Whether the rate is the same for ever, and there is one.
  var isSteady: Bool { pieceEnd == .infinity && slope == 0 && rate > 0 }

  /// What `time(after:)` gives where the rate is the same for ever: the same number, sooner.
  @inline(__always)
  mutating func steadyTime(after area: Double) -> Double {
    now += area / rate
    return now
  }

  /// The multiplier of the day of a time that is not before any asked for earlier.
  mutating func factor(at time: Double) -> Double {
    if time >= changeTime { changeClock(until: time) }
    if time >= dayEnd { enterDay(at: time) }
    return factor
  }

  /// Puts the clock forward or back: another time of the profile, and perhaps another day.
  private mutating func changeClock(until time: Double) {
    while changeTime <= time {
      let change = changes[changesOver]
      changesOver += 1
      forward += change.forward
      if case .profile(let curve) = source {
        mark -= change.forward
        mark += ((change.time - mark) / curve.period).rounded(.down) * curve.period
        segment = curve.index(at: change.time - mark)
      }
      changeTime = changesOver < changes.count ? changes[changesOver].time : .infinity
    }
    if !busyness.isEmpty { enter(dayNumber(at: time)) }
  }

  /// Which day it is, those of the calendar since the first.
  private func dayNumber(at time: Double) -> Int {
    Int(((time + secondOfDay + forward) / WeekTime.day).rounded(.down))
  }

  private mutating func enterDay(at time: Double) {
    guard !busyness.isEmpty else {
      dayEnd = .infinity
      factor = volume
      return
    }
    // At least the next day, even where rounding puts midnight a hair before itself.
    enter(max(day + 1, dayNumber(at: time)))
  }

  private mutating func enter(_ number: Int) {
    day = number
    dayEnd = Double(day + 1) * WeekTime.day - secondOfDay - forward
    // A day's busyness is found by its number: it does not depend on what happened before.
    var stream = streams.stream(
      .busyness, of: population, turn: UInt16(truncatingIfNeeded: day))
    factor = busyness.reduce(volume) { $0 * $1.sample(&stream) }
  }

  /// Moves on to the next piece of the profile, or the next state, if its time has come.
  private mutating func leaveSegment() {
    switch source {
    case .profile(let curve):
      guard now >= segmentEnd(curve) else { return }
      segment += 1
      if segment == curve.segments.count {
        segment = 0
        mark += curve.period
      }
    case .phases(let phases):
      guard now >= mark else { return }
      segment = (segment + 1) % phases.count
      mark = now + phases[segment].stay * phaseDraws.exponential()
    case .poisson, .renewal, .hawkes, .replay: break
    }
  }

  /// Takes up the rate from now on.
  private mutating func enterPiece() {
    pieceEnd = min(dayEnd, changeTime)
    slope = 0
    switch source {
    case .poisson(let base), .hawkes(let base, _, _, _): rate = base * factor
    case .renewal: rate = factor
    case .replay: rate = 0
    case .phases(let phases):
      rate = phases[segment].rate * factor
      pieceEnd = min(pieceEnd, mark)
    case .profile(let curve):
      let piece = curve.segments[segment]
      let into = max(0, now - (mark + piece.start))
      rate = max(0, piece.rate + piece.slope * into) * factor
      slope = piece.slope * factor
      pieceEnd = min(pieceEnd, segmentEnd(curve))
    }
  }

  private func segmentEnd(_ curve: RateCurve) -> Double {
    let next = segment + 1
    return mark + (next < curve.segments.count ? curve.segments[next].start : curve.period)
  }

  /// The state in force at time zero: each with its share of time in the long run.
  private static func stationaryPhase(
    _ phases: [ArrivalProcess.Phase], _ stream: inout RandomStream
  ) -> Int {
    let total = phases.reduce(0) { $0 + $1.stay }
    var left = stream.uniform() * total
    for (index, phase) in phases.enumerated() {
      left -= phase.stay
      if left < 0 { return index }
    }
    return phases.count - 1
  }
}
