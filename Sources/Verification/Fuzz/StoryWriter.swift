import Scenarios

/// Writes one random story as a case file: a workspace, workflows, and what happens to them.
///
/// What it writes is what a person could have written: so a story that goes wrong is a case at once,
/// and to make it smaller is to take lines out of it.
struct StoryWriter {
  var dice: Dice
  let has: Swarm
  var users: [String]
  var teams: [String]
  let channels: [String]
  /// The contacts that came so far, in order.
  var come: [String] = []
  /// Whether the queues are polled: then days must not go by, for each look at them is a timer.
  var polls = false
  /// The services that workflows call.
  var services: [String] = []
  /// The shortcuts and webhooks that begin workflows.
  var shortcuts: [String] = []
  var webhooks: [String] = []
  /// The workflows.
  var workflowNames: [String] = []
  /// The workspace and workflows of a scenario, where those are put to the test.
  let given: GivenWorkspace?

  init(seed: UInt64, given: GivenWorkspace? = nil) {
    var dice = Dice(seed)
    has = Swarm(&dice)
    self.given = given
    let names = ["ana", "ben", "cho", "dan", "eve", "fay"]
    let userCount = 1 + dice.below(names.count)
    let teamCount = 1 + dice.below(3)
    users = given?.users ?? Array(names.prefix(userCount))
    teams = given?.teams ?? Array(["support", "sales", "night"].prefix(teamCount))
    self.dice = dice
    let own = given?.workspace.at(["channels"])?.childKeys ?? []
    channels = own.isEmpty ? ["direct", "whatsapp"] : own
  }

  /// The story of a seed.
  mutating func story(_ title: String) -> Node {
    let workspace = given?.workspace ?? self.workspace()
    let workflows = given?.workflows ?? self.workflows()
    workflowNames = workflows.childKeys
    services = workflows.texts(under: "service")
    shortcuts = workflows.texts(under: "shortcut", "name")
    webhooks = workflows.texts(under: "incoming_webhook", "name")
    let timeline = self.timeline()
    return .map(
      [("case", .scalar(title))] + clock() + [
        ("workspace", workspace), ("workflows", workflows), ("timeline", .list(timeline)),
        ("expect", .list([Self.placeholder])),
      ])
  }

  /// Some stories begin shortly before the clocks are changed.
  private mutating func clock() -> [(String, Node)] {
    guard has[.calendar], dice.chance(50) else { return [] }
    let start = dice.pick(["2026-03-29 00:45", "2026-10-25 00:45", "2026-11-27 17:30"])
    return [("start", .scalar(start)), ("time_zone", .scalar("Europe/Lisbon"))]
  }

  /// A case expects something; a story has no expectation but that nothing breaks.
  static let placeholder = Node.map(["counts": .map([])])

  // MARK: The workspace

  private mutating func workspace() -> Node {
    var keys: [(String, Node)] = [("users", .map(users.map { ($0, user()) }))]
    keys.append(("teams", .map(memberships())))
    keys.append(
      ("channels", .map(["direct": .map([]), "whatsapp": .map(["window": .scalar(window())])])))
    let policies = self.policies()
    if !policies.isEmpty { keys.append(("policies", .map(policies))) }
    if dice.chance(25) { keys.append(("unassign_on_close", .scalar("true"))) }
    if dice.chance(20) { keys.append(("any_event_opens", .scalar("true"))) }
    if has[.autoClose] {
      keys.append(("auto_close", .scalar(dice.pick(["30 min", "45 min", "2 h"]))))
    }
    if has[.inactivity] { keys.append(("inactivity", .scalar(dice.pick(["1 min", "5 min"])))) }
    return .map(keys)
  }

  private mutating func window() -> String { dice.pick(["24 h", "20 s", "10 min"]) }

  private mutating func user() -> Node {
    var keys: [(String, Node)] = []
    let status = dice.pick(["online", "online", "online", "busy", "offline"])
    if status != "online" { keys.append(("status", .scalar(status))) }
    if has[.limits], dice.chance(30) { keys.append(("limit", .scalar("\(dice.below(4))"))) }
    if has[.otherLogics], dice.chance(50) {
      keys.append(("weight", .scalar("\(1 + dice.below(3))")))
    }
    if has[.roles], dice.chance(30) {
      keys.append(("role", .scalar(dice.pick(["manager", "owner", "ai_agent"]))))
    }
    if has[.roles], dice.chance(30) { keys.append(("sees", .scalar(dice.pick(["team", "own"])))) }
    if dice.chance(10) { keys.append(("open", .scalar("\(1 + dice.below(3))"))) }
    return keys.isEmpty ? .scalar("online") : .map(keys)
  }

  /// Most users are in one of the teams.
  private mutating func memberships() -> [(String, Node)] {
    var members: [[Node]] = Array(repeating: [], count: teams.count)
    for user in users where dice.chance(85) {
      members[dice.below(teams.count)].append(.scalar(user))
    }
    return zip(teams, members).map { ($0, .list($1)) }
  }

  private mutating func policies() -> [(String, Node)] {
    var keys: [(String, Node)] = []
    func put(_ key: String, _ values: [String], _ percent: Int, _ dice: inout Dice) {
      if dice.chance(percent) { keys.append((key, .scalar(dice.pick(values)))) }
    }
    put("round_robin_form", ["rotation"], 40, &dice)
    put("round_robin_state", ["step"], 25, &dice)
    put("tie", ["random", "list"], 50, &dice)
    put("queue_wakeup", ["5 s", "30 s", "90 s"], 20, &dice)
    polls = keys.contains { $0.0 == "queue_wakeup" }
    put("away_users", ["second_tier"], 20, &dice)
    guard has[.rarePolicies] else { return keys }
    put("open_counts_snoozed", ["false"], 50, &dice)
    put("queued_conversation_closes", ["stay"], 50, &dice)
    put("overwrite_assignee", ["false"], 25, &dice)
    put("last_outgoing_scope", ["contact"], 50, &dice)
    put("last_outgoing_counts", ["users"], 50, &dice)
    put("reentry", ["restart"], 40, &dice)
    put("close_ends_runs", ["true"], 25, &dice)
    put("contact_fields", ["snapshot"], 50, &dice)
    put("compare_text", ["ignore_case"], 30, &dice)
    put("removed_user", ["keeps"], 50, &dice)
    put("failed_reply_assigns", ["false"], 30, &dice)
    put("failed_reply_counts", ["true"], 30, &dice)
    put("ai_agent_takeover", ["ends_run"], 50, &dice)
    put("answer_goes_to", ["oldest", "all"], 50, &dice)
    put("new_contact_rule", ["created_by_message", "no_earlier_incoming"], 40, &dice)
    if dice.chance(15) { keys.append(("loop_guard", .map(["enrolments": .scalar("2")]))) }
    return keys
  }
}
