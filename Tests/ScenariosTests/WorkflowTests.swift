import Engine
import Testing

@testable import Scenarios

/// Reads one workflow's steps in a small workspace.
private func steps(
  _ text: String, parameters: String = "{logic: least_open, most: 6}"
) -> (steps: [Step], problems: [String]) {
  let result = workflow("w:\n  trigger: manual\n  steps: \(text)\n", parameters: parameters)
  // Columns of the steps alone: they begin in column 10 of the third line.
  let problems = result.problems.map { problem in
    let parts = problem.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts[0] == "3", let column = Int(parts[1]) else { return problem }
    return "\(column - 9):\(parts[2])"
  }
  return (result.workflows.first?.steps ?? [], problems)
}

private func workflow(
  _ text: String, parameters: String = "{}"
) -> (workflows: [WorkflowDefinition], problems: [String], marks: SourceMarks) {
  let problems = Problems()
  let names = WorkspaceNames()
  for user in ["ana", "ben", "maria lopez"] { _ = names.users.intern(user) }
  for team in ["support", "sales"] { _ = names.teams.intern(team) }
  for channel in ["whatsapp", "web"] { _ = names.channels.intern(channel) }
  _ = names.services.intern("crm")
  var values: [String: Node] = [:]
  if case .mapping(let entries)? = Node.read(
    SourceFile(name: "p", text: parameters), problems)?.content
  {
    for entry in entries { values[entry.key] = entry.value }
  }
  let marks = MarkCollector()
  guard let node = Node.read(SourceFile(name: "f", text: text), problems) else {
    return ([], problems.diagnostics.all.map(\.description), marks.marks)
  }
  let reading = Reading(problems, parameters: values)
  let entries = ValueReader(node, reading).named("a workflow") ?? []
  for entry in entries { _ = names.workflows.intern(entry.name.text) }
  let reader = WorkflowReader(reading, names: names, limits: Limits(), marks: marks)
  let workflows = reader.workflows(entries)
  return (
    workflows,
    problems.diagnostics.all.map { problem in
      "\(problem.line ?? 0):\(problem.column ?? 0): \(problem.message)"
        + (problem.hint.map { "; \($0)" } ?? "")
    }, marks.marks
  )
}

