import Engine
import Testing

/// PLATFORM.md 4: the Assign To step, its queue, and who is never overtaken.
@Suite struct AssignmentStepTests {
  let ana = Workspace.ana
  let ben = Workspace.ben
  let cho = Workspace.cho

  private func workspace(
    _ step: AssignTo, members: Int = 2, status: ActivityStatus = .online,
    onTimeout: [Step]? = nil, _ change: (inout WorkspaceSettings) -> Void = { _ in }
  ) -> Workspace {
    var workspace = Workspace(members: members, status: status, settings: change)
    workspace.publish(
      Flows.onOpening(
        "assignment", Step(.assignTo(step), onTimeout: onTimeout), Step(.addComment("assigned"))))
    return workspace
  }

  private func team(
    _ logic: Logic = .roundRobin, online: Bool = true, fewerThan: Int32? = nil,
    timeout: EngineDuration? = nil
  ) -> AssignTo {
    AssignTo(
      .team(Workspace.support), logic: logic, onlyOnline: online, fewerThan: fewerThan,
      timeout: timeout)
  }

  @Test func `round robin gives each in turn and records workflow, logic and decision`() throws {
    var workspace = workspace(team(), members: 3)
    let contacts = (0..<6).map { _ in workspace.newcomer() }
    #expect(contacts.map { workspace.core.assignee(of: $0)?.raw } == [0, 1, 2, 0, 1, 2])
    let entry = try #require(workspace.entries(contacts[4]).first)
    #expect(entry.source == .workflow)
    #expect(entry.reason == .logic)
    #expect(entry.decision == 5)
    #expect(entry.actor == .workflow(WorkflowID(0)))
  }

  @Test func `a specific user gets the contact, offline and full or not`() {
    var workspace = workspace(AssignTo(.user(ana)), status: .offline)
    let contact = workspace.newcomer()
    #expect(workspace.history(contact) == [ana])
    #expect(workspace.entries(contact).first?.reason == .named)
  }

  @Test func `nobody online means waiting and the first to come online gets the oldest`() {
    // C6; both entries are served up to the limit, the third stays (C7).
    var workspace = workspace(team(fewerThan: 2), status: .offline)
    let contacts = (0..<3).map { _ in workspace.newcomer() }
    #expect(workspace.core.waiting(in: .team(Workspace.support)) == contacts)
    workspace.send(.logsIn(ben))
    #expect(workspace.history(contacts[0]) == [ben])
    #expect(workspace.history(contacts[1]) == [ben])
    #expect(workspace.core.waiting(in: .team(Workspace.support)) == [contacts[2]])
    #expect(workspace.entries(contacts[0]).first?.reason == .queue)
    workspace.closes(ben, contacts[0])
    #expect(workspace.history(contacts[2]) == [ben])
    #expect(workspace.core.waitingCount == 0)
  }

  @Test func `a newcomer does not overtake, not even when its own event frees somebody`() {
    // C5: the agent freed by a close goes to who waits, though the closing contact writes at once.
    var workspace = workspace(team(fewerThan: 1), members: 1)
    let first = workspace.newcomer()
    let second = workspace.newcomer()
    workspace.closes(ana, first)
    workspace.writes(first)
    #expect(workspace.history(second) == [ana])
    #expect(workspace.core.waiting(in: .team(Workspace.support)) == [first])
  }

  @Test func `an entry that nobody serves does not block a later one`() {
    // PLATFORM.md 4.3: each entry is tested with its own filter.
    var workspace = Workspace(members: 1)
    workspace.send(.choosesStatus(ana, .busy))
    workspace.publish(
      Flows.onOpening("online only", Step(.assignTo(team(online: true, fewerThan: 5)))),
      WorkflowDefinition(
        name: "anybody", trigger: .shortcut(name: "now"),
        steps: [Step(.assignTo(team(online: false, fewerThan: 1)))]))
    let waiting = workspace.newcomer()
    let other = workspace.newcomer()
    workspace.send(.usesShortcut(other, name: "now", form: [], by: ben))
    #expect(workspace.history(other) == [ana])
    #expect(workspace.core.waiting(in: .team(Workspace.support)) == [waiting])
  }

  @Test func `the time-out takes its branch or ends the run with the contact as it was`() {
    for hasBranch in [false, true] {
      var workspace = workspace(
        team(timeout: .minutes(10)), status: .offline,
        onTimeout: hasBranch ? [Step(.addComment("nobody"))] : nil)
      let contact = workspace.newcomer()
      workspace.pass(to: .at(.minutes(10)))
      #expect(workspace.core.waitingCount == 0)
      #expect(workspace.comments(contact) == (hasBranch ? ["nobody"] : []))
      #expect(workspace.exits(contact) == [hasBranch ? .completed : .timeoutWithoutBranch])
    }
  }

