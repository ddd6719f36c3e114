import Testing

@testable import Engine

@Suite struct `The address book` {
  private static let vips = Conditions.all([Condition(.tags, .contains, ["vip"])])

  @Test func `a segment is asked without changing anything`() throws {
    var workspace = Workspace()
    let one = workspace.newcomer()
    let two = workspace.newcomer()
    workspace.publish(Flows.onOpening("wait", Step(.wait(.duration(.hours(1))))))
    _ = workspace.newcomer()
    workspace.send(.tags(two, Workspace.vip, .added, by: .user(Workspace.ana)))
    let before = try RandomStoryTests.bytes(of: workspace.core)
    #expect(workspace.core.contacts(in: Self.vips, at: .at(.hours(2))) == [two])
    #expect(
      workspace.core.contacts(
        in: .any([Condition(.timeSinceLastIncomingMessage, .atLeast, ["3600"])]),
        at: .at(.hours(1))
      ).first == one)
    #expect(try RandomStoryTests.bytes(of: workspace.core) == before)
    // The question borrowed a run; the next contact's run is none the worse for it.
    let next = workspace.newcomer()
    workspace.pass(to: .at(.hours(1)))
    #expect(workspace.exits(next) == [.completed])
  }

  @Test func `a segment is asked of one contact, and leaves all as it was`() throws {
    var workspace = Workspace()
    let one = workspace.newcomer()
    let two = workspace.newcomer()
    workspace.publish(Flows.onOpening("wait", Step(.wait(.duration(.hours(1))))))
    _ = workspace.newcomer()
    workspace.send(.tags(two, Workspace.vip, .added, by: .user(Workspace.ana)))
    let vips = workspace.core.segment(Self.vips)
    let late = workspace.core.segment(
      .any([Condition(.timeSinceLastIncomingMessage, .atLeast, ["3600"])]))
    func asks(_ segment: Segment, _ contact: ContactID, at time: EngineTime) -> Bool {
      workspace.core.holds(segment, for: contact, at: time)
    }
    // The first question makes the row that it lends; from then on there is one.
    #expect(asks(vips, one, at: .zero) == false)
    let before = try RandomStoryTests.bytes(of: workspace.core)
    #expect(asks(vips, two, at: .at(.hours(2))))
    #expect(asks(late, one, at: .at(.minutes(59))) == false)
    #expect(asks(late, one, at: .at(.hours(1))))
    #expect(asks(vips, workspace.core.nextContact, at: .zero) == false)
    #expect(try RandomStoryTests.bytes(of: workspace.core) == before)
    // The next contact's run is none the worse for it.
    let next = workspace.newcomer()
    workspace.pass(to: .at(.hours(1)))
    #expect(workspace.exits(next) == [.completed])
  }

  @Test func `what conditions say of variables never holds for a segment`() {
    var workspace = Workspace()
    _ = workspace.newcomer()
    let unset = Conditions.all([Condition(.variable(.variable("x")), .equals, ["1"])])
    #expect(workspace.core.contacts(in: unset, at: .zero).isEmpty)
  }

  @Test func `an import that is refused makes nobody`() {
    var workspace = Workspace()
    let next = workspace.core.nextContact
    let count = workspace.core.contactCount
    workspace.send(.imports(next, ContactImport(tags: [TagID(9)]), by: .user(Workspace.ana)))
    workspace.send(.imports(next, ContactImport(), by: .workspace))
    workspace.send(.imports(next, ContactImport(), by: .user(UserID(77))))
    let long = String(repeating: "x", count: 70_000)
    let row = ContactImport(fields: [FieldEntry(.email, .text(long))])
    workspace.send(.imports(next, row, by: .program(.api)))
    #expect(
      workspace.refusals == ["unknown_tag", "wrong_source", "unknown_user", "text_too_long"])
    #expect(workspace.core.contactCount == count && workspace.core.nextContact == next)
  }
}

@Suite struct `The platform's own domains` {
  @Test(arguments: [
    ("https://respond.io", true), ("http://API.Respond.IO:8080/x", true),
    ("respond.io/contacts", true), ("//app.respond.io.", true), ("https://u:p@respond.io?x", true),
    ("https://notrespond.io", false), ("https://respond.io.example", false),
    ("https://crm.example/?to=respond.io", false), ("https://crm.example#@respond.io", false),
    ("", false), ("respond", false), ("https://10.0.0.7:8080", false),
  ])
  func `are told from others by their host`(url: String, isOwn: Bool) {
    #expect((WorkspaceSettings().ownDomain(in: url) != nil) == isOwn)
  }

  @Test func `a workflow that calls one is not published`() {
    var workspace = Workspace()
    let request = HTTPRequest(service: Workspace.crm, url: "https://api.respond.io/v2")
    workspace.publish(Flows.onOpening("loop", Step(.httpRequest(request))))
    guard case .refused(.badWorkflows(let problems)) = workspace.log.last else {
      Issue.record("published: \(workspace.log)")
      return
    }
    #expect(problems.map(\.problem) == [.ownDomain("respond.io")])
  }
}

@Suite struct `A merge` {
  @Test func `hands on enrolments of more workflows than fit beside the contact`() {
    var workspace = Workspace()
    for index in 0..<5 {
      var workflow = Flows.onOpening("w\(index)", Step(.addComment(Template("w\(index)"))))
      workflow.oncePerContact = true
      workspace.publish(workflow)
    }
    let second = workspace.newcomer()
    let first = workspace.core.nextContact
    workspace.send(.contactAdded(first, ContactProfile()))
    workspace.send(.merges(first, absorbing: second, by: Workspace.ana))
    workspace.writes(first)
    #expect(workspace.comments(first).isEmpty)
    #expect(workspace.comments(second).count == 5)
  }
}
