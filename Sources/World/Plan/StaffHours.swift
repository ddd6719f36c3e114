import Engine
import Scenarios

/// What a plan's staff costs, before anything is run: hours on shift and the money for them.
public struct StaffHours: Sendable {
  /// Hours on shift of all agents after the warm-up.
  public private(set) var hours = 0.0
  /// Money for them; nil if nobody costs anything.
  public private(set) var money: Double?

  /// Counts the staff of a plan.
  public init(_ plan: WorldPlan) {
    var known: [[Shift]: Double] = [:]
    let warmup = min(plan.warmup, plan.duration)
    for agent in plan.model.agents {
      let style = plan.model.style(of: agent)
      // Who joins or leaves during the run is there for a part of it.
      let from = max(warmup, agent.joins?.nanoseconds ?? 0)
      let to = min(plan.duration, agent.leaves?.nanoseconds ?? plan.duration)
      let isWhole = agent.joins == nil && agent.leaves == nil
      let own: Double
      if isWhole, let found = known[style.shifts] {
        own = found
      } else {
        let stretches =
          style.shifts.isEmpty
          ? [0..<plan.duration] : plan.stretches(of: ShiftCalendar(style.shifts))
        own =
          stretches.reduce(0) {
            $0 + Double(max(0, min($1.upperBound, to) - max($1.lowerBound, from)))
          }
          / 3.6e12
        if isWhole { known[style.shifts] = own }
      }
      hours += own
      if let rate = style.cost { money = (money ?? 0) + rate.perSecond * 3_600 * own }
    }
  }
}