  @Test func `without a time-out of its own an entry waits seven days`() {
    var workspace = workspace(team(), status: .offline)
    let contact = workspace.newcomer()
    #expect(workspace.timers.values.first == .at(.days(7)))
    workspace.pass(to: .at(.days(7)))
    #expect(workspace.exits(contact) == [.timeoutWithoutBranch])
  }

  @Test func `somebody else's assignment takes the contact out of the queue`() {
    // C12: the manual assignment wins, the run goes on with the next step.
    var workspace = workspace(team(), status: .offline)
    let contact = workspace.newcomer()
    workspace.send(.assigns(contact, to: cho, by: .user(cho)))
    #expect(workspace.core.waitingCount == 0)
    #expect(workspace.comments(contact) == ["assigned"])
    workspace.send(.logsIn(ana))
    #expect(workspace.history(contact) == [cho])
    let exits = workspace.log.compactMap { effect in
      if case .leftQueue(_, _, let exit) = effect { exit } else { nil }
    }
    #expect(exits == [.assignedOtherwise])
  }

  @Test func `closing takes a waiting contact out, or lets it stay, as the policy says`() {
    for stays in [false, true] {
      var workspace = workspace(team(), status: .offline) {
        $0.policies.queuedConversationCloses = stays ? .stay : .cancel
      }
      let contact = workspace.newcomer()
      workspace.closes(cho, contact)
      #expect(workspace.core.waitingCount == (stays ? 1 : 0))
      #expect(workspace.comments(contact) == (stays ? [] : ["assigned"]))
      workspace.send(.logsIn(ana))
      #expect(workspace.history(contact) == (stays ? [ana] : []))
    }
  }

  @Test func `an empty team and a user who left fail the step`() {
    var workspace = workspace(team(), members: 0)
    let contact = workspace.newcomer()
    #expect(workspace.exits(contact) == [.assignFailed])
    workspace = self.workspace(AssignTo(.user(ana)))
    workspace.send(.userRemoved(ana))
    let second = workspace.newcomer()
    #expect(workspace.exits(second) == [.assignFailed])
  }

  @Test func `the same user again is no event but the turn has moved`() {
    // PLATFORM.md 4.3
    var workspace = workspace(team(), members: 2)
    let contact = workspace.newcomer()
    workspace.closes(ana, contact)
    _ = workspace.newcomer()
    workspace.writes(contact)
    #expect(workspace.history(contact) == [ana])
    let next = workspace.newcomer()
    #expect(workspace.core.assignee(of: next) == ben)
  }

  @Test func `an opening overwrites the assignee unless the policy keeps it`() {
    for overwrites in [true, false] {
      var workspace = workspace(team(), members: 2) {
        $0.policies.overwriteAssignee = overwrites
      }
      let contact = workspace.newcomer()
      workspace.closes(ana, contact)
      workspace.writes(contact)
      #expect(workspace.history(contact) == (overwrites ? [ana, ben] : [ana]))
    }
  }

  @Test func `exclude current never chooses the present assignee`() {
    var workspace = Workspace(members: 2)
    workspace.publish(
      WorkflowDefinition(
        name: "other", trigger: .shortcut(name: "other"),
        steps: [
          Step(
            .assignTo(
              AssignTo(.team(Workspace.support), logic: .leastOpen, excludeCurrent: true)))
        ]))
    let contact = workspace.newcomer()
    for _ in 0..<4 { workspace.send(.usesShortcut(contact, name: "other", form: [], by: cho)) }
    #expect(workspace.history(contact) == [ana, ben, ana, ben])
  }

  @Test func `only if sooner moves to who has fewer than all the others of the present one`() {
    // Chosen needs fewer than (present - 1): 2 against 3 is too many, 1 against 3 is not.
    for (held, moves) in [(2, false), (1, true)] {
      var workspace = Workspace(members: 1)
      workspace.publish(
        WorkflowDefinition(
          name: "sooner", trigger: .shortcut(name: "sooner"),
          steps: [
            Step(.assignTo(AssignTo(.team(Workspace.support), onlyIfSooner: true))),
            Step(.addComment("went on")),
          ]))
      let contacts = (0..<3).map { _ in workspace.newcomer() }
      for contact in contacts { workspace.send(.assigns(contact, to: ben, by: .user(ben))) }
      for _ in 0..<held {
        workspace.send(.assigns(workspace.newcomer(), to: ana, by: .user(ana)))
      }
      workspace.send(.usesShortcut(contacts[0], name: "sooner", form: [], by: cho))
      #expect(workspace.core.assignee(of: contacts[0]) == (moves ? ana : ben))
      #expect(workspace.comments(contacts[0]) == ["went on"])
      #expect(workspace.core.waitingCount == 0)
    }
  }

