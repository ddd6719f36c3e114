import Engine
import Foundation
import Sampling
import Testing

@testable import Scenarios

/// What goes wrong: what is read and what is refused.
@Suite struct `Faults in a scenario` {
  private static let services = "services: {crm: {}}\n"

  @Test func `every kind is read`() throws {
    let text = small(
      """
      channels: {chat: {}, mail: {}}
      services: {crm: {}, shop: {}}
      faults:
        storm: {channel_down: {channel: mail}, at: 1 h, for: {exponential: 30 min}}
        twice: {duplicate_messages: {channel: chat, share: 5%, after: 3 s}}
        late: {late_messages: {channel: chat, share: 10%, by: {exponential: 2 min}}}
        out: {service_down: {service: shop}, every: {exponential: 1 h}, for: 5 min}
        slow: {service_slow: {service: crm, times: 10}, at: 2 h}
        slower: {service_slow: {service: crm, latency: 20 s}, at: 2 h}
        mad: {service_garbage: {service: crm, share: 50%}}
        loops: {service_redirects: {service: crm}}
        wlan: {agents_drop: {team: support, share: 30%}, every: 1 h, for: {exponential: 3 min}}
        sso: {log_out: {}, at: 4 h, for: 2 min}
        roll call: {log_in: {team: support}, at: 5 h}
        deploy: {engine_restarts: {}, every: 1 h, for: 1 min}
      """, contacts: ", channels: chat")
    let found = scenario(text)
    #expect(found.problems == [])
    let model = try #require(found.scenario).standard.model
    let kinds = model.faults.map { fault in
      let all = "\(fault.kind)"
      return String(all.prefix { $0 != "(" })
    }
    #expect(
      kinds == [
        "channelDown", "duplicateMessages", "lateMessages", "serviceDown", "serviceSlow",
        "serviceSlow", "serviceGarbage", "serviceRedirects", "agentsDrop", "logOut", "logIn",
        "engineRestarts",
      ])
    #expect(model.faults[0].at == .hours(1) && model.faults[0].length?.mean == 1_800)
    #expect(model.faults[3].every?.mean == 3_600 && model.faults[3].at == nil)
    guard case .channelDown(ChannelID(1)) = model.faults[0].kind,
      case .duplicateMessages(ChannelID(0), 0.05, let after) = model.faults[1].kind,
      case .serviceDown(ServiceID(1)) = model.faults[3].kind,
      case .serviceSlow(ServiceID(0), .times(10)) = model.faults[4].kind,
      case .agentsDrop(TeamID(0), 0.3) = model.faults[8].kind,
      case .logOut(nil) = model.faults[9].kind
    else {
      Issue.record("\(model.faults)")
      return
    }
    #expect(after.mean == 3)
    // Messages on every channel wait while the engine is down; on a channel that goes down they fail.
    #expect(model.channels.map(\.isDisturbed) == [true, true])
    #expect(model.channels.map(\.losesMessages) == [false, true])
    #expect(model.settings.channels.map(\.mayLose) == [false, true])
    // Written out, it means the same.
    let resolved = try #require(found.scenario).resolved
    #expect(scenario(resolved).scenario?.resolved == resolved)
    #expect(resolved.contains("engine_restarts: {}"))
  }

  @Test func `the example that describes them is one`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Scenarios/README.md")
    let parts = try String(contentsOf: file, encoding: .utf8).split(separator: "```")
    let keys = try #require(parts.first { $0.hasPrefix("yaml\nfaults:") }).dropFirst(5)
    let text =
      small("channels: {whatsapp: {}, web: {}}\nservices: {shop: {}}", contacts: ", channels: web")
      + "\n" + keys
    let found = scenario(text)
    #expect(found.problems == [])
    #expect(try #require(found.scenario).standard.model.faults.count == 11)
    #expect(try SchemaChecker(SchemaWriter.scenario()).accepts(text))
    // Each kind of fault is described.
    for kind in ScenarioKeys.faultKinds { #expect(keys.contains("\(kind.key): {"), "\(kind.key)") }
  }

  @Test func `only the channels of which it is said are disturbed`() throws {
    let text = small(
      """
      channels: {chat: {}, mail: {}}
      faults: {late: {late_messages: {channel: mail, share: 1%, by: 1 s}}, d: {engine_restarts: {}, at: 1 s}}
      """, contacts: ", channels: chat")
    let model = try #require(scenario(text).scenario).standard.model
    #expect(model.channels.map(\.isDisturbed) == [false, true])
    #expect(model.channels.map(\.losesMessages) == [false, false])
  }

  @Test func `a strategy can change a fault`() throws {
    let text = small(
      """
      parameters: {outage: 10 min}
      strategies: {short: {outage: 1 min}, long: {outage: 1 h}}
      faults: {storm: {channel_down: {}, at: 1 min, for: $outage}}
      """)
    let strategies = try #require(scenario(text).scenario).strategies
    #expect(strategies.map { $0.model.faults[0].length?.mean } == [60, 3_600])
  }

  private static let mistakes = [
    (
      "faults: {a: {chanel_down: {}, at: 1 h}}",
      ["5:14: unknown key 'chanel_down' in a fault; did you mean 'channel_down'?"]
    ),
    ("faults: {a: {at: 1 h}}", ["5:10: the fault 'a' does not say what goes wrong"]),
    (
      "faults: {a: {log_out: {}, log_in: {}, at: 1 h}}",
      ["5:27: a fault takes either 'log_out' or 'log_in', not both"]
    ),
    (
      "faults: {a: {log_out: {}}}",
      [
        "5:10: the fault 'a' does not say when; for example 'at: 2 h', or 'every: {exponential: 1 h}'"
      ]
    ),
    (
      "faults: {a: {service_down: {}, at: 1 h}}",
      ["5:28: the scenario has no service that could fail"]
    ),
    (
      "faults: {a: {channel_down: {channel: dirct}, at: 1 h}}",
      ["5:38: unknown channel 'dirct'; did you mean 'direct'?"]
    ),
    (
      "faults: {a: {agents_drop: {team: suport}, at: 1 h}}",
      ["5:34: unknown team 'suport'; did you mean 'support'?"]
    ),
    (
      "faults: {a: {channel_down: {}, every: 1 h}}",
      [
        "5:32: the fault 'a' never ends, so it cannot come again; "
          + "say how long it lasts: 'for: 10 min'"
      ]
    ),
    (
      "faults: {a: {log_out: {}, every: 0 s}}",
      ["5:34: a fault that comes again without any time between never ends"]
    ),
    (
      "faults: {a: {log_in: {}, at: 1 h, for: 1 h}}",
      ["5:40: who logs in stays: 'log_in' takes no 'for'"]
    ),
    (
      services + "faults: {a: {service_slow: {}}}",
      [
        "6:28: service_slow needs the key 'times' or 'latency'; "
          + "for example 'times: 10', or 'latency: {exponential: 20 s}'"
      ]
    ),
    (
      services + "faults: {a: {service_slow: {times: 0.5}}}",
      ["6:36: a slow service takes 1 to 1,000,000 times its latency"]
    ),
    (
      "faults: {a: {late_messages: {by: 1 s}}}",
      ["5:29: late_messages needs the key 'share'"]
    ),
  ]

  @Test(arguments: mistakes)
  func `each mistake has its own message, place and help`(text: String, expected: [String]) {
    #expect(scenario(small(text)).problems == expected)
  }

  @Test func `what can hardly be meant is remarked upon`() throws {
    let text = small(
      "faults: {a: {log_out: {}, at: 30 d}, b: {log_in: {}, at: 1 s}}", team: ", picks: oldest")
    let remarks = try #require(scenario(text).scenario).remarks
    #expect(remarks.contains { $0.hasPrefix("The fault 'a' comes too late to be seen") })
    let alone = small("faults: {b: {log_in: {}, at: 1 s}}", team: ", picks: oldest")
    #expect(
      try #require(scenario(alone).scenario).remarks
        == ["The fault 'b' calls back agents who are never out."])
  }
}
