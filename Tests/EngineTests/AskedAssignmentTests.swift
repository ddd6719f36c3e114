import Testing

@testable import Engine

/// Where the host says who gets a contact: the engine asks, keeps the queue, and looks at what is said.
@Suite struct `Assignments that the host decides` {
  private static func workspace(
    _ step: AssignTo = AssignTo(.team(Workspace.support), onlyOnline: true, fewerThan: 2),
    asks: Bool = true
  ) -> Workspace {
    var space = Workspace(members: 2) { $0.asksForAssignments = asks }
    let timeout = [Step(.addComment("nobody came"))]
    space.send(
      .workflowsPublished([
        Publication(
          WorkflowID(0),
          WorkflowDefinition(
            name: "assign", trigger: .conversationOpened(),
            steps: [Step(.assignTo(step), onTimeout: timeout), Step(.addComment("assigned"))]))
      ]))
    return space
  }

  /// A contact writes; the question that is asked about it.
  private static func write(_ space: inout Workspace) throws -> (ContactID, AssignmentQuestion) {
    let contact = space.core.nextContact
    let effects = space.send(.contactWrites(contact, on: Workspace.direct, text: "hello"))
    let questions = effects.compactMap { effect -> AssignmentQuestion? in
      if case .askAssignment(let question) = effect { question } else { nil }
    }
    return (contact, try #require(questions.first))
  }

  private static func refusal(_ effects: [EngineEffect]) -> Refusal? {
    effects.compactMap { if case .refused(let refusal) = $0 { refusal } else { nil } }.first
  }

  private static func entries(_ effects: [EngineEffect]) -> [AssignmentEntry] {
    effects.compactMap { if case .assigneeChanged(let entry) = $0 { entry } else { nil } }
  }

  @Test func `what is decided comes out as if the engine had chosen`() throws {
    var asked = Self.workspace()
    var own = Self.workspace(asks: false)
    let (contact, question) = try Self.write(&asked)
    #expect(question.request.pool == .team(Workspace.support))
    #expect(question.request.onlyOnline && question.request.fewerThan == 2)
    #expect(asked.core.assignee(of: contact) == nil)
    #expect(asked.core.checkInvariants().isEmpty)
    _ = own.send(.contactWrites(own.core.nextContact, on: Workspace.direct, text: "hello"))
    let decided = asked.send(.decides(question.run, .assign(Workspace.ana)))
    #expect(Self.entries(decided) == Self.entries(own.log))
    #expect(asked.core.assignee(of: contact) == Workspace.ana)
    // Asked for no longer, and the run went on: the comment after the step is there.
    let comments = asked.log.filter { if case .commentAdded = $0 { true } else { false } }
    #expect(comments.count == 1)
    #expect(asked.core.checkInvariants().isEmpty)
    #expect(asked.timers.isEmpty)
  }

  @Test func `who waits is announced, times out, and may be given to somebody until then`() throws {
    var space = Self.workspace()
    let (first, one) = try Self.write(&space)
    let (second, two) = try Self.write(&space)
    for question in [one, two] {
      let effects = space.send(.decides(question.run, .wait))
      #expect(effects.contains { if case .enteredQueue = $0 { true } else { false } })
    }
    // A freed agent wakes nobody here: only the host decides.
    space.send(.choosesStatus(Workspace.ana, .busy))
    space.send(.choosesStatus(Workspace.ana, .online))
    #expect(space.core.assignee(of: first) == nil)
    let given = space.send(.decides(two.run, .assign(Workspace.ben)))
    #expect(Self.entries(given).map(\.reason) == [.queue])
    #expect(space.core.assignee(of: second) == Workspace.ben)
    let due = try #require(space.timers[.run(one.run)])
    let over = space.send(.timerFires(.run(one.run)), at: due)
    #expect(over.contains(.leftQueue(first, one.run, .timedOut)))
    #expect(
      Self.refusal(space.send(.decides(one.run, .assign(Workspace.ana)))) == .staleRun(one.run))
    #expect(space.core.checkInvariants().isEmpty)
  }