  @Test func `a polled queue is looked at at the full periods only`() {
    // C16
    var workspace = workspace(team(fewerThan: 1), members: 1) {
      $0.policies.queueWakeup = .polling(.minutes(10))
    }
    let first = workspace.newcomer(at: .at(.minutes(1)))
    let second = workspace.newcomer(at: .at(.minutes(2)))
    workspace.closes(ana, first, at: .at(.minutes(3)))
    #expect(workspace.history(second).isEmpty)
    workspace.pass(to: .at(.minutes(10)))
    #expect(workspace.history(second) == [ana])
    #expect(workspace.timers.isEmpty)
  }

  @Test func `a snoozed contact counts as open or not, as the policy says`() {
    for counts in [true, false] {
      var workspace = workspace(team(fewerThan: 1), members: 1) {
        $0.policies.openCountsSnoozed = counts
      }
      let first = workspace.newcomer()
      let second = workspace.newcomer()
      workspace.send(.snoozes(first, until: nil, by: ana))
      #expect(workspace.history(second) == (counts ? [] : [ana]))
      #expect(workspace.core.checkInvariants().isEmpty)
    }
  }

  @Test func `the account of a decision says who was passed over and why`() throws {
    var workspace = Workspace(members: 3)
    let settings = workspace.core.settings
    workspace = Workspace(members: 0)
    workspace.core = EngineCore(settings: settings)
    let start = workspace.core
    workspace.core.keepJournal()
    for name in ["ana", "ben", "cho"] {
      workspace.send(.userAdded(workspace.core.nextUser, UserProfile(name: name)))
    }
    workspace.publish(
      Flows.onOpening(
        "assignment", Step(.assignTo(AssignTo(.workspace, onlyOnline: true, fewerThan: 1)))))
    workspace.send(.choosesStatus(ben, .busy))
    workspace.newcomer()
    workspace.newcomer()
    let third = workspace.newcomer()
    workspace.send(.choosesStatus(ben, .online))
    #expect(workspace.history(third) == [ben])
    let journal = try #require(workspace.core.events)
    let second = try #require(start.account(of: 2, in: journal))
    #expect(second.chosen == cho)
    let served = try #require(start.account(of: 3, in: journal))
    #expect(served.chosen == ben)
    #expect(start.account(of: 4, in: journal) == nil)
  }
}

/// The logics that compare what users did and owe, fed by the engine's own counts.
@Suite struct FactsOfUsersTests {
  let ana = Workspace.ana
  let ben = Workspace.ben

  private func workspace(_ logic: Logic, fewerThan: Int32? = nil) -> Workspace {
    var workspace = Workspace(members: 2)
    workspace.publish(
      Flows.onOpening(
        "assignment",
        Step(
          .assignTo(
            AssignTo(
              .team(Workspace.support), logic: logic, onlyOnline: true, fewerThan: fewerThan)))))
    return workspace
  }

  @Test func `the longest idle is the one whose last conversation ended first`() {
    var workspace = workspace(Logic(.longestIdle))
    let first = workspace.newcomer()
    let second = workspace.newcomer()
    workspace.closes(ben, second, at: .at(.minutes(1)))
    workspace.closes(ana, first, at: .at(.minutes(2)))
    let third = workspace.newcomer()
    #expect(workspace.core.assignee(of: third) == ben)
  }

  @Test func `fewest handled counts what was given by hand too`() {
    var workspace = workspace(Logic(.fewestHandled))
    workspace.send(.choosesStatus(ben, .busy))
    for _ in 0..<3 { workspace.newcomer() }
    workspace.send(.choosesStatus(ben, .online))
    let next = (0..<3).map { _ in workspace.newcomer() }
    #expect(next.map { workspace.core.assignee(of: $0) } == [ben, ben, ben])
  }

  @Test func `least unanswered goes by answers owed and not by open conversations`() {
    var workspace = workspace(Logic(.leastUnanswered))
    let first = workspace.newcomer()
    let second = workspace.newcomer()
    #expect(workspace.core.assignee(of: first) != workspace.core.assignee(of: second))
    workspace.replies(ben, to: workspace.core.assignee(of: first) == ben ? first : second)
    let third = workspace.newcomer()
    #expect(workspace.core.assignee(of: third) == ben)
    #expect(workspace.core.checkInvariants().isEmpty)
  }

  @Test func `a sticky contact waits for its last user and then takes anybody`() {
    // Unassigned after the first conversation; ana is away at the second.
    for returns in [true, false] {
      var workspace = workspace(.sticky(wait: .minutes(5), then: .roundRobin))
      let contact = workspace.newcomer()
      #expect(workspace.history(contact) == [ana])
      workspace.closes(ana, contact)
      workspace.send(.assigns(contact, to: nil, by: .user(ana)))
      workspace.send(.choosesStatus(ana, .busy))
      workspace.writes(contact)
      #expect(workspace.core.waitingCount == 1)
      if returns { workspace.send(.choosesStatus(ana, .online), at: .at(.minutes(4))) }
      workspace.pass(to: .at(.minutes(5)))
      #expect(workspace.history(contact) == [ana, nil, returns ? ana : ben])
      #expect(workspace.timers.isEmpty)
    }
  }
}
