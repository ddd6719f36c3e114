public import Engine
public import Scenarios
import World

/// A run cut into periods of equal length, such as the hours of a day or of a week.
///
/// The steps of a plan's timeline are the periods in turn; in a run of several weeks a period is met
/// once a week, in a run of several weeks the same step of each week belongs to it.
public struct PeriodGrid: Sendable, Hashable {
  /// The length of a period in seconds: whole minutes, a divisor of a week.
  public let length: Int64
  /// Where on the clock the first period begins.
  public let start: LocalTime
  /// How many steps the run has.
  public let steps: Int
  /// How many periods there are.
  public let count: Int

  private static let week: Int64 = 7 * 86_400

  /// Cuts a run; nil if the length is no whole number of minutes that divides a week.
  public init?(length: Int64, start: LocalTime, duration: EngineDuration) {
    guard length >= 60, length % 60 == 0, Self.week % length == 0, duration.nanoseconds > 0 else {
      return nil
    }
    self.length = length
    self.start = start
    let seconds = (duration.nanoseconds - 1) / 1_000_000_000 + 1
    steps = Int((seconds - 1) / length) + 1
    count = min(steps, Int(Self.week / length))
  }

  /// The period of a step.
  public func period(ofStep step: Int) -> Int { step % count }

  /// When a period begins on the clock, the first time.
  public func begin(of period: Int) -> LocalTime {
    LocalTime(seconds: start.seconds + Int64(period) * length)
  }

  /// The seconds of each period in a run of so many nanoseconds.
  func seconds(ofRun duration: Int64) -> [Double] {
    var seconds = Array(repeating: 0.0, count: count)
    var left = Double(duration) / 1e9
    for step in 0..<steps {
      seconds[period(ofStep: step)] += min(left, Double(length))
      left -= min(left, Double(length))
    }
    return seconds
  }

  /// Shifts that hold exactly in these periods, ascending; without any, a shift without hours.
  public func shifts(in periods: [Int]) -> [Shift] {
    guard !periods.isEmpty else { return [Shift(days: [], hours: [])] }
    var stretches: [(from: Int64, to: Int64)] = []
    for period in periods {
      let from = begin(of: period).seconds
      if let last = stretches.last, last.to == from {
        stretches[stretches.count - 1].to = from + length
      } else {
        stretches.append((from, from + length))
      }
    }
    return stretches.flatMap { Self.days(from: $0.from, to: $0.to) }
  }

  /// A stretch of local time as a shift a day.
  private static func days(from: Int64, to: Int64) -> [Shift] {
    var shifts: [Shift] = []
    var from = from
    while from < to {
      let local = LocalTime(seconds: from)
      let midnight = from - local.secondOfDay + 86_400
      let end = min(to, midnight)
      shifts.append(
        Shift(
          days: [local.weekday],
          hours: [
            HoursOfDay(
              from: Int32(local.secondOfDay / 60),
              to: end == midnight ? 1_440 : Int32(LocalTime(seconds: end).secondOfDay / 60))
          ]))
      from = end
    }
    return shifts
  }
}

extension LocalTime {
  /// The time of day, such as `09:00`.
  var clock: String {
    let minute = secondOfDay / 60
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }
}
