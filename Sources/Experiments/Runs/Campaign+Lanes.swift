import Measurement
import Statistics
import World

extension Campaign {
  /// Draws the hour in which most customers wait, in the first run of every strategy.
  ///
  /// Which hour that is, is known only after the runs, so the first of them is run again, to the
  /// end of that hour, and this time its lanes are recorded. Nothing else of it is taken.
  public func drawLanes(_ result: inout Result) throws(Failure) {
    guard !result.isPartial, let hour = busiestHour(of: result) else { return }
    let drawn = Replications.all(count: entries.count, threads: threads) { place in
      var entry = entries[place]
      entry.plan.lanes = hour
      entry.plan.endsWithLanes = true
      entry.plan.recordsConversations = false
      entry.plan.recordsReports = false
      return replicate(entry, hour.replication, Interruption())
    }
    for (index, (entry, drawn)) in zip(entries, drawn).enumerated() {
      switch drawn {
      case nil: continue
      case .failure(let failure): throw failure
      case .success(let found):
        result.outcomes[index].lanes = found.lanes
        result.outcomes[index].lanes?.strategy = entry.name
      }
    }
  }

  /// The hour that counts in which most wait, of all strategies together.
  ///
  /// Where nobody ever waits it is that with the most arrivals. A shorter run is shown from end to
  /// end.
  func busiestHour(of result: Result) -> LaneRequest? {
    guard let plan = entries.first?.plan else { return nil }
    let step = plan.step
    let hour: Int64 = 3_600_000_000_000
    let last = max(plan.warmup, plan.duration - hour)
    func sum(from start: Int64, _ value: (StepSummary) -> Double) -> Double {
      let first = Int(start / step)
      let next = Int(min(start + hour, plan.duration) / step)
      return result.outcomes.reduce(0) { sum, outcome in
        let steps = outcome.result.steps
        let end = min(max(next, first + 1), steps.count)
        return sum + (first < end ? steps[first..<end].reduce(0) { $0 + value($1) } : 0)
      }
    }
    // Whole steps, the first that is counted as a whole being the earliest.
    let earliest = (plan.warmup + step - 1) / step * step
    var best = (start: min(earliest, last), waiting: -1.0, arrivals: -1.0)
    for start in stride(from: best.start, through: last, by: Int64.Stride(step)) {
      let waiting = sum(from: start) { $0.waiting.mean ?? 0 }
      let arrivals = sum(from: start) { $0.arrivals.mean ?? 0 }
      if (waiting, arrivals) > (best.waiting, best.arrivals) { best = (start, waiting, arrivals) }
    }
    return LaneRequest(
      replication: 0, from: best.start, to: min(plan.duration, best.start + hour))
  }
}
