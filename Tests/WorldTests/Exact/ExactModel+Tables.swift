import Foundation
import Testing

/// Rows of the tables as scenarios.
extension ExactModel {
  /// Every table that a scenario can express.
  static let tables = [
    "erlang_c", "erlang_a", "mg1", "round_robin", "random_dispatch", "jsq", "chat_concurrency",
    "mdc", "away", "reassign", "feedback",
  ]

  /// The models of a table, in the order of its rows.
  static func models(_ table: String) throws -> [ExactModel] {
    // Feedback has no table of its own: Erlang C with a share of the arrivals that were here before.
    let rows = try ReferenceRow.table(table == "feedback" ? "erlang_c" : table)
    return try rows.compactMap { row in
      switch table {
      case "erlang_c": try erlangC(row)
      case "erlang_a": try erlangA(row)
      case "mg1": try anyWork(row)
      case "round_robin": try dispatch(row, table, logic: "round_robin")
      case "random_dispatch": try dispatch(row, table, logic: "random")
      case "jsq": try dispatch(row, table, logic: "least_open")
      case "chat_concurrency": try sharedAttention(row)
      case "mdc": try constantWork(row)
      case "away": try away(row)
      case "reassign": try reassignment(row)
      default: try feedback(row)
      }
    }
  }

  /// How long a queue with so many slots remembers: that of M/M/c, at least one service.
  private static func memory(load: Double, service: Double, slots: Int) -> Double {
    let gap = 1 - load.squareRoot()
    return max(service, service / (Double(slots) * gap * gap))
  }

  private static func team(_ agents: Int, slots: Int = 1, _ keys: String) -> String {
    let attention = slots == 1 ? "serial" : "{parallel: \(slots)}"
    return "teams: {all: {agents: \(agents), attention: \(attention), \(keys)}}"
  }

  private static func customers(_ rate: Double, _ keys: String = "") -> String {
    "contacts: {all: {arrivals: {poisson: \(rate) per minute}\(keys)}}"
  }

  private static func assigning(_ logic: String) -> String {
    """
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps: [{assign_to: {team: all, logic: \(logic)}}]
    """
  }

  // MARK: - One queue for all

  private static func erlangC(_ row: ReferenceRow) throws -> ExactModel {
    let rate = try row.number("arrival_rate_per_min")
    let service = try row.number("mean_service_min")
    let servers = try row.integer("servers")
    let target = try row.number("target_T_min")
    return try ExactModel(
      name: "erlang_c \(row.name)",
      scenario: """
        name: M/M/c
        \(customers(rate))
        \(team(servers, "reply_time: {exponential: \(service) min}, picks: oldest"))
        """,
      rate: rate, memory: memory(load: row.number("rho"), service: service, slots: servers),
      quantities: [
        .minutes("wait.mean", row.number("mean_wait_min")),
        .plain("waiting", row.number("mean_queue_length")),
        .plain("wait.within(\(target) min)", row.number("service_level_within_T")),
        .plain("busy", row.number("rho")),
        .minutes("resolution.mean", row.number("mean_sojourn_min")),
      ])
  }

  private static func erlangA(_ row: ReferenceRow) throws -> ExactModel {
    let rate = try row.number("arrival_rate_per_min")
    let service = try row.number("mean_service_min")
    let patience = try row.number("mean_patience_min")
    let target = try row.number("target_T_min")
    return try ExactModel(
      name: "erlang_a \(row.name)",
      scenario: """
        name: M/M/c+M
        \(customers(rate, ", patience: {exponential: \(patience) min}"))
        \(team(row.integer("servers"), "reply_time: {exponential: \(service) min}, picks: oldest"))
        """,
      // Who waits leaves sooner or later: nothing is remembered longer than the longest of both.
      rate: rate, memory: 2 * max(service, patience),
      quantities: [
        .minutes("wait.mean", row.number("mean_wait_served_min")),
        .plain("abandoned", row.number("p_abandon")),
        .plain("waiting", row.number("mean_queue_length")),
        // Who gives up is missed; of those served alone more are in time.
        .plain("wait.within(\(target) min)", row.number("p_served_within_T_of_all")),
        .plain("wait.answered.within(\(target) min)", row.number("p_served_within_T_of_served")),
        .plain("busy", row.number("utilisation")),
      ])
  }

  private static func feedback(_ row: ReferenceRow) throws -> ExactModel? {
    // The same law as Erlang C: a few loads and sizes are enough.
    guard try row.number("rho") < 0.96, try row.integer("servers") <= 50 else { return nil }
    var model = try erlangC(row)
    let chance = 0.3
    let service = try row.number("mean_service_min")
    let servers = try row.integer("servers")
    model.name = "feedback \(row.name)"
    // Those who come back arrive only after the first are done.
    model.memory *= 2
    model.scenario = """
      name: M/M/c, three in ten come back
      \(customers(
        model.rate * (1 - chance), ", returns: {chance: 30%, after: {exponential: \(service) min}}"))
      \(team(servers, "reply_time: {exponential: \(service) min}, picks: oldest"))
      workspace: {unassign_on_close: true}
      """
    return model
  }

