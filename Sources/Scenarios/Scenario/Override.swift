/// A value given on the command line: `--set agents=12`, `--set teams.support.agents=12`, `--seed 7`.
public struct Override: Sendable, Hashable {
  /// A parameter, or a path of keys with dots between them.
  public let name: String
  /// The value as YAML.
  public let value: String
  /// The option it came from, for diagnostics: `--set`, `--seed`.
  public let option: String

  /// Makes an override.
  public init(_ name: String, _ value: String, option: String = "--set") {
    self.name = name
    self.value = value
    self.option = option
  }

  /// Reads `name=value`; nil without an equals sign.
  public init?(assignment: String) {
    guard let equals = assignment.firstIndex(of: "=") else { return nil }
    self.init(
      String(assignment[..<equals]), String(assignment[assignment.index(after: equals)...]))
  }
}

extension Override {
  /// The value as a tree, whose places lie in a source of its own.
  func node(_ problems: Problems) -> Node? {
    let title = option == "--set" ? "--set \(name)" : option
    return Node.read(SourceFile(name: title, text: value), problems)
  }

  /// The place of the name, for what is wrong with it.
  var span: SourceSpan {
    let source = SourceFile(name: option, text: "\(name)=\(value)")
    let start = SourcePosition(line: 1, column: 1)
    let end = SourcePosition(line: 1, column: 1 + name.unicodeScalars.count)
    return SourceSpan(source: source, start: start, end: end)
  }
}

extension Node {
  /// The tree with another value at a path of keys; what is missing at its end is added.
  ///
  /// nil, and a problem, if the path leads through something that is not there.
  func replacing(_ path: [String], with value: Node, _ override: Override, _ problems: Problems)
    -> Node?
  {
    guard let key = path.first else { return value }
    let rest = Array(path.dropFirst())
    switch content {
    case .mapping(var entries):
      if let index = entries.firstIndex(where: { $0.key == key }) {
        guard
          let replaced = entries[index].value.replacing(rest, with: value, override, problems)
        else { return nil }
        entries[index] = Entry(key: key, keySpan: entries[index].keySpan, value: replaced)
        return Node(.mapping(entries), at: span)
      }
      guard rest.isEmpty else {
        problems.unknownName("key", key, at: override.span, known: entries.map(\.key))
        return nil
      }
      return Node(
        .mapping(entries + [Entry(key: key, keySpan: value.span, value: value)]), at: span)
    case .list(var items):
      guard let index = Int(key), items.indices.contains(index) else {
        problems.error(
          override.span, "'\(key)' is no position in a list of \(items.count), counted from 0")
        return nil
      }
      guard let replaced = items[index].replacing(rest, with: value, override, problems) else {
        return nil
      }
      items[index] = replaced
      return Node(.list(items), at: span)
    case .scalar, .refused:
      problems.error(override.span, "there is nothing below \(kind) in the scenario: '\(key)'")
      return nil
    }
  }
}
