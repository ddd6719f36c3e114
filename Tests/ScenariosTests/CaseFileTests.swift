import Engine
import Testing

@testable import Scenarios

private let sample = """
  case: Round robin passes over an offline user
  why: PLATFORM.md 4.3, complaint C3
  workspace:
    policies: {round_robin_form: pointer}
    users:
      ana: online
      ben: offline
      cho: {status: online, open: 2, limit: 5, weight: 2, role: manager}
    teams: {support: [ana, ben, cho]}
  workflows:
    assignment:
      trigger: {conversation_opened: {source: contact}}
      steps: [{assign_to: {team: support, logic: round_robin, only_online: true}}]
    lookup:
      trigger: manual
      steps: [{http_request: {service: crm, save: {type: $.customerType}}}]
  timeline:
    - {at: 0 s, contact: c1, says: hello}
    - {at: 1 s, contact: c2, says: hello, channel: whatsapp, fields: {customer_type: VIP}}
    - {at: 2 s, user: ben, becomes: online}
    - {at: 3 s, user: ana, replies: c1}
    - {at: 4 s, user: ana, assigns: c2, to: ben}
    - {at: 5 s, user: ana, closes: c1, category: solved}
    - {at: 6 s, service: crm, answers: {customerType: VIP, orders: [7, 007, true, null]}}
    - {at: 7 s, user: dan, joins: workspace, status: busy}
    - {at: 7 s, team: support, gains: dan}
    - {at: 15 min}
  expect:
    - {at: 0 s, contact: c1, assignee: ana, source: workflow}
    - {at: 1 s, contact: c2, assignee: [cho, ana]}
    - {at: 5 s, contact: c1, conversation: closed, assignee: nobody}
    - {at: 6 s, waiting: [c2, c1], team: support}
    - {contact: c2, history: [cho, nobody, ben]}
    - {contact: c2, received: [Hello!], asked: 4, tags: [vip], fields: {email: a@b.c}, comments: [Moved ...]}
    - {contact: c2, run: {workflow: assignment, ended: completed}}
    - {service: crm, calls: 1}
    - {counts: {ana: 1, cho: 1}}
    - {contact: c1, refused: unknown_team}
  """

/// A small case with a timeline or expectations of its own.
private func problems(
  timeline: String = "[{at: 1 s, contact: c1, says: hi}]",
  expect: String = "[{contact: c1, assignee: ana}]", more: String = ""
) -> [String] {
  let text = """
    case: x
    workspace: {users: {ana: online, ben: online}, teams: {support: [ana]}\(more)}
    workflows: {w: {trigger: manual, steps: [{wait: 1 s}]}}
    timeline: \(timeline)
    expect: \(expect)
    """
  do throws(Diagnostics) {
    _ = try CaseFile.read(SourceFile(name: "c", text: text))
    return []
  } catch {
    return error.all.map { problem in
      "\(problem.line ?? 0):\(problem.column ?? 0): \(problem.message)"
        + (problem.hint.map { "; \($0)" } ?? "")
    }
  }
}