  // MARK: - A queue for each agent

  private static func anyWork(_ row: ReferenceRow) throws -> ExactModel? {
    let rate = try row.number("arrival_rate")
    let service = try row.number("service_mean")
    let cv = try row.number("service_scv").squareRoot()
    let parameters = try (
      row.number("param1"), row.has("param2") ? row.number("param2") : 0,
      row.has("param3") ? row.number("param3") : 0
    )
    let work: String
    switch row.text("service_dist") {
    case "exponential": work = "{exponential: \(parameters.0) min}"
    case "deterministic": work = "\(parameters.0) min"
    case "gamma": work = "{gamma: {shape: \(parameters.0), scale: \(parameters.1) min}}"
    case "erlang": work = "{erlang: {k: \(Int(parameters.0)), mean: \(service) min}}"
    case "lognormal": work = "{lognormal: {mean: \(service) min, cv: \(cv)}}"
    case "hyperexponential2":
      work =
        "{hyperexponential: {p: \(parameters.0 * 100)%, mean1: \(parameters.1) min, mean2: \(parameters.2) min}}"
    case "uniform": work = "{uniform: {from: \(parameters.0) min, to: \(parameters.1) min}}"
    case "weibull": work = "{weibull: {shape: \(parameters.0), scale: \(parameters.1) min}}"
    case let other:
      Issue.record("\(row.name): unknown distribution \(other)")
      return nil
    }
    let load = try row.number("rho")
    return try ExactModel(
      name: "mg1 \(row.name) \(row.text("service_dist"))",
      scenario: """
        name: M/G/1
        \(customers(rate))
        \(team(1, "reply_time: \(work)"))
        \(assigning("round_robin"))
        """,
      rate: rate,
      memory: memory(load: load, service: service, slots: 1) * max(1, (1 + cv * cv) / 2),
      quantities: [
        .minutes("wait.mean", row.number("mean_wait")),
        .plain("waiting", row.number("mean_queue_length")),
        .plain("wait.within(1 ms)", 1 - row.number("p_wait")),
        .minutes("resolution.mean", row.number("mean_sojourn")),
      ])
  }

  private static func dispatch(
    _ row: ReferenceRow, _ table: String, logic: String
  ) throws -> ExactModel? {
    let rate = try row.number("total_arrival_rate")
    let service = try row.number("mean_service")
    let agents = try row.integer("agents_n")
    let slots = try row.integer("slots_k")
    let pWait = try row.number("p_wait")
    let isPooled = logic == "least_open"
    // Where next to nobody waits, a mean over twenty runs is no normal variate.
    guard pWait > 1e-3 else { return nil }
    return try ExactModel(
      name: "\(table) \(row.name) \(agents)x\(slots) \(row.text("rho"))",
      scenario: """
        name: \(logic)
        \(customers(rate))
        \(team(agents, slots: slots, "reply_time: {exponential: \(service) min}"))
        \(assigning(logic))
        """,
      rate: rate,
      memory: memory(load: row.number("rho"), service: service, slots: slots),
      parts: isPooled ? 1 : Double(agents),
      quantities: [
        .minutes("wait.mean", row.number("mean_wait")),
        .plain("waiting", row.number("mean_total_waiting")),
        .plain("wait.within(1 ms)", 1 - pWait),
      ])
  }

  private static func constantWork(_ row: ReferenceRow) throws -> ExactModel? {
    let servers = try row.integer("servers")
    let rate = try row.number("arrival_rate")
    let load = try row.number("rho")
    guard try row.number("mean_wait_in_service_times") > 1e-3 else { return nil }
    // Agents with two slots each where the number allows it: any split has the same waits.
    let slots = servers % 2 == 0 ? 2 : 1
    return try ExactModel(
      name: "mdc \(row.name) \(servers / slots)x\(slots) \(load)",
      scenario: """
        name: M/D/c by turns
        \(customers(rate))
        \(team(servers / slots, slots: slots, "reply_time: 1 min"))
        \(assigning("round_robin"))
        """,
      rate: rate, memory: memory(load: load, service: 1, slots: servers),
      quantities: [
        .minutes("wait.mean", row.number("mean_wait_in_service_times")),
        .plain("waiting", row.number("mean_queue_length")),
      ])
  }

