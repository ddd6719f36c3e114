import Engine
import Testing

/// PLATFORM.md 3.1, 3.2 and 3.6: publishing, triggering, stopping, and several runs at once.
@Suite struct WorkflowLifeTests {
  let ana = Workspace.ana

  private let pause = Step(.wait(.duration(.hours(1))))
  private func comment(_ text: Template) -> Step { Step(.addComment(text)) }

  @Test func `stopping ejects everybody and publishing again brings nobody back`() {
    var workspace = Workspace()
    let flow = Flows.onOpening("flow", pause, comment("after"))
    workspace.publish(flow)
    let contact = workspace.newcomer()
    workspace.send(.workflowsPublished([Publication(WorkflowID(0), flow)]))
    #expect(workspace.refusals == ["workflow_published"])
    workspace.send(.workflowStopped(WorkflowID(0)))
    #expect(workspace.exits(contact) == [.stopped])
    workspace.send(.workflowsPublished([Publication(WorkflowID(0), flow)]))
    workspace.pass(to: .at(.hours(2)))
    #expect(workspace.comments(contact).isEmpty)
    #expect(workspace.timers.isEmpty)
  }

  @Test func `only published workflows whose conditions hold are triggered, in their order`() {
    var workspace = Workspace()
    var draft = Flows.onOpening("draft", comment("draft"))
    draft.status = .draft
    workspace.publish(
      draft,
      WorkflowDefinition(
        name: "by users", trigger: .conversationOpened(sources: [.user]), steps: [comment("user")]),
      WorkflowDefinition(name: "any", trigger: .conversationOpened(), steps: [comment("any")]),
      WorkflowDefinition(
        name: "closed", trigger: .conversationClosed(sources: [.user], categories: ["solved"]),
        steps: [
          comment(Template(parts: [.text("closed "), .subject(.trigger("category"))]))
        ]))
    let contact = workspace.newcomer()
    workspace.closes(ana, contact)
    workspace.replies(ana, to: contact)
    workspace.send(.closes(contact, by: .user(ana), note: ClosingNote(category: "solved")))
    #expect(workspace.comments(contact) == ["any", "user", "any", "closed solved"])
  }

  @Test func `once per contact counts enrolments of before too`() {
    var workspace = Workspace()
    var flow = Flows.onOpening("flow", comment("enrolled"))
    workspace.publish(flow)
    let contact = workspace.newcomer()
    workspace.closes(ana, contact)
    workspace.send(.workflowStopped(WorkflowID(0)))
    flow.oncePerContact = true
    workspace.send(.workflowsPublished([Publication(WorkflowID(0), flow)]))
    workspace.writes(contact)
    #expect(workspace.comments(contact) == ["enrolled"])
    let other = workspace.newcomer()
    #expect(workspace.comments(other) == ["enrolled"])
  }

  @Test func `who is in a workflow does not enter it again unless the policy restarts`() {
    for reentry in Reentry.allCases {
      var workspace = Workspace { $0.policies.reentry = reentry }
      workspace.publish(Flows.onOpening("flow", comment("enrolled"), pause))
      let contact = workspace.newcomer()
      workspace.closes(ana, contact)
      workspace.writes(contact)
      #expect(workspace.comments(contact).count == (reentry == .ignore ? 1 : 2))
      #expect(workspace.exits(contact) == (reentry == .ignore ? [] : [.restarted]))
    }
  }

  @Test func `closing ends no run unless the policy says so`() {
    for ends in [false, true] {
      var workspace = Workspace { $0.policies.closeEndsRuns = ends }
      workspace.publish(Flows.onOpening("flow", pause, comment("after")))
      let contact = workspace.newcomer()
      workspace.closes(ana, contact)
      workspace.pass(to: .at(.hours(1)))
      #expect(workspace.comments(contact) == (ends ? [] : ["after"]))
      #expect(workspace.exits(contact) == [ends ? .conversationClosed : .completed])
    }
  }

  @Test func `of two waiting questions the policy says which is answered`() {
    for policy in AnswerGoesTo.allCases {
      var workspace = Workspace { $0.policies.answerGoesTo = policy }
      workspace.publish(
        Flows.onOpening("one", Step(.askQuestion(AskQuestion("1?"))), comment("one")),
        Flows.onOpening("two", Step(.askQuestion(AskQuestion("2?"))), comment("two")))
      let contact = workspace.newcomer()
      workspace.writes(contact, "yes")
      let expected: Set<String> =
        switch policy {
        case .latest: ["two"]
        case .oldest: ["one"]
        case .all: ["one", "two"]
        }
      #expect(Set(workspace.comments(contact)) == expected)
    }
  }

