public import Engine
public import Sampling

/// How one agent works.
public struct AgentPlan: Sendable {
  /// The name, unique in the workspace.
  public var name: String
  /// The position of the team; nil outside teams.
  public var team: Int?
  /// How many conversations at once, and how fast.
  public var attention = Attention.serial
  /// The work an answer takes.
  public var replyTime: Distribution
  /// The work after the last answer, before closing; nil for none.
  public var wrapUp: Distribution?
  /// Whether a short first message goes out the moment work on a conversation starts.
  public var greets = false
  /// Whether a free agent takes from the unassigned inbox.
  public var picks = Picks.nothing
  /// When the agent is at work; nil for always.
  public var shift: ShiftCalendar?
  /// Absences during a shift.
  public var away: Away?
  /// How work stops for an absence or the end of a shift.
  public var leaving = Leaving.finishFirst
  /// The share of conversations that are left open after the last answer.
  public var forgetsToClose = 0.0
  /// Whether an answer in hand is still sent when the conversation was moved away.
  public var finishesAnyway = false
  /// Money an hour at work.
  public var costPerHour = 0.0
  /// The share of work in weighted logics.
  public var weight: Int32 = 1
  /// A personal "fewer than", in force at every automatic choice.
  public var limit: Int32?
  /// What the agent may do.
  public var role = UserProfile.Role.agent
  /// Whose contacts the agent sees.
  public var sees = UserProfile.Visibility.all
  /// Whether the unassigned inbox is seen: without it nothing can be picked from it.
  public var seesUnassigned: Bool { sees == .all || role == .owner || role == .manager }

  /// An agent who answers one conversation at a time.
  public init(name: String, team: Int? = nil, replyTime: Distribution) {
    self.name = name
    self.team = team
    self.replyTime = replyTime
  }
}

/// How many conversations an agent works on at once, and at what speed.
public enum Attention: Hashable, Sendable {
  /// One at a time.
  case serial
  /// So many at once, each at full speed.
  case parallel(Int)
  /// Total speed with 1, 2, ... conversations in hand; each runs at its equal part of it.
  case shared([Double])

  /// How many conversations can be worked on at once.
  public var slotCount: Int {
    switch self {
    case .serial: 1
    case .parallel(let count): max(1, count)
    case .shared(let speeds): max(1, speeds.count)
    }
  }
}

/// What a free agent takes from the unassigned inbox.
public enum Picks: String, Hashable, Sendable, CaseIterable {
  /// Nothing: work is given, not taken.
  case nothing
  /// The conversation whose message has waited longest.
  case oldest
  /// The conversation whose message came last.
  case newest
}

/// Absences: how long after the return the next one begins, and how long it lasts.
public struct Away: Sendable {
  /// From the return to the next absence.
  public var after: Distribution
  /// How long the absence lasts.
  public var length: Distribution

  /// Describes absences.
  public init(after: Distribution, length: Distribution) {
    self.after = after
    self.length = length
  }
}

/// How an agent stops for an absence or the end of a shift.
public enum Leaving: String, Hashable, Sendable, CaseIterable {
  /// Takes nothing new and finishes the replies in hand; only then is the agent gone.
  case finishFirst = "finish_first"
  /// Stops at once, keeps the conversations and the work done, goes on at the return.
  case preempt
  /// Stops at once and unassigns; whoever takes over does only what is left.
  case handBack = "hand_back"
}
