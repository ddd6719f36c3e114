import Testing

@testable import Engine

/// PLATFORM.md 10.17: a reply that never arrives is no answer, whenever that becomes known.
@Suite struct LostReplyTests {
  let ana = Workspace.ana
  let ben = Workspace.ben

  private func workspace(
    counts: Bool = false, _ change: (inout WorkspaceSettings) -> Void = { _ in }
  ) -> Workspace {
    var workspace = Workspace {
      $0.policies.failedReplyCounts = counts
      change(&$0)
    }
    workspace.delivers = false
    return workspace
  }

  /// A reply at a second; gives the message, of which nobody knows yet what becomes of it.
  private func reply(
    _ user: UserID, _ contact: ContactID, _ second: Int64, _ workspace: inout Workspace
  ) throws -> OutgoingMessage {
    let effects = workspace.send(
      .sends(contact, text: "hi", by: .user(user)), at: .at(.seconds(second)))
    let messages = effects.compactMap {
      if case .sendMessage(let message, _) = $0 { message } else { nil }
    }
    return try #require(messages.last)
  }

  private func course(_ contact: ContactID, _ workspace: inout Workspace) throws
    -> ConversationCourse
  {
    workspace.closes(ana, contact)
    #expect(workspace.core.checkInvariants().isEmpty)
    return try #require(workspace.records.last).course
  }

  private func seconds(_ time: EngineTime) -> Int64? {
    time == .never ? nil : time.nanoseconds / 1_000_000_000
  }

  @Test(arguments: [false, true])
  func `a reply counts until its channel says that it was lost`(counts: Bool) throws {
    var workspace = workspace(counts: counts)
    let contact = workspace.newcomer()
    let message = try reply(ana, contact, 10, &workspace)
    workspace.send(.messageFailed(message), at: .at(.seconds(20)))
    let course = try course(contact, &workspace)
    #expect(seconds(course.firstResponseAt) == (counts ? 10 : nil))
    #expect(course.firstResponseBy == (counts ? ana : nil))
    #expect(course.responses == (counts ? 1 : 0))
    #expect(course.averageResponseTime == (counts ? .seconds(10) : nil))
    #expect(seconds(course.lastAssignmentResponseAt) == (counts ? 10 : nil))
    #expect((course.unansweredSince == .never) == counts)
    // It went out all the same, and stands there as failed.
    #expect(course.outgoing == 1)
  }

  @Test func `what a lost reply was passes to the next one, arrived or not yet`() throws {
    var workspace = workspace()
    let contact = workspace.newcomer()
    let lost = try reply(ana, contact, 10, &workspace)
    let late = try reply(ben, contact, 30, &workspace)
    workspace.send(.messageDelivered(late), at: .at(.seconds(31)))
    workspace.send(.messageFailed(lost), at: .at(.seconds(40)))
    let course = try course(contact, &workspace)
    #expect(seconds(course.firstResponseAt) == 30)
    #expect(course.firstResponseBy == ben)
    #expect(course.responses == 1)
    #expect(course.responseTime == .seconds(30))
    #expect(seconds(course.lastAssignmentResponseAt) == 30)
  }

  @Test func `a later reply answers both messages if the contact wrote again before it`() throws {
    var workspace = workspace()
    let contact = workspace.newcomer()
    let lost = try reply(ana, contact, 10, &workspace)
    workspace.writes(contact, at: .at(.seconds(20)))
    _ = try reply(ana, contact, 50, &workspace)
    workspace.send(.messageFailed(lost), at: .at(.seconds(60)))
    let course = try course(contact, &workspace)
    #expect(course.responses == 1)
    #expect(course.responseTime == .seconds(50))
    #expect(course.unansweredSince == .never)
  }

  @Test func `the first message is the unanswered one again if nothing was sent since`() throws {
    var workspace = workspace()
    let contact = workspace.newcomer()
    let lost = try reply(ana, contact, 10, &workspace)
    workspace.writes(contact, at: .at(.seconds(20)))
    workspace.send(.messageFailed(lost), at: .at(.seconds(25)))
    _ = try reply(ana, contact, 45, &workspace)
    let course = try course(contact, &workspace)
    #expect(seconds(course.firstResponseAt) == 45)
    #expect(course.responses == 1)
    #expect(course.responseTime == .seconds(45))
  }

