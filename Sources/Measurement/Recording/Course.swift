/// What the record knows of one open conversation: the few numbers that its metrics follow from.
///
/// A value with the rules of PLATFORM.md section 6.2 and nothing else. It stands with its contact, who
/// has the next conversation in the same place.
@frozen
public struct Course: BitwiseCopyable {
  @usableFromInline var isOpen = false
  /// Whether it was opened after the warm-up.
  @usableFromInline var isCounted = false
  /// Whether a user's message is a response: the contact wrote, or something else than a user asked for it.
  @usableFromInline var awaitsResponse = false
  /// Whether an answer is owed.
  @usableFromInline var needsAgent = false
  @usableFromInline var gaveUp = false
  @usableFromInline var windowExpired = false
  /// Whether anything happened that most conversations have nothing of.
  @usableFromInline var isUnusual = false
  @usableFromInline var openedAt: Int64 = 0
  /// The contact's first message that nobody answered yet; negative when all are answered.
  @usableFromInline var unansweredSince: Int64 = -1
  /// Lengths from opening; negative for what has not happened.
  @usableFromInline var wait: Int64 = -1
  @usableFromInline var firstResponse: Int64 = -1
  @usableFromInline var timeToAssignment: Int64 = -1
  @usableFromInline var assignee: AgentNumber = .nobody
  /// The last user who had it, whoever had it when it was opened included.
  @usableFromInline var holder: AgentNumber = .nobody
  /// Who answered this contact last time.
  @usableFromInline var previousAgent: AgentNumber = .nobody
  @usableFromInline var firstResponder: AgentNumber = .nobody
  @usableFromInline var lastReplier: AgentNumber = .nobody
  @usableFromInline var population: Int32 = 0
  @usableFromInline var channel: Int32 = 0
  @usableFromInline var responseSum: Int64 = 0
  @usableFromInline var responses: Int32 = 0
  @usableFromInline var assignments: Int32 = 0
  @usableFromInline var sent: Int32 = 0
  /// How many agents work on it at this moment.
  @usableFromInline var workers: Int32 = 0
  /// The step of the timeline in which it was opened.
  @usableFromInline var step: Int32 = 0
  /// What that was; at rest as long as nothing was unusual.
  @usableFromInline var oddities = Oddities()

  /// What most conversations have nothing of.
  @frozen @usableFromInline
  struct Oddities: BitwiseCopyable {
    /// The sum of responses, counted in office time; kept only if somebody asks.
    @usableFromInline var officeResponseSum: Int64 = 0
    /// How old the conversation was when the customer gave up; negative if that did not happen.
    @usableFromInline var gaveUpAfter: Int64 = -1
    /// When moves were last judged to have brought a sooner answer.
    @usableFromInline var judgedAt: Int64 = -1
    @usableFromInline var reassignments: Int32 = 0
    /// Moves that neither the new agent nor the one that was left has reached yet.
    @usableFromInline var pendingMoves: Int32 = 0
    /// Moves after which work started sooner, all and those judged at `judgedAt`.
    @usableFromInline var soonerMoves: Int32 = 0
    @usableFromInline var judgedMoves: Int32 = 0
    @usableFromInline var vainMoves: Int32 = 0
    @usableFromInline var returnMoves: Int32 = 0
    @usableFromInline var lost: Int32 = 0
    /// Where the recorder keeps earlier holders and repliers; negative without any.
    @usableFromInline var past: Int32 = -1

    @inlinable init() {}
  }

  /// No conversation yet.
  @inlinable public init() {}

  /// Whether there is an open conversation that counts: one that was opened after the warm-up.
  @inlinable public var counts: Bool { isOpen && isCounted }

  /// From the opening to the first response, in nanoseconds; nil where there was none.
  ///
  /// Of the last conversation, until the next opens.
  @inlinable public var firstResponseTime: Int64? { firstResponse < 0 ? nil : firstResponse }

