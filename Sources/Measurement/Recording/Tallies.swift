import Statistics

/// What one agent did, while the run goes on.
@frozen @usableFromInline
struct AgentTally: BitwiseCopyable {
  @usableFromInline var open = Timeline.Level()
  @usableFromInline var mostOpen: Int64 = 0
  /// The area under `open`, known when the run is over.
  var openArea: Int128 = 0
  @usableFromInline var online = Stretch()
  @usableFromInline var busy = Stretch()
  @usableFromInline var onShift = Stretch()
  @usableFromInline var conversations: Int64 = 0
  @usableFromInline var replies: Int64 = 0
  var undone = UndoneWork()
  @usableFromInline var movedIn: Int64 = 0
  @usableFromInline var movedOut: Int64 = 0
  @usableFromInline var responses: Int64 = 0
  @usableFromInline var responseSum: Int128 = 0

  @inlinable init() {}

  /// Conversations come to the agent or go.
  @inlinable @inline(__always)
  mutating func opens(_ change: Int64, at now: Int64) {
    open.change(by: change, at: now)
    if change > 0, open.value > mostOpen { mostOpen = open.value }
  }

  /// Time during which something holds.
  @frozen @usableFromInline
  struct Stretch: BitwiseCopyable {
    /// When it began to hold; negative while it does not.
    @usableFromInline var since: Int64 = -1
    @usableFromInline var total: Int64 = 0

    @inlinable init() {}

    /// Whether it holds changes; false if it did already.
    @inlinable
    mutating func set(_ holds: Bool, at now: Int64) -> Bool {
      if holds == (since >= 0) { return false }
      if holds {
        since = now
      } else {
        total &+= now &- since
        since = -1
      }
      return true
    }

    mutating func reset(at now: Int64) {
      total = 0
      if since >= 0 { since = now }
    }

    mutating func finish(at now: Int64) {
      if since >= 0 {
        total += now - since
        since = now
      }
    }
  }

  /// Forgets the time before the warm-up ended; what holds goes on.
  mutating func reset(at now: Int64) {
    _ = open.takeArea(at: now)
    mostOpen = open.value
    online.reset(at: now)
    busy.reset(at: now)
    onShift.reset(at: now)
  }

  mutating func finish(at now: Int64) {
    openArea = open.takeArea(at: now)
    online.finish(at: now)
    busy.finish(at: now)
    onShift.finish(at: now)
  }
}

/// Sums over conversations, from which shares and means per conversation follow.
public struct ConversationCounts: Sendable, Hashable, Codable {
  /// Conversations.
  public var conversations = 0
  /// Those in which the customer gave up.
  public var abandoned = 0
  /// Those with a first response.
  public var answered = 0
  /// Changes of the assignee.
  public var assignments = 0
  /// Those that moved: went from one person to another.
  public var reassigned = 0
  /// Moves.
  public var reassignments = 0
  /// Moves after which work started sooner.
  var movesSooner = 0
  /// Moves after which it started no sooner.
  public var movesNoSooner = 0
  /// Moves to an agent who had the conversation before.
  var movesBack = 0
  /// Those with at least one such move.
  public var pingPong = 0
  /// Those of contacts whom an agent had answered before, and who were answered again.
  public var returning = 0
  /// Those of them first answered by the same agent.
  public var sameAgent = 0
  /// Those with a reply after the channel's window had closed.
  public var windowExpired = 0
  /// Messages to contacts.
  public var messagesSent = 0
  /// Those of them that were not delivered.
  public var messagesLost = 0
  /// Conversations that moved once.
  var movedOnce = 0
  /// Conversations that moved twice.
  var movedTwice = 0

  /// Nothing yet.
  public init() {}

  /// Takes in a conversation.
  @inline(__always)
  mutating func add(_ course: Course) {
    addUsual(
      isAnswered: course.firstResponse >= 0, assignments: course.assignments, sent: course.sent)
    if course.isUnusual { addUnusual(course) }
  }

  /// Takes in what every conversation has something of; of one that is unusual, `addUnusual` takes in the rest.
  ///
  /// Of plain numbers, for whoever has the course at hand would copy it all to hand it over.
  @inline(__always)
  mutating func addUsual(isAnswered: Bool, assignments: Int32, sent: Int32) {
    conversations &+= 1
    if isAnswered { answered &+= 1 }
    self.assignments &+= Int(assignments)
    messagesSent &+= Int(sent)
  }