  @Test func `of replies that are lost in any order the first that arrives counts`() throws {
    for order in [[0, 1], [1, 0]] {
      var workspace = workspace()
      let contact = workspace.newcomer()
      let lost = [try reply(ana, contact, 10, &workspace), try reply(ben, contact, 20, &workspace)]
      _ = try reply(ben, contact, 30, &workspace)
      for index in order { workspace.send(.messageFailed(lost[index]), at: .at(.seconds(40))) }
      let course = try course(contact, &workspace)
      #expect(seconds(course.firstResponseAt) == 30)
      #expect(course.responses == 1)
      #expect(course.responseTime == .seconds(30))
    }
  }

  @Test func `a response after another assignment is its own`() throws {
    var workspace = workspace()
    let contact = workspace.newcomer()
    let lost = try reply(ana, contact, 10, &workspace)
    workspace.send(.assigns(contact, to: ben, by: .user(ana)), at: .at(.seconds(20)))
    _ = try reply(ben, contact, 30, &workspace)
    workspace.send(.messageFailed(lost), at: .at(.seconds(40)))
    let course = try course(contact, &workspace)
    #expect(seconds(course.firstResponseAt) == 30)
    #expect(seconds(course.lastAssignmentResponseAt) == 30)
  }

  @Test func `a loss that is reported after the closing changes the next conversation in nothing`()
    throws
  {
    var workspace = workspace()
    let contact = workspace.newcomer()
    let lost = try reply(ana, contact, 10, &workspace)
    workspace.closes(ana, contact)
    workspace.writes(contact, at: .at(.seconds(20)))
    _ = try reply(ana, contact, 30, &workspace)
    workspace.send(.messageFailed(lost), at: .at(.seconds(40)))
    let course = try course(contact, &workspace)
    #expect(seconds(course.firstResponseAt) == 30)
    #expect(course.responses == 1)
  }

  /// The contact is moved by the workflow if no outgoing message is there after a minute.
  private func isMoved(_ tell: (ContactID, inout Workspace) throws -> Void) throws -> Bool {
    var workspace = workspace()
    workspace.publish(
      Flows.onOpening(
        "transfer", Step(.assignTo(AssignTo(.user(ana)))), Step(.wait(.duration(.minutes(1)))),
        Step(
          .branch([
            Branch(
              when: .all([Condition(.timeSinceLastOutgoingMessage, .isMissing)]),
              steps: [Step(.assignTo(AssignTo(.user(ben))))])
          ]))))
    let contact = workspace.newcomer()
    try tell(contact, &workspace)
    workspace.pass(to: .at(.minutes(1)))
    return workspace.core.assignee(of: contact) == ben
  }

  @Test func `a lost reply leaves the last outgoing message as it was`() throws {
    #expect(
      try isMoved { contact, workspace in
        let lost = try reply(ana, contact, 10, &workspace)
        workspace.send(.messageFailed(lost), at: .at(.seconds(20)))
      })
    // On its way nobody knows better than that it was sent.
    #expect(try !isMoved { contact, workspace in _ = try reply(ana, contact, 10, &workspace) })
    #expect(
      try !isMoved { contact, workspace in
        let lost = try reply(ana, contact, 10, &workspace)
        _ = try reply(ana, contact, 15, &workspace)
        workspace.send(.messageFailed(lost), at: .at(.seconds(20)))
      })
    // A message of a program between them is there whatever is lost.
    #expect(
      try !isMoved { contact, workspace in
        let lost = try reply(ana, contact, 10, &workspace)
        workspace.send(.sends(contact, text: "x", by: .program(.api)), at: .at(.seconds(15)))
        workspace.send(.messageFailed(lost), at: .at(.seconds(20)))
      })
  }

  @Test func `auto-close runs from the last reply that was not lost`() throws {
    var workspace = workspace { $0.autoClose = .minutes(30) }
    let contacts = [workspace.newcomer(), workspace.newcomer()]
    _ = try reply(ana, contacts[0], 60, &workspace)
    for (index, contact) in contacts.enumerated() {
      let lost = try reply(ana, contact, 120 + Int64(index), &workspace)
      workspace.send(.messageFailed(lost), at: .at(.seconds(120 + Int64(index))))
    }
    workspace.pass(to: .at(.minutes(31)) + .milliseconds(-1))
    #expect(workspace.records.isEmpty)
    workspace.pass(to: .at(.minutes(31)))
    #expect(workspace.records.map(\.contact) == [contacts[0]])
    workspace.pass(to: .at(.hours(9)))
    #expect(workspace.records.count == 1)
  }
}
