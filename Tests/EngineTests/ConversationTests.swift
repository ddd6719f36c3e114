import Engine
import Testing

/// PLATFORM.md 1.2, 2 and 5.4: what opens and closes conversations, and what that does to the assignee.
@Suite struct ConversationTests {
  let ana = Workspace.ana
  let ben = Workspace.ben

  @Test func `a first message makes a contact with one open conversation and no assignee`() throws {
    // INV-4, INV-15, O1
    var workspace = Workspace()
    let contact = workspace.newcomer()
    let view = try #require(workspace.core.contact(contact))
    #expect(view.status == .open)
    #expect(view.assignee == nil)
    #expect(workspace.core.openedCount == 1)
    workspace.writes(contact)
    #expect(workspace.core.openedCount == 1)
  }

  @Test func `a reply to nobody's contact assigns it before the message goes out`() {
    // INV-7, INV-9
    var workspace = Workspace()
    let contact = workspace.newcomer()
    let effects = workspace.send(.sends(contact, text: "hi", by: .user(ana)))
    guard case .assigneeChanged(let entry) = effects.first, case .sendMessage = effects.last else {
      Issue.record("\(effects)")
      return
    }
    #expect(entry.source == .user)
    #expect(entry.reason == .replied)
    #expect(entry.to == ana)
  }

  @Test func `a reply to somebody else's contact does not move it`() {
    // INV-8; of two who answer at once, the first has the contact and both messages go out.
    var workspace = Workspace()
    let contact = workspace.newcomer()
    workspace.replies(ana, to: contact)
    workspace.replies(ben, to: contact)
    #expect(workspace.history(contact) == [ana])
    #expect(workspace.received(contact).count == 2)
  }

  @Test func `automatic messages assign nobody and open nothing`() throws {
    // INV-10, PLATFORM.md 2.1
    var workspace = Workspace()
    let contact = workspace.newcomer()
    workspace.closes(ana, contact)
    workspace.send(.sends(contact, text: "news", by: .program(.api)))
    workspace.send(.broadcasts(contact, on: Workspace.direct, text: "sale"))
    let view = try #require(workspace.core.contact(contact))
    #expect(view.assignee == nil)
    #expect(view.status == .closed)
    #expect(workspace.received(contact) == ["news", "sale"])
  }

  @Test func `closing leaves the assignee and the next conversation starts with it`() throws {
    // INV-5, INV-14 and PLATFORM.md 5.4: same assignee, no assignment event.
    var workspace = Workspace()
    let contact = workspace.newcomer()
    workspace.replies(ana, to: contact)
    workspace.closes(ana, contact)
    let first = try #require(workspace.core.contact(contact)?.conversation)
    #expect(workspace.core.assignee(of: contact) == ana)
    workspace.writes(contact)
    #expect(workspace.core.assignee(of: contact) == ana)
    #expect(workspace.core.contact(contact)?.conversation != first)
    #expect(workspace.history(contact) == [ana])
  }

  @Test func `the legacy toggle unassigns at a user's close and at no other`() {
    // INV-6
    var workspace = Workspace { $0.unassignOnClose = true }
    let contact = workspace.newcomer()
    workspace.replies(ana, to: contact)
    workspace.send(.closes(contact, by: .program(.api), note: nil))
    #expect(workspace.core.assignee(of: contact) == ana)
    workspace.writes(contact)
    workspace.closes(ben, contact)
    #expect(workspace.history(contact) == [ana, nil])
    #expect(workspace.entries(contact).last?.source == .system)
  }

  @Test func `openings and closings record their source and happen once`() throws {
    // O2, O3, O8, X5; opening what is open and closing what is closed is nothing.
    var workspace = Workspace()
    let contact = workspace.newcomer()
    workspace.send(.closes(contact, by: .program(.zapier), note: nil))
    workspace.send(.closes(contact, by: .user(ana), note: nil))
    workspace.send(.opens(contact, by: .user(ana)))
    workspace.send(.opens(contact, by: .program(.api)))
    workspace.closes(ana, contact)
    workspace.replies(ben, to: contact)
    workspace.closes(ben, contact)
    workspace.send(.opens(contact, by: .program(.make)))
    workspace.send(.closes(contact, by: .program(.bot), note: nil))
    #expect(workspace.records.map(\.openedBy) == [.contact, .user, .user, .make])
    #expect(workspace.records.map(\.closedBy) == [.zapier, .user, .user, .bot])
    #expect(workspace.records.map(\.closedByUser) == [nil, ana, ben, nil])
    #expect(workspace.refusals.isEmpty)
  }