@Suite struct `Workflow grammar` {
  @Test func `the example of the format is read whole`() throws {
    let result = workflow(
      """
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps:
          - send_message: Hello! We will be with you shortly.
          - assign_to: {team: support, logic: $logic, only_online: $online_only, fewer_than: 6, timeout: 2 h}
          - wait: 15 min
          - branch:
              - name: Not answered yet
                when: {all: [conversation_status = open, time_since_last_outgoing_message does not exist]}
                steps:
                  - assign_to: {team: support, logic: least_open, only_online: true, exclude_current: true}
                  - add_comment: Moved after 15 minutes without an answer.
      """, parameters: "{logic: round_robin, online_only: true}")
    #expect(result.problems.isEmpty)
    let definition = try #require(result.workflows.first)
    #expect(definition.name == "assignment")
    #expect(definition.trigger == .conversationOpened(sources: [.contact]))
    #expect(definition.status == .published)
    #expect(definition.steps.count == 4)
    #expect(
      definition.steps[1].action
        == .assignTo(
          AssignTo(.team(TeamID(0)), onlyOnline: true, fewerThan: 6, timeout: .hours(2))))
    #expect(definition.steps[2].action == .wait(.duration(.minutes(15))))
    guard case .branch(let branches) = definition.steps[3].action else {
      Issue.record("the last step is no branch")
      return
    }
    #expect(branches[0].name == "Not answered yet")
    #expect(
      branches[0].when?.list.map(\.subject) == [.conversationStatus, .timeSinceLastOutgoingMessage])
    #expect(branches[0].when?.list.map(\.comparison) == [.equals, .isMissing])
    // Marks lead back to the step keys.
    #expect(result.marks[definition.steps[2].mark]?.start == SourcePosition(line: 6, column: 7))
  }

  @Test(arguments: [
    ("[send_message: Hi]", StepAction.sendMessage(SendMessage("Hi"))),
    (
      "[send_message: {text: Hi, channel: web}]",
      .sendMessage(SendMessage("Hi", channel: ChannelID(1)))
    ),
    ("[assign_to: {user: ben}]", .assignTo(AssignTo(.user(UserID(1))))),
    ("[assign_to: {unassign: true}]", .assignTo(AssignTo(.unassign))),
    ("[assign_to: {workspace: yes}]", .assignTo(AssignTo(.workspace))),
    (
      "[assign_to: {team: sales, logic: $logic, fewer_than: $most}]",
      .assignTo(AssignTo(.team(TeamID(1)), logic: .leastOpen, fewerThan: 6))
    ),
    (
      "[assign_to: {team: sales, logic: {sticky: {wait: 5 min, then: least_open}}}]",
      .assignTo(
        AssignTo(.team(TeamID(1)), logic: .sticky(wait: .minutes(5), then: .leastOpen)))
    ),
    ("[open_conversation: {}]", .openConversation),
    ("[close_conversation: {}]", .closeConversation()),
    (
      "[close_conversation: {category: solved, summary: 'as $contact.email said'}]",
      .closeConversation(
        category: "solved",
        summary: Template(parts: [
          .text("as "), .subject(.contactField(.email)), .text(" said"),
        ]))
    ),
    (
      "[update_tag: {add: [vip, new], remove: old}]",
      .updateTag(add: [TagID(0), TagID(1)], remove: [TagID(2)])
    ),
    ("[update_field: {email: a@b.c}]", .updateField(.email, "a@b.c")),
    (
      "[add_comment: 'ask @maria lopez, @ben and @nobody']",
      .addComment("ask @maria lopez, @ben and @nobody", mentions: [UserID(2), UserID(1)])
    ),
    (
      "[{id: top, add_comment: x}, {jump_to: {step: top, at_most: 3}}]",
      .jumpTo(step: "top", atMost: 3)
    ),
    ("[wait: 1 h 30 min]", .wait(.duration(.minutes(90)))),
    (
      "[{ask_question: {text: How long?, save: {variable: timer}}}, {wait: $timer}]",
      .wait(.seconds(.variable("timer")))
    ),
    (
      "[date_and_time: {days: mon-fri, hours: 09:00-17:00}]",
      .dateAndTime(
        .weekly(
          days: [.monday, .tuesday, .wednesday, .thursday, .friday],
          hours: [HoursOfDay(from: 540, to: 1_020)]))
    ),
    (
      "[http_request: {service: crm, method: POST, url: 'https://x/$contact.id', headers: {A: b}, body: x, save: {CustomerType: $.customerType}, status: code}]",
      .httpRequest(
        HTTPRequest(
          service: ServiceID(0), method: "POST",
          url: Template(parts: [.text("https://x/"), .subject(.contact(.id))]),
          headers: [HTTPRequest.Header("A", "b")], body: "x",
          save: [
            HTTPRequest.Mapping("CustomerType", JSONPath(steps: [.name("customerType")]))
          ], status: "code"))
    ),
    ("[trigger_workflow: {workflow: w, step: top}]", .triggerWorkflow(WorkflowID(0), step: "top")),
    (
      "[add_sheet_row: {service: crm, values: {a: $assignee.name}}]",
      .addSheetRow(
        service: ServiceID(0),
        values: [SheetCell("a", Template(parts: [.subject(.assignee(.name))]))])
    ),
    (
      "[{ai_agent: {idle: 5 min}, on: {to_human: [{add_comment: x}]}}]",
      .aiAgent(
        AIAgent(
          outcomes: [AIAgent.Way(.toHuman, steps: [Step(.addComment("x"), mark: 0)])],
          idle: .minutes(5), key: 0))
    ),
    (
      "[ask_question: {text: Which?, type: choice, choices: [a, b], save: {tag: {b: is_b, a: is_a}}, timeout: 10 min}]",
      .askQuestion(
        AskQuestion(
          "Which?", answer: .choice(["a", "b"]), save: .tags([TagID(0), TagID(1)]),
          timeout: .minutes(10)))
    ),
    (
      "[ask_question: {text: 'Age?', type: number, min: 1, max: 5}]",
      .askQuestion(AskQuestion("Age?", answer: .number(minimum: 1, maximum: 5)))
    ),
  ])
  func `each step is read`(text: String, expected: StepAction) {
    let result = steps(text)
    #expect(result.problems.isEmpty)
    #expect(result.steps.last?.action == expected)
  }

  @Test(arguments: [
    ("[sendmessage: Hi]", "2: unknown step 'sendmessage'; did you mean 'send_message'?"),
    ("[{name: x}]", "2: a step needs one of the step keys"),
    ("[{wait: 1 s, add_comment: x}]", "14: a step does one thing; 'wait' stands here already"),
    ("[{wait: 1 s, on_timeout: []}]", "14: wait has no outcome 'on_timeout'; it has none"),
    ("[{add_comment: x, outside: []}]", "19: add_comment has no outcome 'outside'; it has none"),
    (
      "[{assign_to: {team: sales}, on_failure: []}]",
      "29: assign_to has no outcome 'on_failure'; it has on_timeout"
    ),
    ("[{wait: 1 s, idd: x}]", "14: unknown key of a step 'idd'; did you mean 'id'?"),
    ("[send_message: '']", "16: expected a message, found nothing"),
    ("[send_message: {txt: Hi}]", "17: unknown key 'txt' in send_message; did you mean 'text'?"),
    (
      "[send_message: {text: Hi, channel: web2}]", "36: unknown channel 'web2'; did you mean 'web'?"
    ),
    ("[send_message: costs $5]", "22: '$' is followed by no name; write '$$' for a dollar sign"),
    ("[send_message: hi $nam]", "19: unknown parameter or variable 'nam'"),
    (
      "[send_message: hi $contact]", "19: '$contact' needs a property; for example '$contact.email'"
    ),
    (
      "[send_message: hi $assignee.nme]",
      "19: unknown property of $assignee 'nme'; did you mean 'name'?"
    ),
    ("[assign_to: {team: suport}]", "20: unknown team 'suport'; did you mean 'support'?"),
    ("[assign_to: {user: anna}]", "20: unknown user 'anna'; did you mean 'ana'?"),
    (
      "[assign_to: {team: support, user: ana}]",
      "29: assign_to takes either 'team' or 'user', not both"
    ),
    (
      "[assign_to: {logic: random}]",
      "13: assign_to needs one of user, team, workspace: true, unassign: true"
    ),
    (
      "[assign_to: {user: ana, logic: random}]",
      "25: 'logic' goes with team or workspace only, not 'user'"
    ),
    ("[assign_to: {workspace: false}]", "25: 'workspace' can only be true; leave it out otherwise"),
    (
      "[assign_to: {team: support, logic: least-open}]",
      "36: unknown logic 'least-open'; did you mean 'least_open'?"
    ),
    ("[assign_to: {team: support, timeout: 8 d}]", "38: a timeout of 8 d, the limit is 7 d"),
    (
      "[assign_to: {team: support, only_online: maybe}]",
      "42: expected true or false, found 'maybe'"
    ),
    (
      "[send_message: {text: x, by_channel: {whatsap: y}}]",
      "39: unknown channel 'whatsap'; did you mean 'whatsapp'?"
    ),
    ("[wait: 8 d]", "8: a wait of 8 d, the limit is 7 d"),
    ("[wait: 15]", "8: a duration needs a unit; write '15 s' or '15 min'"),
    ("[wait: $timr]", "8: unknown parameter or variable 'timr'"),
    (
      "[jump_to: {step: topp, at_most: 3}, {id: top, wait: 1 s}]",
      "18: unknown step 'topp'; did you mean 'top'?"
    ),
    ("[{id: top, wait: 1 s}, {jump_to: {step: top}}]", "34: jump_to needs the key 'at_most'"),
    (
      "[{id: top, wait: 1 s}, {jump_to: {step: top, at_most: 11}}]",
      "55: at_most must be from 1 to 10, not 11"
    ),
    ("[branch: []]", "10: a branch needs at least one entry"),
    (
      "[branch: [{steps: []}, {when: {all: [contact.email exists]}}]]",
      "11: an entry without 'when' is Else and comes last"
    ),
    (
      "[branch: [{when: {all: []}}]]",
      "24: a branch needs at least one condition; Else has no 'when'"
    ),
    (
      "[branch: [{when: {all: [x = 1], any: [y = 1]}}]]",
      "33: a branch takes either 'all' or 'any', not both"
    ),
    ("[update_tag: {}]", "14: expected add, remove or both, found a map"),
    ("[update_field: {}]", "16: expected a field and its value, found a map"),
    (
      "[close_conversation: {catgory: x}]",
      "23: unknown key 'catgory' in close_conversation; did you mean 'category'?"
    ),
    (
      "[ask_question: {text: x, type: txt}]",
      "32: unknown type of answer 'txt'; did you mean 'text'?"
    ),
    (
      "[ask_question: {text: x, type: choice}]",
      "16: a question of type choice needs the key 'choices'"
    ),
    (
      "[ask_question: {text: x, choices: [a]}]",
      "26: 'choices' goes with 'type: choice' only, not 'text'"
    ),
    (
      "[ask_question: {text: x, type: choice, choices: [a, a]}]", "53: the choice 'a' appears twice"
    ),
    ("[ask_question: {text: x, type: number, min: 5, max: 1}]", "53: max is less than min"),
    (
      "[ask_question: {text: x, save: {tag: y}}]",
      "38: only an answer of type choice can be saved as a tag"
    ),
    (
      "[ask_question: {text: x, save: {variable: contact}}]",
      "43: 'contact' is reserved; choose another variable"
    ),
    (
      "[ask_question: {text: x, save: {variable: logic}}]",
      "43: 'logic' is a parameter of the scenario already; '$logic' would always mean the parameter"
    ),
    ("[date_and_time: {}]", "17: expected days and hours, or from and to, found a map"),
    ("[date_and_time: {from: 2026-01-02, to: 2026-01-01}]", "40: 'to' must be later than 'from'"),
    ("[http_request: {service: cmr}]", "26: unknown service 'cmr'; did you mean 'crm'?"),
    (
      "[http_request: {service: crm, method: get}]", "39: unknown method 'get'; did you mean 'GET'?"
    ),
    (
      "[http_request: {service: crm, save: {x: customerType}}]",
      "41: expected a path into the answer, found 'customerType'; for example '$.customerType'"
    ),
    ("[trigger_workflow: {workflow: v}]", "31: unknown workflow 'v'; did you mean 'w'?"),
    ("[add_sheet_row: {service: crm}]", "17: add_sheet_row needs the key 'values'"),
    ("{}", "1: expected a list of steps, found a map"),
  ])
  func `each mistake in a step has its place and says what helps`(text: String, problem: String) {
    let problems = steps(text).problems
    #expect(problems.contains(problem), "\(problems)")
  }

  @Test func `all mistakes of a workflow come in one go`() {
    let problems = steps("[wait: 5, assign_to: {team: suport}, send_message: $x, {foo: 1}]")
      .problems
    #expect(problems.count == 4, "\(problems)")
  }

  @Test func `a dollar sign, a parameter and a variable in a text`() {
    let result = steps(
      "[{ask_question: {text: Name?, save: {variable: name}}}, {send_message: '$name pays $$5 by $logic.'}]"
    )
    #expect(
      result.steps.last?.action
        == .sendMessage(
          SendMessage(
            Template(parts: [
              .subject(.variable("name")), .text(" pays $5 by least_open."),
            ]))))
  }
}

