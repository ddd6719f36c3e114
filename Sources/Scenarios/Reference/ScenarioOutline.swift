/// The names in a scenario file, for a shell that completes a command line: whatever else is wrong with it.
public struct ScenarioOutline: Sendable {
  /// The names of its strategies; `default` where it has none.
  public let strategies: [String]
  /// What `--set` takes, each with its present value: parameters, then paths such as `teams.support.agents`.
  public let settings: [(name: String, value: String)]

  /// Reads the file; nil if it cannot be read as YAML.
  public init?(path: String) {
    guard let root = Node.read(file: path, Problems()) else { return nil }
    let named = Self.entries(of: root.value(of: "strategies")).map(\.key)
    strategies = named.isEmpty ? ["default"] : named
    var settings: [(name: String, value: String)] = []
    Self.collect(root.value(of: "parameters"), under: "", into: &settings)
    for entry in Self.entries(of: root)
    where !["parameters", "strategies", "goals", "workflows"].contains(entry.key) {
      Self.collect(entry.value, under: entry.key, into: &settings)
    }
    self.settings = settings
  }

  private static func entries(of node: Node?) -> [Node.Entry] {
    guard case .mapping(let entries)? = node?.content else { return [] }
    return entries
  }

  /// Every single value below a node, with the keys that lead to it.
  private static func collect(
    _ node: Node?, under path: String, into settings: inout [(name: String, value: String)]
  ) {
    switch node?.content {
    case .mapping(let entries)?:
      for entry in entries {
        collect(
          entry.value, under: path.isEmpty ? entry.key : "\(path).\(entry.key)", into: &settings)
      }
    case .scalar(let scalar)?: settings.append((path, scalar.text))
    default: break
    }
  }
}