  @Test func `who may not have it does not get it, and why is said`() throws {
    var space = Self.workspace()
    let (contact, question) = try Self.write(&space)
    func why(_ user: UserID) -> String? {
      guard
        case .unsuitable(_, contact, let why)? = Self.refusal(
          space.send(.decides(question.run, .assign(user))))
      else { return nil }
      return why
    }
    #expect(why(Workspace.cho) == "not in the team-0")
    space.send(.choosesStatus(Workspace.ana, .busy))
    #expect(why(Workspace.ana) == "is busy, and the step asks for somebody online")
    for _ in 0..<2 {
      let (_, other) = try Self.write(&space)
      space.send(.decides(other.run, .assign(Workspace.ben)))
    }
    #expect(
      why(Workspace.ben) == "has 2 open contacts, and at most 1 are allowed before another")
    let nobody = UserID(9)
    #expect(
      Self.refusal(space.send(.decides(question.run, .assign(nobody)))) == .unknownUser(nobody))
    #expect(space.core.assignee(of: contact) == nil)
    // The entrance of the host says the same as the effects.
    #expect(
      space.core.decides(question.run, .assign(nobody), at: space.core.now) == .unknownUser(nobody))
    #expect(
      space.core.decides(question.run, .assign(Workspace.ana), at: space.core.now) != nil)
  }

  @Test func `who would not answer sooner is refused, and the contact stays where it is`() throws {
    let step = AssignTo(
      .team(Workspace.support), onlyOnline: true, excludeCurrent: true, onlyIfSooner: true)
    var space = Self.workspace(step)
    let contact = space.core.nextContact
    space.send(
      .contactAdded(contact, ContactProfile(earlierConversations: 1, assignee: Workspace.ana)))
    let asked = space.send(.contactWrites(contact, on: Workspace.direct, text: "hello"))
    var questions: [AssignmentQuestion] = []
    for case .askAssignment(let question) in asked { questions.append(question) }
    let question = try #require(questions.first)
    #expect(question.request.current == Workspace.ana)
    #expect(question.request.exclude == Workspace.ana)
    #expect(question.lastAssignee == Workspace.ana)
    for (decision, words) in [
      (AssignmentDecision.assign(Workspace.ana), "excluded as the present assignee"),
      (.assign(Workspace.ben), "would not answer sooner than the present assignee"),
      (.wait, "is to be answered sooner or left where it is, not to wait"),
    ] {
      let refusal = try #require(Self.refusal(space.send(.decides(question.run, decision))))
      #expect("\(refusal)".hasSuffix(words), "\(refusal)")
    }
    let left = space.send(.decides(question.run, .leave))
    #expect(Self.entries(left).isEmpty && Self.refusal(left) == nil)
    #expect(space.core.assignee(of: contact) == Workspace.ana)
    #expect(space.core.checkInvariants().isEmpty)
  }

  @Test func `a wait that ended before the host answered is told`() throws {
    var space = Self.workspace()
    let (contact, question) = try Self.write(&space)
    let taken = space.send(.assigns(contact, to: Workspace.cho, by: .user(Workspace.cho)))
    #expect(taken.contains(.leftQueue(contact, question.run, .assignedOtherwise)))
    let late = space.send(.decides(question.run, .assign(Workspace.ana)))
    #expect(Self.refusal(late) == .staleRun(question.run))
    #expect(space.core.assignee(of: contact) == Workspace.cho)
  }

  @Test func `an engine that decides itself takes no decision from outside`() throws {
    var space = Self.workspace(asks: false)
    for _ in 0..<4 {
      space.send(.contactWrites(space.core.nextContact, on: Workspace.direct, text: ""))
    }
    space.send(.contactWrites(space.core.nextContact, on: Workspace.direct, text: "I wait"))
    let queued = space.log.compactMap { effect -> RunID? in
      if case .enteredQueue(_, let run, _) = effect { run } else { nil }
    }
    let run = try #require(queued.first)
    #expect(Self.refusal(space.send(.decides(run, .assign(Workspace.ana)))) == .staleRun(run))
  }
}
