import Scenarios

/// The workspace and the workflows of a scenario, for stories about them.
struct GivenWorkspace: Sendable {
  /// The names of its users.
  let users: [String]
  /// The names of its teams.
  let teams: [String]
  /// The key `workspace` of a case.
  let workspace: Node
  /// The key `workflows`.
  let workflows: Node
}
