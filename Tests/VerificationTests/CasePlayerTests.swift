import Scenarios
import Testing
import Verification

/// A case with four users, one workflow and a timeline of its own.
private func played(
  timeline: String, expect: String, workspace: String = "", users: String? = nil,
  steps: String = "{assign_to: {team: support, logic: least_open, only_online: true}}",
  timerLimit: Int = 1_000_000
) throws -> CaseResult {
  let users =
    users ?? "ana: offline, ben: {open: 2}, cho: {open: 3, limit: 3}, dan: {open: 2}"
  let text = """
    case: A case of a test
    workspace:
      users: {\(users)}
      teams: {support: [ana, ben, cho, dan]}
      \(workspace)
    workflows:
      assignment: {trigger: {conversation_opened: {source: contact}}, steps: [\(steps)]}
    timeline: [\(timeline)]
    expect: [\(expect)]
    """
  let result = try CaseFile.read(SourceFile(name: "case.yaml", text: text))
    .play(timerLimit: timerLimit)
  return result
}

@Suite struct `The difference of a case` {
  @Test func `a wrong assignee is explained by the account of the decision`() throws {
    let result = try played(
      timeline: "{at: 90 s, contact: c1, says: hello}",
      expect: "{contact: c1, assignee: [ana, cho]}")
    #expect(result.differences.count == 1)
    #expect(
      result.differences.first?.text == """
          at 1 min 30 s, assignee of c1

            expected  ana or cho
            got       ben

          decision 1 at 1 min 30 s, by workflow 'assignment'
              least_open in team support, only_online

              user  open
            > ana      0  removed: offline
              ben      2  chosen: fewest open, 2, as 1 more; next in turn
            > cho      3  removed: own limit of 3 reached
              dan      2  as good, not its turn

          what happened to c1
              1 min 30 s  conversation opened by the contact
              1 min 30 s  entered 'assignment'
              1 min 30 s  assigned to ben by workflow 'assignment' (logic, decision 1)
              1 min 30 s  left 'assignment': completed
        """)
  }

  @Test func `a contact that waits is explained by who was removed`() throws {
    let result = try played(
      timeline: "{at: 0 s, contact: c1..c5, says: hello}",
      expect: "{waiting: [c4]}",
      steps: "{assign_to: {team: support, logic: round_robin, only_online: true, fewer_than: 3}}")
    #expect(
      result.differences.first?.text == """
          at 0 s, queue of all pools

            expected  [c4]
            got       [c3..c5]

          why c3 waits
              round_robin in team support, only_online, fewer_than 3

              user  open
              ana      0  removed: offline
              ben      3  removed: not fewer than 3 open
              cho      3  removed: own limit of 3 reached
              dan      3  removed: not fewer than 3 open

          what happened to c3
              0 s  conversation opened by the contact
              0 s  entered 'assignment'
              0 s  waits for team support
        """)
  }

  @Test func `an earlier decision is explained as things were then`() throws {
    let result = try played(
      timeline: """
        {at: 1 s, contact: c1, says: hello}, {at: 2 s, user: ana, becomes: online},
        {at: 3 s, contact: c2..c4, says: hello}
        """,
      expect: "{contact: c1, history: [ana]}")
    let account = result.differences.first?.account ?? []
    #expect(account.contains("  > ana      0  removed: offline"))
    #expect(account.contains("    dan      2  as good, not its turn"))
  }

  @Test func `only the first difference is explained`() throws {
    let result = try played(
      timeline: "{at: 0 s, contact: c1, says: hello}",
      expect: "{at: 0 s, contact: c1, assignee: ana}, {contact: c1, tags: [vip], asked: 2}")
    #expect(
      result.differences.map(\.line) == [
        "0 s, assignee of c1: expected ana, got ben",
        "0 s, tags of c1: expected [vip], got []",
        "0 s, questions asked of c1: expected 2, got 0",
      ])
    #expect(result.differences.dropFirst().allSatisfy { $0.account.isEmpty && $0.story.isEmpty })
  }

  @Test func `it stands where the expectation stands`() throws {
    let result = try played(
      timeline: "{at: 0 s, contact: c1, says: hello}", expect: "{contact: c1, asked: 1}")
    let span = try #require(result.differences.first?.span)
    #expect(span.start.line == 9)
    #expect(span.start.column == 31)
  }

  /// Every kind of expectation, wrong.
  @Test(arguments: [
    ("contact: c1, source: user", "expected user, got workflow"),
    ("contact: c1, conversation: closed", "expected closed, got open"),
    ("contact: c1, conversations: 3", "expected 3, got 1"),
    ("contact: c1, opened_by: user", "expected by user, got by contact"),
    ("contact: c1, closed_by: user", "expected by user, got none"),
    ("contact: c1, category: solved", "expected solved, got "),
    ("contact: c1, history: [nobody]", "expected [nobody], got [ben]"),
    ("contact: c1, received: [Hi]", "expected ['Hi'], got ['A reply.']"),
    ("contact: c1, comments: [Moved ...]", "expected ['Moved...'], got []"),
    ("contact: c1, fields: {email: a@b.c}", "expected a@b.c, got not set"),
    (
      "contact: c1, run: {workflow: assignment, ended: stopped}",
      "expected ended: stopped, got ended: completed"
    ),
    (
      "contact: c1, run: {workflow: assignment, at: pause}",
      "expected waits at 'pause', got ended: completed"
    ),
    ("contact: c1, workflow: assignment, runs: 4", "expected 4, got 1"),
    ("workflow: assignment, runs: 0", "expected 0, got 1"),
    ("contact: c1, refused: contact_blocked", "refused: contact_blocked, got nothing refused"),
    ("contact: c1, report: {first_response: 1 min}", "expected 1 min, got 5 s"),
    ("contact: c1, report: {resolution: 1 min}", "expected 1 min, got none"),
    ("contact: c1, report: {first_response_by: dan}", "expected dan, got ana"),
    ("contact: c1, report: {assignments: 2}", "expected 2, got 1"),
    ("user: ana, status: busy", "expected busy, got offline"),
    ("user: ben, open: 1", "expected 1, got 3"),
    ("counts: {dan: 1}", "expected 1, got 0"),
    ("waiting: [c1], team: support", "expected [c1], got []"),
  ])
  func `each expectation can fail`(expectation: String, text: String) throws {
    let result = try played(
      timeline: "{at: 0 s, contact: c1, says: hello}, {at: 5 s, user: ana, replies: c1}",
      expect: "{\(expectation)}")
    #expect(result.differences.count == 1)
    let line = result.differences.first?.line ?? ""
    #expect(line.contains(text), "\(line)")
  }
}

