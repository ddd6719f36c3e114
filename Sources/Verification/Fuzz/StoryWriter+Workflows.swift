import Engine
import Scenarios

/// Random workflows.
extension StoryWriter {
  /// The workflows of a story: nearly always one that assigns who writes.
  mutating func workflows() -> Node {
    var flows: [(String, Node)] = []
    if has[.transfers] { flows.append(("hand over", workflow("manual", []))) }
    if dice.chance(95) {
      let source = dice.chance(70) ? [("source", Node.scalar("contact"))] : []
      flows.append(("opened", workflow("conversation_opened", source, beginsByAssigning: 75)))
    }
    for (name, trigger, keys, percent) in otherTriggers() where dice.chance(percent) {
      flows.append((name, workflow(trigger, keys)))
    }
    return .map(flows)
  }

  private typealias Offer = (
    name: String, trigger: String, keys: [(String, Node)], percent: Int
  )

  private func otherTriggers() -> [Offer] {
    func percent(_ feature: Swarm.Feature, _ most: Int) -> Int { has[feature] ? most : 0 }
    let added: [(String, Node)] = [("tag", .scalar("vip")), ("action", .scalar("added"))]
    return [
      ("also opened", "conversation_opened", [], 25),
      ("closed", "conversation_closed", [], 35),
      ("tagged", "contact_tag_updated", added, percent(.tags, 60)),
      ("field", "contact_field_updated", [("field", .scalar("email"))], percent(.fields, 60)),
      ("shortcut", "shortcut", [("name", .scalar("escalate"))], percent(.forms, 80)),
      ("webhook", "incoming_webhook", [("name", .scalar("order"))], percent(.forms, 60)),
      ("ad", "click_to_chat_ad", [], percent(.otherWaysIn, 60)),
    ]
  }

  private mutating func workflow(
    _ trigger: String, _ keys: [(String, Node)], beginsByAssigning: Int = 40
  ) -> Node {
    var conditions = keys
    if trigger != "manual", dice.chance(10) {
      conditions.append(("once_per_contact", .scalar("true")))
    }
    var entries: [(String, Node)] = [("trigger", .map([(trigger, .map(conditions))]))]
    if has[.publishing], dice.chance(15) {
      entries.append(("status", .scalar(dice.pick(["draft", "stopped"]))))
    }
    entries.append(("steps", steps(depth: 0, isRoot: trigger != "manual", beginsByAssigning)))
    return .map(entries)
  }

  private mutating func steps(
    depth: Int, isRoot: Bool = false, _ beginsByAssigning: Int = 40
  ) -> Node {
    var list: [Node] = []
    for index in 0...dice.below(4) {
      var keys: [(String, Node)] =
        index == 0
        ? (dice.chance(beginsByAssigning) ? assigning(depth) : wait()) : step(depth)
      // Steps that may jump or be jumped to need a name; the first of a workflow has one.
      if index == 0, depth == 0 { keys.insert(("id", .scalar("start")), at: 0) }
      list.append(.map(keys))
      if ["branch", "trigger_workflow"].contains(keys.last?.0) { break }
    }
    return .list(list)
  }

  private mutating func outcome(_ key: String, _ depth: Int) -> [(String, Node)] {
    depth < 2 && dice.chance(40) ? [(key, steps(depth: depth + 1))] : []
  }

  private mutating func wait() -> [(String, Node)] {
    [("wait", .scalar("\(1 + dice.below(200)) s"))]
  }

  private mutating func assigning(_ depth: Int) -> [(String, Node)] {
    let (settings, isPool) = assignment()
    let later = isPool && has[.timeouts] ? outcome("on_timeout", depth) : []
    return later + [("assign_to", .map(settings))]
  }

  private mutating func assignment() -> (settings: [(String, Node)], isPool: Bool) {
    var keys: [(String, Node)] = []
    switch dice.below(12) {
    case 0: return ([("user", .scalar(dice.pick(users)))], false)
    case 1: return ([("unassign", .scalar("true"))], false)
    case 2, 3: keys.append(("workspace", .scalar("true")))
    default: keys.append(("team", .scalar(dice.pick(teams))))
    }
    keys.append(("logic", logic()))
    if dice.chance(60) { keys.append(("only_online", .scalar("true"))) }
    if has[.limits], dice.chance(60) {
      keys.append(("fewer_than", .scalar("\(1 + dice.below(3))")))
    }
    if has[.timeouts], dice.chance(70) {
      keys.append(("timeout", .scalar("\(1 + dice.below(300)) s")))
    }
    if dice.chance(25) { keys.append(("exclude_current", .scalar("true"))) }
    if dice.chance(15) { keys.append(("only_if_sooner", .scalar("true"))) }
    return (keys, true)
  }

