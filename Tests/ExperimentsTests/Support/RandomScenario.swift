/// A scenario that chance wrote: small, and with everything in it that can go on in a world.
struct RandomScenario: DrawnByChance {
  var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  private mutating func maybe(_ percent: Int, _ text: String) -> String {
    chance(percent) ? text : ""
  }

  /// The whole file.
  mutating func text() -> String {
    """
    name: chance
    duration: \(2 + below(4)) h
    warmup: \(pick(["0 s", "20 min"]))
    channels: {main: \(channel()), other: \(channel())}
    contacts:
      some: {\(population())}
      others: {\(population())}
    teams:
      front: {agents: \(1 + below(3)), \(work())}
      back: {agents: \(1 + below(3)), \(work())}
    users:
      boss: {role: manager, reply_time: 1 min\(supervision())}
    workspace: {\(workspace())}
    workflows:
    \(workflows())
    """
  }

  private mutating func channel() -> String {
    let kind = pick(["direct", "whatsapp", "website_chat", "sms", "wechat", "custom"])
    var keys = "kind: \(kind)"
    keys += maybe(30, ", failure: \(pick([5, 40]))%")
    keys += maybe(30, ", delivery: {exponential: \(pick(["2 s", "3 min"]))}")
    keys += maybe(30, ", window: \(pick(["4 min", "40 min"])), templates: \(chance(40))")
    keys += maybe(20, ", throughput: 1 per minute, queue: 3 min")
    return "{\(keys)}"
  }

  private mutating func population() -> String {
    var keys = "arrivals: {poisson: \(4 + below(30)) per hour}, channels: main"
    keys += ", questions: {geometric: \(pick(["1.2", "3"]))}, think_time: {exponential: 2 min}"
    keys += maybe(70, ", known: {share: 60%, assigned: \(pick([30, 100]))%}")
    keys += maybe(50, ", patience: {exponential: \(pick(["5 min", "1 h"]))}")
    keys += maybe(30, ", patience_until: \(pick(["start", "answer"]))")
    keys += maybe(30, ", giving_up: \(pick(["closes", "stays_open"]))")
    keys += maybe(60, ", returns: {chance: 50%, after: {exponential: 20 min}}")
    keys += maybe(30, ", spam: {share: 20%, recognition: 10 s, blocked: 50%}")
    keys += maybe(
      40,
      ", second_channel: {share: 30%, channel: other, after: {exponential: 5 min}, noticed: 70%}")
    return keys
  }

  private mutating func work() -> String {
    var keys = "reply_time: {exponential: \(pick(["30 s", "4 min"]))}"
    keys += maybe(50, ", attention: {parallel: \(1 + below(4))}")
    keys += maybe(40, ", wrap_up: {exponential: 40 s}")
    keys += maybe(40, ", greets: true")
    keys += maybe(60, ", picks: \(pick(["oldest", "newest"]))")
    keys += maybe(40, ", away: {after: {exponential: 20 min}, for: {exponential: 10 min}}")
    keys += maybe(40, ", leaving: \(pick(["finish_first", "preempt", "hand_back"]))")
    keys += maybe(30, ", forgets_to_close: 30%")
    keys += maybe(40, ", finishes_anyway: true")
    keys += maybe(30, ", grabs: {chance: 30%, after: {exponential: 5 s}}")
    return keys
  }

  private mutating func supervision() -> String {
    maybe(
      60, ", supervises: {every: {exponential: 5 min}, waiting: 5 min, away: true, overloaded: 3}")
  }

  private mutating func workspace() -> String {
    var keys = "auto_close: \(pick(["off", "30 min", "1 h"]))"
    keys += ", inactivity: \(pick(["off", "10 min"])), unassign_on_close: \(chance(30))"
    keys += ", policies: {failed_reply_counts: \(chance(30)), failed_reply_assigns: \(chance(70))"
    keys += ", reentry: \(pick(["ignore", "restart"])), overwrite_assignee: \(chance(70))}"
    return keys
  }

  private mutating func workflows() -> String {
    let logic = pick(["round_robin", "least_open", "random", "longest_idle", "sticky"])
    let first = pick([
      "assign_to: {team: front, logic: \(logic), only_online: \(chance(60)), timeout: 10 min}",
      "wait: 1 min", "send_message: Welcome.", "open_conversation: {}",
    ])
    var text = """
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - \(first)
            - wait: \(pick(["10 s", "3 min"]))
            - branch:
                - when: {all: [time_since_last_outgoing_message does not exist]}
                  steps: [{assign_to: {team: back, logic: \(logic)}}]
                - steps: [{assign_to: {\(pick(["unassign: true", "user: boss", "team: back"]))}}]

      """
    if chance(50) {
      text += """
          after:
            trigger: conversation_closed
            steps: [{assign_to: {unassign: true}}]

        """
    }
    return text
  }
}
