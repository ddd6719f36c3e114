import Engine

/// SplitMix64: small, good enough to invent stories, the same everywhere.
struct Dice: RandomNumberGenerator {
  var state: UInt64

  /// The seed is mixed first: neighbouring seeds would otherwise draw one sequence, one place apart.
  init(_ seed: UInt64) { state = Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }
}

/// A random workspace with random workflows, and random events for it: features are on and off by the seed.
struct RandomStory {
  var dice: Dice
  var settings = WorkspaceSettings()
  var userCount: Int
  var teamCount: Int
  var contacts: [ContactID] = []
  var messages: [OutgoingMessage] = []
  var calls: [RunID] = []
  var agents: [RunID] = []
  /// Questions of stories whose host says who gets a contact.
  var questions: [RunID] = []
  var timers: [(key: TimerKey, at: EngineTime)] = []
  /// Timers that went off.
  var spent: [TimerKey] = []
  var now = EngineTime.zero
  private var mayTransfer = true

  init(seed: UInt64) {
    dice = Dice(seed)
    userCount = 1 + dice.below(6)
    teamCount = 1 + dice.below(3)
    settings.tags = ["vip", "spam", "lead"]
    settings.services = ["crm", "sheet"]
    settings.channels = [
      ChannelDefinition(name: "direct"),
      ChannelDefinition(name: "whatsapp", window: dice.chance(50) ? .hours(24) : .seconds(20)),
    ]
    settings.unassignOnClose = dice.chance(30)
    settings.anyChannelEventOpens = dice.chance(30)
    settings.autoClose = dice.chance(40) ? .minutes(30) : nil
    settings.inactivity = dice.chance(40) ? .minutes(2) : nil
    settings.policySeed = dice.next()
    settings.closingNotes = dice.pick([.optional, .optional, .category])
    drawPolicies()
    // From the seed itself, for a draw would make other stories of all that follows.
    settings.policies.failedReplyCounts = seed.isMultiple(of: 4)
    settings.asksForAssignments = seed % 8 == 5
  }

  private mutating func drawPolicies() {
    var policies = Policies()
    policies.openCountsSnoozed = dice.chance(50)
    policies.roundRobinState = dice.pick([.pool, .step])
    policies.roundRobinForm = dice.pick([.pointer, .rotation])
    policies.tie = dice.pick([.rotation, .random, .list])
    policies.queueWakeup = dice.chance(25) ? .polling(.seconds(Int64(1 + dice.below(90)))) : .event
    policies.queuedConversationCloses = dice.pick([.cancel, .stay])
    policies.overwriteAssignee = dice.chance(80)
    policies.lastOutgoingScope = dice.pick([.conversation, .contact])
    policies.lastOutgoingCounts = dice.pick([.all, .users])
    policies.newContactRule = dice.pick(NewContactRule.allCases)
    policies.reentry = dice.pick([.ignore, .ignore, .restart])
    policies.answerGoesTo = dice.pick(AnswerGoesTo.allCases)
    policies.closeEndsRuns = dice.chance(25)
    policies.contactFields = dice.pick([.live, .snapshot])
    policies.compareText = dice.pick([.exact, .ignoreCase])
    policies.loopGuard = LoopGuard(enrolments: Int32(1 + dice.below(20)))
    policies.removedUser = dice.pick([.unassigns, .keeps])
    policies.failedReplyAssigns = dice.chance(75)
    policies.awayUsers = dice.pick([.excluded, .secondTier])
    policies.aiAgentTakeover = dice.pick(AIAgentTakeover.allCases)
    settings.policies = policies
  }

  /// The events that set the workspace up.
  mutating func opening() -> [EngineEvent] {
    var events: [EngineEvent] = []
    for user in 0..<userCount {
      events.append(
        .userAdded(
          UserID(index: user),
          UserProfile(
            name: "user \(user)", role: dice.pick([.agent, .agent, .agent, .manager, .aiAgent]),
            sees: dice.pick([.all, .all, .all, .team, .own]), weight: Int32(1 + dice.below(3)),
            limit: dice.chance(30) ? Int32(dice.below(4)) : nil,
            status: dice.pick([.online, .online, .busy, .offline]))))
    }
    for team in 0..<teamCount { events.append(.teamAdded(TeamID(index: team), name: "t\(team)")) }
    for user in 0..<userCount where dice.chance(80) {
      events.append(.teamGains(TeamID(index: dice.below(teamCount)), UserID(index: user)))
    }
    events.append(.workflowsPublished(workflows()))
    return events
  }

