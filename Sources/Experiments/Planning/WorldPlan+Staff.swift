import Scenarios
public import World

extension WorldPlan {
  /// Puts so many agents of a team on shift in each period, whatever shifts they had, and cuts the timeline
  /// into the periods.
  ///
  /// Whoever comes first in the team is on shift in most periods.
  public mutating func staff(_ team: Int, _ agents: [Int], by grid: PeriodGrid) {
    let members = model.teams[team].members
    let shifts = members.indices.map { place in
      grid.shifts(in: agents.indices.filter { agents[$0] > place - members.lowerBound })
    }
    model = model.withShifts(shifts, ofTeam: team)
    timelineStep = grid.length * 1_000_000_000
  }
}
