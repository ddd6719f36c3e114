import Engine
import Sampling
import Testing

@testable import Scenarios

/// `opened_by`: what begins conversations, and what is refused.
@Suite struct `Beginnings of conversations` {
  private func opening(_ text: String, _ more: String = "") throws -> Population.Opening? {
    let found = scenario(small(more, contacts: ", opened_by: \(text)", team: ", picks: oldest"))
    let read = try #require(found.scenario, "\(found.problems)")
    #expect(scenario(read.resolved).scenario?.resolved == read.resolved)
    #expect(try SchemaChecker(SchemaWriter.scenario()).accepts(read.resolved))
    return read.standard.model.populations[0].opening
  }

  @Test func `contacts write if nothing else is said`() throws {
    #expect(try opening("contact") == nil)
    let read = try #require(scenario(small(team: ", picks: oldest")).scenario)
    #expect(read.standard.model.populations[0].opening == nil)
    #expect(read.resolved.contains("opened_by: contact"))
  }

  @Test func `each way is read, with its defaults`() throws {
    let ad = try #require(try opening("ctc_ads"))
    #expect(ad.way == .ad("all") && ad.writing == 1 && ad.after.mean == 0 && ad.contactBegins)
    let spring = try #require(
      try opening("{ctc_ads: {ad: spring, writes: {share: 60%, after: 5 s}}}"))
    #expect(spring.way == .ad("spring") && spring.writing == 0.6 && spring.after.mean == 5)
    let widget = try #require(try opening("growth_widget"))
    #expect(widget.way == .widget && widget.writing == 1)
    for source in [Source.api, .zapier, .make] {
      let program = try #require(try opening(source.description))
      #expect(program.way == .program(source) && program.writing == 0 && !program.contactBegins)
    }
    let user = try #require(try opening("user"))
    #expect(user.way == .user(nil) && user.writing == 0)
    #expect(try opening("{user: {team: support}}")?.way == .user(TeamID(0)))
    let webhook = try #require(
      try opening(
        "{webhook: {name: order, payload: {number: 7, by: post}}}",
        "workflows: {w: {trigger: {incoming_webhook: {name: order}}, steps: [{wait: 1 s}]}}"))
    let payload = JSON.object([.init("number", .number(7)), .init("by", .text("post"))])
    #expect(webhook.way == .webhook("order", payload) && webhook.writing == 0)
  }

  private static let mistakes = [
    (
      ", opened_by: ctc_ad", "",
      ["3:62: unknown opened_by 'ctc_ad'; did you mean 'ctc_ads'?"]
    ),
    (
      ", opened_by: webhook", "",
      ["3:62: a webhook has a name; for example 'opened_by: {webhook: {name: order placed}}'"]
    ),
    (
      ", opened_by: {webhook: {name: ordre}}",
      "workflows: {w: {trigger: {incoming_webhook: {name: order}}, steps: [{wait: 1 s}]}}",
      ["3:79: unknown webhook 'ordre'; did you mean 'order'?"]
    ),
    (
      ", opened_by: {webhook: {name: order}}", "",
      [
        "3:79: no published workflow has the trigger incoming_webhook; "
          + "write 'trigger: {incoming_webhook: {name: order}}' in one"
      ]
    ),
    (
      ", opened_by: {user: {team: suport}}", "",
      ["3:76: unknown team 'suport'; did you mean 'support'?"]
    ),
    (
      ", opened_by: {api: {writes: {share: 120%}}}", "",
      ["3:85: share must be from 0% to 100%, not '120%'"]
    ),
    (
      ", opened_by: {api: {}, make: {}}", "",
      ["3:72: opened_by takes either 'api' or 'make', not both"]
    ),
    (
      ", opened_by: user, spam: {share: 5%}", "",
      ["3:68: 'spam' is about contacts who write first, which those of 'all' do not"]
    ),
  ]

  @Test(arguments: mistakes)
  func `each mistake has its own message, place and help`(
    contacts: String, more: String, expected: [String]
  ) {
    #expect(scenario(small(more, contacts: contacts)).problems == expected)
  }

  private func remarks(_ contacts: String, _ more: String) throws -> [String] {
    let found = scenario(small(more, contacts: contacts, team: ", picks: oldest"))
    return try #require(found.scenario, "\(found.problems)").warnings.all.map(\.message)
  }

  @Test func `workflows that something starts are not remarked upon`() throws {
    func workflow(_ trigger: String) -> String {
      "workflows: {w: {trigger: \(trigger), steps: [{wait: 1 s}]}}"
    }
    let spring = workflow("{click_to_chat_ad: {name: spring}}")
    #expect(try remarks(", opened_by: {ctc_ads: {ad: spring}}", spring) == [])
    #expect(
      try remarks(", opened_by: ctc_ads", spring)
        == [
          "nothing will start the workflow 'w': nobody comes through the ad 'spring'; known: all"
        ])
    #expect(
      try remarks("", spring)
        == [
          "nothing will start the workflow 'w': no population is 'opened_by: ctc_ads'"
        ])
    let zapier = workflow("{conversation_opened: {source: zapier}}")
    #expect(try remarks(", opened_by: zapier", zapier) == [])
    #expect(
      try remarks(", opened_by: make", zapier)
        == [
          "nothing will start the workflow 'w': no conversation of this scenario is opened by zapier; "
            + "known: contact, make"
        ])
    #expect(
      try remarks("", workflow("{incoming_webhook: {name: order}}"))
        == [
          "nothing will start the workflow 'w': "
            + "no population is 'opened_by: {webhook: {name: order}}'"
        ])
  }

  @Test func `that nobody can be written to first is remarked upon`() throws {
    let channel = "channels: {mail: {window: 24 h}}"
    #expect(
      try remarks(", opened_by: user", channel)
        == [
          "the channel 'mail' takes messages only within 1 d of the contact's last one: "
            + "nobody of 'all' can be written to first"
        ])
    #expect(try remarks(", opened_by: ctc_ads", channel) == [])
  }
}
