public import Measurement
import Statistics
import Synchronization
import VirtualTime
import World

/// Chooses the best strategy by a metric: looks at the runs there are, and runs more until it is clear.
///
/// Strategies that are dropped are simulated no further. The tables of the comparison keep speaking of
/// the runs that all strategies have.
public struct BestSearch: Sendable {
  /// The metric that decides.
  public var metric: MetricReference
  /// The difference that does not matter.
  public var indifference: Indifference
  /// The most replications; beyond them there is no promise.
  public var atMost: Int

  /// Describes what is best; nil where neither way of the metric is better.
  public init?(metric: MetricReference, indifference: Indifference, atMost: Int = 10_000) {
    guard metric.polarity != .neither else { return nil }
    self.metric = metric
    self.indifference = indifference
    self.atMost = atMost
  }

  /// The choice; nil if it was interrupted, or if no run has the metric.
  public func best(
    _ campaign: Campaign, _ result: inout Campaign.Result, interruption: Interruption,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(Campaign.Failure) -> ResultDocument.Best? {
    var race = Race(self, strategies: campaign.entries.count)
    for number in 0..<result.replications {
      race.take(
        result.outcomes.map { outcome in
          outcome.result.values(of: metric).flatMap { values in
            values.indices.contains(number) ? values[number]?.value : nil
          }
        })
    }
    var runs = result
    guard try go(on: &race, campaign, &runs, interruption, progress) else {
      result.isPartial = true
      result.finishedRuns = runs.finishedRuns
      result.extraRuns = runs.extraRuns
      return nil
    }
    result = runs
    return race.document(result)
  }

  /// More replications until it is decided; false if interrupted.
  private func go(
    on race: inout Race, _ campaign: Campaign, _ result: inout Campaign.Result,
    _ interruption: Interruption, _ progress: (Int, Int) -> Void
  ) throws(Campaign.Failure) -> Bool {
    let start = result.replications
    guard !race.selection.isDecided, atMost > start else { return true }
    let board = Candidates(race.selection.isIn)
    var failure: Campaign.Failure?
    var isInterrupted = false
    Replications.run(count: atMost - start, threads: campaign.threads) { piece in
      // Who is out now stays out: what the decision needs is among what is simulated.
      zip(campaign.entries, board.isIn).map { entry, isIn in
        isIn ? campaign.replicate(entry, start + piece, interruption) : nil
      }
    } take: { piece, found in
      var values: [Double?] = Array(repeating: nil, count: found.count)
      for (index, isIn) in race.selection.isIn.enumerated() where isIn {
        result.extraRuns += 1
        switch found[index] {
        case nil: isInterrupted = true
        case .failure(let reason): failure = failure ?? reason
        case .success(let run):
          result.finishedRuns += 1
          result.outcomes[index].events += run.kept.events
          result.stir(run.kept.fingerprint)
          values[index] = run.kept.measured.value(of: metric)?.value
        }
      }
      guard failure == nil, !isInterrupted else { return false }
      race.take(values)
      board.isIn = race.selection.isIn
      progress(start + piece + 1, min(atMost, race.selection.bound ?? atMost))
      return !race.selection.isDecided
    }
    if let failure { throw failure }
    return !isInterrupted
  }
}

/// Who may still be the best, as the threads that simulate see it.
private final class Candidates: Sendable {
  private let state: Mutex<[Bool]>

  init(_ isIn: [Bool]) { state = Mutex(isIn) }

  var isIn: [Bool] {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}

/// The selection with the values that it has seen.
private struct Race {
  let search: BestSearch
  var selection: SelectionOfTheBest
  /// By strategy and replication; nil where a replication was not run or has no value.
  private var values: [[Double?]]

  init(_ search: BestSearch, strategies: Int) {
    self.search = search
    let sign = search.sign
    selection = SelectionOfTheBest(strategies: strategies) { means in
      search.indifference.size(search.metric, baseline: sign * (means.first ?? 0))
    }
    values = Array(repeating: [], count: strategies)
  }

  /// Takes in a replication; one in which a candidate has no value cannot be compared.
  mutating func take(_ found: [Double?]) {
    for (index, value) in found.enumerated() { values[index].append(value) }
    guard zip(found, selection.isIn).allSatisfy({ $0 != nil || !$1 }) else { return }
    selection.take(found.map { search.sign * ($0 ?? 0) })
  }

  func document(_ result: Campaign.Result) -> ResultDocument.Best? {
    guard let leader = selection.leader, let indifference = selection.indifference else {
      return nil
    }
    let names = result.outcomes.map(\.name)
    let distances = DistancesToTheBest(values, isLowerBetter: search.sign > 0)
    return ResultDocument.Best(
      metric: search.metric.description, indifference: indifference, chosen: names[leader],
      guarantee: guarantee,
      rows: names.indices.map { index in
        let distance = distances.intervals[index]
        return ResultDocument.BestRow(
          strategy: names[index], replications: selection.counts[index],
          mean: Moments(values[index].compactMap { $0 }).mean, low: distance?.low,
          high: distance?.high,
          isDropped: !selection.isIn[index])
      })
  }

  /// The choice is among means of runs, for which the procedure was proved.
  private var guarantee: String {
    let how =
      search.metric.isPooled
      ? " The choice goes by means in which each run weighs the same; in the tables each conversation does."
      : ""
    return promise + how
  }

  private var promise: String {
    guard selection.isDecided else {
      let count = selection.counts.max() ?? 0
      return "No promise: Kim and Nelson's sequential procedure was not done after \(count) runs; "
        + "the one that is ahead is named. A larger --indifference is decided sooner."
    }
    return "Kim and Nelson's sequential procedure: with a probability of at least 95 % this is the "
      + "best strategy, if the best leads by at least the difference that matters."
  }
}

extension BestSearch {
  /// What turns the metric into one of which less is better.
  fileprivate var sign: Double { metric.polarity == .higher ? -1 : 1 }
}
