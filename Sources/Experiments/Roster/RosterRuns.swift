import Measurement

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

  /// The share in time of a period, over runs.
  func share(in period: Int) -> ShareOfRuns {
    var share = ShareOfRuns()
    for run in runs { share.record(Int(run.within[period]), of: Int(run.known[period])) }
    return share
  }
}
