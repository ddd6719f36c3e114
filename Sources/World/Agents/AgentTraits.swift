import Scenarios

/// What agents of one way of working have in common.
///
/// One for all of them: what an agent looks at while it works is near whoever worked last, and a hundred thousand
/// agents take the room of what differs among them.
final class AgentTraits: Sendable {
  let style: WorkStyle
  let habits: Agent.Habits
  let seesAll: Bool
  /// When such agents are on shift; always if nil.
  let shifts: ShiftCalendar?
  /// The views of the inbox, in the order in which they are looked through.
  let views: [InboxView]

  init(
    _ style: WorkStyle, seesAll: Bool = true, habits: Agent.Habits = [], views: [InboxView] = []
  ) {
    self.style = style
    self.seesAll = seesAll
    self.habits = habits
    self.views = views
    shifts = style.shifts.isEmpty ? nil : ShiftCalendar(style.shifts)
  }

  /// Whether such an agent is ever away, or looks for work when taken for absent.
  var comesAndGoes: Bool { style.away != nil || shifts != nil || style.checksIn != nil }

  /// The traits of every agent of a model, in the order of its agents.
  static func ofAgents(in exchange: Exchange) -> [AgentTraits] {
    struct Key: Hashable {
      let style: Int32
      let seesAll: Bool
    }
    let model = exchange.plan.model
    var known: [Key: AgentTraits] = [:]
    return model.agents.map { agent in
      let key = Key(style: agent.style, seesAll: agent.seesAll)
      if let traits = known[key] { return traits }
      let style = model.style(of: agent)
      let traits = AgentTraits(
        style, seesAll: agent.seesAll,
        habits: Agent.Habits(style, seesAll: agent.seesAll, in: exchange),
        views: style.inbox.map { InboxView($0, exchange) })
      known[key] = traits
      return traits
    }
  }
}
