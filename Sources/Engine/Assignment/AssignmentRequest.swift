/// What an Assign To step asks of the desk for one contact.
///
/// Small and without references, because one is copied for every decision and kept for every
/// waiting contact.
public struct AssignmentRequest: Hashable, Sendable, Codable {
  /// Among whom the desk chooses.
  public var pool: PoolID
  /// Only users who are Online.
  public var onlyOnline: Bool
  /// Only if the chosen one has fewer open contacts than `current` has without this one.
  public var onlyIfSooner: Bool
  /// Only users with fewer open contacts than this.
  public var fewerThan: Int32?
  /// Never this user.
  public var exclude: UserID?
  /// The contact's present assignee.
  public var current: UserID?
  /// Which step asks: the key of its turn where each step keeps its own.
  public var step: UInt64
  /// The contact that needs somebody.
  public var contact: ContactID
  /// The logic that chooses, or that follows when the contact's own user cannot be had.
  var rule: LogicRule
  /// How long to wait for the contact's own user; nil where the logic is not sticky.
  var stickyWait: EngineDuration?

  /// Describes what is asked; what is not said does not restrict.
  public init(
    pool: PoolID, logic: Logic, onlyOnline: Bool = false, fewerThan: Int32? = nil,
    exclude: UserID? = nil, current: UserID? = nil, onlyIfSooner: Bool = false, step: UInt64 = 0,
    contact: ContactID
  ) {
    self.pool = pool
    self.onlyOnline = onlyOnline
    self.onlyIfSooner = onlyIfSooner
    self.fewerThan = fewerThan
    self.exclude = exclude
    self.current = current
    self.step = step
    self.contact = contact
    (rule, stickyWait) = LogicRule.resolve(logic)
  }

  /// The logic as it was asked for.
  public var logic: Logic {
    guard let stickyWait else { return rule.logic }
    return .sticky(wait: stickyWait, then: rule.logic)
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
