import Engine
import Foundation
import Sampling
import Testing

@testable import Scenarios

/// Broadcasts, junk, second channels, managers who look, agents who grab: what is read and what is refused.
@Suite struct `Occasional keys` {
  @Test func `the example's are read whole`() throws {
    let model = try #require(scenario(example).scenario).standard.model
    let broadcast = try #require(model.broadcasts.first)
    #expect(model.broadcasts.map(\.name) == ["winter sale"])
    #expect(broadcast.recipients == 4_000)
    #expect(broadcast.population == 0)
    #expect(broadcast.channel == ChannelID(0))
    #expect(broadcast.at == .hours(1))
    #expect(broadcast.repeats == .never)
    #expect(broadcast.pace?.perSecond == 30)
    #expect(broadcast.readShare == 0.45 && broadcast.replyShare == 0.12)
    let population = model.populations[0]
    #expect(population.spam?.share == 0.04)
    #expect(population.spam?.recognition.mean == 15)
    #expect(population.spam?.blocked == 0.5)
    #expect(population.spam?.category == "junk")
    #expect(population.secondChannel?.share == 0.08)
    #expect(population.secondChannel?.channel == ChannelID(1))
    #expect(population.secondChannel?.noticed == 0.7)
    let maria = try #require(model.supervisors.first)
    #expect(model.agents[maria.agent].name == "maria")
    #expect(maria.every.mean == 600)
    #expect(maria.waiting == .minutes(15))
    #expect(maria.away && !maria.unassigned)
    #expect(maria.overloaded == 6 && maria.atMost == 5)
    #expect(maria.team == TeamID(0))
    #expect(model.style(of: model.agents[0]).grabs?.chance == 0.3)
    #expect(model.style(of: model.agents[0]).grabs?.after.mean == 5)
    #expect(model.style(of: model.agents[12]).grabs == nil)
  }