@Suite struct `A played case` {
  @Test func `a refusal that nobody expects fails it at its row`() throws {
    let result = try played(
      timeline: "{at: 0 s, contact: c1, says: hello}, {at: 1 s, user: ana, unblocks: c1},\n"
        + "    {at: 2 s, user: unknown, replies: c1}",
      expect: "{contact: c1, assignee: ben}")
    #expect(
      result.differences.map(\.line) == [
        "2 s, the row about c1: expected carried out, got refused: unknown_user"
      ])
    #expect(result.differences.first?.span?.start.line == 9)
  }

  @Test func `a refusal that is expected at its instant is right`() throws {
    let timeline = "{at: 0 s, contact: c1, says: hello}, {at: 2 s, user: unknown, replies: c1}"
    let right = "{at: 2 s, contact: c1, refused: unknown_user}"
    #expect(try played(timeline: timeline, expect: right).passes)
    let wrong = "{at: 1 s, contact: c1, refused: unknown_user}"
    #expect(try played(timeline: timeline, expect: wrong).differences.count == 2)
  }

  @Test func `at one instant the timeline comes before timers and these before expectations`()
    throws
  {
    let result = try played(
      timeline: """
        {at: 0 s, contact: c1, says: hello}, {at: 1 min, user: ana, replies: c1}
        """,
      expect: """
        {at: 59 s, contact: c1, run: {workflow: assignment, at: pause}},
        {at: 1 min, contact: c1, comments: [Answered.]}
        """,
      steps: """
        {wait: 1 min, id: pause}, {branch: [
          {name: None, when: {all: [time_since_last_outgoing_message does not exist]},
           steps: [{add_comment: Silent.}]},
          {name: Else, steps: [{add_comment: Answered.}]}]}
        """)
    #expect(result.differences.map(\.line) == [])
  }

  @Test func `what is expected without a time is looked at last`() throws {
    let result = try played(
      timeline: "{at: 0 s, contact: c1, says: hello}",
      expect: "{contact: c1, comments: [Late.]}, {at: 2 min, contact: c1, assignee: nobody}",
      steps: "{wait: 1 min}, {add_comment: Late.}")
    #expect(result.differences.map(\.line) == [])
  }

  @Test func `a case that never ends is given up`() throws {
    let result = try played(
      timeline: "{at: 0 s, contact: c1, says: hello}, {at: 7 d}",
      expect: "{waiting: [c1]}", workspace: "policies: {queue_wakeup: 1 s}",
      users: "ana: offline, ben: offline, cho: offline, dan: offline", timerLimit: 100)
    #expect(result.differences.map(\.got) == ["more, and no end to them"])
  }

  @Test func `an answer to no request is a difference`() throws {
    let result = try played(
      timeline: "{at: 0 s, contact: c1, says: hello}, {at: 1 s, service: crm, answers: {}}",
      expect: "{service: crm, calls: 1}",
      steps: "{wait: 1 h}, {http_request: {service: crm}}")
    #expect(
      result.differences.map(\.line) == [
        "1 s, service crm: expected an open request, got none",
        "1 s, calls of crm: expected 1, got 0",
      ])
  }

  @Test func `twice played it has one fingerprint, and another decision has another`() throws {
    let one = "{at: 0 s, contact: c1..c9, says: hello}"
    let first = try played(timeline: one, expect: "{waiting: []}")
    let again = try played(timeline: one, expect: "{waiting: []}")
    let other = try played(
      timeline: one, expect: "{waiting: []}", steps: "{assign_to: {user: dan}}")
    #expect(first.fingerprint == again.fingerprint)
    #expect(first.fingerprint != other.fingerprint)
    #expect(first.decisions == 9)
  }

  @Test func `nothing of a file reaches the terminal unescaped`() throws {
    let result = try played(
      timeline: "{at: 0 s, contact: c1, says: \"\\e[31m\"}",
      expect: "{contact: c1, received: [\"\\e[31m\"], comments: []}",
      steps: "{add_comment: \"\\e[31m red\"}")
    #expect(result.differences.count == 2)
    #expect(!result.differences.contains { $0.text.contains("\u{1B}") })
  }
}