@Suite struct `Conditions` {
  private func condition(_ text: String) -> (condition: Condition?, problems: [String]) {
    let result = steps("[branch: [{when: {all: [\(text)]}, steps: []}]]")
    if case .branch(let branches)? = result.steps.last?.action {
      return (branches.first?.when?.list.first, result.problems)
    }
    return (nil, result.problems)
  }

  @Test(
    arguments: [
      ("contact.email exists", Subject.contactField(.email), Comparison.exists, []),
      ("contact.email   does  not   exist", .contactField(.email), .isMissing, []),
      ("contact.country = PT", .contactField(FieldID(5)), .equals, ["PT"]),
      ("contact.country=PT", .contactField(FieldID(5)), .equals, ["PT"]),
      ("contact.country != 'a b'", .contactField(FieldID(5)), .differs, ["a b"]),
      (
        "'contact.country is one of PT, ES , FR'", .contactField(FieldID(5)), .isOneOf,
        ["PT", "ES", "FR"]
      ),
      ("contact.name contains Silva", .variable(.contact(.name)), .contains, ["Silva"]),
      ("conversation_status = Open", .conversationStatus, .equals, ["open"]),
      ("contact_type = returning", .contactType, .equals, ["returning"]),
      ("tags contains vip", .tags, .contains, ["vip"]),
      ("tags does not contain vip", .tags, .lacks, ["vip"]),
      ("assignee_status != online", .assigneeStatus, .differs, ["online"]),
      ("last_channel = whatsapp", .lastChannel, .equals, ["whatsapp"]),
      ("last_incoming_message contains help me", .lastIncomingMessage, .contains, ["help me"]),
      (
        "time_since_last_outgoing_message >= 15 min", .timeSinceLastOutgoingMessage, .atLeast,
        ["900.0"]
      ),
      (
        "time_since_last_incoming_message < 1 h 30 min", .timeSinceLastIncomingMessage, .below,
        ["5400.0"]
      ),
      ("$trigger.source = web", .variable(.trigger("source")), .equals, ["web"]),
      ("{subject: contact.email, operator: does not exist}", .contactField(.email), .isMissing, []),
      (
        "{subject: contact.country, operator: is one of, value: [PT, ES]}",
        .contactField(FieldID(5)), .isOneOf, ["PT", "ES"]
      ),
      (
        "{subject: conversation_status, operator: '=', value: open}", .conversationStatus, .equals,
        ["open"]
      ),
    ] as [(String, Subject, Comparison, [String])])
  func `text and map say the same`(
    text: String, subject: Subject, comparison: Comparison, operands: [String]
  ) {
    let result = condition(text)
    #expect(result.problems.isEmpty)
    #expect(result.condition?.subject == subject)
    #expect(result.condition?.comparison == comparison)
    #expect(result.condition?.operands == operands.map { Template($0) })
  }

