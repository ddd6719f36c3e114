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