  private static func sharedAttention(_ row: ReferenceRow) throws -> ExactModel {
    let rate = try row.number("total_arrival_rate")
    let agents = try row.integer("agents_n")
    let service = try row.number("solo_mean_service")
    let speeds = row.text("total_rate_when_j_chats").split(separator: " ").compactMap { Double($0) }
    let load = try row.number("rho_vs_full_slots")
    let fastest = try #require(speeds.last)
    return try ExactModel(
      name: "chat_concurrency \(row.name)",
      scenario: """
        name: shared attention
        \(customers(rate))
        teams:
          all:
            agents: \(agents)
            attention: {shared: [\(speeds.map { "\($0)" }.joined(separator: ", "))]}
            reply_time: {exponential: \(service) min}
        \(assigning("least_open"))
        """,
      rate: rate,
      memory: max(
        2 * service, memory(load: load, service: service / fastest, slots: 1)),
      quantities: [
        .minutes("wait.mean", row.number("mean_wait")),
        .plain("wait.within(1 ms)", 1 - row.number("p_wait")),
        .minutes("resolution.mean", row.number("mean_sojourn")),
      ])
  }

  // MARK: - Away, and moved

  private static func away(_ row: ReferenceRow) throws -> ExactModel {
    let rate = try row.number("arrival_rate_per_min")
    let service = try row.number("mean_service_min")
    let agents = try row.integer("agents_n")
    let slots = try row.integer("slots_k")
    let online = try row.number("mean_online_min")
    let gone = try row.number("mean_away_min")
    let isPreempt = row.text("away_mode") == "preempt"
    let decay = try row.number("tail_decay_spectral_radius")
    let capacity = try rate / row.number("load_vs_available_capacity")
    let gap = 1 - decay.squareRoot()
    var quantities: [Quantity] = [
      .plain("waiting", try row.number("mean_waiting")),
      .minutes("resolution.mean", try row.number("mean_in_system") / rate),
    ]
    // With work in hand given back, the first start is another quantity.
    if !isPreempt { quantities.append(.minutes("wait.mean", try row.number("mean_wait_min"))) }
    return ExactModel(
      name: "away \(row.name) \(agents)x\(slots) \(row.text("away_mode"))",
      scenario: """
        name: agents away
        \(customers(rate))
        \(team(
          agents, slots: slots,
          "reply_time: {exponential: \(service) min}, picks: oldest, "
            + "away: {after: {exponential: \(online) min}, for: {exponential: \(gone) min}}, "
            + "leaving: \(isPreempt ? "hand_back" : "finish_first")"))
        """,
      rate: rate, memory: max(online + gone, 1 / (capacity * gap * gap)), quantities: quantities)
  }

  private static func reassignment(_ row: ReferenceRow) throws -> ExactModel {
    let rate = try row.number("total_arrival_rate_per_min")
    let service = try row.number("mean_service_min")
    let agents = try row.integer("agents_n")
    let slots = try row.integer("slots_k")
    let timer = try row.number("timer_mean_min")
    let isAlways = row.text("move_rule") == "always"
    let logic = row.text("initial_policy") == "rr" ? "round_robin" : row.text("initial_policy")
    let wait = try row.number("mean_wait_min")
    var quantities: [Quantity] = [
      .minutes("wait.mean", wait),
      .plain("waiting", try row.number("mean_total_waiting")),
      .plain("reassignments", try row.number("reassignments_per_conversation")),
      .plain("wait.within(1 ms)", 1 - (try row.number("p_wait_on_arrival"))),
    ]
    if isAlways {
      // Each waiting conversation moves once per timer: the same number from another side.
      quantities.append(.plain("reassignments", wait / timer))
      if row.has("p_reassigned_at_least_once") {
        quantities.append(.plain("reassigned", try row.number("p_reassigned_at_least_once")))
      }
    }
    return ExactModel(
      name: "reassign \(row.name) \(logic) \(row.text("move_rule"))",
      scenario: """
        name: moved after a random time
        \(customers(rate))
        \(team(
          agents, slots: slots, "greets: true, reply_time: {exponential: \(service) min}"))
        services: {dice: {answers: {seconds: {exponential: \(timer) min}}}}
        workspace: {limits: {jumps: 1000}, policies: {tie: random}}
        workflows:
          assignment:
            trigger: {conversation_opened: {source: contact}}
            steps:
              - assign_to: {team: all, logic: \(logic)}
              - {id: throw, http_request: {service: dice, save: {timer: $.seconds}}}
              - wait: $timer
              - branch:
                  - name: Nobody has started
                    when:
                      all:
                        - conversation_status = open
                        - time_since_last_outgoing_message does not exist
                    steps:
                      - assign_to:
                          team: all
                          logic: least_open
                          exclude_current: true
                          only_if_sooner: \(!isAlways)
                      - jump_to: {step: throw, at_most: 1000}
        """,
      rate: rate,
      memory: memory(load: try row.number("rho"), service: service, slots: slots),
      parts: 2, quantities: quantities)
  }
}