  @Test func `a value may be filled in when it is looked at`() {
    #expect(
      condition("contact.country = $contact.language").condition?.operands
        == [Template(parts: [.subject(.contactField(FieldID(4)))])])
  }

  @Test(arguments: [
    (
      "conversation_status",
      "1: the condition has no operator; one of = != > >= < <=, contains, does not contain, exists, does not exist, is one of"
    ),
    ("conversation_status is open", "21: unknown operator 'is'; did you mean '='?"),
    ("conversation_status == open", "21: unknown operator '=='; did you mean '='?"),
    (
      "conversation_status is equal to open",
      "21: unknown operator 'is equal to'; did you mean '='?"
    ),
    (
      "conversation_status = opened",
      "23: unknown conversation status 'opened'; did you mean 'open'?"
    ),
    (
      "conversaton_status = open",
      "1: unknown subject 'conversaton_status'; did you mean 'conversation_status'?"
    ),
    ("contact.email exists now", "22: 'exists' takes no value"),
    ("contact.email =", "1: '=' needs a value after it"),
    ("last_channel = sms", "16: unknown channel 'sms'"),
    ("assignee_status = gone", "19: unknown activity status 'gone'"),
    (
      "time_since_last_outgoing_message > 15",
      "36: a duration needs a unit; write '15 s' or '15 min'"
    ),
    (
      "time_since_last_outgoing_message > 15 mins",
      "39: unknown unit of time 'mins', expected d, h, min, s, ms, us or ns; did you mean 'min'?"
    ),
    ("$logic = random", "1: the parameter 'logic' never changes, so nothing can depend on it"),
    ("$answer = yes", "1: unknown parameter or variable 'answer'"),
    ("''", "1: expected a condition, found nothing; for example 'conversation_status = open'"),
    ("{subject: tags, operator: has, value: x}", "27: unknown operator 'has'"),
    ("{subject: tags, operator: contains}", "1: 'contains' needs a value"),
    ("{subject: tags, operator: exists, value: x}", "42: 'exists' takes no value"),
  ])
  func `each mistake has its place`(text: String, problem: String) {
    // Columns of the condition alone, which begins in column 25 of the steps.
    let problems = condition(text).problems.map { problem in
      let parts = problem.split(separator: ":", maxSplits: 1).map(String.init)
      return "\((Int(parts[0]) ?? 0) - 24):" + parts[1]
    }
    #expect(problems == [problem])
  }
}

