public import Measurement
import World

/// Finds the numbers of agents among which the answer lies, and runs them all.
public struct StaffingSearch: Sendable {
  /// The runs.
  public let runs: StaffingRuns
  /// How many agents there are now.
  public let present: Int
  /// The share that is asked for first, and the place of its time.
  public let share: Double
  /// The place of the time.
  public let bound: Int

  /// So many numbers of agents at first; looking further adds half as many each time, looking closer as many once.
  private static let wanted = 16
  private static let mostRounds = 3

  /// Describes what is looked for.
  public init(runs: StaffingRuns, present: Int, share: Double, bound: Int) {
    self.runs = runs
    self.present = present
    self.share = share
    self.bound = bound
  }

  /// The numbers that are run first: from about half of the present to about 1.7 times as many.
  public static func counts(around present: Int) -> [Int] {
    let low = max(1, present * 9 / 20)
    return spread(low...max(low + 3, present * 17 / 10), wanted)
  }

  /// About so many numbers of a range, evenly, both ends among them.
  static func spread(_ range: ClosedRange<Int>, _ wanted: Int) -> [Int] {
    let step = max(1, (range.count - 1 + wanted - 2) / max(1, wanted - 1))
    var counts = Array(stride(from: range.lowerBound, to: range.upperBound, by: step))
    counts.append(range.upperBound)
    return counts
  }

  /// Runs them; `progress` is told how many of how many runs are done, of how many there are so far.
  public func grid(
    interruption: Interruption, progress: (_ done: Int, _ all: Int) -> Void
  ) throws(Trials.Failure) -> StaffingGrid {
    var tallies: [(count: Int, tally: DayTally)] = []
    var next = Self.counts(around: present)
    var rounds = 0
    while true {
      let before = tallies.count * StaffingRuns.replications
      let all = before + next.count * StaffingRuns.replications
      progress(before, all)
      let found = try runs.columns(of: next, interruption: interruption) {
        progress(before + $0, all)
      }
      tallies += found
      tallies.sort { $0.count < $1.count }
      let grid = grid(tallies)
      rounds += 1
      next = rounds < Self.mostRounds ? wider(grid) : []
      if next.isEmpty, rounds <= Self.mostRounds { next = finer(grid) }
      if next.isEmpty { return grid }
    }
  }

  private func grid(_ tallies: [(count: Int, tally: DayTally)]) -> StaffingGrid {
    let customers = tallies.last?.tally.meanCustomers ?? []
    let periods = runs.grid
    let seconds = periods.seconds(ofRun: runs.duration)
    return StaffingGrid(
      periods: (0..<periods.count).map { period in
        StaffingGrid.Period(
          begin: periods.begin(of: period).clock, end: periods.begin(of: period + 1).clock,
          hours: seconds[period] / 3_600, customers: customers[period])
      },
      counts: tallies.map(\.count), bounds: runs.bounds, runs: StaffingRuns.replications,
      reached: tallies.map(\.tally.reached))
  }

  /// The numbers to be run as well: above, where more agents still help and the goal is not shown; below,
  /// where the fewest are enough for some period.
  func wider(_ grid: StaffingGrid) -> [Int] {
    guard let low = grid.counts.first, let high = grid.counts.last else { return [] }
    let needed = grid.needed(share, bound)
    var counts: [Int] = []
    if low > 1, needed.contains(low) {
      counts += Self.spread(max(1, low / 3)...(low - 1), Self.wanted / 2)
    }
    let lacks = needed.indices.filter { needed[$0] == nil }
    if lacks.contains(where: { stillGrows(grid, $0) }) {
      counts += Self.spread((high + 1)...(high * 17 / 10 + 1), Self.wanted / 2)
    }
    return counts
  }

  /// Numbers between those that were run, where a period's need lies between two of them.
  func finer(_ grid: StaffingGrid) -> [Int] {
    var (low, high) = (Int.max, 0)
    for case let needed? in grid.needed(share, bound) {
      guard let place = grid.place(of: needed), place > 0, needed - grid.counts[place - 1] > 1
      else { continue }
      low = min(low, grid.counts[place - 1])
      high = max(high, needed)
    }
    guard low < high else { return [] }
    return Self.spread((low + 1)...(high - 1), Self.wanted)
      .filter { grid.place(of: $0) == nil }
  }

  /// Whether the upper quarter of the numbers still brought a point.
  private func stillGrows(_ grid: StaffingGrid, _ period: Int) -> Bool {
    let last = grid.counts.count - 1
    guard let top = grid.reach(last, period, bound).value,
      let below = grid.reach(max(0, last - max(1, last / 4)), period, bound).value
    else { return false }
    return top - below > 0.01
  }
}
