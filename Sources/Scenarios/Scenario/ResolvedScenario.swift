import Engine

/// A scenario with every default written out, so that it means the same when defaults change.
struct ResolvedScenario {
  private let root: Node

  /// Takes the tree with overrides put in, and the parameters as they are set.
  init(root: Node, parameters: [(name: String, value: Node?)]) {
    guard case .mapping(var entries) = root.content else {
      self.root = root
      return
    }
    if let index = entries.firstIndex(where: { $0.key == "parameters" }) {
      let values = parameters.compactMap { name, value in
        value.map { Node.Entry(key: name, keySpan: $0.span, value: $0) }
      }
      entries[index] = Node.Entry(
        key: "parameters", keySpan: entries[index].keySpan,
        value: Node(.mapping(values), at: entries[index].value.span))
    }
    self.root = Node(.mapping(entries), at: root.span)
  }

  /// The whole file.
  func text() -> String {
    "# Every default is written out: running this file repeats the result.\n"
      + YAMLText.block(filled(root, .map(ScenarioKeys.top)))
  }

  private func filled(_ node: Node, _ shape: Shape) -> Node {
    switch (shape, node.content) {
    case (.map(let table), .mapping(let entries)): return filled(entries, table, at: node.span)
    case (.named(let shape), .mapping(let entries)):
      let values = entries.map { entry in
        Node.Entry(key: entry.key, keySpan: entry.keySpan, value: filled(entry.value, shape))
      }
      return Node(.mapping(values), at: node.span)
    case (.list(let shape), .list(let items)):
      return Node(.list(items.map { filled($0, shape) }), at: node.span)
    case (.either(let shapes), _):
      let fitting = shapes.first { fits(node, $0) }
      return fitting.map { filled(node, $0) } ?? node
    case (.reference("step"), .mapping(let entries)): return filledStep(entries, at: node.span)
    case (.reference("trigger"), .mapping(let entries)):
      let values = entries.map { entry in
        let table = WorkflowReader.triggerKeys.first { $0.key == entry.key }?.value
        return Node.Entry(
          key: entry.key, keySpan: entry.keySpan,
          value: table.map { filled(entry.value, .map($0)) } ?? entry.value)
      }
      return Node(.mapping(values), at: node.span)
    case (.reference("arrivals"), .mapping): return filledArrivals(node)
    default: return node
    }
  }

  /// Whether a value is of the kind that a shape describes.
  private func fits(_ node: Node, _ shape: Shape) -> Bool {
    switch (shape, node.content) {
    case (.map, .mapping), (.named, .mapping), (.list, .list): true
    default: false
    }
  }

  private func filled(_ entries: [Node.Entry], _ table: KeyTable, at span: SourceSpan) -> Node {
    var result = entries.map { entry in
      let shape = table.keys.first { $0.name == entry.key }?.shape ?? .anything
      return Node.Entry(
        key: entry.key, keySpan: entry.keySpan, value: filled(entry.value, shape))
    }
    for key in table.keys where !entries.contains(where: { $0.key == key.name }) {
      guard let standard = standard(key, of: table, beside: entries) else { continue }
      guard let node = Node.read(SourceFile(name: "", text: standard), Problems()) else { continue }
      result.append(Node.Entry(key: key.name, keySpan: span, value: filled(node, key.shape)))
    }
    return Node(.mapping(result), at: span)
  }

  /// What is meant by leaving a key out, where that depends on the keys beside it.
  private func standard(
    _ key: KeyTable.Key, of table: KeyTable, beside entries: [Node.Entry]
  ) -> String? {
    func text(_ name: String) -> String? {
      guard case .scalar(let scalar)? = entries.first(where: { $0.key == name })?.value.content
      else { return nil }
      return scalar.text
    }
    let has = Set(entries.map(\.key))
    switch table.subject {
    case ScenarioKeys.top.subject where key.name == "replications" && has.contains("precision"):
      return nil
    case ScenarioKeys.channel.subject where key.name != "kind":
      let kind = ChannelKind(rawValue: text("kind") ?? "direct")
      return kind?.presets.first { $0.key == key.name }?.value
    case ScenarioKeys.population.subject where key.name == "channels",
      ScenarioKeys.broadcast.subject where key.name == "channel":
      return onlyChannel.map(YAMLText.scalar)
    case WorkflowReader.assignKeys.subject
    where !has.contains("team") && !has.contains("workspace"):
      return nil
    default: return key.standard
    }
  }

  /// The channel that a population uses without saying so.
  private var onlyChannel: String? {
    guard case .mapping(let channels)? = root.value(of: "channels")?.content else {
      return root.value(of: "channels") == nil ? "direct" : nil
    }
    return channels.count == 1 ? channels[0].key : nil
  }

  private func filledStep(_ entries: [Node.Entry], at span: SourceSpan) -> Node {
    let values = entries.map { entry in
      var shape = Shape.anything
      if let step = WorkflowReader.steps.first(where: { $0.key == entry.key })?.value {
        shape = step.shape
      } else if entry.key == "on" {
        shape = .map(WorkflowReader.agentOutcomes)
      } else if WorkflowReader.outcomes.contains(entry.key) {
        shape = .list(.reference("step"))
      }
      return Node.Entry(
        key: entry.key, keySpan: entry.keySpan, value: filled(entry.value, shape))
    }
    return Node(.mapping(values), at: span)
  }

  /// Arrivals have a shape only if they follow a profile.
  private func filledArrivals(_ node: Node) -> Node {
    guard case .mapping(let entries) = node.content,
      entries.contains(where: { ["profile", "weekly"].contains($0.key) }),
      !entries.contains(where: { $0.key == "shape" })
    else { return node }
    let shape = Node(text: "step", at: node.span)
    return Node(
      .mapping(entries + [Node.Entry(key: "shape", keySpan: node.span, value: shape)]),
      at: node.span)
  }
}
