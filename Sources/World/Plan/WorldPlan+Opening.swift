import Engine
public import Measurement
import Scenarios

extension WorldPlan {
  /// What the engine is told before anything happens: who is there, in which teams, which workflows run.
  var openingEvents: [EngineEvent] {
    var events: [EngineEvent] = []
    for (index, agent) in model.agents.enumerated() {
      events.append(
        .userAdded(
          UserID(index: index),
          UserProfile(
            name: agent.name, role: agent.role, sees: agent.sees, weight: agent.weight,
            limit: agent.limit)))
    }
    for (index, team) in model.teams.enumerated() {
      events.append(.teamAdded(TeamID(index: index), name: team.name))
    }
    for (index, agent) in model.agents.enumerated() {
      if let team = agent.team { events.append(.teamGains(team, UserID(index: index))) }
    }
    if !model.workflows.isEmpty {
      events.append(
        .workflowsPublished(
          model.workflows.enumerated().map { Publication(WorkflowID(index: $0.offset), $0.element) }
        ))
    }
    return events
  }

  /// What the recorder follows.
  public var recording: RecordingPlan {
    var plan = RecordingPlan(
      agents: model.agents.count, populations: model.populations.count,
      channels: model.channels.count,
      duration: duration, warmup: warmup, metrics: metrics)
    if let timelineStep { plan.step = max(1, timelineStep) }
    if metrics.contains(where: \.isOffice) { plan.officeHours = openings }
    let costs = model.agents.map { (model.style(of: $0).cost?.perSecond ?? 0) * 3_600 }
    if costs.contains(where: { $0 > 0 }) { plan.costPerHour = costs }
    return plan
  }

  /// The conversations that an agent can work on at once, if all have the same number.
  public var slotsPerAgent: Int? {
    let slots = model.agents.map { model.style(of: $0).attention.slots }
    return Set(slots).count == 1 ? slots.first : nil
  }

  /// When the office is open: as the scenario says, else while anybody is on shift; nil for always.
  private var openings: Measurement.OfficeHours? {
    var calendars: [ShiftCalendar] = []
    if let officeHours {
      calendars = [ShiftCalendar(officeHours)]
    } else {
      for agent in model.agents {
        let shifts = model.style(of: agent).shifts
        if shifts.isEmpty { return nil }
        let calendar = ShiftCalendar(shifts)
        if !calendars.contains(calendar) { calendars.append(calendar) }
      }
    }
    let clock = WallClock(model.settings)
    let end = duration / 1_000_000_000
    var openings: [Range<Int64>] = []
    for calendar in calendars {
      var second: Int64 = 0
      while second <= end {
        let next = clock.nextChange(of: calendar, after: second) ?? end + 1
        if calendar.holds(clock.local(atSecond: second)) {
          openings.append(second * 1_000_000_000..<next * 1_000_000_000)
        }
        second = next
      }
    }
    return Measurement.OfficeHours(openings)
  }
}