  @Test func `a welcome event makes a contact and opens only in old workspaces`() {
    // O5
    for isOld in [false, true] {
      var workspace = Workspace { $0.anyChannelEventOpens = isOld }
      let contact = workspace.core.nextContact
      workspace.send(.channelGreets(contact, on: Workspace.direct))
      #expect(workspace.core.contact(contact)?.status == (isOld ? .open : .closed))
    }
  }

  @Test func `who came along before the first message was not made by it`() {
    // PLATFORM.md 5.1: a welcome event, then a message, with the rule that asks for the making message.
    for greets in [false, true] {
      var workspace = Workspace { $0.policies.newContactRule = .createdByMessage }
      let contact = workspace.core.nextContact
      if greets { workspace.send(.channelGreets(contact, on: Workspace.direct)) }
      workspace.writes(contact)
      #expect(workspace.core.openConversation(of: contact)?.isNew == !greets)
    }
  }

  @Test func `ads and widgets open with sources of their own`() {
    // O6, O7
    var workspace = Workspace()
    workspace.send(
      .contactClicksAd(workspace.core.nextContact, on: Workspace.direct, ad: "spring"))
    workspace.send(.contactUsesWidget(workspace.core.nextContact, on: Workspace.direct))
    let sources = workspace.log.compactMap { effect in
      if case .conversationOpened(let opening) = effect { opening.source } else { nil }
    }
    #expect(sources == [.ctcAds, .growthWidget])
  }

  @Test func `a blocked contact can be neither written to nor opened nor closed`() {
    // INV-13
    var workspace = Workspace()
    let contact = workspace.newcomer()
    workspace.send(.blocks(contact, by: ana))
    workspace.writes(contact)
    workspace.replies(ana, to: contact)
    workspace.closes(ana, contact)
    workspace.send(.opens(contact, by: .user(ana)))
    #expect(workspace.refusals == Array(repeating: "contact_blocked", count: 4))
    workspace.send(.unblocks(contact, by: ana))
    workspace.closes(ana, contact)
    #expect(workspace.records.count == 1)
  }

  @Test func `a comment is no message`() throws {
    // INV-17
    var workspace = Workspace()
    let contact = workspace.newcomer()
    workspace.send(
      .comments(contact, text: "look", mentions: [ben], by: .user(ana)))
    let course = try #require(workspace.core.openConversation(of: contact)).course
    #expect(course.outgoing == 0)
    #expect(course.responses == 0)
    #expect(course.comments == 1)
    #expect(workspace.core.assignee(of: contact) == nil)
  }