  mutating func workflows() -> [Publication] {
    var definitions = [
      WorkflowDefinition(
        name: "hand over", trigger: .manual,
        steps: steps(depth: 1, isRoot: true, mayTransfer: false)),
      WorkflowDefinition(
        name: "opened", trigger: .conversationOpened(sources: dice.chance(70) ? [.contact] : []),
        oncePerContact: dice.chance(15), steps: steps(depth: 0, isRoot: true)),
    ]
    if dice.chance(50) {
      definitions.append(
        WorkflowDefinition(
          name: "also opened", trigger: .conversationOpened(),
          steps: steps(depth: 0, isRoot: true)))
    }
    if dice.chance(50) {
      definitions.append(
        WorkflowDefinition(
          name: "closed", trigger: .conversationClosed(),
          steps: steps(depth: 1, isRoot: true)))
    }
    if dice.chance(40) {
      definitions.append(
        WorkflowDefinition(
          name: "tagged", trigger: .contactTagUpdated(tags: [TagID(0)], action: .added),
          steps: steps(depth: 1, isRoot: true)))
    }
    if dice.chance(40) {
      definitions.append(
        WorkflowDefinition(
          name: "field", trigger: .contactFieldUpdated(fields: [.phone]),
          steps: steps(depth: 1, isRoot: true)))
    }
    if dice.chance(60) {
      definitions.append(
        WorkflowDefinition(
          name: "shortcut", trigger: .shortcut(name: "escalate"),
          steps: steps(depth: 1, isRoot: true)))
    }
    if dice.chance(40) {
      definitions.append(
        WorkflowDefinition(
          name: "webhook", trigger: .incomingWebhook(name: "order"),
          steps: steps(depth: 1, isRoot: true)))
    }
    if dice.chance(40) {
      definitions.append(
        WorkflowDefinition(
          name: "ad", trigger: .clickToChatAd(name: dice.chance(50) ? "spring" : nil),
          steps: steps(depth: 1, isRoot: true)))
    }
    return definitions.enumerated().map { Publication(WorkflowID(index: $0), $1) }
  }

  private mutating func steps(
    depth: Int, isRoot: Bool = false, mayTransfer: Bool = true
  ) -> [Step] {
    if isRoot { self.mayTransfer = mayTransfer }
    var list: [Step] = []
    for index in 0...dice.below(4) {
      // The first step of a list never triggers anything, so that loops wait or are left to the guard.
      var step = index == 0 ? firstStep(depth: depth) : step(depth: depth)
      if index == 0, isRoot { step.id = "start" }
      list.append(step)
      if case .branch = step.action { break }
      if case .triggerWorkflow = step.action { break }
      // What a service answers is waited for: `reassign.csv` times its transfers that way.
      if case .httpRequest = step.action, dice.chance(50) {
        list.append(Step(.wait(.seconds(.variable("seconds")))))
      }
    }
    return list
  }

  private mutating func firstStep(depth: Int) -> Step {
    dice.chance(50)
      ? assigning(depth)
      : Step(.wait(.duration(.seconds(Int64(dice.below(200))))))
  }

  private mutating func maybe(_ depth: Int) -> [Step]? {
    depth < 2 && dice.chance(50) ? steps(depth: depth + 1) : nil
  }

  private mutating func assigning(_ depth: Int) -> Step {
    let assignment = assignment()
    let later = maybe(depth)
    return Step(.assignTo(assignment), onTimeout: assignment.target.pool == nil ? nil : later)
  }

  private mutating func assignment() -> AssignTo {
    let target: AssignTarget =
      switch dice.below(6) {
      case 0: .workspace
      case 1: .user(UserID(index: dice.below(userCount)))
      case 2: .unassign
      default: .team(TeamID(index: dice.below(teamCount)))
      }
    return AssignTo(
      target, logic: logic(), onlyOnline: dice.chance(60),
      fewerThan: dice.chance(50) ? Int32(dice.below(4)) : nil,
      timeout: dice.chance(60) ? .seconds(Int64(dice.below(300))) : nil,
      excludeCurrent: dice.chance(30), onlyIfSooner: dice.chance(20))
  }

  private mutating func logic() -> Logic {
    let plain = dice.pick(Logic.plain)
    guard dice.chance(20) else { return plain }
    return .sticky(wait: .seconds(Int64(dice.below(200))), then: plain.rule)
  }

