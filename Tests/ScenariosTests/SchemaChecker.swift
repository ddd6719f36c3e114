import Testing

@testable import Scenarios

/// As much of JSON Schema as our schemas use, over trees of the reader.
struct SchemaChecker {
  private let root: Node
  private var definitions: [String: Node] = [:]

  init(_ schema: String) throws {
    root = try #require(tree(schema).root)
    if case .mapping(let entries)? = root.value(of: "$defs")?.content {
      for entry in entries { definitions[entry.key] = entry.value }
    }
  }

  /// Whether a file fits the schema, plain scalars typed as editors type them.
  func accepts(_ text: String) -> Bool { tree(text).root.map { accepts($0) } ?? false }

  /// Whether a value fits the schema.
  func accepts(_ node: Node) -> Bool { accepts(node, root) }

  private func accepts(_ node: Node, _ schema: Node) -> Bool {
    guard case .mapping(let keywords) = schema.content else { return true }
    return keywords.allSatisfy { holds($0.key, $0.value, node, schema) }
  }

  private func holds(_ keyword: String, _ value: Node, _ node: Node, _ schema: Node) -> Bool {
    switch keyword {
    case "$ref":
      let name = String(plain(value).dropFirst("#/$defs/".count))
      guard let definition = definitions[name] else {
        Issue.record("no definition of \(name)")
        return false
      }
      return accepts(node, definition)
    case "type":
      let wanted = items(value).isEmpty ? [plain(value)] : items(value).map(plain)
      return wanted.contains { isOf($0, node) }
    case "enum":
      return items(value).contains { candidate in
        kinds(candidate) == kinds(node) && plain(candidate) == plain(node)
      }
    case "const": return kinds(value) == kinds(node) && plain(value) == plain(node)
    case "pattern":
      guard kinds(node).contains("string") else { return true }
      guard let pattern = try? Regex(plain(value)) else {
        Issue.record("no pattern: \(plain(value))")
        return false
      }
      return plain(node).contains(pattern)
    case "minimum": return number(node).map { $0 >= number(value) ?? 0 } ?? true
    case "maximum": return number(node).map { $0 <= number(value) ?? 0 } ?? true
    case "anyOf": return items(value).contains { accepts(node, $0) }
    case "oneOf": return items(value).count { accepts(node, $0) } == 1
    case "items": return items(node).allSatisfy { accepts($0, value) }
    case "required":
      return items(value).allSatisfy { node.value(of: plain($0)) != nil || !isMap(node) }
    case "minProperties": return entries(node).count >= Int(number(value) ?? 0)
    case "maxProperties": return entries(node).count <= Int(number(value) ?? 0)
    case "propertyNames":
      return entries(node).allSatisfy { accepts(Node(text: $0.key, at: $0.keySpan), value) }
    case "properties":
      return entries(node).allSatisfy { entry in
        value.value(of: entry.key).map { accepts(entry.value, $0) } ?? true
      }
    case "additionalProperties":
      let known = entries(schema.value(of: "properties")).map(\.key)
      let others = entries(node).filter { !known.contains($0.key) }
      return plain(value) == "false"
        ? others.isEmpty : others.allSatisfy { accepts($0.value, value) }
    case "$schema", "$comment", "title", "description", "default", "$defs": return true
    default:
      Issue.record("the checker does not know \(keyword)")
      return false
    }
  }

  private func entries(_ node: Node?) -> [Node.Entry] {
    if case .mapping(let entries)? = node?.content { entries } else { [] }
  }

  private func items(_ node: Node) -> [Node] {
    if case .list(let items) = node.content { items } else { [] }
  }

  private func isMap(_ node: Node) -> Bool {
    if case .mapping = node.content { true } else { false }
  }

  private func isOf(_ type: String, _ node: Node) -> Bool { kinds(node).contains(type) }

  private func number(_ node: Node) -> Double? {
    kinds(node).contains("number") ? Double(plain(node)) : nil
  }

  /// The JSON types of a value.
  private func kinds(_ node: Node) -> [String] {
    switch node.content {
    case .mapping: return ["object"]
    case .list: return ["array"]
    case .refused: return []
    case .scalar(let scalar):
      // Quoted and block scalars are texts whatever they look like.
      guard scalar.inset == 0 else { return ["string"] }
      if ["true", "false"].contains(scalar.text) { return ["boolean"] }
      if scalar.text.isEmpty { return ["null"] }
      guard let number = parseNumber(scalar.text) else { return ["string"] }
      return number == number.rounded() ? ["number", "integer"] : ["number"]
    }
  }
}
