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
      let own: Double
      if let found = known[style.shifts] {
        own = found
      } else {
        own =
          style.shifts.isEmpty
          ? Double(plan.duration - warmup) / 3.6e12
          : plan.stretches(of: ShiftCalendar(style.shifts)).reduce(0) { sum, stretch in
            sum
              + Double(
                max(0, min(stretch.upperBound, plan.duration) - max(stretch.lowerBound, warmup)))
          } / 3.6e12
        known[style.shifts] = own
      }
      hours += own
      if let rate = style.cost { money = (money ?? 0) + rate.perSecond * 3_600 * own }
    }
  }
}
