/// Trees that were made by a program and not read from a file: they have no place to point at.
extension Node {
  private static let nowhere: SourceSpan = {
    let start = SourcePosition(line: 1, column: 1)
    return SourceSpan(source: SourceFile(name: "drawn", text: ""), start: start, end: start)
  }()

  /// A text, number, duration, switch.
  public static func scalar(_ text: String) -> Node {
    Node(.scalar(Scalar(text: text, isVerbatim: false, inset: 0)), at: nowhere)
  }

  /// A list.
  public static func list(_ items: [Node]) -> Node { Node(.list(items), at: nowhere) }

  /// A map, in the order given.
  public static func map(_ entries: KeyValuePairs<String, Node>) -> Node {
    map(entries.map { ($0.key, $0.value) })
  }

  /// A map, in the order given.
  public static func map(_ entries: [(String, Node)]) -> Node {
    Node(.mapping(entries.map { Entry(key: $0.0, keySpan: nowhere, value: $0.1) }), at: nowhere)
  }

  /// The tree of a text that was written by a program.
  public static func parsed(_ text: String, name: String) throws(Diagnostics) -> Node {
    let problems = Problems()
    guard let node = read(SourceFile(name: name, text: text), problems) else {
      throw problems.diagnostics
    }
    return node
  }

  /// The tree as YAML that reads back as the same tree.
  public var yaml: String { YAMLText.block(self) }
}

extension CaseFile {
  /// Reads a case from a tree.
  public static func read(_ tree: Node, name: String) throws(Diagnostics) -> CaseFile {
    try finished(tree, name, Problems())
  }
}
