import Engine

/// What `compare` takes where a scenario names no strategies: the two logics that the platform offers.
///
/// They are put where the file has a parameter for the logic, else into every `assign_to` that chooses by
/// one. A `sticky` step stays as it is: who wrote it decided against both.
struct OfferedStrategies {
  /// The scenario's tree.
  let root: Node

  private static let names: KeyValuePairs<String, (logic: String, description: String)> = [
    "round robin": ("round_robin", "Assign To gives to the agents in turn"),
    "least open": ("least_open", "Assign To gives to the agent with the fewest open contacts"),
  ]

  /// The tree with the two strategies; nil where strategies are named or no step chooses by a logic.
  func added() -> Node? {
    guard case .mapping(let entries) = root.content else { return nil }
    if let named = root.value(of: "strategies") {
      guard case .mapping(let entries) = named.content, entries.isEmpty else { return nil }
    }
    let logics = logics(in: root.value(of: "workflows"))
    guard !logics.isEmpty else { return nil }
    var parameters = parameters
    var varied: [String] = []
    for name in logics.compactMap({ $0 }) where !varied.contains(name) { varied.append(name) }
    var workflows = root.value(of: "workflows")
    if varied.isEmpty {
      let name = freeName(parameters)
      varied = [name]
      let first = Self.names[0].value.logic
      parameters.append(entry(name, Node(text: first, at: root.span)))
      workflows = workflows.map { withLogic("$" + name, in: $0) }
    }
    let strategies = Self.names.map { name, strategy in
      entry(
        name,
        map(
          [entry("description", Node(text: strategy.description, at: root.span))]
            + varied.map { entry($0, Node(text: strategy.logic, at: root.span)) }))
    }
    let replaced = ["parameters": map(parameters), "workflows": workflows]
    var result = entries.filter { $0.key != "strategies" }.map { old in
      Node.Entry(key: old.key, keySpan: old.keySpan, value: (replaced[old.key] ?? nil) ?? old.value)
    }
    if root.value(of: "parameters") == nil { result.append(entry("parameters", map(parameters))) }
    return Node(.mapping(result + [entry("strategies", map(strategies))]), at: root.span)
  }

  private var parameters: [Node.Entry] {
    guard case .mapping(let entries)? = root.value(of: "parameters")?.content else { return [] }
    return entries
  }

  private func freeName(_ parameters: [Node.Entry]) -> String {
    var name = "logic"
    while parameters.contains(where: { $0.key == name }) { name += "_" }
    return name
  }

  private func map(_ entries: [Node.Entry]) -> Node { Node(.mapping(entries), at: root.span) }

  private func entry(_ key: String, _ value: Node) -> Node.Entry {
    Node.Entry(key: key, keySpan: root.span, value: value)
  }

  /// The parameter behind the logic of each step that chooses by one; a nil for a logic that stands there.
  private func logics(in node: Node?) -> [String?] {
    switch node?.content {
    case .list(let items): return items.flatMap { logics(in: $0) }
    case .mapping(let entries):
      return entries.flatMap { entry -> [String?] in
        guard entry.key == "assign_to" else { return logics(in: entry.value) }
        guard chooses(entry.value) else { return [] }
        let name = entry.value.value(of: "logic").flatMap { parameterName(of: $0) }
        return [name]
      }
    default: return []
    }
  }

  /// Whether an `assign_to` chooses among several agents by a logic that may be another.
  private func chooses(_ step: Node) -> Bool {
    guard step.value(of: "team") != nil || step.value(of: "workspace") != nil else { return false }
    guard let logic = step.value(of: "logic") else { return true }
    guard case .scalar(let scalar) = logic.content else { return false }
    return scalar.text != "sticky"
  }

  private func withLogic(_ logic: String, in node: Node) -> Node {
    switch node.content {
    case .list(let items): return Node(.list(items.map { withLogic(logic, in: $0) }), at: node.span)
    case .mapping(let entries):
      let changed = entries.map { old -> Node.Entry in
        var value = withLogic(logic, in: old.value)
        if old.key == "assign_to", chooses(old.value), case .mapping(let step) = value.content {
          let written = old.value.value(of: "logic")?.span ?? old.keySpan
          let new = Node.Entry(
            key: "logic", keySpan: old.keySpan, value: Node(text: logic, at: written))
          value = Node(.mapping(step.filter { $0.key != "logic" } + [new]), at: value.span)
        }
        return Node.Entry(key: old.key, keySpan: old.keySpan, value: value)
      }
      return Node(.mapping(changed), at: node.span)
    default: return node
    }
  }
}
