/// Faults that chance wrote, for a scenario that chance wrote: with a service, a workflow that calls
/// it, and a broadcast.
struct RandomFaults: DrawnByChance {
  var state: UInt64

  init(seed: UInt64) { state = seed &* 0xD134_2543_DE82_EF95 &+ 1 }

  /// The scenario with faults; it ends with its workflows.
  mutating func added(to scenario: String) -> String {
    var text =
      scenario + """

          asks:
            trigger: {conversation_opened: {source: contact}}
            steps:
              - http_request: {service: crm, url: "https://crm.test", save: {tier: $.tier, pause: $.pause}}
              - ask_question: {text: How are you?, type: text, save: {variable: mood}, timeout: 5 min}
                on_timeout: [{add_comment: silent}]
                on_invalid: [{add_comment: a picture}]
              - wait: $pause
              - ai_agent: {outcomes: {success: 50%, to_human: 50%}, latency: {exponential: 1 min}, idle: 10 min}
                on: {to_human: [{assign_to: {team: front, only_online: true}}]}
              - add_sheet_row: {service: crm, values: {tier: $tier, mood: $mood}}
                on_failure: [{add_comment: no row}]
        services:
          crm: {latency: {exponential: 2 s}, answers: {tier: gold, pause: {exponential: 20 s}}}
        broadcasts:
          news: {recipients: 30, population: others, channel: main, at: \(below(90)) min, pace: 5 per minute, replies: {share: 40%, after: {exponential: 5 min}}}
        faults:

        """
    for number in 0..<1 + below(6) {
      let kind = kind()
      // Who logs in stays.
      let lasts = !kind.hasPrefix("log_in")
      text += "  fault \(number): {\(kind), \(times(lasts))}\n"
    }
    return text
  }

  /// How many different kinds of faults there are.
  static let kindCount = 12

  private mutating func kind() -> String {
    let channel = pick(["main", "other"])
    let team = pick(["", "team: front", "team: back"])
    switch below(Self.kindCount) {
    case 0: return "channel_down: {channel: \(channel)}"
    case 1:
      return "duplicate_messages: {channel: \(channel), share: \(pick([10, 100]))%, "
        + "after: {exponential: \(pick(["1 s", "20 min"]))}}"
    case 2: return "late_messages: {channel: \(channel), share: 30%, by: {exponential: 3 min}}"
    case 3: return "service_down: {}"
    case 4: return "service_slow: {times: \(pick([3, 100]))}"
    case 5: return "service_slow: {latency: {exponential: 1 min}}"
    case 6: return "service_garbage: {share: 70%}"
    case 7: return "service_redirects: {}"
    case 8: return "agents_drop: {\(team)}"
    case 9: return "log_out: {\(team)}"
    case 10: return "log_in: {\(team)}"
    default: return "engine_restarts: {}"
    }
  }

  private mutating func times(_ lasts: Bool) -> String {
    let length = pick(["1 s", "{exponential: 30 s}", "{exponential: 10 min}"])
    let begins =
      chance(60)
      ? "every: {exponential: \(pick(["3 min", "20 min", "1 h"]))}" : "at: \(below(120)) min"
    return begins + (lasts ? ", for: \(length)" : "")
  }
}
