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
}
