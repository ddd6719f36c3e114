import Engine

extension ValueReader {
  /// What a service answers or a webhook brings: maps, lists, and scalars as JSON has them.
  ///
  /// Quoting changes nothing here either, so a number is what looks like one and would be printed
  /// the same way again: `7` is a number, `007` and `1.50` are texts.
  func json() -> JSON {
    switch node.content {
    case .refused: return .null
    case .list(let items): return .list(items.map { ValueReader($0, reading).json() })
    case .mapping(let entries):
      return .object(
        entries.map { JSON.Member($0.key, ValueReader($0.value, reading).json()) })
    case .scalar(let scalar):
      switch scalar.text {
      case "null", "~", "": return .null
      case "true": return .flag(true)
      case "false": return .flag(false)
      default:
        if let whole = Int64(scalar.text), whole.description == scalar.text {
          return .number(Double(whole))
        }
        if let number = parseNumber(scalar.text), number.description == scalar.text {
          return .number(number)
        }
        return .text(scalar.text)
      }
    }
  }
}
