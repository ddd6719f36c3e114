import Testing

@testable import Engine

/// PLATFORM.md 3: what each step does, and how a run ends.
@Suite struct WorkflowStepTests {
  let ana = Workspace.ana
  let ben = Workspace.ben

  private func workspace(_ steps: Step..., change: (inout WorkspaceSettings) -> Void = { _ in })
    -> Workspace
  {
    var workspace = Workspace(settings: change)
    workspace.send(
      .workflowsPublished([
        Publication(
          WorkflowID(0),
          WorkflowDefinition(
            name: "flow", trigger: .conversationOpened(sources: [.contact]), steps: steps))
      ]))
    return workspace
  }

  private func comment(_ text: Template) -> Step { Step(.addComment(text)) }

  @Test func `texts are filled in and what is not set is nothing`() {
    var workspace = workspace(
      Step(.assignTo(AssignTo(.user(ana)))),
      comment(
        Template(parts: [
          .subject(.contact(.name)), .text("|"), .subject(.contactField(.email)), .text("|"),
          .subject(.assignee(.name)), .text("|"), .subject(.trigger("source")), .text("|"),
          .subject(.variable("nothing")), .text("|"), .subject(.conversation(.status)),
          .text("|"), .subject(.trigger("contact_type")),
        ])))
    let contact = workspace.core.nextContact
    workspace.send(
      .contactAdded(
        contact, ContactProfile(fields: [FieldEntry(.firstName, .text("Eva"))], isArriving: true)))
    workspace.writes(contact)
    #expect(workspace.comments(contact) == ["Eva||ana|contact||open|new"])
  }

  @Test func `a jump is taken so often and then passed over`() {
    // PLATFORM.md 3.3.1: 3 jumps make four passages.
    var workspace = workspace(
      Step(.addComment("ask"), id: "ask"), Step(.jumpTo(step: "ask", atMost: 3)), comment("else"))
    let contact = workspace.newcomer()
    #expect(workspace.comments(contact) == ["ask", "ask", "ask", "ask", "else"])
    // A second run counts from the start.
    workspace.closes(ana, contact)
    workspace.writes(contact)
    #expect(workspace.comments(contact).count == 10)
  }

  @Test func `a jump without jumps left at the end ends the run`() {
    var workspace = workspace(
      Step(.addComment("ask"), id: "ask"), Step(.jumpTo(step: "ask", atMost: 1)))
    let contact = workspace.newcomer()
    #expect(workspace.exits(contact) == [.jumpExhausted])
  }

  @Test func `a wait of a variable is cut at the longest wait and says so`() {
    var workspace = workspace(
      Step(
        .httpRequest(
          HTTPRequest(
            service: Workspace.crm,
            save: [.init("seconds", JSONPath(steps: [.name("seconds")]))]))),
      Step(.wait(.seconds(.variable("seconds")))), comment("after"))
    let contact = workspace.newcomer()
    workspace.answers(["seconds": .number(1e9)])
    let isCut = workspace.log.contains { effect in
      if case .waitCut(_, _, .days(7)) = effect { true } else { false }
    }
    #expect(isCut)
    workspace.pass(to: .at(.days(7)))
    #expect(workspace.comments(contact) == ["after"])
  }

  @Test func `tags and fields change once and are no occasion when nothing changes`() {
    var workspace = workspace(
      Step(.updateTag(add: [Workspace.vip], remove: [TagID(1)])),
      Step(.updateTag(add: [Workspace.vip], remove: [])),
      Step(.updateField(.email, "a@b.c")), Step(.updateField(.email, "a@b.c")))
    workspace.publish(
      WorkflowDefinition(
        name: "tagged", trigger: .contactTagUpdated(tags: [Workspace.vip], action: .added),
        steps: [comment("tagged")]),
      WorkflowDefinition(
        name: "changed", trigger: .contactFieldUpdated(fields: [.email]),
        steps: [comment("changed")]))
    let contact = workspace.newcomer()
    #expect(workspace.comments(contact) == ["tagged", "changed"])
    #expect(workspace.core.contact(contact)?.tags == [Workspace.vip])
  }