  private mutating func logic() -> Node {
    let usual = ["round_robin", "least_open"]
    let plain =
      has[.otherLogics] && dice.chance(60) ? dice.pick(Logic.plain).name : dice.pick(usual)
    guard has[.sticky], dice.chance(40) else { return .scalar(plain) }
    return .map([
      "sticky": .map(["wait": .scalar("\(dice.below(200)) s"), "then": .scalar(plain)])
    ])
  }

  private mutating func step(_ depth: Int) -> [(String, Node)] {
    switch dice.below(18) {
    case 0 where has[.waits]: return wait()
    case 1 where has[.messages]:
      return outcome("on_failure", depth) + [("send_message", .scalar("Hello $contact.name!"))]
    case 2 where has[.comments]: return [("add_comment", .scalar("Seen by $assignee.name."))]
    case 3: return [("open_conversation", .map([]))]
    case 4 where dice.chance(50): return [("close_conversation", .map([]))]
    case 5 where has[.tags]:
      return [("update_tag", .map([dice.pick(["add", "remove"]): .scalar("vip")]))]
    case 6 where has[.fields]:
      return [("update_field", .map(["email": .scalar(dice.pick(["a@b.de", ""]))]))]
    case 7 where has[.calendar]: return calendar(depth)
    case 8 where has[.services]: return request()
    case 9 where has[.services]:
      return outcome("on_failure", depth) + [
        ("add_sheet_row", .map(["service": .scalar("sheet"), "values": .map(["a": .scalar("b")])]))
      ]
    case 10 where has[.agentAI]: return [("ai_agent", .map(["idle": .scalar("5 min")]))]
    case 11 where has[.jumps]: return jump("start")
    case 12 where has[.transfers]:
      return [("trigger_workflow", .map(["workflow": .scalar("hand over")]))]
    case 13 where has[.branches] && depth < 2: return [("branch", branches(depth))]
    case 14 where has[.questions]: return question(depth)
    case 15: return wait()
    default: return assigning(depth)
    }
  }

  private mutating func jump(_ step: String) -> [(String, Node)] {
    [("jump_to", .map(["step": .scalar(step), "at_most": .scalar("\(1 + dice.below(3))")]))]
  }

  private mutating func calendar(_ depth: Int) -> [(String, Node)] {
    outcome("outside", depth) + [
      (
        "date_and_time",
        .map([
          "days": .scalar(dice.pick(["mon-fri", "sat-sun"])),
          "hours": .list([.scalar(dice.pick(["09:00-18:00", "01:30-02:30"]))]),
        ])
      )
    ]
  }

  private func request() -> [(String, Node)] {
    [
      (
        "http_request",
        .map([
          "service": .scalar("crm"), "url": .scalar("https://crm.example/$contact.name"),
          "save": .map(["level": .scalar("$.level")]), "status": .scalar("status"),
        ])
      )
    ]
  }

  private mutating func question(_ depth: Int) -> [(String, Node)] {
    var keys: [(String, Node)] = [("text", .scalar("And your address?"))]
    keys.append(("type", .scalar(dice.pick(["text", "email", "rating"]))))
    if dice.chance(60) {
      keys.append(("save", .map([dice.pick(["field", "variable"]): .scalar("email")])))
    }
    if dice.chance(50) { keys.append(("timeout", .scalar("60 s"))) }
    var ways = outcome("on_failure", depth)
    if dice.chance(50) { ways.append(("on_invalid", .list([.map(jump("start"))]))) }
    if keys.contains(where: { $0.0 == "timeout" }) { ways += outcome("on_timeout", depth) }
    return ways + [("ask_question", .map(keys))]
  }

  private mutating func branches(_ depth: Int) -> Node {
    var entries: [Node] = []
    for index in 0...dice.below(2) {
      var list: [Node] = []
      for _ in 0...dice.below(2) { list.append(.scalar(condition())) }
      entries.append(
        .map([
          "name": .scalar("way \(index + 1)"),
          "when": .map([dice.pick(["all", "any"]): .list(list)]),
          "steps": steps(depth: depth + 1),
        ]))
    }
    if dice.chance(60) {
      entries.append(.map(["name": .scalar("else"), "steps": steps(depth: depth + 1)]))
    }
    return .list(entries)
  }

  private mutating func condition() -> String {
    dice.pick([
      "conversation_status = open", "contact_type = new", "contact.email exists",
      "tags contains vip", "assignee_status is one of online, busy", "last_channel != whatsapp",
      "last_incoming_message contains l", "time_since_last_outgoing_message does not exist",
      "time_since_last_incoming_message > 30 s", "assignee_status does not exist",
    ])
  }
}
