/// JSON that is written out, its members in order.
indirect enum JSONText {
  case text(String)
  case number(Int)
  case flag(Bool)
  case list([JSONText])
  case object([(String, JSONText)])

  /// A reference to a definition of the same schema.
  static func reference(_ name: String) -> JSONText {
    .object([("$ref", .text("#/$defs/\(name)"))])
  }

  /// The names of all definitions that are referred to.
  var references: [String] {
    switch self {
    case .text, .number, .flag: return []
    case .list(let items): return items.flatMap(\.references)
    case .object(let members):
      return members.flatMap { name, value -> [String] in
        if name == "$ref", case .text(let text) = value { return [String(text.dropFirst(8))] }
        return value.references
      }
    }
  }

  /// The text, indented by two spaces; what fits stands on one line.
  func written(indent: Int = 0) -> String {
    let line = compact
    if line.utf8.count + indent <= 100 { return line }
    let margin = String(repeating: " ", count: indent + 2)
    let end = String(repeating: " ", count: indent)
    switch self {
    case .list(let items):
      let lines = items.map { margin + $0.written(indent: indent + 2) }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(end)]"
    case .object(let members):
      let lines = members.map { name, value in
        "\(margin)\(Self.quoted(name)): \(value.written(indent: indent + 2))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(end)}"
    default: return line
    }
  }

  private var compact: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .number(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .list(let items): "[" + items.map(\.compact).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { "\(Self.quoted($0)): \($1.compact)" }.joined(separator: ", ") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
