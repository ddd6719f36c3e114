/// The text of a scenario that a form edits in place.
///
/// The text is the truth: every change replaces the bytes of what was asked for and leaves all others as
/// they are, with comments, order, spacing, line breaks and byte order mark. The new text is read again
/// before it is given back. If its tree differs from the old one in anything but what was asked, the
/// change is refused with a diagnostic, and the old text stands.
public struct ScenarioText: Sendable {
  /// The text, byte for byte.
  public let text: String
  let source: SourceFile
  let root: Node

  /// Reads a text; what is wrong with it as YAML is thrown as the reader says it.
  public init(text: String, file: String) throws(Diagnostics) {
    let problems = Problems()
    let source = SourceFile(name: file, text: text)
    guard let root = Node.read(source, problems), !problems.hasErrors else {
      throw problems.diagnostics
    }
    self.text = text
    self.source = source
    self.root = root
  }

  var layout: Layout { Layout(source: source) }
  /// The byte order mark of the text, which its source leaves out.
  var mark: String { text.utf8.count > source.bytes.count ? "\u{FEFF}" : "" }
}

extension ScenarioText: Equatable {
  /// Two texts are the same if they have the same bytes; `==` of strings takes é for e and an accent.
  public static func == (a: Self, b: Self) -> Bool {
    a.source.name == b.source.name && a.text.utf8.elementsEqual(b.text.utf8)
  }
}

extension ScenarioText {
  /// A value as it stands in the text.
  public struct Found: Sendable, Equatable {
    /// The kinds of values.
    public enum Kind: Sendable { case scalar, map, sequence }

    /// What it is.
    public let kind: Kind
    /// The text from its first to its last character, quotes and brackets included.
    public let text: String
    /// The text of a scalar as it is meant, without quotes; nil for maps and sequences.
    public let scalar: String?
    /// Its lines, counted from 1.
    public let lines: ClosedRange<Int>
    /// The column of its first character, counted from 1 in units of UTF-16.
    let firstColumn: Int
    /// The column behind its last character, on the last line.
    let endColumn: Int
  }

  /// The value at a place; nil where there is none.
  public func value(at path: ScenarioPath) -> Found? {
    guard let value = written(at: path) else { return nil }
    let kind: Found.Kind
    var scalar: String?
    switch value.node.content {
    case .scalar(let content): (kind, scalar) = (.scalar, content.text)
    case .mapping: kind = .map
    case .list: kind = .sequence
    case .refused: return nil
    }
    let first = layout.line(at: value.start)
    let last = layout.line(at: value.end)
    return Found(
      kind: kind, text: String(decoding: source.bytes[value.start..<value.end], as: UTF8.self),
      scalar: scalar, lines: first.number...last.number,
      firstColumn: column(from: first, to: value.start),
      endColumn: column(from: last, to: value.end))
  }

  /// A byte order mark is the first character of the first line.
  private func column(from line: Layout.Line, to offset: Int) -> Int {
    let text = String(decoding: source.bytes[line.start..<offset], as: UTF8.self)
    return text.utf16.count + 1 + (line.number == 1 ? mark.utf16.count : 0)
  }

  /// The keys of the map at a place in the order of the text; none where there is no map.
  public func keys(at path: ScenarioPath) -> [String] {
    guard case .mapping(let entries)? = written(at: path)?.node.content else { return [] }
    return entries.map(\.key)
  }

  /// How many entries or items the map or list at a place has; 0 where there is neither.
  public func count(at path: ScenarioPath) -> Int {
    switch written(at: path)?.node.content {
    case .mapping(let entries)?: entries.count
    case .list(let items)?: items.count
    default: 0
    }
  }

  func written(at path: ScenarioPath) -> Layout.Value? {
    var value = layout.top(root)
    for step in path.steps {
      guard let index = value.node.index(of: step) else { return nil }
      value = layout.parts(of: value)[index].value
    }
    return value
  }
}

extension Node {
  /// The position of the entry or item that a step leads to.
  func index(of step: ScenarioPath.Step) -> Int? {
    switch (content, step) {
    case (.mapping(let entries), .key(let key)): entries.firstIndex { $0.key == key }
    case (.list(let items), .index(let index)): items.indices.contains(index) ? index : nil
    default: nil
    }
  }
}
