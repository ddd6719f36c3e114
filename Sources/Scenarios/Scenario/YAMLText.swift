/// Writes trees as YAML that reads back as the same tree, here and in any other reader.
public enum YAMLText {
  /// A map in block style.
  static func block(_ node: Node, indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent)
    switch node.content {
    case .mapping(let entries) where !entries.isEmpty:
      return entries.map { entry in
        margin + scalar(entry.key) + ":" + value(entry.value, indent: indent)
      }.joined()
    case .list(let items) where !items.isEmpty:
      // The first line of a block stands behind its dash.
      return items.map { item in
        fitsOnLine(item, indent: indent)
          ? "\(margin)- \(flow(item))\n"
          : margin + "- " + String(block(item, indent: indent + 2).dropFirst(indent + 2))
      }.joined()
    default: return margin + flow(node) + "\n"
    }
  }

  /// What follows a key or a dash: on its line if it is short, below it otherwise.
  private static func value(_ node: Node, indent: Int) -> String {
    fitsOnLine(node, indent: indent)
      ? " \(flow(node))\n" : "\n" + block(node, indent: indent + 2)
  }

  private static func fitsOnLine(_ node: Node, indent: Int) -> Bool {
    let depth = depth(node)
    return depth == 0 || depth <= 2 && flow(node).utf8.count + indent <= 80
  }

  private static func depth(_ node: Node) -> Int {
    switch node.content {
    case .mapping(let entries): 1 + (entries.map { depth($0.value) }.max() ?? 0)
    case .list(let items): 1 + (items.map { depth($0) }.max() ?? 0)
    default: 0
    }
  }

  /// A value on one line.
  static func flow(_ node: Node) -> String {
    switch node.content {
    case .scalar(let text): return scalar(text.text)
    case .list(let items): return "[" + items.map(flow).joined(separator: ", ") + "]"
    case .mapping(let entries):
      let parts = entries.map { "\(scalar($0.key)): \(flow($0.value))" }
      return "{" + parts.joined(separator: ", ") + "}"
    case .refused: return "\"\""
    }
  }

  /// A text without quotes where nobody can misread it, in double quotes otherwise.
  static func scalar(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

  /// Whether a text is a word or a number with a unit, and no word of YAML's own.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 60 else {
      return false
    }
    func isWord(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"):
        true
      default: false
      }
    }
    let sound = text.utf8.allSatisfy { byte in
      isWord(byte)
        || [UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "%")]
          .contains(byte)
    }
    guard sound, isWord(first), isWord(last) || last == UInt8(ascii: "%") else { return false }
    // A date or an octal would be read as something else by readers that guess types.
    let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    if isDigit, text.utf8.contains(UInt8(ascii: "-")) || text.utf8.contains(UInt8(ascii: "_")) {
      return false
    }
    if first == UInt8(ascii: "0"), text.utf8.count > 1 {
      guard text.hasPrefix("0.") || text.hasPrefix("0 ") || text == "0%" else { return false }
    }
    return !["yes", "no", "on", "off", "y", "n", "null"].contains(text.lowercased())
  }

  /// A text in double quotes, as YAML reads it back.
  public static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if isPrintable(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          result += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
      }
    }
    return result + "\""
  }

  /// Whether YAML takes a character as it is, also in a comment.
  public static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x20 && scalar.value != 0x7F && !(0x80...0x9F).contains(scalar.value)
      && ![0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains(scalar.value)
  }
}
