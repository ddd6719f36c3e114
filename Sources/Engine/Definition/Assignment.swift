/// Whether a user can be given work.
public enum ActivityStatus: UInt8, Hashable, Sendable, Codable, CaseIterable,
  CustomStringConvertible, BitwiseCopyable
{
  /// At work and free for automatic assignment.
  case online
  /// At work, but not to be given anything automatically; the help pages also say "away".
  case busy
  /// Logged out, or without an action for longer than the workspace allows. Never chosen by hand.
  case offline

  /// The name in lower case.
  public var description: String {
    switch self {
    case .online: "online"
    case .busy: "busy"
    case .offline: "offline"
    }
  }

  /// Reads a name in lower case; `away` is another word for busy.
  public init?(name: String) {
    switch name {
    case "online": self = .online
    case "busy", "away": self = .busy
    case "offline": self = .offline
    default: return nil
    }
  }
}

/// Which of the eligible users is chosen.
public enum Logic: Hashable, Sendable, Codable {
  /// Each in turn.
  case roundRobin
  /// The one with the fewest open contacts.
  case leastOpen
  /// Anyone, each as likely.
  case random
  /// The less loaded of two drawn at random.
  case powerOfTwo
  /// The one whose last conversation ended longest ago.
  case longestIdle
  /// The one whose last automatic assignment is longest ago.
  case longestSinceAssignment
  /// The one who handled the fewest conversations.
  case fewestHandled
  /// Each in turn, in proportion to weights, without bursts.
  case weightedRoundRobin
  /// The one with the fewest open contacts for his weight.
  case weightedLeastOpen
  /// The one with the most room below his limit.
  case mostSpareCapacity
  /// The one with the fewest conversations waiting for his answer.
  case leastUnanswered
  /// The one predicted to answer first.
  case expectedWait
  /// The contact's last user if eligible, waited for so long; then another logic.
  indirect case sticky(wait: EngineDuration, then: Logic)

  /// The name in files, such as `round_robin`.
  public var name: String {
    switch self {
    case .roundRobin: "round_robin"
    case .leastOpen: "least_open"
    case .random: "random"
    case .powerOfTwo: "power_of_two"
    case .longestIdle: "longest_idle"
    case .longestSinceAssignment: "longest_since_assignment"
    case .fewestHandled: "fewest_handled"
    case .weightedRoundRobin: "weighted_round_robin"
    case .weightedLeastOpen: "weighted_least_open"
    case .mostSpareCapacity: "most_spare_capacity"
    case .leastUnanswered: "least_unanswered"
    case .expectedWait: "expected_wait"
    case .sticky: "sticky"
    }
  }

  /// Every logic that needs no setting of its own.
  public static let plain: [Logic] = [
    .roundRobin, .leastOpen, .random, .powerOfTwo, .longestIdle, .longestSinceAssignment,
    .fewestHandled, .weightedRoundRobin, .weightedLeastOpen, .mostSpareCapacity, .leastUnanswered,
    .expectedWait,
  ]
}

/// The users among whom an automatic assignment chooses, and the queue in front of them.
@frozen public enum PoolID: Hashable, Sendable, Codable, CustomStringConvertible, BitwiseCopyable {
  /// Everybody in the workspace, owners and managers included.
  case workspace
  /// The members of a team at the moment of the decision.
  case team(TeamID)

  /// `workspace` or the team.
  public var description: String {
    switch self {
    case .workspace: "workspace"
    case .team(let team): "\(team)"
    }
  }
}

/// One of the four actions of the Assign To step.
public enum AssignTarget: Hashable, Sendable, Codable, BitwiseCopyable {
  /// This very user, online or not, full or not.
  case user(UserID)
  /// A user of a team.
  case team(TeamID)
  /// Any user of the workspace.
  case workspace
  /// Nobody: the contact loses its assignee.
  case unassign

  /// The pool to choose from, for the two actions that choose.
  public var pool: PoolID? {
    switch self {
    case .team(let team): .team(team)
    case .workspace: .workspace
    case .user, .unassign: nil
    }
  }
}