  /// Makes what was another conversation's the course of one that opens.
  @inlinable @inline(__always)
  mutating func begin(at now: Int64, counts: Bool, step: Int32) {
    // Most leave no oddities behind, and to make them anew would be half of the work.
    let oddities = isUnusual ? Oddities() : oddities
    self = Course()
    self.oddities = oddities
    openedAt = now
    isOpen = true
    isCounted = counts
    self.step = step
  }

  /// The mean length of its responses, by the plain clock and the office's; nothing without any.
  var averageResponse: (plain: Int64, office: Int64)? {
    guard responses > 0 else { return nil }
    return (responseSum / Int64(responses), oddities.officeResponseSum / Int64(responses))
  }

  /// Whether it needs an agent and has nobody working on it.
  @inlinable var isWaiting: Bool { needsAgent && workers == 0 }

  /// The contact wrote.
  @inlinable @inline(__always)
  mutating func contactMessage(at now: Int64) -> WaitChange {
    guard isOpen else { return .none }
    awaitsResponse = true
    if unansweredSince < 0 { unansweredSince = now }
    if needsAgent || gaveUp { return .none }
    needsAgent = true
    return workers == 0 ? .begins : .none
  }

  /// Something else than the contact opened it, and an agent is to write first.
  @inlinable
  mutating func agentWanted() -> WaitChange {
    guard isOpen, !gaveUp, !needsAgent else { return .none }
    awaitsResponse = true
    needsAgent = true
    return workers == 0 ? .begins : .none
  }

  /// An agent starts to work on it.
  @inlinable @inline(__always)
  mutating func workStarted(at now: Int64) -> WaitChange {
    guard isOpen else { return .none }
    let waited = isWaiting
    workers &+= 1
    // Who gave up before anybody started is not in `wait`.
    if wait < 0, !gaveUp { wait = now &- openedAt }
    if isUnusual, oddities.pendingMoves > 0 { judgeMoves(at: now) }
    return waited ? .ends : .none
  }

  /// Work starts before those agents got there that it was moved away from.
  @inlinable
  mutating func judgeMoves(at now: Int64) {
    oddities.judgedMoves =
      now == oddities.judgedAt
      ? oddities.judgedMoves &+ oddities.pendingMoves : oddities.pendingMoves
    oddities.judgedAt = now
    oddities.soonerMoves &+= oddities.pendingMoves
    oddities.pendingMoves = 0
    isUnusual = true
  }

  /// An agent stops working on it.
  @inlinable @inline(__always)
  mutating func workStopped() -> WaitChange {
    guard isOpen else { return .none }
    precondition(workers > 0, "recorder: work that stops has started")
    workers &-= 1
    return isWaiting ? .begins : .none
  }

  /// An agent that the conversation was moved away from would have reached it now.
  @inlinable
  mutating func formerAgentReached(at now: Int64) {
    guard isOpen else { return }
    isUnusual = true
    if oddities.pendingMoves > 0 {
      oddities.pendingMoves &-= 1
      oddities.vainMoves &+= 1
    } else if oddities.judgedAt == now, oddities.judgedMoves > 0 {
      // At the same instant is no sooner, in whatever order the two were told.
      oddities.judgedMoves &-= 1
      oddities.soonerMoves &-= 1
      oddities.vainMoves &+= 1
    }
  }

  /// What a message of a human changes.
  @frozen @usableFromInline
  struct Answer: BitwiseCopyable {
    /// Whether the conversation waited until now.
    @usableFromInline var endsWaiting = false
    /// The length of the response; negative if it answers nothing.
    @usableFromInline var length: Int64 = -1
    /// Who wrote before, if anybody did.
    @usableFromInline var earlier: AgentNumber = .nobody
    /// Whether it is to be counted.
    @usableFromInline var isCounted = false

    @inlinable init() {}
  }

