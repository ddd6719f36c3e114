import Engine
import Testing

/// PLATFORM.md INV-11, INV-12, 4.4 and 4.5: status, teams, coming and going.
@Suite struct UserTests {
  let ana = Workspace.ana
  let ben = Workspace.ben

  @Test func `who does nothing is taken for offline and comes back as before`() {
    // INV-12: Busy, Offline, Busy.
    var workspace = Workspace { $0.inactivity = .minutes(15) }
    workspace.send(.choosesStatus(ana, .busy), at: .at(.minutes(1)))
    workspace.send(.acts(ana), at: .at(.minutes(10)))
    workspace.pass(to: .at(.minutes(25)) + .milliseconds(-1))
    #expect(workspace.core.status(of: ana) == .busy)
    workspace.pass(to: .at(.minutes(25)))
    #expect(workspace.core.status(of: ana) == .offline)
    workspace.send(.acts(ana), at: .at(.minutes(60)))
    #expect(workspace.core.status(of: ana) == .busy)
  }

  @Test func `offline is not for choosing and a log-in brings the status back`() {
    var workspace = Workspace()
    workspace.send(.choosesStatus(ana, .offline))
    #expect(workspace.refusals == ["offline_is_not_chosen"])
    workspace.send(.logsOut(ana))
    #expect(workspace.core.status(of: ana) == .offline)
    workspace.send(.logsIn(ana))
    #expect(workspace.core.status(of: ana) == .online)
  }

  @Test func `who logged out may close without being online again`() {
    var workspace = Workspace { $0.inactivity = .minutes(15) }
    let contact = workspace.newcomer()
    workspace.send(.logsOut(ana))
    workspace.closes(ana, contact)
    #expect(workspace.records.count == 1)
    #expect(workspace.core.status(of: ana) == .offline)
  }

  @Test func `a user is in one team and leaves it before joining another`() {
    // INV-11
    var workspace = Workspace()
    let second = workspace.core.nextTeam
    workspace.send(.teamAdded(second, name: "sales"))
    workspace.send(.teamGains(second, ana))
    #expect(workspace.refusals == ["already_in_team"])
    workspace.send(.teamLoses(Workspace.support, ana))
    workspace.send(.teamGains(second, ana))
    #expect(workspace.core.team(of: ana) == second)
    workspace.send(.teamLoses(Workspace.support, ana))
    #expect(workspace.refusals == ["already_in_team", "not_in_team"])
  }

  @Test func `status changes do not touch contacts that are assigned already`() {
    // PLATFORM.md 4.4
    var workspace = Workspace()
    let contact = workspace.newcomer()
    workspace.replies(ana, to: contact)
    workspace.send(.logsOut(ana))
    #expect(workspace.core.assignee(of: contact) == ana)
    #expect(workspace.core.openContacts(of: ana) == 1)
  }

  @Test func `who leaves the workspace leaves the contacts unassigned`() {
    // PLATFORM.md 4.5, and the policy that keeps the number.
    for keeps in [false, true] {
      var workspace = Workspace {
        $0.policies.removedUser = keeps ? .keeps : .unassigns
      }
      let contact = workspace.newcomer()
      workspace.replies(ana, to: contact)
      workspace.send(.userRemoved(ana))
      #expect(workspace.core.assignee(of: contact) == (keeps ? ana : nil))
      workspace.closes(ben, contact)
      workspace.send(.assigns(contact, to: ana, by: .user(ben)))
      #expect(workspace.refusals == ["unknown_user"])
      #expect(workspace.core.checkInvariants().isEmpty)
    }
  }

  @Test func `unknown and absurd things are refused`() {
    var workspace = Workspace()
    let nobody = UserID(99)
    workspace.send(.choosesStatus(nobody, .online))
    workspace.send(.userAdded(nobody, UserProfile(name: "x")))
    workspace.send(.userAdded(workspace.core.nextUser, UserProfile(name: "x", weight: 0)))
    workspace.send(.acts(ana), at: .at(.seconds(9)))
    workspace.send(.acts(ana), at: .at(.seconds(8)))
    workspace.send(.acts(ana), at: .never)
    workspace.send(.acts(ana), at: EngineTime(nanoseconds: .min))
    let long = String(repeating: "x", count: 2_000_000)
    workspace.newcomer(long)
    #expect(
      workspace.refusals == [
        "unknown_user", "id_out_of_turn", "bad_value", "time_went_back", "absurd_time",
        "absurd_time", "text_too_long",
      ])
    #expect(workspace.core.contactCount == 0)
  }
}