  @Test func `a mandatory closing note is asked of users and not of workflows`() {
    // PLATFORM.md 2.3
    var workspace = Workspace {
      $0.closingNotes = .categoryAndSummary
      $0.categories = ["solved"]
    }
    workspace.publish(
      WorkflowDefinition(
        name: "away", trigger: .shortcut(name: "away"), steps: [Step(.closeConversation())]))
    let contact = workspace.newcomer()
    workspace.closes(ana, contact)
    workspace.send(
      .closes(contact, by: .user(ana), note: ClosingNote(category: "solved")))
    workspace.send(
      .closes(contact, by: .user(ana), note: ClosingNote(category: "odd", summary: "x")))
    #expect(
      workspace.refusals
        == ["closing_note_required", "closing_note_required", "unknown_category"])
    workspace.send(
      .closes(contact, by: .user(ana), note: ClosingNote(category: "solved", summary: "done")))
    workspace.writes(contact)
    workspace.send(.usesShortcut(contact, name: "away", form: [], by: ana))
    #expect(workspace.records.map(\.closedBy) == [.user, .workflow])
    #expect(workspace.records.map(\.category) == ["solved", ""])
  }

  @Test func `a merge closes the second conversation and ends its runs`() throws {
    // X4; fields and tags that the first lacks are inherited.
    var workspace = Workspace()
    workspace.publish(Flows.onOpening("wait", Step(.wait(.duration(.hours(1))))))
    let first = workspace.newcomer()
    let second = workspace.newcomer()
    workspace.send(.setsField(second, .email, .text("a@b.c"), by: .user(ana)))
    workspace.send(.assigns(second, to: ben, by: .user(ana)))
    workspace.send(.merges(first, absorbing: second, by: ana))
    #expect(workspace.records.map(\.closedBy) == [.merge])
    #expect(workspace.exits(second) == [.contactGone])
    #expect(workspace.core.contact(second) == nil)
    #expect(workspace.core.contact(first)?.fields == [FieldEntry(.email, .text("a@b.c"))])
    #expect(workspace.core.assignedContacts(of: ben) == 0)
    workspace.writes(second)
    #expect(workspace.refusals == ["unknown_contact"])
  }

  @Test func `a forgotten contact's slot is used again and its id is not`() {
    var workspace = Workspace()
    let first = workspace.newcomer()
    workspace.send(.contactForgotten(first))
    #expect(workspace.refusals == ["contact_in_use"])
    workspace.closes(ana, first)
    workspace.send(.contactForgotten(first))
    let second = workspace.newcomer()
    #expect(second.slot == first.slot)
    #expect(second != first)
    workspace.writes(first)
    #expect(workspace.refusals == ["contact_in_use", "unknown_contact"])
    #expect(workspace.core.contactCount == 1)
  }

  @Test func `a restricted agent does not see whom others have`() {
    // PLATFORM.md 1.3
    var workspace = Workspace()
    let eva = workspace.core.nextUser
    workspace.send(.userAdded(eva, UserProfile(name: "eva", sees: .own)))
    let contact = workspace.newcomer()
    workspace.replies(eva, to: contact)
    #expect(workspace.refusals == ["not_visible"])
    workspace.send(.assigns(contact, to: eva, by: .user(ana)))
    workspace.replies(eva, to: contact)
    #expect(workspace.received(contact) == ["hi"])
  }

  @Test func `a conversation counts what the export needs`() throws {
    // PLATFORM.md 6.2: two questions answered at once are one response, measured from the first.
    var workspace = Workspace()
    let contact = workspace.newcomer(at: .at(.seconds(10)))
    workspace.writes(contact, at: .at(.seconds(20)))
    workspace.send(.assigns(contact, to: ana, by: .user(ben)), at: .at(.seconds(30)))
    workspace.replies(ana, to: contact, at: .at(.seconds(40)))
    workspace.replies(ana, to: contact, at: .at(.seconds(45)))
    workspace.send(.assigns(contact, to: nil, by: .user(ben)), at: .at(.seconds(50)))
    workspace.send(.assigns(contact, to: ben, by: .user(ben)), at: .at(.seconds(60)))
    workspace.writes(contact, at: .at(.seconds(70)))
    workspace.replies(ben, to: contact, at: .at(.seconds(90)))
    workspace.closes(ben, contact, at: .at(.seconds(100)))
    let record = try #require(workspace.records.first)
    let course = record.course
    #expect(record.openedAt == .at(.seconds(10)))
    #expect(record.closedAt == .at(.seconds(100)))
    #expect(course.incoming == 3)
    #expect(course.outgoing == 3)
    #expect(course.responses == 2)
    #expect(course.averageResponseTime == .seconds(25))
    #expect(course.firstResponseAt == .at(.seconds(40)))
    #expect(course.firstResponseBy == ana)
    #expect(course.firstAssignee == ana)
    #expect(course.lastAssignee == ben)
    #expect(course.lastAssignmentAt == .at(.seconds(60)))
    #expect(course.lastAssignmentResponseAt == .at(.seconds(90)))
    #expect(course.assignments == 3)
    #expect(course.reassignments == 1)
  }

  @Test func `what was never assigned or answered in a conversation stays empty`() throws {
    // PLATFORM.md 6.2 (a) (b) (e)
    var workspace = Workspace()
    let contact = workspace.newcomer()
    workspace.replies(ana, to: contact)
    workspace.closes(ana, contact)
    workspace.writes(contact)
    workspace.closes(ana, contact)
    workspace.replies(ana, to: contact)
    workspace.closes(ana, contact)
    let second = workspace.records[1].course
    #expect(second.firstAssignmentAt == .never)
    #expect(second.firstResponseAt == .never)
    #expect(workspace.records[2].course.firstResponseAt == .never)
    #expect(workspace.records[2].course.outgoing == 1)
  }
}