@Suite struct `Triggers` {
  private func trigger(_ text: String) -> (definition: WorkflowDefinition?, problems: [String]) {
    let result = workflow("w:\n  trigger: \(text)\n  steps: [{wait: 1 s}]\n")
    return (result.workflows.first, result.problems)
  }

  @Test(arguments: [
    ("conversation_opened", Trigger.conversationOpened()), ("manual", .manual),
    (
      "{conversation_opened: {source: [contact, ctc_ads]}}",
      .conversationOpened(sources: [.contact, .ctcAds])
    ),
    (
      "{conversation_closed: {source: user, category: [solved, spam]}}",
      .conversationClosed(sources: [.user], categories: ["solved", "spam"])
    ),
    (
      "{contact_tag_updated: {tag: vip, action: added}}",
      .contactTagUpdated(tags: [TagID(0)], action: .added)
    ),
    ("{contact_field_updated: {field: email}}", .contactFieldUpdated(fields: [.email])),
    ("{shortcut: {name: escalate}}", .shortcut(name: "escalate")),
    ("{incoming_webhook: {name: paid}}", .incomingWebhook(name: "paid")),
    ("click_to_chat_ad", .clickToChatAd()), ("{manual: {}}", .manual),
  ])
  func `each trigger is read`(text: String, expected: Trigger) {
    let result = trigger(text)
    #expect(result.problems.isEmpty)
    #expect(result.definition?.trigger == expected)
  }

