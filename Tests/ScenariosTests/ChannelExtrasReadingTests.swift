import Engine
import Foundation
import Sampling
import Testing

@testable import Scenarios

/// What only some channels and agents have: what is read, what is meant by leaving it out, what is refused.
@Suite struct `Extras of channels and agents` {
  private func channel(_ keys: String) throws -> ChannelSettings {
    let found = scenario(small("channels: {chat: {\(keys)}}"))
    return try #require(found.scenario, "\(found.problems)").standard.model.channels[0]
  }

  @Test func `the kinds that are not confirmed have neither window nor limit`() throws {
    for kind in ["twitter", "google_business_message"] {
      let channel = try channel("kind: \(kind)")
      #expect(channel.kind.rawValue == kind)
      #expect(channel.window == nil && channel.throughput == nil && !channel.templates)
      #expect(channel.failure == 0.005 && channel.delivery.mean > 0)
    }
    #expect(
      scenario(small("channels: {chat: {kind: twiter}}")).problems
        == ["5:25: unknown kind of channel 'twiter'; did you mean 'twitter'?"])
  }

  @Test func `all of it is off where nothing is said`() throws {
    for keys in [
      "", "duplicates: off, late: off, session: off",
      "pair_limit: off, tier: off, price: off, templates: true",
    ] {
      let channel = try channel(keys)
      #expect(channel.extras.isNothing)
      #expect(!channel.isDisturbed)
    }
  }

  @Test func `duplicates are a share, or a share and a time`() throws {
    let short = try channel("duplicates: 0.5%").extras.duplicates
    #expect(short?.share == 0.005 && short?.delay.mean == 0)
    let long = try channel("duplicates: {share: 1%, after: 3 s}").extras.duplicates
    #expect(long?.share == 0.01 && long?.delay.mean == 3)
    let late = try channel("late: {share: 2%, by: {exponential: 1 min}}")
    #expect(late.extras.late?.share == 0.02 && late.extras.late?.delay.mean == 60)
    #expect(late.isDisturbed)
  }

  @Test func `a session is a distribution, and a channel with one may lose messages`() throws {
    let web = try channel("kind: website_chat, session: {exponential: 12 min}")
    #expect(web.extras.session?.mean == 720)
    #expect(web.losesMessages && web.isDisturbed)
    #expect(try !channel("kind: website_chat").losesMessages)
  }

  @Test func `the limits of one person, of persons and of templates, and the price, are read`()
    throws
  {
    let plain = try channel("pair_limit: {}").extras.pairLimit
    #expect(plain?.every == .seconds(6) && plain?.burst == 45 && plain?.retries == 5)
    let limit = try channel("pair_limit: {every: 10 s, burst: 3, retries: 0}").extras.pairLimit
    #expect(limit?.every == .seconds(10) && limit?.burst == 3 && limit?.retries == 0)
    #expect(try channel("tier: 2000").extras.tier == 2_000)
    let prices = try channel("price: {contact: 0.005}").extras.price
    #expect(prices?.contact == 0.005 && prices?.business == 0)
    let templates = try channel("kind: whatsapp, templates: {approved_after: 2 d}")
    #expect(templates.templates && templates.extras.approvedAfter == .days(2))
    #expect(try channel("kind: whatsapp").extras.approvedAfter == nil)
  }

  @Test func `a custom inbox is a list of views`() throws {
    let inbox = """
      {inbox: [{when: {all: [contact.tier = gold, tags contains vip]}, take: newest},
      {when: {any: [last_channel = chat]}, of: unassigned}, {}]}
      """
    let text = small(
      "channels: {chat: {}}", contacts: ", fields: {tier: {gold: 10%, '': 90%}}",
      team: ", picks: \(inbox)"
    ).replacing("agents: 2", with: "agents: [ana, {name: b, picks: newest}]")
    let found = scenario(text)
    let model = try #require(found.scenario, "\(found.problems)").standard.model
    let style = model.style(of: model.agents[0])
    #expect(style.inbox.map { $0.conditions?.list.count } == [2, 1, nil])
    #expect(style.inbox.map(\.of) == [.any, .unassigned, .any])
    #expect(style.inbox.map(\.take) == [.newest, .oldest, .oldest])
    #expect(style.picks != .nothing)
    let other = model.style(of: model.agents[1])
    #expect(other.inbox.isEmpty && other.picks == .newest)
    let resolved = try #require(found.scenario).resolved
    #expect(scenario(resolved).scenario?.resolved == resolved)
    #expect(try SchemaChecker(SchemaWriter.scenario()).accepts(text))
  }

  @Test func `the API has a limit where it is said`() throws {
    func limit(_ keys: String) throws -> Rate? {
      let found = scenario(small("workspace: {\(keys)}"))
      return try #require(found.scenario, "\(found.problems)").standard.model.apiLimit
    }
    #expect(try limit("") == nil)
    #expect(try limit("api: off") == nil)
    #expect(try limit("api: {}") == Rate(5, perSeconds: 1))
    #expect(try limit("api: {calls: 300 per minute}") == Rate(300, perSeconds: 60))
  }

  @Test func `a webhook is told all of it where nothing else is said`() throws {
    let text = small(
      """
      webhooks:
        crm: {}
        audit: {events: [conversation_closed], latency: 2 s, failure: 5%, disabled_after: 10}
      """)
    let found = scenario(text)
    let hooks = try #require(found.scenario, "\(found.problems)").standard.model.webhooks
    #expect(hooks.map(\.name) == ["crm", "audit"])
    #expect(hooks.map(\.events) == [WebhookEvent.allCases, [.conversationClosed]])
    #expect(hooks.map(\.latency.mean) == [0, 2] && hooks.map(\.failure) == [0, 0.05])
    #expect(hooks.map(\.disabledAfter) == [nil, 10])
    let resolved = try #require(found.scenario).resolved
    #expect(resolved.contains("disabled_after: never"))
    #expect(scenario(resolved).scenario?.resolved == resolved)
    #expect(try SchemaChecker(SchemaWriter.scenario()).accepts(text))
  }

  @Test func `help in writing is read by name, for a team, an agent and a user`() throws {
    let help =
      ", assist: {respond_ai: {share: 40%, factor: 0.7}, snippets: {share: 60%, factor: 0.9}}"
    let text = small("users: {maria: {reply_time: 1 min, assist: off}}", team: help).replacing(
      "agents: 2", with: "agents: [ana, {name: ben, assist: off}]")
    let found = scenario(text)
    let model = try #require(found.scenario, "\(found.problems)").standard.model
    #expect(
      model.agents.map { model.style(of: $0).assists.map(\.name) }
        == [["respond_ai", "snippets"], [], []])
    let style = model.style(of: model.agents[0])
    #expect(style.assists.map(\.share) == [0.4, 0.6] && style.assists.map(\.factor) == [0.7, 0.9])
    // 60 s x (1 - 0.4 x 0.3) x (1 - 0.6 x 0.1).
    #expect(abs(style.meanReplyTime - 60 * 0.88 * 0.94) < 1e-9)
  }

  @Test func `what stands inside has its default written out`() throws {
    let text = small(
      "channels: {chat: {duplicates: {share: 1%}}}",
      team: ", assist: {ai: {share: 40%, factor: 0.7}}")
    let resolved = try #require(scenario(text).scenario).resolved
    #expect(resolved.contains("after: 0 s"))
    #expect(scenario(resolved).scenario?.resolved == resolved)
    #expect(try SchemaChecker(SchemaWriter.scenario()).accepts(text))
    // What is left out is not there: a file without it is written as before.
    #expect(scenario(small()).scenario?.resolved.contains("assist") == false)
  }

  @Test func `the example that describes them is one`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Scenarios/README.md")
    let parts = try String(contentsOf: file, encoding: .utf8).split(separator: "```")
    let keys = try #require(parts.first { $0.hasPrefix("yaml\nchannels:") }).dropFirst(5)
    let text = small(contacts: ", channels: web").replacing(
      "teams: {support: {agents: 2, reply_time: 1 min}}", with: String(keys))
    let found = scenario(text)
    #expect(found.problems == [])
    #expect(try SchemaChecker(SchemaWriter.scenario()).accepts(text))
  }

  private static let mistakes = [
    (
      small("channels: {chat: {duplicates: {share: 1%, by: 3 s}}}"),
      ["5:43: unknown key 'by' in duplicates"]
    ),
    (small("channels: {chat: {late: {share: 1%}}}"), ["5:25: late needs the key 'by'"]),
    (small("channels: {chat: {late: 1%}}"), ["5:25: expected a map for late, found '1%'"]),
    (
      small(team: ", picks: latest"), ["4:56: unknown picks 'latest'"]
    ),
    (small(team: ", picks: {inbox: []}"), ["4:64: a custom inbox needs at least one view"]),
    (
      small(team: ", picks: {inbox: [{of: nobody}]}"),
      ["4:70: unknown of 'nobody'"]
    ),
    (
      small(team: ", picks: {inbox: [{when: {all: [last_channel = chta]}}]}"),
      ["4:94: unknown channel 'chta'"]
    ),
    (
      small("workspace: {api: {calls: 0.5 per second}}"),
      ["5:26: calls are a whole number from 1 to 1,000,000 in a time"]
    ),
    (
      small("workspace: {api: {cals: 5 per second}}"),
      ["5:19: unknown key 'cals' in api; did you mean 'calls'?"]
    ),
    (
      small("webhooks: {crm: {events: [conversation_close]}}"),
      ["5:27: unknown event 'conversation_close'; did you mean 'conversation_closed'?"]
    ),
    (
      small("webhooks: {crm: {disabled_after: 0}}"),
      ["5:34: disabled_after must be from 1 to 1000000, not 0"]
    ),
    (small("channels: {chat: {tier: 0}}"), ["5:25: tier must be from 1 to 100000000, not 0"]),
    (
      small("channels: {chat: {pair_limit: {every: 2 d}}}"),
      ["5:39: a pair limit of more than a day"]
    ),
    (
      small("channels: {chat: {pair_limit: {burts: 4}}}"),
      ["5:32: unknown key 'burts' in pair_limit; did you mean 'burst'?"]
    ),
    (
      small("channels: {chat: {templates: {aproved_after: 2 d}}}"),
      [
        "5:30: templates needs the key 'approved_after'",
        "5:31: unknown key 'aproved_after' in templates; did you mean 'approved_after'?",
      ]
    ),
    (
      small("channels: {chat: {price: {contact: -1}}}"),
      ["5:36: a price is from 0 to 1,000,000, not -1"]
    ),
    (
      small("channels: {chat: {duplicates: 0.5}}"),
      ["5:31: a share needs '%'; write '50%'"]
    ),
    (
      small(team: ", assist: {ai: {share: 40%, factor: 70}}"),
      ["4:83: a factor must be from 0 to 10, not 70"]
    ),
    (
      small(team: ", assist: {ai: {share: 40%, faktor: 0.7}}"),
      [
        "4:62: help in writing needs the key 'factor'",
        "4:75: unknown key 'faktor' in help in writing; did you mean 'factor'?",
      ]
    ),
    (
      small(team: ", assist: 40%"),
      [
        "4:57: expected 'off' or a map, found '40%'; "
          + "for example '{respond_ai: {share: 40%, factor: 0.7}}'"
      ]
    ),
  ]

  @Test(arguments: mistakes)
  func `each mistake has its own message, place and help`(text: String, expected: [String]) {
    #expect(scenario(text).problems == expected)
  }
}
