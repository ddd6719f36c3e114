import Engine
import Testing

/// PLATFORM.md 3.1: what the publisher refuses, with workflow, step and limit; all problems at once.
@Suite struct PublicationTests {
  /// The problems of one workflow with these steps, as `place: problem`.
  private func problems(
    _ steps: Step..., trigger: Trigger = .conversationOpened(),
    change: (inout WorkspaceSettings) -> Void = { _ in }
  ) -> [String] {
    var settings = WorkspaceSettings()
    settings.tags = ["vip"]
    settings.services = ["crm"]
    change(&settings)
    return EngineCore.problems(
      of: [WorkflowDefinition(name: "flow", trigger: trigger, steps: steps)], settings: settings,
      userCount: 1, teamCount: 1
    ).map(\.description)
  }

  private let comment = Step(.addComment("x"))

  @Test func `a workflow needs a step and no more than the limit`() {
    #expect(problems() == ["workflow flow: has no steps; a workflow needs at least one"])
    let many = EngineCore.problems(
      of: [
        WorkflowDefinition(
          name: "flow", trigger: .manual, steps: Array(repeating: comment, count: 101))
      ], settings: WorkspaceSettings(), userCount: 0, teamCount: 0)
    #expect(many.map(\.problem) == [.overLimit(.steps, value: 101, limit: 100)])
  }

