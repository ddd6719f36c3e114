import Engine
import Testing

@Suite struct `Queues that are polled` {
  private func workspace() -> Workspace {
    var workspace = Workspace(members: 1, status: .offline) {
      $0.policies.queueWakeup = .polling(.minutes(15))
    }
    workspace.publish(
      Flows.onOpening(
        "assignment",
        Step(.assignTo(AssignTo(.team(Workspace.support), onlyOnline: true, fewerThan: 1)))))
    return workspace
  }

  @Test func `are looked at again and again as long as somebody waits`() {
    var workspace = workspace()
    let contact = workspace.newcomer()
    workspace.pass(to: .at(.minutes(59)))
    workspace.send(.logsIn(Workspace.ana), at: .at(.minutes(59)))
    #expect(workspace.core.assignee(of: contact) == nil)
    workspace.pass(to: .at(.hours(1)))
    #expect(workspace.core.assignee(of: contact) == Workspace.ana)
    #expect(workspace.timers[.queues] == nil)
    #expect(workspace.refusals.isEmpty)
  }

  @Test func `are served from the head when somebody joins them`() {
    var workspace = workspace()
    let first = workspace.newcomer()
    workspace.send(.logsIn(Workspace.ana), at: .at(.minutes(5)))
    #expect(workspace.core.waiting(in: .team(Workspace.support)) == [first])
    let second = workspace.newcomer(at: .at(.minutes(6)))
    #expect(workspace.core.assignee(of: first) == Workspace.ana)
    #expect(workspace.core.waiting(in: .team(Workspace.support)) == [second])
    let account = workspace.core.account(ofWaiting: second)
    #expect(account?.candidates.first?.eligibility == .full(limit: 1))
    #expect(account?.chosen == nil)
    #expect(workspace.core.account(ofWaiting: first) == nil)
  }
}

@Suite struct `The rule created_by_message` {
  private func opening(_ workspace: Workspace) -> [Bool] {
    workspace.log.compactMap { effect in
      if case .conversationOpened(let opening) = effect { opening.isNew } else { nil }
    }
  }

  @Test func `takes a contact that an event made for a returning one`() {
    var workspace = Workspace { $0.policies.newContactRule = .createdByMessage }
    let contact = workspace.core.nextContact
    workspace.send(.channelGreets(contact, on: Workspace.direct))
    workspace.writes(contact)
    workspace.newcomer()
    #expect(opening(workspace) == [false, true])
  }

  @Test func `takes only the conversation that made the contact for its first`() {
    var workspace = Workspace { $0.policies.newContactRule = .createdByMessage }
    let contact = workspace.core.nextContact
    workspace.send(.contactClicksAd(contact, on: Workspace.direct, ad: "sale"))
    workspace.closes(Workspace.ana, contact)
    workspace.writes(contact)
    #expect(opening(workspace) == [true, false])
  }
}

@Suite struct `A run that waits` {
  @Test func `says at which step`() {
    var workspace = Workspace()
    workspace.publish(
      Flows.onOpening(
        "pause", Step(.wait(.duration(.minutes(1))), id: "rest"), Step(.addComment("x"))))
    workspace.newcomer()
    let run = workspace.log.lazy.compactMap { effect in
      if case .runStarted(let run, _, _) = effect { run } else { nil }
    }.first
    #expect(run.flatMap { workspace.core.step(of: $0) } == "rest")
    workspace.pass(to: .at(.minutes(1)))
    #expect(run.flatMap { workspace.core.step(of: $0) } == nil)
  }
}
