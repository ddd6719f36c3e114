import Engine
import Scenarios

/// The first event that an engine hears: who is there, and by which rules.
extension LineWriter {
  /// Introduces a workspace as it is at the start of a run.
  static func hello(_ model: Model, replication: Int, policySeed: UInt64) -> LineWriter {
    var line = LineWriter()
    line.raw("{\"event\":\"hello\",\"at\":0")
    line.member("protocol", ForeignDesk.version)
    line.member("replication", replication + 1)
    // A number of 64 bits is more than some languages read from JSON.
    line.member("policy_seed", "\(policySeed)")
    line.list("users", model.agents.enumerated()) { line, agent in
      line.raw("{\"user\":")
      line.number(agent.offset)
      line.member("name", agent.element.name)
      line.member("team", agent.element.team?.raw)
      line.member("weight", agent.element.weight)
      line.member("limit", agent.element.limit)
      line.member("status", "\(ActivityStatus.online)")
    }
    line.list("teams", model.teams.enumerated()) { line, team in
      line.raw("{\"team\":")
      line.number(team.offset)
      line.member("name", team.element.name)
    }
    line.policies(model.settings.policies)
    line.raw("}")
    return line
  }

  private mutating func list<Items: Sequence>(
    _ name: StaticString, _ items: Items, _ write: (inout LineWriter, Items.Element) -> Void
  ) {
    key(name)
    raw("[")
    var isFirst = true
    for item in items {
      if !isFirst { raw(",") }
      isFirst = false
      write(&self, item)
      raw("}")
    }
    raw("]")
  }

  /// The policies that concern who gets what.
  private mutating func policies(_ policies: Policies) {
    key("policies")
    raw("{\"open_counts_snoozed\":")
    truth(policies.openCountsSnoozed)
    member("round_robin_state", policies.roundRobinState.rawValue)
    member("round_robin_form", policies.roundRobinForm.rawValue)
    member("tie", policies.tie.rawValue)
    member("queued_conversation_closes", policies.queuedConversationCloses.rawValue)
    member("away_users", policies.awayUsers.rawValue)
    raw("}")
  }
}
