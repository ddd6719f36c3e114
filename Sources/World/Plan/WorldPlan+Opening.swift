import Engine
import Measurement

extension WorldPlan {
  /// What the engine is told before anything happens: who is there, in which teams, which workflows run.
  var openingEvents: [EngineEvent] {
    var events: [EngineEvent] = []
    for (index, agent) in agents.enumerated() {
      events.append(
        .userAdded(
          UserID(index: index),
          UserProfile(
            name: agent.name, role: agent.role, sees: agent.sees, weight: agent.weight,
            limit: agent.limit)))
    }
    for (index, team) in teams.enumerated() {
      events.append(.teamAdded(TeamID(index: index), name: team))
    }
    for (index, agent) in agents.enumerated() {
      if let team = agent.team {
        events.append(.teamGains(TeamID(index: team), UserID(index: index)))
      }
    }
    if !workflows.isEmpty {
      events.append(
        .workflowsPublished(
          workflows.enumerated().map { Publication(WorkflowID(index: $0.offset), $0.element) }))
    }
    return events
  }

  /// What the recorder follows.
  var recording: RecordingPlan {
    var plan = RecordingPlan(
      agents: agents.count, populations: populations.count, channels: channels.count,
      duration: duration, warmup: warmup, metrics: metrics)
    if metrics.contains(where: \.isOffice) { plan.officeHours = officeHours }
    if agents.contains(where: { $0.costPerHour > 0 }) {
      plan.costPerHour = agents.map(\.costPerHour)
    }
    return plan
  }

  /// The time during which anybody is on shift; nil when somebody always is.
  private var officeHours: Measurement.OfficeHours? {
    var shifts: [ShiftCalendar] = []
    for agent in agents {
      guard let shift = agent.shift else { return nil }
      if !shifts.contains(shift) { shifts.append(shift) }
    }
    let clock = WallClock(settings)
    let end = duration / 1_000_000_000
    var openings: [Range<Int64>] = []
    for shift in shifts {
      var second: Int64 = 0
      while second <= end {
        let next = clock.nextChange(of: shift, after: second) ?? end + 1
        if shift.holds(clock.local(atSecond: second)) {
          openings.append(second * 1_000_000_000..<next * 1_000_000_000)
        }
        second = next
      }
    }
    return Measurement.OfficeHours(openings)
  }
}
