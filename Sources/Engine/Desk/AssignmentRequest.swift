/// What an Assign To step asks of the desk for one contact.
///
/// Small and without references, because one is copied for every decision and kept for every
/// waiting contact: what is not said is a number that no user and no limit has.
public struct AssignmentRequest: Hashable, Sendable, Codable, BitwiseCopyable {
  /// Which step asks: the key of its turn where each step keeps its own.
  public var step: UInt64
  /// The contact that needs somebody.
  public var contact: ContactID
  /// How long to wait for the contact's own user, in nanoseconds; negative if the logic is not sticky.
  private var stickyNanoseconds: Int64
  /// The pool's place among the pools of a desk.
  private(set) var poolIndex: Int32
  /// The number of open contacts that is too many.
  private(set) var below: Int32
  private var excludeNumber: UInt32
  private var currentNumber: UInt32
  private var ownNumber = nobody
  /// The logic that chooses, or that follows when the contact's own user cannot be had.
  private(set) var rule: Logic.Rule
  /// Only users who are Online.
  public var onlyOnline: Bool
  /// Only if the chosen one has fewer open contacts than `current` has without this one.
  public var onlyIfSooner: Bool

  private static let nobody = UInt32.max

  /// Describes what is asked; what is not said does not restrict.
  public init(
    pool: PoolID, logic: Logic, onlyOnline: Bool = false, fewerThan: Int32? = nil,
    exclude: UserID? = nil, current: UserID? = nil, onlyIfSooner: Bool = false, step: UInt64 = 0,
    contact: ContactID
  ) {
    self.step = step
    self.contact = contact
    rule = logic.rule
    stickyNanoseconds = logic.stickyWait.map { max(0, $0.nanoseconds) } ?? -1
    poolIndex = Int32(clamping: AssignmentDesk.index(of: pool))
    below = fewerThan ?? UserRecord.unlimited
    excludeNumber = exclude?.raw ?? Self.nobody
    currentNumber = current?.raw ?? Self.nobody
    self.onlyOnline = onlyOnline
    self.onlyIfSooner = onlyIfSooner
  }

  /// Among whom the desk chooses.
  public var pool: PoolID {
    poolIndex == 0 ? .workspace : .team(TeamID(index: Int(poolIndex) - 1))
  }

  /// The logic as it was asked for.
  public var logic: Logic { Logic(rule, stickyWait: stickyWait) }

  /// Only users with fewer open contacts than this.
  public var fewerThan: Int32? {
    get { below == UserRecord.unlimited ? nil : below }
    set { below = newValue ?? UserRecord.unlimited }
  }

  /// Never this user.
  public var exclude: UserID? {
    get { Self.user(excludeNumber) }
    set { excludeNumber = newValue?.raw ?? Self.nobody }
  }

  /// The contact's present assignee.
  public var current: UserID? {
    get { Self.user(currentNumber) }
    set { currentNumber = newValue?.raw ?? Self.nobody }
  }

  /// The contact's own user as he was known when the contact began to wait.
  var ownUser: UserID? {
    get { Self.user(ownNumber) }
    set { ownNumber = newValue?.raw ?? Self.nobody }
  }

  /// Whether the contact's own user comes first.
  @inline(__always) var isSticky: Bool { stickyNanoseconds >= 0 }

  /// Nobody is waited for any more: the contact's own user is as good as any other.
  mutating func waitForNobody() { stickyNanoseconds = -1 }

  /// How long to wait for the contact's own user; nil where the logic is not sticky.
  var stickyWait: EngineDuration? {
    isSticky ? EngineDuration(nanoseconds: stickyNanoseconds) : nil
  }

  /// Whom the filters let pass, in the first tier.
  @inline(__always) var filter: PoolFilter {
    PoolFilter(audience: onlyOnline ? .online : .everyone, below: below)
  }

  @inline(__always) private static func user(_ number: UInt32) -> UserID? {
    number == nobody ? nil : UserID(number)
  }
}

/// A place in the queue, good until the entry is served or cancelled and never again.
@frozen public struct QueueTicket: Hashable, Sendable, Codable, BitwiseCopyable {
  /// The entry's place in memory.
  public let slot: UInt32
  /// How many entries had that place before.
  public let generation: UInt32

  /// Names an entry by place and generation.
  @inlinable public init(slot: UInt32, generation: UInt32) {
    self.slot = slot
    self.generation = generation
  }
}

/// What became of a contact that asked for somebody.
@frozen public enum AssignmentOutcome: Hashable, Sendable {
  /// This user takes it.
  case assigned(UserID)
  /// Nobody would answer sooner than the present assignee: nothing changes and nothing waits.
  case unchanged
  /// It waits; where others wait too, `serveNext` says who is next.
  case waiting(QueueTicket)
}