  /// A human wrote.
  ///
  /// `isResponse` is false for a message of which nobody can say yet whether it will arrive.
  @inlinable @inline(__always)
  mutating func humanMessage(
    by agent: AgentNumber, answers: Bool, isResponse: Bool, at now: Int64
  ) -> Answer {
    var answer = Answer()
    guard isOpen else { return answer }
    if answers {
      answer.endsWaiting = isWaiting
      needsAgent = false
    }
    if isResponse { answer.length = response(by: agent, at: now) }
    guard isCounted else { return answer }
    answer.isCounted = true
    answer.earlier = lastReplier
    lastReplier = agent
    return answer
  }

  /// A message of a human is a response; gives its length, negative if it answers nothing.
  ///
  /// Case (e) of the platform's rules: what a user writes before the contact did answers nothing.
  @inlinable @inline(__always)
  mutating func response(by agent: AgentNumber, at now: Int64) -> Int64 {
    guard awaitsResponse else { return -1 }
    if firstResponse < 0 {
      firstResponse = now &- openedAt
      firstResponder = agent
    }
    guard unansweredSince >= 0 else { return -1 }
    let length = now &- unansweredSince
    unansweredSince = -1
    responses &+= 1
    responseSum &+= length
    return length
  }

  /// What an assignment changes.
  @frozen @usableFromInline
  struct Change: BitwiseCopyable {
    /// Whether there is a conversation to be assigned.
    @usableFromInline var isOpen = false
    /// Who was the assignee before.
    @usableFromInline var before: AgentNumber = .nobody
    /// From whom it moved; nobody if this is no move.
    @usableFromInline var from: AgentNumber = .nobody

    @inlinable init() {}
  }

  /// The contact was assigned to a user, or to nobody.
  ///
  /// A *move* is a change of assignee from one person to another within one conversation, whoever
  /// makes it and whether or not nobody had it in between; who had the contact when the conversation
  /// was opened is the first person. All that is said of moves anywhere follows from this.
  @inlinable @inline(__always)
  mutating func assigned(to user: AgentNumber, at now: Int64) -> Change {
    var change = Change()
    guard isOpen else { return change }
    change.isOpen = true
    change.before = assignee
    assignments &+= 1
    assignee = user
    if user == .nobody { return change }
    if timeToAssignment < 0 { timeToAssignment = now &- openedAt }
    if holder.isSomebody, holder != user {
      change.from = holder
      oddities.reassignments &+= 1
      isUnusual = true
    }
    holder = user
    return change
  }

  /// What closing changes.
  @frozen @usableFromInline
  struct Closing: BitwiseCopyable {
    /// Whether there was a conversation to be closed.
    @usableFromInline var wasOpen: Bool
    /// Whether it waited until now.
    @usableFromInline var endsWaiting: Bool
    @usableFromInline var assignee: AgentNumber

    @inlinable @inline(__always)
    init(_ course: Course) {
      wasOpen = course.isOpen
      endsWaiting = course.isWaiting
      assignee = course.assignee
    }
  }

  /// The conversation was closed.
  @inlinable @inline(__always)
  mutating func closed() -> Closing {
    let closing = Closing(self)
    isOpen = false
    return closing
  }

  /// The customer gave up and nothing is owed any more.
  @inlinable
  mutating func abandoned(at now: Int64) -> WaitChange {
    let waited = isWaiting
    if !gaveUp { oddities.gaveUpAfter = now &- openedAt }
    gaveUp = true
    needsAgent = false
    isUnusual = true
    return waited ? .ends : .none
  }
}

/// What an event does to the waiting of a conversation for an agent.
@usableFromInline
enum WaitChange {
  /// Nothing.
  case none
  /// It waits from now on.
  case begins
  /// It waited until now.
  case ends
}

/// Who had a conversation and who answered it before those who do now.
struct Past {
  var holders: ContiguousArray<AgentNumber> = []
  var repliers: ContiguousArray<AgentNumber> = []

  /// Forgets everything but the memory it stood in.
  mutating func forget() {
    holders.removeAll(keepingCapacity: true)
    repliers.removeAll(keepingCapacity: true)
  }
}
