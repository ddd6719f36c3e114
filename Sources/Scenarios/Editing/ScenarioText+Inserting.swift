extension ScenarioText {
  /// Adds an entry to a map or an item to a list, in the style of its neighbours.
  ///
  /// - Parameter path: where it is to stand. A key must be new. An item goes before the one that has its
  ///   position now, or at the end.
  /// - Parameter yaml: the value in YAML: a scalar, or a map or list in brackets.
  /// - Parameter after: the key that the entry is to follow; without one it is the last.
  public func inserting(
    _ path: ScenarioPath, yaml: String, after: String? = nil
  ) throws(Diagnostics) -> ScenarioText {
    let (node, writings) = try Writing.ways(yaml: yaml, for: path)
    return try inserting(path, node, writings, after: after)
  }

  /// Adds an entry or item that is a text, number, duration or switch.
  public func inserting(
    _ path: ScenarioPath, scalar text: String, after: String? = nil
  ) throws(Diagnostics) -> ScenarioText {
    try inserting(path, .scalar(text), Writing.ways(text, isJSON: isJSON), after: after)
  }

  /// Adds a copy of an entry under a new key right after it.
  public func duplicating(
    _ path: ScenarioPath, as key: String
  ) throws(Diagnostics) -> ScenarioText {
    let spot = try spot(path)
    guard let old = spot.part.key else { throw refusal(at: spot.part.value) }
    try refuseKnown(key, in: spot.parent)
    let copy = String(decoding: source.bytes[old.upperBound..<spot.part.end], as: UTF8.self)
    let style = layout.style(of: old)
    let expected = root.changed(at: path.steps.dropLast()) { parent in
      parent.inserting(parent.entry(spot.index), as: key, at: spot.index + 1)
    }
    return try first(
      of: Writing.ways(key, like: style), at: spot.part.value, meaning: expected
    ) { key in
      splices(inserting: key + copy, in: spot.parent, spot.parts, at: spot.index + 1)
    }
  }

  private func inserting(
    _ path: ScenarioPath, _ node: Node, _ writings: [String], after: String?
  ) throws(Diagnostics) -> ScenarioText {
    guard let step = path.steps.last else {
      throw problem(at: layout.top(root), "the file as a whole is changed in the text")
    }
    let above = ScenarioPath(Array(path.steps.dropLast()))
    let parent = try existing(above)
    let index = try position(of: step, in: parent, after: after)
    var entries = writings
    var key: String?
    if case .key(let name) = step {
      key = name
      entries = Writing.ways(name, isJSON: isJSON).flatMap { name in
        writings.map { "\(name): \($0)" }
      }
    }
    let expected = root.changed(at: above.steps) { $0.inserting(node, as: key, at: index) }
    if parent.style == .empty {
      let column = above.steps.isEmpty ? 0 : layout.column(of: try spot(above).part.start) + 2
      return try first(of: entries, at: parent, meaning: expected) { entry in
        let margin = String(repeating: " ", count: column)
        let line = margin + (key == nil ? "- " : "") + entry
        return [Splice(at: layout.line(at: parent.introduced).end, lineBreak + line)]
      }
    }
    let parts = layout.parts(of: parent)
    return try first(of: entries, at: parent, meaning: expected) { entry in
      splices(inserting: entry, in: parent, parts, at: index)
    }
  }

  /// Where a new entry or item comes to stand.
  private func position(
    of step: ScenarioPath.Step, in parent: Layout.Value, after: String?
  ) throws(Diagnostics) -> Int {
    switch (parent.node.content, step) {
    case (.mapping(let entries), .key(let key)):
      try refuseKnown(key, in: parent)
      guard let after else { return entries.count }
      guard let index = entries.firstIndex(where: { $0.key == after }) else {
        throw problem(at: parent, "there is no key \(quoted(after)) here")
      }
      return index + 1
    case (.list(let items), .index(let index)):
      guard (0...items.count).contains(index) else {
        throw problem(at: parent, "a list of \(items.count) has no place [\(index)]")
      }
      return index
    case (.scalar, .key) where parent.style == .empty: return 0
    case (.scalar, .index(0)) where parent.style == .empty: return 0
    case (_, .key(let key)):
      throw problem(at: parent, "a key such as \(quoted(key)) can only be added to a map")
    case (_, .index): throw problem(at: parent, "an item can only be added to a list")
    }
  }

  func refuseKnown(_ key: String, in parent: Layout.Value) throws(Diagnostics) {
    guard parent.node.value(of: key) != nil else { return }
    throw problem(
      at: parent, "the key \(quoted(key)) is there already", hint: "choose another name")
  }

  /// What puts a written entry or item between the others; nil if there is no way to.
  private func splices(
    inserting entry: String, in parent: Layout.Value, _ parts: [Layout.Part], at index: Int
  ) -> [Splice]? {
    if parent.style == .flow {
      guard index > 0 else {
        guard let next = parts.first else { return [Splice(at: parent.start + 1, entry)] }
        return [Splice(at: next.start, "\(entry),\(separator(before: next))")]
      }
      return splices(inserting: entry, inBracketsAfter: parts[index - 1])
    }
    guard parent.style == .block, let first = parts.first else { return nil }
    let margin = lineBreak + String(repeating: " ", count: layout.column(of: first.start))
    let entry = (first.key == nil ? "- " : "") + entry
    guard index > 0 else {
      return [Splice(at: layout.startOfComments(above: first.start), entry + margin)]
    }
    let end = layout.endOfBlock(parts[index - 1].end, column: layout.column(of: first.start))
    return [Splice(at: end, margin + entry)]
  }

  /// In brackets: behind the entry before, or on a line of its own if that has one.
  private func splices(
    inserting entry: String, inBracketsAfter part: Layout.Part
  ) -> [Splice] {
    let line = layout.line(at: part.end)
    let next = layout.afterTrivia(part.end)
    let hasComma = next < source.bytes.count && source.bytes[next] == UInt8(ascii: ",")
    let end = hasComma && next < line.end ? next + 1 : part.end
    let isAlone = layout.beginsLine(part.start) && layout.afterTrivia(end) >= line.end
    guard isAlone else { return [Splice(at: part.end, ", " + entry)] }
    let margin = separator(before: part)
    if hasComma { return [Splice(at: line.end, "\(margin)\(entry),")] }
    return [Splice(at: part.end, ","), Splice(at: line.end, margin + entry)]
  }

  /// What stands between two entries in brackets: a line break and an indentation, or a blank.
  private func separator(before part: Layout.Part) -> String {
    guard layout.beginsLine(part.start) else { return " " }
    let start = layout.line(at: part.start).start
    return lineBreak + String(decoding: source.bytes[start..<part.start], as: UTF8.self)
  }
}

extension Layout {
  /// The quotes of a key.
  func style(of key: Range<Int>) -> Style {
    switch bytes[key].first {
    case UInt8(ascii: "'"): .quoted
    case UInt8(ascii: "\""): .doubleQuoted
    default: .plain
    }
  }
}

extension Node {
  /// The value of the entry at a position.
  func entry(_ index: Int) -> Node {
    guard case .mapping(let entries) = content else { return self }
    return entries[index].value
  }

  /// The map or list with another entry or item; nothing at all becomes one or the other.
  func inserting(_ node: Node, as key: String?, at index: Int) -> Node {
    let entry = Entry(key: key ?? "", keySpan: span, value: node)
    if case .scalar = content {
      return Node(key == nil ? .list([node]) : .mapping([entry]), at: span)
    }
    return rearranged {
      $0.insert(entry, at: index)
    } items: {
      $0.insert(node, at: index)
    }
  }
}