  @Test func `a message to a contact with a closed conversation leaves it closed`() {
    // PLATFORM.md 2.1: Open Conversation comes first, or it stays closed.
    var workspace = Workspace()
    workspace.publish(
      WorkflowDefinition(
        name: "survey", trigger: .conversationClosed(sources: [.user]),
        steps: [Step(.sendMessage(SendMessage("How was it?"))), Step(.openConversation)]))
    let contact = workspace.newcomer()
    workspace.closes(ana, contact)
    #expect(workspace.received(contact) == ["How was it?"])
    #expect(workspace.core.contact(contact)?.status == .open)
  }

  @Test func `a failed message takes its steps or ends the run`() {
    for hasBranch in [false, true] {
      var workspace = workspace(
        Step(.sendMessage(SendMessage("hi")), onFailure: hasBranch ? [comment("failed")] : nil),
        Step(.wait(.duration(.minutes(1)))), comment("sent"))
      workspace.delivers = false
      let contact = workspace.newcomer()
      workspace.send(.messageFailed(workspace.lastMessage))
      workspace.pass(to: .at(.minutes(2)))
      #expect(workspace.comments(contact) == (hasBranch ? ["failed"] : []))
      #expect(workspace.exits(contact) == [hasBranch ? .completed : .sendFailed])
    }
  }

  @Test func `outside the channel's window a message is not even sent`() {
    var workspace = workspace(
      Step(.wait(.duration(.hours(25)))),
      Step(.sendMessage(SendMessage("still there?")), onFailure: [comment("too late")])
    ) { $0.channels = [ChannelDefinition(name: "whatsapp", window: .hours(24))] }
    let contact = workspace.newcomer()
    workspace.pass(to: .at(.hours(25)))
    #expect(workspace.received(contact).isEmpty)
    #expect(workspace.comments(contact) == ["too late"])
  }

