import Scenarios

/// Trees with something left out or replaced; a path is the keys of maps and the places of lists.
extension Node {
  /// How many values the tree has.
  var size: Int { 1 + children.reduce(0) { $0 + $1.node.size } }

  /// How many values a list or map has.
  var childCount: Int { children.count }

  /// The keys of a map, the places of a list.
  var childKeys: [String] { children.map(\.key) }

  private var children: [(key: String, node: Node)] {
    switch content {
    case .list(let items): items.enumerated().map { ("\($0.offset)", $0.element) }
    case .mapping(let entries): entries.map { ($0.key, $0.value) }
    default: []
    }
  }

  /// The value at a path.
  func at(_ path: [String]) -> Node? {
    guard let first = path.first else { return self }
    return children.first { $0.key == first }?.node.at(Array(path.dropFirst()))
  }

  /// Another value at a path that is there.
  func replacing(_ path: [String], by node: Node) -> Node {
    guard let first = path.first else { return node }
    return changing { $0 == first ? $1.replacing(Array(path.dropFirst()), by: node) : $1 }
  }

  /// Without some of the values of the list or map at a path.
  func removing(_ range: Range<Int>, at path: [String]) -> Node {
    guard let node = at(path) else { return self }
    let keys = Set(node.childKeys[range])
    return replacing(path, by: node.changing { keys.contains($0) ? nil : $1 })
  }

  /// Without a name and everything that mentions it: the rows and steps of lists, the entries of maps.
  func without(_ name: String) -> Node {
    changing { key, node in
      if key == name { return nil }
      if case .scalar(let scalar) = node.content { return scalar.text == name ? nil : node }
      if case .list = self.content, node.mentions(name) { return nil }
      return node.without(name)
    }
  }

  private func mentions(_ name: String) -> Bool {
    switch content {
    case .scalar(let scalar): scalar.text == name
    case .mapping(let entries): entries.contains { $0.value.mentions(name) }
    default: false
    }
  }

  /// The texts that stand under a key, or under a key of a map under a key, in order and each once.
  func texts(under key: String, _ inner: String? = nil) -> [String] {
    var found: [String] = []
    for (name, node) in children {
      let value = name == key ? inner.map { node.at([$0]) } ?? node : nil
      if case .scalar(let scalar) = value?.content { found.append(scalar.text) }
      found += node.texts(under: key, inner)
    }
    return found.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// With other texts in the place of some.
  func substituting(_ replacement: (String) -> Node?) -> Node {
    if case .scalar(let scalar) = content { return replacement(scalar.text) ?? self }
    return changing { $1.substituting(replacement) }
  }

  private func changing(_ change: (String, Node) -> Node?) -> Node {
    switch content {
    case .list: .list(children.compactMap { change($0.key, $0.node) })
    case .mapping:
      .map(children.compactMap { child in change(child.key, child.node).map { (child.key, $0) } })
    default: self
    }
  }
}