  @Test func `the example that describes them is one`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Scenarios/README.md")
    let parts = try String(contentsOf: file, encoding: .utf8).split(separator: "```")
    let keys = try #require(parts.first { $0.hasPrefix("yaml\n") }).dropFirst(5)
    let text = "name: x\nduration: 8 h\nchannels: {whatsapp: {}, web: {}, mail: {}}\n" + keys
    let found = scenario(text)
    #expect(found.problems == [])
    #expect(found.scenario?.warnings.all.isEmpty == true)
    #expect(try SchemaChecker(SchemaWriter.scenario()).accepts(text))
  }

  @Test func `what is left out has its default`() throws {
    let text = small(
      """
      channels: {chat: {}, mail: {}}
      users: {m: {role: owner, reply_time: 1 min, supervises: {every: 1 h, waiting: 1 min}}}
      broadcasts: {news: {recipients: 5, channel: chat, at: 0 s}}
      """,
      contacts: ", channels: chat, spam: {share: 1%}, "
        + "second_channel: {share: 1%, channel: mail, after: 1 min}")
    let found = scenario(text)
    #expect(found.problems == [])
    let model = try #require(found.scenario).standard.model
    #expect(model.broadcasts[0].pace == nil && model.broadcasts[0].repeats == .never)
    #expect(model.broadcasts[0].readShare == nil)
    #expect(model.broadcasts[0].replyShare == 0 && model.broadcasts[0].population == 0)
    #expect(model.populations[0].spam?.category == "spam")
    #expect(model.populations[0].spam?.blocked == 0)
    #expect(model.populations[0].spam?.recognition.mean == 0)
    #expect(model.populations[0].secondChannel?.noticed == 1)
    #expect(model.supervisors[0].away && model.supervisors[0].overloaded == nil)
    #expect(model.supervisors[0].atMost == nil && model.supervisors[0].team == nil)
    // Written out, it means the same.
    let resolved = try #require(found.scenario).resolved
    #expect(resolved.contains("noticed: 100%") && resolved.contains("repeats: never"))
    #expect(scenario(resolved).scenario?.resolved == resolved)
  }

  @Test func `a volume multiplies the recipients of broadcasts too`() throws {
    let model = try #require(scenario(example).scenario).standard.model
    #expect(try model.withVolume(times: 1.5).broadcasts[0].recipients == 6_000)
  }

  private static let mistakes = [
    (
      small("broadcasts: {news: {recipients: 5, at: 0 s, population: al}}"),
      ["5:57: unknown population 'al'; did you mean 'all'?"]
    ),
    (
      small(
        "broadcasts: {news: {recipients: 5, at: 0 s}}\nchannels: {a: {}, b: {}}",
        contacts: ", channels: a"),
      ["5:14: the broadcast 'news' needs the key 'channel': there are several"]
    ),
    (
      small("broadcasts: {news: {at: 0 s}}"),
      ["5:20: a broadcast needs the key 'recipients', or 'segment'"]
    ),
    (
      small("broadcasts: {news: {recipients: 5, at: 0 s, reads: 5%, replies: {share: 6%}}}"),
      [
        "5:52: fewer read the broadcast than reply to it; "
          + "who replies has read: 'reads' is at least the share of 'replies'"
      ]
    ),
    (
      small("broadcasts: {news: {recipients: 5, at: 0 s, repeats: dayly}}"),
      ["5:54: unknown repeats 'dayly'; did you mean 'daily'?"]
    ),
    (
      small("", contacts: ", spam: {shar: 5%}"),
      [
        "3:57: spam needs the key 'share'",
        "3:58: unknown key 'shar' in spam; did you mean 'share'?",
      ]
    ),
    (
      small(
        "workspace: {categories: [solved, junk]}", contacts: ", spam: {share: 5%, category: junc}"),
      ["3:79: unknown category 'junc'; did you mean 'junk'?"]
    ),
    (
      small("", contacts: ", second_channel: {share: 5%, channel: direct, after: 1 s}"),
      [
        "3:88: everybody of this population writes on 'direct' already; "
          + "a second channel is another one"
      ]
    ),
    (
      small("users: {m: {reply_time: 1 min, supervises: {every: 1 h, waiting: 1 s}}}"),
      [
        "5:44: only a manager or an owner supervises, not a user with the role agent; "
          + "add 'role: manager'"
      ]
    ),
    (
      small(
        "users: {m: {role: manager, reply_time: 1 min, "
          + "supervises: {every: 1 h, waiting: 1 s, away: false}}}"),
      [
        "5:59: there is nothing to take from anybody; "
          + "one of 'away', 'overloaded' and 'unassigned' must say from whom"
      ]
    ),
    (
      small(
        "users: {m: {role: manager, reply_time: 1 min, supervises: {every: 0 s, waiting: 1 s}}}"),
      ["5:67: looks without any time between them never end"]
    ),
    (
      small("", team: ", sees: team, grabs: {chance: 5%, after: 1 s}"),
      [
        "4:68: an agent who sees only the team's contacts grabs nothing; "
          + "grabbing needs 'sees: all'"
      ]
    ),
    (small("", team: ", grabs: {chance: 5%}"), ["4:56: grabs needs the key 'after'"]),
  ]

  @Test(arguments: mistakes)
  func `each mistake has its own message, place and help`(text: String, expected: [String]) {
    #expect(scenario(text).problems == expected)
  }

  @Test func `a broadcast that no channel lets out is remarked upon`() throws {
    let text = small(
      """
      channels: {mail: {window: 24 h}}
      broadcasts: {news: {recipients: 5, at: 0 s}}
      """, team: ", picks: oldest")
    let warnings = try #require(scenario(text).scenario).warnings.all.map(\.description)
    #expect(
      warnings == [
        "s:6:14: warning: the channel 'mail' takes messages only within 1 d of the contact's last "
          + "one: no message of this broadcast goes out, "
          + "'templates: true' on the channel lets them"
      ])
    let templates = text.replacing("24 h", with: "24 h, templates: true")
    #expect(scenario(templates).scenario?.warnings.all.isEmpty == true)
  }
}
