import Engine
import Testing

/// PLATFORM.md 5.5: if the first agent does not answer within 15 minutes, another gets the contact.
@Suite struct PromptTransferTests {
  let ana = Workspace.ana
  let ben = Workspace.ben

  /// Nobody of the team but ben is there, so whoever is moved goes to him.
  private func workspace(
    _ change: (inout WorkspaceSettings) -> Void = { _ in }
  ) -> Workspace {
    var workspace = Workspace(members: 0, settings: change)
    workspace.send(.teamGains(Workspace.support, ben))
    workspace.publish(Flows.promptTransfer())
    return workspace
  }

  @Test func `without an answer the contact moves at 15 minutes sharp`() {
    var workspace = workspace()
    let contact = workspace.newcomer()
    #expect(workspace.history(contact) == [ana])
    workspace.pass(to: .at(.minutes(15)))
    #expect(workspace.history(contact) == [ana, ben])
    #expect(workspace.comments(contact) == ["Moved after 15 minutes without an answer."])
    // The last branch has no Else and its list is at its end.
    #expect(workspace.exits(contact) == [.completed])
    #expect(workspace.core.now == .at(.minutes(15)))
  }

  @Test func `an answer a millisecond before keeps the contact`() {
    var workspace = workspace()
    let contact = workspace.newcomer()
    workspace.replies(ana, to: contact, at: .at(.milliseconds(899_999)))
    workspace.pass(to: .at(.minutes(16)))
    #expect(workspace.history(contact) == [ana])
    #expect(workspace.exits(contact) == [.noBranch])
  }

  @Test func `at the very instant events come before timers`() {
    var workspace = workspace()
    let contact = workspace.newcomer()
    workspace.replies(ana, to: contact, at: .at(.minutes(15)))
    workspace.pass(to: .at(.minutes(15)))
    #expect(workspace.history(contact) == [ana])
  }

  @Test func `a comment is no answer and closing without one ends it`() {
    var workspace = workspace()
    let commented = workspace.newcomer()
    let closed = workspace.newcomer()
    workspace.send(.comments(commented, text: "busy", mentions: [], by: .user(ana)))
    workspace.closes(ana, closed)
    workspace.pass(to: .at(.minutes(15)))
    #expect(workspace.history(commented) == [ana, ben])
    #expect(workspace.history(closed) == [ana])
  }

  @Test func `closed and opened again within the wait, the old run moves the new conversation`() {
    // The second opening is ignored, for the contact is in the workflow; the run goes on at its time.
    var workspace = workspace()
    let contact = workspace.newcomer()
    workspace.closes(ana, contact, at: .at(.minutes(5)))
    workspace.writes(contact, at: .at(.minutes(10)))
    workspace.pass(to: .at(.minutes(15)))
    #expect(workspace.history(contact) == [ana, ben])
    workspace.pass(to: .at(.minutes(40)))
    #expect(workspace.history(contact) == [ana, ben])
  }

  @Test func `a manual reassignment during the wait does not stop the run`() {
    var workspace = workspace()
    let contact = workspace.newcomer()
    workspace.send(
      .assigns(contact, to: Workspace.cho, by: .user(ana)), at: .at(.minutes(5)))
    workspace.pass(to: .at(.minutes(15)))
    #expect(workspace.history(contact) == [ana, Workspace.cho, ben])
  }

  @Test func `with nobody online the first agent keeps the contact and an answer does not save it`()
  {
    // The ping-pong of 5.5: answered while queued, moved all the same.
    var workspace = workspace()
    workspace.send(.logsOut(ben))
    let contact = workspace.newcomer()
    workspace.pass(to: .at(.minutes(15)))
    #expect(workspace.core.assignee(of: contact) == ana)
    workspace.replies(ana, to: contact, at: .at(.minutes(20)))
    workspace.send(.logsIn(ben), at: .at(.hours(1)))
    #expect(workspace.history(contact) == [ana, ben])
  }

  @Test func `a welcome message switches the transfer off unless only users count`() {
    for counts in LastOutgoingCounts.allCases {
      var workspace = Workspace(members: 0) { $0.policies.lastOutgoingCounts = counts }
      workspace.send(.teamGains(Workspace.support, ben))
      workspace.publish(
        Flows.onOpening("welcome", Step(.sendMessage(SendMessage("Hello!")))),
        Flows.promptTransfer())
      let contact = workspace.newcomer()
      workspace.pass(to: .at(.minutes(15)))
      #expect(workspace.history(contact) == (counts == .all ? [ana] : [ana, ben]))
    }
  }

  @Test func `a returning contact is moved unless the whole history counts`() {
    for scope in LastOutgoingScope.allCases {
      var workspace = workspace { $0.policies.lastOutgoingScope = scope }
      let contact = workspace.newcomer()
      workspace.replies(ana, to: contact)
      workspace.closes(ana, contact)
      workspace.pass(to: .at(.hours(1)))
      workspace.writes(contact)
      workspace.pass(to: .at(.hours(2)))
      #expect(workspace.history(contact) == (scope == .conversation ? [ana, ben] : [ana]))
    }
  }

  @Test func `a thousand waits that end in one second are each carried out`() {
    var workspace = workspace()
    var contacts: [ContactID] = []
    for _ in 0..<1_000 { contacts.append(workspace.newcomer()) }
    for (key, time) in workspace.timers.sorted(by: { "\($0.key)" < "\($1.key)" }) {
      workspace.core.handle(.timerFires(key), at: time)
      while let _ = workspace.core.next() {}
    }
    #expect(workspace.core.openContacts(of: ben) == 1_000)
    #expect(workspace.core.openContacts(of: ana) == 0)
  }
}
