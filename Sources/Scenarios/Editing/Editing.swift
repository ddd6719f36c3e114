import Measurement

/// A stretch of a text that is replaced by another text.
struct Splice {
  let range: Range<Int>
  let text: String

  init(_ range: Range<Int>, _ text: String) {
    self.range = range
    self.text = text
  }

  init(at offset: Int, _ text: String) { self.init(offset..<offset, text) }
}

/// An entry or item that an edit is about, and the map or list that it is part of.
struct Spot {
  let parent: Layout.Value
  let parts: [Layout.Part]
  let index: Int

  var part: Layout.Part { parts[index] }
}

extension ScenarioText {
  /// The text with some stretches replaced; nil if that does not read as the tree that is meant.
  func spliced(_ splices: [Splice], meaning expected: Node) -> ScenarioText? {
    var result: [UInt8] = []
    var copied = 0
    for splice in splices {
      guard splice.range.lowerBound >= copied else { return nil }
      result += source.bytes[copied..<splice.range.lowerBound]
      result += splice.text.utf8
      copied = splice.range.upperBound
    }
    result += source.bytes[copied...]
    let text = mark + String(decoding: result, as: UTF8.self)
    guard let edited = try? ScenarioText(text: text, file: source.name),
      edited.root.means(expected)
    else { return nil }
    return edited
  }

  /// The first of several ways to write the same that reads as the tree that is meant.
  func first(
    of writings: [String], at place: Layout.Value, meaning expected: Node,
    _ splices: (String) -> [Splice]?
  ) throws(Diagnostics) -> ScenarioText {
    for writing in writings {
      if let splices = splices(writing), let edited = spliced(splices, meaning: expected) {
        return edited
      }
    }
    throw refusal(at: place)
  }

  /// What is said where a change would touch more than was asked.
  func refusal(at value: Layout.Value) -> Diagnostics {
    problem(
      at: value, "this value is written in a way that the form cannot change",
      hint: "change it in the text")
  }

  func problem(at value: Layout.Value, _ message: String, hint: String? = nil) -> Diagnostics {
    let span = SourceSpan(
      source: source, start: source.position(of: value.start), end: source.position(of: value.end))
    return Diagnostics([Diagnostic(at: span, message, hint: hint)])
  }

  /// The entry or item at a place; the whole file is neither.
  func spot(_ path: ScenarioPath) throws(Diagnostics) -> Spot {
    guard let last = path.steps.last else {
      throw problem(at: layout.top(root), "the file as a whole is changed in the text")
    }
    let parent = try existing(ScenarioPath(Array(path.steps.dropLast())))
    guard let index = parent.node.index(of: last) else { throw missing(last, in: parent) }
    return Spot(parent: parent, parts: layout.parts(of: parent), index: index)
  }

  /// The value at a place, or which step leads nowhere.
  func existing(_ path: ScenarioPath) throws(Diagnostics) -> Layout.Value {
    var value = layout.top(root)
    for step in path.steps {
      guard let index = value.node.index(of: step) else { throw missing(step, in: value) }
      value = layout.parts(of: value)[index].value
    }
    return value
  }

  private func missing(_ step: ScenarioPath.Step, in value: Layout.Value) -> Diagnostics {
    let name = ScenarioPath([step]).description
    switch (value.node.content, step) {
    case (.mapping(let entries), .key(let key)):
      let hint = nearestName(to: key, in: entries.map(\.key)).map { "did you mean '\($0)'?" }
      return problem(at: value, "there is no key \(quoted(key)) here", hint: hint)
    case (.list(let items), .index):
      return problem(at: value, "there is no item \(name) in a list of \(items.count)")
    default:
      return problem(at: value, "there is nothing below \(value.node.kind) here: '\(name)'")
    }
  }

  /// Whether the text is JSON, in which every key and text has quotes.
  var isJSON: Bool {
    let top = layout.top(root)
    guard top.style == .flow, let key = layout.parts(of: top).first?.key else { return false }
    return layout.style(of: key) == .doubleQuoted
  }

  /// The line break that the text uses.
  var lineBreak: String {
    let first = layout.line(at: 0)
    guard first.next > first.end else { return "\n" }
    return String(decoding: source.bytes[first.end..<first.next], as: UTF8.self)
  }
}

extension Node {
  /// Whether two trees say the same, to the byte: wherever they stand and however they are written.
  func means(_ other: Node) -> Bool {
    switch (content, other.content) {
    case (.scalar(let a), .scalar(let b)): return a.text.utf8.elementsEqual(b.text.utf8)
    case (.list(let a), .list(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.means($1) }
    case (.mapping(let a), .mapping(let b)):
      return a.count == b.count
        && zip(a, b).allSatisfy {
          $0.key.utf8.elementsEqual($1.key.utf8) && $0.value.means($1.value)
        }
    default: return false
    }
  }

  /// The tree with another value at a place that is there.
  func changed(at path: some Collection<ScenarioPath.Step>, _ change: (Node) -> Node) -> Node {
    guard let step = path.first else { return change(self) }
    guard let index = index(of: step) else { return self }
    let rest = path.dropFirst()
    switch content {
    case .mapping(var entries):
      let entry = entries[index]
      entries[index] = Entry(
        key: entry.key, keySpan: entry.keySpan, value: entry.value.changed(at: rest, change))
      return Node(.mapping(entries), at: span)
    case .list(var items):
      items[index] = items[index].changed(at: rest, change)
      return Node(.list(items), at: span)
    case .scalar, .refused: return self
    }
  }

  /// The map or list with its entries or items changed as if both were one thing.
  func rearranged(
    entries changeEntries: (inout [Entry]) -> Void, items changeItems: (inout [Node]) -> Void
  ) -> Node {
    switch content {
    case .mapping(var entries):
      changeEntries(&entries)
      return Node(.mapping(entries), at: span)
    case .list(var items):
      changeItems(&items)
      return Node(.list(items), at: span)
    case .scalar, .refused: return self
    }
  }
}
