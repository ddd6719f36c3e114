import Scenarios

/// The workspace and the workflows of a scenario, for stories about them.
struct GivenWorkspace: Sendable {
  /// The names of its users: of a larger team the first six, for a story is about few.
  let users: [String]
  /// The names of its teams.
  let teams: [String]
  /// The key `workspace` of a case.
  let workspace: Node
  /// The key `workflows`.
  let workflows: Node

  private static let mostUsers = 6
  /// What workspaces of scenarios and of cases have in common.
  private static let settings = [
    "policies", "limits", "unassign_on_close", "any_event_opens", "auto_close", "inactivity",
    "closing_notes", "categories", "fields", "own_domains",
  ]

  /// Takes them from a scenario with all its defaults written out.
  ///
  /// - Parameter parameters: the values of parameters, of the strategy that is put to the test.
  init(resolved: String, name: String, parameters: [String: String]) throws(Diagnostics) {
    let tree = try Node.parsed(resolved, name: name)
    var values = parameters
    for key in tree.at(["parameters"])?.childKeys ?? [] where values[key] == nil {
      if case .scalar(let scalar) = tree.at(["parameters", key])?.content {
        values[key] = scalar.text
      }
    }
    let known = values
    let root = tree.substituting { text in
      text.hasPrefix("$") ? known[String(text.dropFirst())].map { .scalar($0) } : nil
    }
    workflows = root.at(["workflows"]) ?? .map([:])
    teams = root.at(["teams"])?.childKeys ?? []
    var users: [(String, Node)] = []
    var members: [(String, Node)] = []
    for team in teams {
      let found = Self.agents(of: team, root)
      users += found
      members.append((team, .list(found.map { .scalar($0.0) })))
    }
    self.users = users.map(\.0)
    var keys: [(String, Node)] = [("users", .map(users)), ("teams", .map(members))]
    let channels = root.at(["channels"])?.childKeys ?? []
    keys.append(("channels", .map(channels.map { ($0, Self.channel($0, root)) })))
    for key in Self.settings {
      if let value = root.at(["workspace", key]) { keys.append((key, value)) }
    }
    workspace = .map(keys)
  }

  private static func channel(_ name: String, _ root: Node) -> Node {
    guard let window = root.at(["channels", name, "window"]),
      case .scalar(let scalar) = window.content, scalar.text != "off"
    else { return .map([:]) }
    return .map(["window": window])
  }

  private static func agents(of team: String, _ root: Node) -> [(String, Node)] {
    let agents = root.at(["teams", team, "agents"])
    if case .scalar(let scalar) = agents?.content {
      let count = min(mostUsers, Int(scalar.text) ?? 1)
      return (1...max(1, count)).map { ("\(team)-\($0)", .scalar("online")) }
    }
    return (agents?.childKeys ?? []).prefix(mostUsers).map { place in
      let agent = agents?.at([place])
      if case .scalar(let scalar) = agent?.content { return (scalar.text, .scalar("online")) }
      var name = place
      if case .scalar(let scalar) = agent?.at(["name"])?.content { name = scalar.text }
      let keys = ["limit", "weight", "role", "sees"].compactMap { key in
        agent?.at([key]).map { (key, $0) }
      }
      return (name, keys.isEmpty ? .scalar("online") : .map(keys))
    }
  }
}
