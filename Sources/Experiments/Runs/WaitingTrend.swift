import Measurement
import Statistics

/// How the number of waiting conversations moves over the second half of a run.
///
/// With more work than the agents can do it grows as long as the run lasts, and every mean depends on
/// nothing but that length. A day's peak that is worked off again is no overload.
struct WaitingTrend: Sendable {
  /// Conversations a second.
  var slope = 0.0
  /// The mean number waiting in the second half.
  var level = 0.0
  /// The length of the second half in seconds.
  var length = 0.0
  /// Conversations that opened in the second half.
  var arrivals = 0.0

  init(_ result: ReplicationResult) {
    let steps = Array(result.steps[(result.steps.count / 2)...]).filter { $0.seconds > 0 }
    guard steps.count >= 3 else { return }
    var time = 0.0
    var points: [(time: Double, waiting: Double)] = []
    for step in steps {
      points.append((time + step.seconds / 2, step.waitingSeconds / step.seconds))
      time += step.seconds
      arrivals += Double(step.arrivals)
    }
    length = time
    let meanTime = points.reduce(0) { $0 + $1.time } / Double(points.count)
    level = points.reduce(0) { $0 + $1.waiting } / Double(points.count)
    var top = 0.0
    var bottom = 0.0
    for point in points {
      top += (point.time - meanTime) * (point.waiting - level)
      bottom += (point.time - meanTime) * (point.time - meanTime)
    }
    slope = bottom > 0 ? top / bottom : 0
  }

  /// By how much the number waiting grows in an hour, if the runs show that it grows without end.
  static func growthPerHour(_ trends: [WaitingTrend]) -> Double? {
    guard !trends.isEmpty else { return nil }
    let count = Double(trends.count)
    let slope = trends.reduce(0) { $0 + $1.slope } / count
    let level = trends.reduce(0) { $0 + $1.level } / count
    let length = trends.reduce(0) { $0 + $1.length } / count
    let arrivals = trends.reduce(0) { $0 + $1.arrivals } / count
    let growth = slope * length
    // Growth must be large beside the level, beside what arrives, and beyond chance. In days on end a
    // little more than can be done grows slowly; within a day, or in one run, more must be seen.
    let isLong = length >= 86_400 && trends.count >= 3
    guard arrivals >= 50, growth >= (isLong ? 0.2 : 0.4) * level,
      growth >= (isLong ? 0.01 : 0.02) * arrivals, growth >= 5
    else { return nil }
    if trends.count >= 3 {
      let interval = ConfidenceInterval.student(Moments(trends.map(\.slope)), level: 0.99)
      guard let interval, interval.low > 0 else { return nil }
    }
    return slope * 3_600
  }
}
