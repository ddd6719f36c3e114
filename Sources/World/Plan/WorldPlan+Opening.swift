import Engine
public import Measurement
import Scenarios

extension WorldPlan {
  /// What the engine is told before anything happens: who is there, in which teams, which workflows run.
  var openingEvents: [EngineEvent] {
    var events: [EngineEvent] = []
    tellOpening { events.append($0) }
    return events
  }

  /// Tells them one by one: of a hundred thousand agents a list of them is long.
  func tellOpening(_ tell: (EngineEvent) -> Void) {
    let founders = model.agents.prefix(model.founderCount).enumerated()
    for (index, agent) in founders {
      tell(.userAdded(UserID(index: index), agent.profile))
    }
    for (index, team) in model.teams.enumerated() {
      tell(.teamAdded(TeamID(index: index), name: team.name))
    }
    for (index, agent) in founders {
      if let team = agent.team { tell(.teamGains(team, UserID(index: index))) }
    }
    if !model.workflows.isEmpty {
      tell(
        .workflowsPublished(
          model.workflows.enumerated().map { Publication(WorkflowID(index: $0.offset), $0.element) }
        ))
    }
  }

  /// The length of a step of the timeline, in nanoseconds.
  public var step: Int64 {
    timelineStep.map { max(1, $0) } ?? RecordingPlan.usualStep(duration: duration)
  }

  /// What the recorder follows.
  public var recording: RecordingPlan {
    var plan = RecordingPlan(
      agents: model.agents.count, populations: model.populations.count,
      channels: model.channels.count,
      duration: duration, warmup: warmup, metrics: metrics)
    plan.teams = model.agents.map { $0.team?.index }
    plan.step = step
    if metrics.contains(where: \.isOffice) { plan.officeHours = openings }
    plan.likelyLengths = waitsOfWorkflows
    var scopes: [MetricScope] = []
    for case let scope? in metrics.map(\.scope) where !scopes.contains(scope) {
      scopes.append(scope)
    }
    plan.parts = scopes.map { RecordedPart($0, members(of: $0)) }
    let costs = model.byStyle { ($0.cost?.perSecond ?? 0) * 3_600 }
    if model.agents.contains(where: { costs[$0] > 0 }) {
      plan.costPerHour = model.agents.map { costs[$0] }
    }
    return plan
  }

  /// How long the workflows wait: whoever is moved then and started on at once waited exactly so long.
  private var waitsOfWorkflows: [Int64] {
    var lengths: [Int64] = []
    func visit(_ steps: [Step]) {
      for step in steps {
        if case .wait(.duration(let length)) = step.action, length > .zero,
          !lengths.contains(length.nanoseconds)
        {
          lengths.append(length.nanoseconds)
        }
        if case .branch(let branches) = step.action { for way in branches { visit(way.steps) } }
        if case .aiAgent(let agent) = step.action { for way in agent.outcomes { visit(way.steps) } }
        for way in [step.onTimeout, step.onInvalid, step.onFailure, step.outside] {
          visit(way ?? [])
        }
      }
    }
    for workflow in model.workflows { visit(workflow.steps) }
    // Whoever is moved twice, or three times, waited a multiple. A bound costs a comparison for each time;
    // more than a few lengths are hardly where many times are.
    let multiples = (1...3).flatMap { turns in
      lengths.compactMap { length -> Int64? in
        let (product, isTooLong) = length.multipliedReportingOverflow(by: Int64(turns))
        return isTooLong ? nil : product
      }
    }
    var chosen: [Int64] = []
    for length in multiples where chosen.count < 4 && !chosen.contains(length) {
      chosen.append(length)
    }
    return chosen
  }

  /// What belongs to a part of the conversations; nothing where this world has no such part.
  private func members(of scope: MetricScope) -> RecordedPart.Members {
    switch scope {
    case .population(let name):
      return model.populations.firstIndex { $0.name == name }.map { .population($0) } ?? .nothing
    case .channel(let name):
      return model.channels.firstIndex { $0.name == name }.map { .channel($0) } ?? .nothing
    case .team(let name):
      guard let team = model.teams.firstIndex(where: { $0.name == name }) else { return .nothing }
      return .agents(model.agents.map { $0.team?.index == team })
    case .between(let from, let to):
      let hours = HoursOfDay(from: Int32(from), to: Int32(to))
      let calendar = ShiftCalendar([Shift(days: Weekday.allCases, hours: [hours])])
      return .opened(stretches(of: calendar))
    }
  }

  /// The conversations that an agent can work on at once, if all have the same number.
  public var slotsPerAgent: Int? {
    let slots = model.byStyle(\.attention.slots)
    guard let first = model.agents.first.map({ slots[$0] }) else { return nil }
    return model.agents.allSatisfy { slots[$0] == first } ? first : nil
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
    return Measurement.OfficeHours(calendars.flatMap(stretches))
  }

  /// When the clock on the wall shows the hours of a calendar, in nanoseconds of virtual time.
  func stretches(of calendar: ShiftCalendar) -> [Range<Int64>] {
    let clock = WallClock(model.settings)
    let end = duration / 1_000_000_000
    var stretches: [Range<Int64>] = []
    var second: Int64 = 0
    while second <= end {
      let next = clock.nextChange(of: calendar, after: second) ?? end + 1
      if calendar.holds(clock.local(atSecond: second)) {
        stretches.append(second * 1_000_000_000..<next * 1_000_000_000)
      }
      second = next
    }
    return stretches
  }
}
