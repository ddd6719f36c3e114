import Measurement
import Statistics

/// What the runs of one roster tell of each period: how many wrote in it, and how many were answered in time.
struct RosterRuns: Sendable {
  /// One run: conversations opened in each period, those in time, those of which it is known.
  struct Run: Sendable {
    var arrivals: [Int32]
    var within: [Int32]
    var known: [Int32]
  }

  private(set) var runs: [Run] = []

  var count: Int { runs.count }

  mutating func add(_ run: Run) { runs.append(run) }

  /// The same of the first runs only: to be laid beside a roster that was run less often.
  func prefix(_ count: Int) -> RosterRuns { RosterRuns(runs: Array(runs.prefix(count))) }

  /// Conversations opened in a period, on average over runs.
  func arrivals(in period: Int) -> Double {
    runs.isEmpty ? 0 : runs.reduce(0) { $0 + Double($1.arrivals[period]) } / Double(runs.count)
  }

  /// The share in time of a period; nil if nothing is known of anybody.
  func share(in period: Int) -> Double? {
    let known = runs.reduce(0) { $0 + Int($1.known[period]) }
    return known == 0
      ? nil : Double(runs.reduce(0) { $0 + Int($1.within[period]) }) / Double(known)
  }

  /// The interval of a period's share; nil if too little is known.
  ///
  /// Runs are independent, conversations of one run are not: the spread between runs decides. Where every
  /// run says the same there is none, and the conversations are counted as if they were independent.
  func interval(in period: Int, level: Double) -> ConfidenceInterval? {
    let tops = runs.map { Double($0.within[period]) }
    let bottoms = runs.map { Double($0.known[period]) }
    let (top, bottom) = (tops.reduce(0, +), bottoms.reduce(0, +))
    guard bottom > 0 else { return nil }
    if top == 0 || top == bottom {
      return .clopperPearson(successes: Int(top), trials: Int(bottom), level: level)
    }
    guard let errors = RunErrors(tops, over: bottoms) else { return nil }
    return .over(errors, estimate: top / bottom, within: .share, level: level)
  }
}

extension Goal {
  /// What an interval says of the goal.
  func outcome(_ interval: ConfidenceInterval?) -> Outcome {
    outcome(low: interval?.low, high: interval?.high)
  }
}