  @Test func `branches, conditions, jumps and waits have limits that may be raised`() {
    let condition = Condition(.conversationStatus, .equals, ["open"])
    let branch = Branch(
      when: .all(Array(repeating: condition, count: 11)), steps: [Step(.addComment("y"))])
    let steps = [
      Step(.addComment("x"), id: "a"), Step(.jumpTo(step: "a", atMost: 11)),
      Step(.wait(.duration(.days(8)))),
      Step(.branch(Array(repeating: branch, count: 10))),
    ]
    let found = EngineCore.problems(
      of: [WorkflowDefinition(name: "flow", trigger: .manual, steps: steps)],
      settings: WorkspaceSettings(), userCount: 0, teamCount: 0)
    #expect(
      found.prefix(4).map(\.description) == [
        "workflow flow, steps[2]: jumps is 11, the limit is 10",
        "workflow flow, steps[3]: a duration of 8 d is not allowed; expected 0 s to 7 d",
        "workflow flow, steps[4]: branches is 10, the limit is 9",
        "workflow flow, steps[4].branch[1]: conditions is 11, the limit is 10",
      ])
    var settings = WorkspaceSettings()
    settings.limits.jumps = 1_000
    settings.limits.wait = .days(9)
    settings.limits.branches = 10
    settings.limits.conditions = 11
    #expect(
      EngineCore.problems(
        of: [WorkflowDefinition(name: "flow", trigger: .manual, steps: steps)],
        settings: settings, userCount: 0, teamCount: 0
      ).isEmpty)
  }

  @Test func `what the workspace does not have is named with its place`() {
    #expect(
      problems(
        Step(.assignTo(AssignTo(.user(UserID(7)))), name: "To Ana"),
        Step(.assignTo(AssignTo(.team(TeamID(3))))),
        Step(.updateTag(add: [TagID(4)], remove: [])),
        Step(.updateField(FieldID(99), "x")),
        Step(.httpRequest(HTTPRequest(service: ServiceID(5)))),
        Step(.jumpTo(step: "nowhere", atMost: 1)),
        Step(.triggerWorkflow(WorkflowID(9))))
        == [
          "workflow flow, steps[1] (To Ana): the workspace has no user-7",
          "workflow flow, steps[2]: the workspace has no team-3",
          "workflow flow, steps[3]: the workspace has no tag-4",
          "workflow flow, steps[4]: the workspace has no field-99",
          "workflow flow, steps[5]: the workspace has no service-5",
          "workflow flow, steps[7]: the workspace has no workflow-9",
          "workflow flow, steps[6]: there is no step with the id nowhere in this workflow",
        ])
  }

  @Test func `steps that nobody reaches and outcomes that do not exist are refused`() {
    let open = Branch(steps: [comment])
    #expect(
      problems(
        Step(.branch([open, Branch(when: .all([Condition(.tags, .exists)]))])), comment)
        == [
          "workflow flow, steps[1].branch[1]: an entry without conditions is Else and must come last",
          "workflow flow, steps[2]: can never be reached; a branch is the last step of its list",
        ])
    #expect(
      problems(Step(.addComment("x"), id: "a"), Step(.addComment("y"), id: "a", onTimeout: []))
        == [
          "workflow flow, steps[2] (a): the id a belongs to an earlier step; ids must differ",
          "workflow flow, steps[2] (a): add_comment has no outcome on_timeout",
        ])
    #expect(
      problems(Step(.branch([Branch(when: .all([Condition(.tags, .contains)]))])))
        == ["workflow flow, steps[1].branch[1]: contains has no meaning here; expected a value"])
  }

  @Test func `texts, choices and hours are checked`() {
    let long = Template(String(repeating: "x", count: 2_001))
    let endless = Template(String(repeating: "x", count: 2_000_000))
    #expect(
      problems(Step(.sendMessage(SendMessage(long))), Step(.addComment(endless)))
        == [
          "workflow flow, steps[1]: text_length is 2001, the limit is 2000",
          "workflow flow, steps[2]: comment_length is 2000000, the limit is 1000",
        ])
    #expect(
      problems(
        Step(.askQuestion(AskQuestion("?", answer: .choice([])))),
        Step(.askQuestion(AskQuestion("?", save: .tags([TagID(0)])))),
        Step(.dateAndTime(.weekly(days: [], hours: [HoursOfDay(from: 600, to: 1_441)]))),
        Step(.dateAndTime(.weekly(days: [.monday], hours: []), timeZone: 3))
      ).count == 5)
  }

  @Test func `workflows that start each other for ever are refused`() {
    // PLATFORM.md P18: one adds a tag that triggers another, which starts the first.
    var workspace = Workspace()
    workspace.publish(
      WorkflowDefinition(
        name: "adds a tag", trigger: .manual,
        steps: [Step(.updateTag(add: [Workspace.vip], remove: []))]),
      WorkflowDefinition(
        name: "goes back", trigger: .contactTagUpdated(tags: [Workspace.vip], action: .added),
        steps: [Step(.triggerWorkflow(WorkflowID(0)))]))
    #expect(workspace.refusals == ["bad_workflows"])
    #expect(workspace.core.status(of: WorkflowID(0)) == nil)
    guard case .refused(.badWorkflows(let problems))? = workspace.log.first else {
      Issue.record("\(workspace.log)")
      return
    }
    #expect(problems.map(\.problem) == [.loop(["adds a tag", "goes back", "adds a tag"])])
  }

  @Test func `with a wait between them they are left to the guard`() {
    var workspace = Workspace()
    workspace.publish(
      WorkflowDefinition(
        name: "adds a tag", trigger: .manual,
        steps: [
          Step(.wait(.duration(.seconds(1)))), Step(.updateTag(add: [Workspace.vip], remove: [])),
        ]),
      WorkflowDefinition(
        name: "goes back", trigger: .contactTagUpdated(tags: [Workspace.vip], action: .added),
        steps: [Step(.triggerWorkflow(WorkflowID(0)))]))
    #expect(workspace.refusals.isEmpty)
  }

  @Test func `a jump onto itself is bounded like any other`() {
    #expect(problems(Step(.jumpTo(step: "a", atMost: 3), id: "a")).isEmpty)
  }

  @Test func `a step behind a transfer needs an id for something to lead to`() {
    let transfer = Step(.triggerWorkflow(WorkflowID(0)))
    #expect(
      problems(transfer, comment).contains {
        $0.hasPrefix("workflow flow, steps[2]: can never be reached; trigger_workflow")
      })
    var named = comment
    named.id = "late"
    #expect(!problems(transfer, named).contains { $0.contains("can never be reached") })
  }

  @Test func `only who chooses among several can run out of time`() {
    for target in [AssignTarget.user(UserID(0)), .unassign] {
      #expect(
        problems(Step(.assignTo(AssignTo(target)), onTimeout: [comment]))
          == ["workflow flow, steps[1]: assign_to has no outcome on_timeout"])
    }
  }

  @Test func `lists may not be nested without end`() {
    var step = comment
    for _ in 0..<70 { step = Step(.branch([Branch(steps: [step])])) }
    #expect(problems(step) { $0.limits.steps = 1_000 }.count == 1)
  }

  @Test func `a published set is taken whole or not at all`() {
    var workspace = Workspace()
    workspace.publish(
      Flows.onOpening("good", comment), Flows.onOpening("bad", Step(.jumpTo(step: "x", atMost: 1))))
    let contact = workspace.newcomer()
    #expect(workspace.comments(contact).isEmpty)
    #expect(workspace.core.nextWorkflow == WorkflowID(0))
  }
}