  @Test func `once per contact is off unless it is said`() {
    #expect(trigger("manual").definition?.oncePerContact == false)
    #expect(
      trigger("{conversation_opened: {once_per_contact: true}}").definition?.oncePerContact == true)
  }

  @Test(arguments: [
    (
      "conversation_open",
      "2:12: unknown trigger 'conversation_open'; did you mean 'conversation_opened'?"
    ),
    (
      "{conversation_opened: {source: contacts}}",
      "2:43: unknown source 'contacts'; did you mean 'contact'?"
    ),
    ("{conversation_opened: {source: merge}}", "2:43: unknown source 'merge'"),
    ("{conversation_opened: {category: x}}", "2:35: unknown key 'category' in conversation_opened"),
    ("{manual: {once_per_contact: true}}", "2:22: unknown key 'once_per_contact' in manual"),
    ("shortcut", "2:12: shortcut needs the key 'name'"),
    ("{contact_tag_updated: {action: add}}", "2:43: unknown action 'add'; did you mean 'added'?"),
    (
      "{manual: {}, shortcut: {name: x}}",
      "2:25: a trigger has one key; 'manual' stands here already"
    ),
  ])
  func `each mistake in a trigger has its place`(text: String, problem: String) {
    #expect(trigger(text).problems.contains(problem), "\(trigger(text).problems)")
  }
}

@Suite struct `A name that promises another time` {
  @Test(arguments: [
    ("Wait 4 hours", ["4 h"]), ("after 15min", ["15 min"]),
    ("1 h 30 min, then a day", ["1 h 30 min"]),
    ("10 s or 20 sec", ["10 s", "20 s"]), ("Step 2 of 3", []), ("B2 s", []), ("few hours", []),
    ("3 minor things", []), ("1.5 h", ["1 h 30 min"]), ("30 min 1 h", []), ("", []), ("7", []),
  ])
  func `is told by the durations in it`(name: String, expected: [String]) {
    #expect(durations(in: name).map { "\($0)" } == expected)
  }

  @Test(arguments: [
    ("[{name: Wait 4 hours, wait: 10 min}]", "the name says 4 h, but the wait is 10 min"),
    ("[{name: Wait ten minutes, wait: 10 min}]", nil),
    ("[{name: 'Wait 10 min, not 4 h', wait: 10 min}]", nil),
    ("[{name: Waits 1 d, wait: $contact.pause}]", nil),
    (
      "[{name: Team (2 h), assign_to: {team: support, timeout: 1 h}}]",
      "the name says 2 h, but the timeout is 1 h"
    ),
    ("[{name: Team (2 h), assign_to: {team: support}}]", nil),
    (
      "[{name: Bot 5 min, ai_agent: {}}]", "the name says 5 min, but the idle time is 1 h"
    ),
  ])
  func `is remarked on`(text: String, remark: String?) {
    let found = steps(text).problems
    #expect(found.count == (remark == nil ? 0 : 1), "\(found)")
    if let remark { #expect(found.first?.contains(remark) == true, "\(found)") }
  }
}