  @Test func `an answer is checked, saved and belongs to the latest question`() {
    var workspace = workspace(
      Step(
        .askQuestion(AskQuestion("Your e-mail?", answer: .email, save: .field(.email))),
        id: "ask", onTimeout: [comment("silent")],
        onInvalid: [Step(.jumpTo(step: "ask", atMost: 3)), comment("gave up")]),
      comment("thanks"))
    let contact = workspace.newcomer()
    workspace.writes(contact, "no")
    workspace.writes(contact, "me@home.org")
    #expect(workspace.received(contact).count == 2)
    #expect(workspace.comments(contact) == ["thanks"])
    #expect(
      workspace.core.contact(contact)?.fields == [FieldEntry(.email, .text("me@home.org"))])
    let invalid = workspace.newcomer()
    for _ in 0..<4 { workspace.writes(invalid, "never") }
    #expect(workspace.received(invalid).count == 4)
    #expect(workspace.comments(invalid) == ["gave up"])
    let silent = workspace.newcomer()
    workspace.pass(to: .at(.days(8)))
    #expect(workspace.comments(silent) == ["silent"])
  }

  @Test func `an answer to a closed conversation opens one and is taken`() {
    // PLATFORM.md 3.6; the attachment is no answer to a question for words.
    var workspace = Workspace()
    workspace.publish(
      WorkflowDefinition(
        name: "rating", trigger: .conversationClosed(),
        steps: [
          Step(
            .askQuestion(AskQuestion("1 to 5?", answer: .rating, save: .variable("rating"))),
            onInvalid: [comment("invalid")]),
          comment(Template(parts: [.text("rated "), .subject(.variable("rating"))])),
        ]))
    let contact = workspace.newcomer()
    workspace.closes(ana, contact)
    workspace.writes(contact, "4")
    #expect(workspace.comments(contact) == ["rated 4"])
    #expect(workspace.core.openedCount == 2)
    workspace.closes(ana, contact)
    workspace.send(.contactSendsAttachment(contact, on: Workspace.direct))
    #expect(workspace.comments(contact) == ["rated 4", "invalid"])
  }

  @Test func `office hours let through by the clock of the zone`() {
    // Thursday 1970-01-01; summer time begins within the hour in between.
    let zone = TimeZoneRules(
      name: "test", offset: 3_600, changes: [.init(at: 10 * 3_600, offset: 7_200)])
    var workspace = workspace(
      Step(
        .dateAndTime(
          .weekly(days: [.thursday], hours: [HoursOfDay(from: 12 * 60, to: 13 * 60)])),
        outside: [comment("outside")]), comment("inside")
    ) { $0.timeZones = [zone] }
    let early = workspace.newcomer(at: .at(.minutes(9 * 60 + 59)))
    let inside = workspace.newcomer(at: .at(.hours(10)))
    let late = workspace.newcomer(at: .at(.hours(11)))
    #expect(workspace.comments(early) == ["outside"])
    #expect(workspace.comments(inside) == ["inside"])
    #expect(workspace.comments(late) == ["outside"])
  }

  @Test func `a night belongs to the day on which it began`() {
    let hours = OfficeHours.weekly(
      days: [.friday], hours: [HoursOfDay(from: 22 * 60, to: 6 * 60)])
    var workspace = workspace(Step(.dateAndTime(hours)), comment("inside"))
    // Friday 21:59 and 22:00, Saturday 05:59 and 06:00.
    let minutes: [Int64] = [45 * 60 + 59, 46 * 60, 53 * 60 + 59, 54 * 60]
    var contacts: [ContactID] = []
    for minute in minutes { contacts.append(workspace.newcomer(at: .at(.minutes(minute)))) }
    #expect(contacts.map { workspace.comments($0).count } == [0, 1, 1, 0])
    #expect(workspace.exits(contacts[0]) == [.noBranch])
  }

  @Test func `a service that answers late is not waited for and its variables are unset`() {
    var workspace = workspace(
      Step(
        .httpRequest(
          HTTPRequest(
            service: Workspace.crm, url: "https://crm/x",
            save: [.init("type", JSONPath(steps: [.name("type")]))], status: "status"))),
      comment(Template(parts: [.subject(.variable("type")), .subject(.variable("status"))])))
    let answered = workspace.newcomer()
    workspace.answers(["type": .text("VIP")])
    let failed = workspace.newcomer()
    workspace.answers(["type": .text("VIP")], status: 500)
    let late = workspace.newcomer()
    workspace.pass(to: .at(.seconds(30)))
    #expect(workspace.comments(answered) == ["VIP200"])
    #expect(workspace.comments(failed) == ["500"])
    #expect(workspace.comments(late) == ["0"])
    workspace.answers(["type": .text("VIP")])
    #expect(workspace.refusals == ["stale_run"])
  }

  @Test func `an AI agent ends in one of its ways and a silent contact is idle`() {
    var workspace = workspace(
      Step(
        .aiAgent(
          AIAgent(
            outcomes: [
              .init(.toHuman, steps: [comment("human")]), .init(.idle, steps: [comment("idle")]),
            ], key: 0))), comment("done"))
    let first = workspace.newcomer()
    let second = workspace.newcomer()
    let third = workspace.newcomer()
    let runs = workspace.log.compactMap { effect in
      if case .askAIAgent(let run, _, _) = effect { run } else { nil }
    }
    workspace.send(.aiAgentEnds(runs[0], .toHuman))
    workspace.send(.aiAgentEnds(runs[1], .success))
    workspace.writes(third, at: .at(.minutes(30)))
    workspace.pass(to: .at(.minutes(89)))
    #expect(workspace.comments(third).isEmpty)
    workspace.pass(to: .at(.minutes(90)))
    #expect(workspace.comments(first) == ["human"])
    #expect(workspace.comments(second) == ["done"])
    #expect(workspace.comments(third) == ["idle"])
  }

  @Test func `a contact goes over to another workflow at a step`() {
    var workspace = Workspace()
    workspace.publish(
      WorkflowDefinition(
        name: "target", trigger: .manual,
        steps: [comment("start"), Step(.addComment("middle"), id: "middle")]),
      Flows.onOpening("source", Step(.triggerWorkflow(WorkflowID(0), step: "middle"))))
    let contact = workspace.newcomer()
    #expect(workspace.comments(contact) == ["middle"])
    #expect(workspace.exits(contact) == [.transferred, .completed])
  }
}
