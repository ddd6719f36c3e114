import Measurement
import Testing

@Suite struct `A grid of agents is read` {
  /// Three hours by hand, the last without customers: 10 to 13 agents.
  private let grid = StaffingGrid(
    periods: [
      .init(begin: "09:00", end: "10:00", hours: 1, customers: 120),
      .init(begin: "10:00", end: "11:00", hours: 1, customers: 140),
      .init(begin: "11:00", end: "11:30", hours: 0.5, customers: 0),
    ], counts: [10, 11, 12, 13], bounds: [300], runs: 30,
    reached: [(0.78, 0.70), (0.81, 0.76), (0.83, 0.79), (0.85, 0.815)].map { first, second in
      [first, second, nil].map { value in
        [StaffingReach(value: value, low: value.map { $0 - 0.02 }, high: value.map { $0 + 0.02 })]
      }
    })

  @Test func `needed is the smallest number whose whole interval meets the goal`() {
    // 11 reach 81 ± 2: not below 80 for sure, nor above.
    #expect(grid.needed(0.8, 0) == [12, nil, 0])
    #expect(grid.needed(0.785, 0) == [11, 13, 0])
    // An interval that begins at the goal lies above it.
    #expect(StaffingReach(value: 0.83, low: 0.81, high: 0.85).result(0.81) == .met)
    #expect(StaffingReach(value: 0.83, low: 0.80, high: 0.85).result(0.81) == .inconclusive)
    #expect(StaffingReach(value: 0.79, low: 0.77, high: 0.8).result(0.81) == .missed)
    #expect(grid.needed(0.95, 0) == [nil, nil, 0])
  }

  @Test func `what is not ruled out begins where the interval first contains the goal`() {
    #expect(grid.possible(0.795, 0) == [10, 12, 0])
    #expect(grid.possible(0.86, 0) == [13, nil, 0])
  }

  @Test func `hours are those of the clock, and none where a number is missing`() {
    #expect(grid.hours(of: grid.needed(0.785, 0)) == 24)
    #expect(grid.hours(of: [2, 3, 5]) == 7.5)
    #expect(grid.hours(of: grid.needed(0.8, 0)) == nil)
    #expect(grid.busiest == 1)
  }

  @Test func `a single run tells nothing for sure`() {
    let reach = StaffingReach(value: 0.9, low: nil, high: nil)
    #expect(reach.result(0.5) == .inconclusive)
    #expect(StaffingReach(value: nil, low: nil, high: nil).result(0.99) == .met)
  }
}