  private mutating func step(depth: Int) -> Step {
    switch dice.below(20) {
    case 0, 1, 2: return assigning(depth)
    case 3: return Step(.wait(.duration(.seconds(Int64(dice.below(400))))))
    case 4: return Step(.wait(.seconds(.variable("seconds"))))
    case 5: return Step(.sendMessage(SendMessage(greeting)), onFailure: maybe(depth))
    case 6: return Step(.addComment(greeting))
    case 7: return Step(.openConversation)
    case 8: return Step(.closeConversation(category: dice.chance(50) ? "solved" : nil))
    case 9: return Step(.updateTag(add: [TagID(0)], remove: dice.chance(50) ? [TagID(1)] : []))
    case 10:
      // What a text will be is known late: a name is no e-mail address.
      let late = Template(parts: [.subject(.assignee(.name))])
      return Step(.updateField(.email, dice.pick(["a@b.c", "", "x@y.z", late])))
    case 11: return Step(.dateAndTime(hours), outside: maybe(depth))
    case 12:
      return Step(
        .httpRequest(
          HTTPRequest(
            service: ServiceID(0), url: dice.chance(80) ? greeting : ownAddress,
            save: JSONPath("$.seconds").map { [HTTPRequest.Mapping("seconds", $0)] } ?? [],
            status: "status")))
    case 13: return Step(.addSheetRow(service: ServiceID(1), values: []), onFailure: maybe(depth))
    case 14: return Step(.aiAgent(agent(depth)))
    case 15: return Step(.jumpTo(step: "start", atMost: Int32(1 + dice.below(4))))
    case 16 where mayTransfer: return Step(.triggerWorkflow(WorkflowID(0)))
    case 17 where depth < 2: return Step(.branch(branches(depth)))
    default: return question(depth)
    }
  }

  private var greeting: Template {
    Template(parts: [
      .text("Hello "), .subject(.contact(.name)), .subject(.assignee(.name)),
      .subject(.conversation(.status)), .subject(.trigger("source")),
      .subject(.variable("answer")), .subject(.contactField(.email)),
    ])
  }

  private var ownAddress: Template {
    Template(parts: [.text("https://respond.io/"), .subject(.contactField(.email))])
  }

  private var hours: OfficeHours {
    .weekly(days: [.thursday, .friday], hours: [HoursOfDay(from: 0, to: 720)])
  }

  private mutating func agent(_ depth: Int) -> AIAgent {
    let ways = maybe(depth).map { [AIAgent.Way(.toHuman, steps: $0)] } ?? []
    return AIAgent(outcomes: ways, idle: .minutes(5), key: 0)
  }

  private mutating func question(_ depth: Int) -> Step {
    let save: AskQuestion.Save? = dice.pick([.field(.email), .variable("answer"), nil])
    return Step(
      .askQuestion(
        AskQuestion(
          greeting, answer: dice.pick([.text, .email, .rating]), save: save,
          timeout: dice.chance(50) ? .seconds(60) : nil)),
      onTimeout: maybe(depth),
      onInvalid: dice.chance(70) ? [Step(.jumpTo(step: "start", atMost: 3))] : nil,
      onFailure: maybe(depth))
  }

  private mutating func branches(_ depth: Int) -> [Branch] {
    var branches: [Branch] = []
    for _ in 0...dice.below(2) {
      branches.append(
        Branch(
          when: dice.chance(50) ? .all(conditions()) : .any(conditions()),
          steps: steps(depth: depth + 1)))
    }
    if dice.chance(60) { branches.append(Branch(steps: steps(depth: depth + 1))) }
    return branches
  }

  private mutating func conditions() -> [Condition] {
    (0...dice.below(2)).map { _ in
      dice.pick([
        Condition(.conversationStatus, .equals, ["open"]),
        Condition(.contactType, .equals, ["new"]),
        Condition(.contactField(.email), .exists),
        Condition(.tags, .contains, ["vip"]),
        Condition(.assigneeStatus, .isOneOf, ["online", "busy"]),
        Condition(.lastChannel, .differs, ["whatsapp"]),
        Condition(.lastIncomingMessage, .contains, ["l"]),
        Condition(.timeSinceLastOutgoingMessage, .isMissing),
        Condition(.timeSinceLastIncomingMessage, .above, ["30"]),
        Condition(.variable(.variable("status")), .atLeast, ["300"]),
      ])
    }
  }
}