  /// What most conversations have nothing of.
  @inline(never)
  mutating func addUnusual(_ course: Course) {
    if course.gaveUp { abandoned += 1 }
    if course.oddities.reassignments > 0 {
      reassigned += 1
      if course.oddities.reassignments == 1 { movedOnce += 1 }
      if course.oddities.reassignments == 2 { movedTwice += 1 }
    }
    reassignments += Int(course.oddities.reassignments)
    movesSooner += Int(course.oddities.soonerMoves)
    movesNoSooner += Int(course.oddities.vainMoves)
    movesBack += Int(course.oddities.returnMoves)
    if course.oddities.returnMoves > 0 { pingPong += 1 }
    if course.previousAgent.isSomebody, course.firstResponder.isSomebody {
      returning += 1
      if course.previousAgent == course.firstResponder { sameAgent += 1 }
    }
    if course.windowExpired { windowExpired += 1 }
    messagesLost += Int(course.oddities.lost)
  }

  /// Moves that nobody can judge: the message was answered or laid before nobody yet, or until the end
  /// neither the new agent nor the one that was left came to it.
  var movesUnjudged: Int { reassignments - movesSooner - movesNoSooner }

  /// Conversations with none, one, two and more moves.
  var byMoves: [Int] {
    [conversations - reassigned, movedOnce, movedTwice, reassigned - movedOnce - movedTwice]
  }

  /// Takes in what another part has seen.
  public mutating func merge(_ other: ConversationCounts) {
    conversations += other.conversations
    abandoned += other.abandoned
    answered += other.answered
    assignments += other.assignments
    reassigned += other.reassigned
    reassignments += other.reassignments
    movesSooner += other.movesSooner
    movesNoSooner += other.movesNoSooner
    movesBack += other.movesBack
    pingPong += other.pingPong
    returning += other.returning
    sameAgent += other.sameAgent
    windowExpired += other.windowExpired
    messagesSent += other.messagesSent
    messagesLost += other.messagesLost
    movedOnce += other.movedOnce
    movedTwice += other.movedTwice
  }
}

/// What happened to the conversations of one population or one channel.
public struct SegmentCounts: Sendable, Hashable, Codable, BitwiseCopyable {
  /// Conversations opened.
  public var opened = 0
  /// Those of them that were closed.
  public var closed = 0
  /// Those in which the customer gave up.
  public var abandoned = 0
  /// Those that changed hands.
  public var reassigned = 0
  /// The lengths of first responses, in seconds.
  public var firstResponse = SegmentTime()
  /// The lengths of resolutions, in seconds.
  public var resolution = SegmentTime()

  /// Nothing yet.
  public init() {}

  /// The counts where all conversations are of one population, or of one channel.
  init(_ counts: ConversationCounts, _ times: Times) {
    opened = counts.conversations
    abandoned = counts.abandoned
    reassigned = counts.reassigned
    firstResponse = SegmentTime(times.firstResponse)
    resolution = SegmentTime(times.resolution)
    closed = resolution.count
  }

  mutating func add(_ course: Course, closedAfter length: Int64) {
    opened += 1
    if course.gaveUp { abandoned += 1 }
    if course.oddities.reassignments > 0 { reassigned += 1 }
    if course.firstResponse >= 0 { firstResponse.record(course.firstResponse) }
    if length >= 0 {
      closed += 1
      resolution.record(length)
    }
  }

  /// Takes in what another part has seen.
  public mutating func merge(_ other: SegmentCounts) {
    opened += other.opened
    closed += other.closed
    abandoned += other.abandoned
    reassigned += other.reassigned
    firstResponse.merge(other.firstResponse)
    resolution.merge(other.resolution)
  }
}

/// Count, sum and longest of some times.
public struct SegmentTime: Sendable, Hashable, Codable, BitwiseCopyable {
  /// How many there were.
  public var count = 0
  /// The longest, in nanoseconds.
  public var longest: Int64 = 0
  /// The sum in nanoseconds: a low and a high word.
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// Nothing yet.
  public init() {}

  fileprivate init(_ histogram: Histogram) {
    count = histogram.count
    longest = histogram.maximum ?? 0
    let sum = histogram.total
    low = UInt64(truncatingIfNeeded: sum)
    high = UInt64(truncatingIfNeeded: sum &>> 64)
  }

  mutating func record(_ length: Int64) {
    count &+= 1
    longest = max(longest, length)
    add(UInt64(bitPattern: length), 0)
  }

  mutating func merge(_ other: SegmentTime) {
    count &+= other.count
    longest = max(longest, other.longest)
    add(other.low, other.high)
  }

  private mutating func add(_ lowWord: UInt64, _ highWord: UInt64) {
    let (sum, carried) = low.addingReportingOverflow(lowWord)
    low = sum
    high &+= highWord &+ (carried ? 1 : 0)
  }

  /// The mean in seconds; nothing without times.
  public var mean: Double? {
    count > 0 ? (Double(high) * 0x1p64 + Double(low)) / 1e9 / Double(count) : nil
  }
}
