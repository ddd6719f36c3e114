import Engine
import Testing

/// PLATFORM.md 2.4, rule by rule.
@Suite struct AutoCloseTests {
  let ana = Workspace.ana

  private func workspace() -> Workspace { Workspace { $0.autoClose = .hours(24) } }

  @Test func `the last message of a human starts the timer and another restarts it`() {
    // Rule 2
    var workspace = workspace()
    let contact = workspace.newcomer()
    workspace.replies(ana, to: contact, at: .at(.hours(1)))
    workspace.replies(ana, to: contact, at: .at(.hours(2)))
    workspace.pass(to: .at(.hours(26)) + .milliseconds(-1))
    #expect(workspace.records.isEmpty)
    workspace.pass(to: .at(.hours(26)))
    #expect(workspace.records.map(\.closedBy) == [.autoClose])
    #expect(workspace.core.assignee(of: contact) == ana)
  }

  @Test func `automatic messages neither start nor restart it`() {
    // Rule 3
    var workspace = workspace()
    workspace.publish(Flows.onOpening("welcome", Step(.sendMessage(SendMessage("hello")))))
    let contact = workspace.newcomer()
    workspace.send(.sends(contact, text: "x", by: .program(.api)))
    #expect(workspace.timers.isEmpty)
    workspace.replies(ana, to: contact)
    workspace.send(.sends(contact, text: "x", by: .program(.api)), at: .at(.hours(10)))
    workspace.pass(to: .at(.hours(24)))
    #expect(workspace.records.count == 1)
  }

  @Test func `a message of the contact cancels it`() {
    // Rule 4, and 8: after the close it opens a new conversation.
    var workspace = workspace()
    let contact = workspace.newcomer()
    workspace.replies(ana, to: contact)
    workspace.writes(contact, at: .at(.hours(23)))
    workspace.pass(to: .at(.days(3)))
    #expect(workspace.records.isEmpty)
    workspace.replies(ana, to: contact, at: .at(.days(4)))
    workspace.pass(to: .at(.days(6)))
    #expect(workspace.records.count == 1)
    workspace.writes(contact)
    #expect(workspace.core.openedCount == 2)
  }

  @Test func `a snooze wins and the timer starts when it ends`() {
    // Rule 6
    var workspace = workspace()
    let contact = workspace.newcomer()
    workspace.replies(ana, to: contact)
    workspace.send(.snoozes(contact, until: .at(.hours(50)), by: ana), at: .at(.hours(2)))
    workspace.pass(to: .at(.hours(73)))
    #expect(workspace.records.isEmpty)
    workspace.pass(to: .at(.hours(74)))
    #expect(workspace.records.count == 1)
  }

  @Test func `reassignment re-bases it on the latest human message and an AI agent cancels it`() {
    // Rule 7
    var workspace = workspace()
    let robot = workspace.core.nextUser
    workspace.send(.userAdded(robot, UserProfile(name: "robot", role: .aiAgent)))
    let contact = workspace.newcomer()
    workspace.replies(ana, to: contact)
    workspace.send(.assigns(contact, to: robot, by: .user(ana)), at: .at(.hours(1)))
    #expect(workspace.timers.isEmpty)
    workspace.send(.assigns(contact, to: Workspace.ben, by: .user(ana)), at: .at(.hours(2)))
    #expect(workspace.timers[.autoClose(contact)] == .at(.hours(24)))
  }

  @Test func `only conversations opened after it was switched on close by it`() {
    // Rule 1
    var workspace = Workspace()
    let old = workspace.newcomer()
    workspace.send(.autoCloseSet(.hours(24)), at: .at(.seconds(1)))
    let new = workspace.newcomer(at: .at(.seconds(2)))
    workspace.replies(ana, to: old)
    workspace.replies(ana, to: new)
    workspace.pass(to: .at(.days(3)))
    #expect(workspace.records.map(\.contact) == [new])
    workspace.send(.autoCloseSet(.minutes(29)))
    #expect(workspace.refusals == ["bad_value"])
  }
}