@Suite struct `Case files` {
  @Test func `the example of the format is read whole`() throws {
    let found = try CaseFile.read(SourceFile(name: "case.yaml", text: sample))
    #expect(found.name == "Round robin passes over an offline user")
    #expect(found.why == "PLATFORM.md 4.3, complaint C3")
    #expect(found.settings.policies.roundRobinForm == .pointer)
    #expect(found.users.map(\.profile.name) == ["ana", "ben", "cho", "dan"])
    #expect(found.users.map(\.profile.status) == [.online, .offline, .online, .busy])
    #expect(found.users[2].openConversations == 2)
    #expect(found.users[2].profile.limit == 5)
    #expect(found.users[2].profile.weight == 2)
    #expect(found.users[2].profile.role == .manager)
    #expect(found.users.map(\.joinsLater) == [false, false, false, true])
    #expect(found.teams[0].members == [UserID(0), UserID(1), UserID(2)])
    #expect(found.contacts.map(\.name) == ["c1", "c2"])
    #expect(found.settings.channels.map(\.name) == ["direct", "whatsapp"])
    #expect(found.settings.services == ["crm"])
    #expect(found.settings.fields.last?.name == "customer_type")
    #expect(found.workflows.map(\.name) == ["assignment", "lookup"])
    let type = FieldID(UInt32(found.settings.fields.count - 1))
    #expect(found.contacts[1].profile.fields == [FieldEntry(type, .text("VIP"))])
    let ana = Actor.user(UserID(0))
    let answer = JSON.object([
      JSON.Member("customerType", .text("VIP")),
      JSON.Member("orders", .list([.number(7), .text("007"), .flag(true), .null])),
    ])
    #expect(
      found.timeline.map(\.actions) == [
        [.says(0, on: nil, text: "hello")], [.says(1, on: ChannelID(1), text: "hello")],
        [.chooses(UserID(1), .online)], [.sends(0, text: "A reply.", by: ana)],
        [.assigns(1, to: UserID(1), by: ana)],
        [.closes(0, by: ana, note: ClosingNote(category: "solved"))],
        [.serviceAnswers(ServiceID(0), about: nil, status: 200, body: answer)],
        [.joins(UserID(3))], [.teamGains(TeamID(0), UserID(3))], [],
      ])
    let gained = try CaseFile.read(
      SourceFile(
        name: "c",
        text: """
          case: x
          workspace: {users: {ana: online}, teams: {support: [ana]}}
          timeline: [{at: 1 s, team: support, gains: dan}, {at: 2 s, team: support, loses: dan}]
          expect: [{counts: {dan: 0}}]
          """))
    #expect(
      gained.timeline.map(\.actions) == [
        [.joins(UserID(1)), .teamGains(TeamID(0), UserID(1))], [.teamLoses(TeamID(0), UserID(1))],
      ])
    #expect(found.timeline.map(\.at.nanoseconds).last == 900_000_000_000)
    #expect(
      found.expectations.flatMap(\.facts).map(\.claim) == [
        .assignee(0, [UserID(0)]), .source(0, .workflow), .assignee(1, [UserID(2), UserID(0)]),
        .conversation(0, .closed), .assignee(0, []), .waiting(.team(TeamID(0)), [1, 0]),
        .history(1, [UserID(2), nil, UserID(1)]),
        .received(1, [CaseFile.TextPattern(text: "Hello!", isBeginning: false)]), .asked(1, 4),
        .tags(1, [TagID(0)]), .field(1, .email, .text("a@b.c")),
        .comments(1, [CaseFile.TextPattern(text: "Moved", isBeginning: true)]),
        .runEnded(1, WorkflowID(0), .completed), .calls(ServiceID(0), 1), .count(UserID(0), 1),
        .count(UserID(2), 1), .refused(0, "unknown_team"),
      ])
    #expect(found.expectations.map { $0.at?.nanoseconds }.prefix(2) == [0, 1_000_000_000])
    #expect(found.expectations[4].at == nil)
    #expect(found.expectations[2].facts[1].span.start == SourcePosition(line: 31, column: 60))
  }

  @Test(arguments: [
    ("contact: c1, sends: attachment", CaseFile.Action.sendsAttachment(0, on: nil)),
    ("contact: c1, comes_by: welcome_event", .greeted(0, on: nil)),
    ("contact: c1, comes_by: widget, channel: web", .usesWidget(0, on: ChannelID(1))),
    ("contact: c1, clicks_ad: summer", .clicksAd(0, on: nil, ad: "summer")),
    ("user: ana, opens: c0", .opens(0, by: .user(UserID(0)))),
    ("program: api, opens: c0", .opens(0, by: .program(.api))),
    ("program: zapier, closes: c0", .closes(0, by: .program(.zapier), note: nil)),
    ("user: ana, assigns: c0, to: nobody", .assigns(0, to: nil, by: .user(UserID(0)))),
    ("user: ana, assigns: c0, to: unknown", .assigns(0, to: UserID(.max), by: .user(UserID(0)))),
    ("user: ana, snoozes: c0", .snoozes(0, until: nil, by: UserID(0))),
    (
      "user: ana, snoozes: c0, until: 1 h",
      .snoozes(0, until: EngineTime(nanoseconds: 3_600_000_000_000), by: UserID(0))
    ),
    ("user: ana, unsnoozes: c0", .unsnoozes(0, by: UserID(0))),
    ("user: ana, blocks: c0", .blocks(0, by: UserID(0))),
    ("user: ana, unblocks: unknown", .unblocks(-1, by: UserID(0))),
    ("user: ana, merges: c0, absorbing: c9", .merges(0, absorbing: 1, by: UserID(0))),
    ("user: ana, tags: c0, tag: vip", .tags(0, TagID(0), .added, by: .user(UserID(0)))),
    ("user: ana, untags: c0, tag: vip", .tags(0, TagID(0), .removed, by: .user(UserID(0)))),
    ("user: ana, sets: c0, fields: {email: ''}", .setsField(0, nil, .email, by: .user(UserID(0)))),
    (
      "user: ana, comments: c0, text: look @ben",
      .comments(0, text: "look @ben", mentions: [UserID(1)], by: .user(UserID(0)))
    ),
    (
      "user: ana, uses: escalate, on: c0, form: {why: angry}",
      .usesShortcut(0, name: "escalate", form: [FormInput("why", .text("angry"))], by: UserID(0))
    ),
    ("user: ana, ejects: c0, from: w", .ejects(0, from: WorkflowID(0), by: .user(UserID(0)))),
    ("user: ana, becomes: away", .chooses(UserID(0), .busy)),
    ("user: ana, becomes: offline", .logsOut(UserID(0))),
    ("user: ana, logs: in", .logsIn(UserID(0))),
    ("user: ana, acts: true", .acts(UserID(0))),
    ("user: ana, leaves: workspace", .leaves(UserID(0))),
    ("service: crm, fails: timeout", .serviceFails(ServiceID(0), about: nil)),
    (
      "service: crm, fails: 500, contact: c0",
      .serviceAnswers(ServiceID(0), about: 0, status: 500, body: .null)
    ),
    ("team: support, loses: ana", .teamLoses(TeamID(0), UserID(0))),
    ("team: night, founded: true", .founds(TeamID(1))),
    ("workflow: w, becomes: stopped", .stops(WorkflowID(0))),
    (
      "webhook: paid, contact: c0, payload: {amount: 5}",
      .webhookArrives(0, name: "paid", payload: .object([JSON.Member("amount", .number(5))]))
    ),
    ("broadcast: News!, contact: c0", .broadcasts(0, on: nil, text: "News!")),
    ("broadcast: News!, segment: all", .broadcastsToSegment(0, on: nil, text: "News!")),
    (
      "user: ana, imports: c0, fields: {email: a@b.c}, tags: vip",
      .imports(
        0, ContactImport(fields: [FieldEntry(.email, .text("a@b.c"))], tags: [TagID(0)]),
        by: .user(UserID(0)))
    ),
    (
      "program: ai_agent, distributes: c0, within: support, logic: least_open",
      .distributes(0, .team(TeamID(0)), .leastOpen, by: .program(.aiAgent))
    ),
    (
      "program: ai_agent, distributes: c0, within: workspace",
      .distributes(0, .workspace, .roundRobin, by: .program(.aiAgent))
    ),
    (
      "workflow: w, becomes: published, as: second",
      .publishes(WorkflowID(0), as: WorkflowID(1))
    ),
    ("ai_agent: to_human, contact: c0", .aiAgentEnds(0, .toHuman)),
    ("auto_close: 1 h", .setsAutoClose(.hours(1))), ("auto_close: off", .setsAutoClose(nil)),
    (
      "channel: web, delivery: fails",
      .setsDelivery(ChannelID(1), CaseFile.Delivery(arrives: false))
    ),
  ])
  func `each verb is read`(entry: String, expected: CaseFile.Action) throws {
    let isContact = entry.hasPrefix("contact")
    let found = try CaseFile.read(
      SourceFile(
        name: "c",
        text: """
          case: x
          workspace:
            users: {ana: online, ben: online}
            teams: {support: [ana]}
            segments: {all: {any: [contact.email exists]}}
          workflows:
            w: {trigger: manual, steps: [{http_request: {service: crm}}]}
            second: {status: draft, trigger: manual, steps: [{wait: 1 s}]}
          timeline:
            \(isContact ? "" : "- {at: 0 s, contact: c0, says: hi}")
            \(isContact ? "" : "- {at: 0 s, contact: c9, says: hi}")
            - {at: 1 s, \(entry)}
          expect: [{counts: {ana: 0}}]
          """))
    #expect(found.timeline.last?.actions == [expected])
  }

  @Test(arguments: [
    ("[{contact: c1, says: hi}]", "4:12: an entry of the timeline needs the key 'at'"),
    ("[{at: 5, contact: c1, says: hi}]", "4:17: a duration needs a unit; write '5 s' or '5 min'"),
    (
      "[{at: 2 s, contact: c1, says: a}, {at: 1 s, contact: c1, says: b}]",
      "4:50: time goes back: the entry before is at 2 s"
    ),
    (
      "[{at: 1 s, contact: c1, syas: hi}]",
      "4:35: unknown verb of a contact 'syas'; did you mean 'says'?"
    ),
    (
      "[{at: 1 s, contac: c1, says: hi}]",
      "4:22: unknown subject of an entry 'contac'; did you mean 'contact'?"
    ),
    ("[{at: 1 s, contact: c1}]", "4:12: the entry says who, but not what happens"),
    ("[{at: 1 s, user: anna, becomes: busy}]", "4:28: unknown user 'anna'; did you mean 'ana'?"),
    (
      "[{at: 1 s, user: ana, becomes: bsuy}]",
      "4:42: unknown activity status 'bsuy'; did you mean 'busy'?"
    ),
    ("[{at: 1 s, user: ana, closes: c7}]", "4:41: unknown contact 'c7'"),
    ("[{at: 1 s, user: ana, assigns: c1}]", "4:12: 'assigns' needs the key 'to'"),
    ("[{at: 1 s, contact: c1, says: hi, fild: x}]", "4:45: 'fild' does not go with 'says'"),
    (
      "[{at: 1 s, contact: c1, says: a}, {at: 2 s, contact: c1, says: b, fields: {x: y}}]",
      "4:77: 'fields' goes with the contact's first entry only; later, a user 'sets' fields and 'tags' contacts"
    ),
    ("[{at: 1 s, service: crm, answers: {}}]", "4:31: unknown service 'crm'"),
    ("[{at: 1 s, team: support, loses: dan}]", "4:44: unknown user 'dan'"),
    ("[{at: 1 s, user: ana, joins: workspace}]", "4:40: 'ana' is in the workspace already"),
    ("[{at: 1 s, team: nigth, gains: ana}]", "4:28: unknown team 'nigth'"),
    ("[{at: 1 s, workflow: v, becomes: stopped}]", "4:32: unknown workflow 'v'; did you mean 'w'?"),
    ("[{at: 1 s, program: crm, opens: c1}]", "4:31: unknown program 'crm'"),
    (
      "[{at: 1 s, contact: c1, says: hi}, {at: 2 s, broadcast: News}]",
      "4:46: 'broadcast' needs the key 'contact' or 'segment'"
    ),
    (
      "[{at: 1 s, contact: c1, says: hi}, {at: 2 s, broadcast: News, segment: vips}]",
      "4:82: unknown segment 'vips'"
    ),
    (
      "[{at: 1 s, contact: c1, says: hi}, {at: 2 s, user: ana, distributes: c1, within: support}]",
      "4:67: unknown verb of a user 'distributes'"
    ),
    (
      "[{at: 1 s, workflow: w, becomes: stopped, as: w}]",
      "4:53: 'as' goes with 'becomes: published' only"
    ),
    ("{at: 1 s}", "4:11: expected a list of entries, found a map"),
    ("[hello]", "4:12: expected a map for an entry of the timeline, found 'hello'"),
  ])
  func `each mistake in the timeline has its place`(timeline: String, problem: String) {
    let found = problems(timeline: timeline, expect: "[{counts: {ana: 0}}]")
    #expect(found.contains(problem), "\(found)")
  }

  @Test(arguments: [
    (
      "[{contact: c1, assigne: ana}]",
      "5:24: unknown key 'assigne' in an expectation; did you mean 'assignee'?"
    ),
    ("[{contact: c1, assignee: anna}]", "5:34: unknown user 'anna'; did you mean 'ana'?"),
    ("[{contact: c2, assignee: ana}]", "5:20: unknown contact 'c2'; did you mean 'c1'?"),
    ("[{assignee: ana}]", "5:11: 'assignee' needs the key 'contact' beside it"),
    ("[{calls: 1}]", "5:11: 'calls' needs the key 'service' beside it"),
    ("[{contact: c1}]", "5:10: nothing is expected here"),
    ("[]", "5:9: a case expects at least one thing"),
    (
      "[{contact: c1, conversation: opened}]",
      "5:38: unknown conversation status 'opened'; did you mean 'open'?"
    ),
    ("[{contact: c1, source: usr}]", "5:32: unknown source 'usr'; did you mean 'user'?"),
    (
      "[{contact: c1, run: {workflow: w, ended: complete}}]",
      "5:50: unknown end of a run 'complete'; did you mean 'completed'?"
    ),
    ("[{contact: c1, run: {workflow: w}}]", "5:29: a run has 'ended' or stands 'at' a step"),
    (
      "[{contact: c1, refused: unknown_teem}]",
      "5:33: unknown refusal 'unknown_teem'; did you mean 'unknown_team'?"
    ),
    (
      "[{contact: c1, tag_history: [vip]}]",
      "5:38: expected a tag that came or went; write +vip or -vip"
    ),
    ("[{members: [c1]}]", "5:11: 'members' needs the key 'segment' beside it"),
    ("[{url: x}]", "5:11: 'url' needs the key 'service' beside it"),
    (
      "[{contact: c1, report: {contact_type: old}}]",
      "5:47: unknown contact type 'old'"
    ),
    ("[{counts: {anna: 1}}]", "5:20: unknown user 'anna'; did you mean 'ana'?"),
    ("[{contact: c1, asked: -1}]", "5:31: a count must be from 0 to 1000000, not -1"),
  ])
  func `each mistake in an expectation has its place`(expect: String, problem: String) {
    let found = problems(expect: expect)
    #expect(found.contains(problem), "\(found)")
  }

  @Test(arguments: [
    (", policies: {tie: rotaton}", "2:89: unknown tie 'rotaton'; did you mean 'rotation'?"),
    (", policies: {ties: list}", "2:84: unknown key 'ties' in policies; did you mean 'tie'?"),
    (", policies: {queue_wakeup: 10}", "2:98: a duration needs a unit; write '10 s' or '10 min'"),
    (", inactivity: 2 h", "2:85: inactivity of 2 h; 1 min to 60 min, or off"),
    (", auto_close: 1 min", "2:85: auto_close of 1 min; 30 min to 14 d, or off"),
    (", limits: {jumps: many}", "2:89: expected jumps, found 'many'"),
    (", fields: {age: numbr}", "2:87: unknown kind of field 'numbr'; did you mean 'number'?"),
    (
      ", fields: {email: email}", "2:82: every contact has the field 'email'; it need not be listed"
    ),
    (", contacts: {c5: {assignee: zoe}}", "2:99: unknown user 'zoe'"),
    (
      ", segments: {a: {all: [$x = 1]}}", "2:94: unknown parameter or variable 'x'"
    ),
    (
      ", segments: {a: {}}",
      "2:87: expected {all: [...]} or {any: [...]}, found a map; "
        + "write '{all: [conversation_status = open]}'"
    ),
    (", own_domains: respond.io", "2:86: expected a list of domains, found 'respond.io'"),
    (", channels: {web: {window: 0 s}}", "2:98: a window must be longer than 0 s"),
  ])
  func `each mistake in the workspace has its place`(more: String, problem: String) {
    let found = problems(more: more)
    #expect(found.contains(problem), "\(found)")
  }

  @Test func `what the engine refuses to publish comes with its place`() {
    let text = """
      case: x
      workspace: {users: {ana: online}}
      workflows:
        one: {trigger: manual, steps: [{trigger_workflow: {workflow: two}}]}
        two:
          trigger: manual
          steps:
            - trigger_workflow: {workflow: one}
        three: {trigger: manual, steps: []}
      timeline: [{at: 1 s}]
      expect: [{counts: {ana: 0}}]
      """
    do throws(Diagnostics) {
      _ = try CaseFile.read(SourceFile(name: "c", text: text))
      Issue.record("the loop was not seen")
    } catch {
      let places = error.all.map { "\($0.line ?? 0):\($0.column ?? 0): \($0.message)" }
      #expect(
        places.contains { $0.hasPrefix("4:3: workflow 'one': workflow loop detected") }, "\(places)"
      )
      #expect(places.contains { $0.hasPrefix("9:3: workflow 'three': has no steps") }, "\(places)")
    }
  }

  @Test func `a user belongs to one team`() {
    let text = """
      case: x
      workspace: {users: {ana: online}, teams: {a: [ana], b: [ana]}}
      timeline: [{at: 1 s}]
      expect: [{counts: {ana: 0}}]
      """
    #expect {
      try CaseFile.read(SourceFile(name: "c", text: text))
    } throws: { error in
      (error as? Diagnostics)?.all.map(\.message) == ["'ana' is in the team 'a' already"]
    }
  }

  @Test func `damaged cases never stop the reader`() {
    // Cuts, doublings and single-character damage of a sound case: a trap would end the process.
    var numbers = TestNumbers(11)
    let sound = Array(sample.utf8)
    let alphabet = Array("{}[]:,-$'\"#\n ab10%@.=".utf8)
    for _ in 0..<150 {
      var bytes = sound
      for _ in 0...Int.random(in: 0...3, using: &numbers) {
        let index = Int.random(in: 0..<bytes.count, using: &numbers)
        switch Int.random(in: 0...2, using: &numbers) {
        case 0: bytes[index] = alphabet[Int.random(in: 0..<alphabet.count, using: &numbers)]
        case 1: bytes.remove(at: index)
        default:
          bytes.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &numbers)], at: index)
        }
      }
      do throws(Diagnostics) {
        let found = try CaseFile.read(SourceFile(name: "c", bytes: bytes))
        #expect(!found.name.isEmpty)
      } catch {
        #expect(!error.errors.isEmpty)
        #expect(error.all.allSatisfy { $0.span != nil })
      }
    }
  }
}