  @Test func `blocking ends runs and ejecting ends one`() {
    var workspace = Workspace()
    workspace.publish(Flows.onOpening("one", pause), Flows.onOpening("two", pause))
    let contact = workspace.newcomer()
    workspace.send(.ejects(contact, from: WorkflowID(0), by: .user(ana)))
    #expect(workspace.exits(contact) == [.ejected])
    workspace.send(.blocks(contact, by: ana))
    #expect(workspace.exits(contact) == [.ejected, .contactGone])
    #expect(workspace.timers.isEmpty)
  }

  @Test func `going round in circles is stopped by the guard`() {
    // Each run waits a second and opens and closes the conversation, so no loop can be seen beforehand.
    var workspace = Workspace { $0.policies.loopGuard = LoopGuard(enrolments: 5) }
    let second = Step(.wait(.duration(.seconds(1))))
    workspace.publish(
      WorkflowDefinition(
        name: "opened", trigger: .conversationOpened(), steps: [second, Step(.closeConversation())]),
      WorkflowDefinition(
        name: "closed", trigger: .conversationClosed(), steps: [second, Step(.openConversation)]))
    let contact = workspace.newcomer()
    workspace.pass(to: .at(.minutes(1)))
    #expect(workspace.exits(contact).filter { $0 == .completed }.count == 10)
    #expect(workspace.exits(contact).last == .loopGuard)
  }

  @Test func `several runs on one occasion and two messages in one instant are kept apart`() {
    var workspace = Workspace()
    workspace.publish(
      Flows.onOpening("one", comment("one")), Flows.onOpening("two", comment("two")))
    let contact = workspace.newcomer()
    workspace.writes(contact)
    #expect(workspace.comments(contact) == ["one", "two"])
    #expect(workspace.core.openedCount == 1)
  }

  @Test func `new and returning are told apart by the rule that is set`() {
    let flow = Flows.onOpening(
      "flow",
      Step(
        .branch([
          Branch(when: .all([Condition(.contactType, .equals, ["new"])]), steps: [comment("new")]),
          Branch(steps: [comment("returning")]),
        ])))
    // First an imported contact's first message, then its second conversation.
    let expected: [NewContactRule: [String]] = [
      .firstConversation: ["new", "returning"], .createdByMessage: ["returning", "returning"],
      .noEarlierIncoming: ["new", "returning"],
    ]
    for rule in NewContactRule.allCases {
      var workspace = Workspace { $0.policies.newContactRule = rule }
      workspace.publish(flow)
      let contact = workspace.core.nextContact
      workspace.send(.contactAdded(contact, ContactProfile()))
      workspace.writes(contact)
      workspace.closes(ana, contact)
      workspace.writes(contact)
      #expect(workspace.comments(contact) == expected[rule])
    }
  }

  @Test func `fields are read when they are needed or when the run began`() {
    for policy in ContactFields.allCases {
      var workspace = Workspace { $0.policies.contactFields = policy }
      workspace.publish(
        Flows.onOpening(
          "flow", pause, comment(Template(parts: [.subject(.contactField(.email))]))))
      let contact = workspace.newcomer()
      workspace.send(.setsField(contact, .email, .text("a@b.c"), by: .user(ana)))
      workspace.pass(to: .at(.hours(1)))
      #expect(workspace.comments(contact) == [policy == .live ? "a@b.c" : ""])
    }
  }

  @Test func `shortcuts and webhooks bring what they carry`() {
    var workspace = Workspace()
    workspace.publish(
      WorkflowDefinition(
        name: "shortcut", trigger: .shortcut(name: "escalate"),
        steps: [comment(Template(parts: [.subject(.trigger("why")), .subject(.trigger("user"))]))]),
      WorkflowDefinition(
        name: "webhook", trigger: .incomingWebhook(name: "order"),
        steps: [comment(Template(parts: [.subject(.trigger("order.id"))]))]))
    let contact = workspace.newcomer()
    workspace.send(
      .usesShortcut(contact, name: "escalate", form: [FormInput("why", .text("angry "))], by: ana))
    workspace.send(
      .webhookArrives(
        contact, name: "order",
        payload: .object([.init("order", .object([.init("id", .number(17))]))])))
    workspace.send(.usesShortcut(contact, name: "nothing", form: [], by: ana))
    workspace.send(.webhookArrives(contact, name: "nothing", payload: .null))
    #expect(workspace.comments(contact) == ["angry ana", "17"])
    #expect(workspace.refusals == ["unknown_shortcut", "unknown_webhook"])
  }
}
