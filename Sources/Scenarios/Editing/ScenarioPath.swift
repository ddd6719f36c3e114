/// A place in a scenario: `agents`, `teams.support.agents`, `goals[1]`, `strategies.least open.logic`.
///
/// Written, keys stand between dots and positions, counted from 0, in brackets. A key that is empty or
/// contains a dot, a bracket, a quote or a backslash stands in double quotes, in which `\"` is a quote
/// and `\\` a backslash: `strategies."v2.1 [new]".logic`. The whole file is written as nothing.
public struct ScenarioPath: Sendable, Hashable {
  /// One step down from a map or a list.
  public enum Step: Sendable, Hashable {
    /// To the value under a key of a map.
    case key(String)
    /// To an item of a list, counted from 0.
    case index(Int)
  }

  /// The steps from the top of the file.
  public let steps: [Step]

  /// Makes the path of some steps.
  public init(_ steps: [Step]) { self.steps = steps }

  /// Reads a path as `description` writes it; nil if it is not written that way.
  public init?(parsing text: String) {
    var rest = Substring(text).unicodeScalars
    var steps: [Step] = []
    while let next = rest.first {
      if next == "[" {
        guard let index = Self.index(&rest) else { return nil }
        steps.append(.index(index))
      } else {
        if !steps.isEmpty {
          guard next == "." else { return nil }
          rest.removeFirst()
        }
        guard let key = rest.first == "\"" ? Self.quotedKey(&rest) : Self.plainKey(&rest) else {
          return nil
        }
        steps.append(.key(key))
      }
    }
    self.steps = steps
  }

  private static func index(_ rest: inout Substring.UnicodeScalarView) -> Int? {
    guard let end = rest.firstIndex(of: "]") else { return nil }
    let digits = Substring(rest[..<end].dropFirst())
    guard let index = Int(digits), index >= 0, String(index) == digits else { return nil }
    rest = rest[rest.index(after: end)...]
    return index
  }

  private static func plainKey(_ rest: inout Substring.UnicodeScalarView) -> String? {
    let key = rest.prefix { $0 != "." && $0 != "[" }
    guard !key.isEmpty, !key.contains(where: needsQuotes) else { return nil }
    rest = rest[key.endIndex...]
    return String(key)
  }

  private static func quotedKey(_ rest: inout Substring.UnicodeScalarView) -> String? {
    var key = ""
    rest.removeFirst()
    while let next = rest.popFirst() {
      if next == "\"" { return key }
      guard next == "\\" else {
        key.unicodeScalars.append(next)
        continue
      }
      guard let escaped = rest.popFirst(), escaped == "\"" || escaped == "\\" else { return nil }
      key.unicodeScalars.append(escaped)
    }
    return nil
  }

  private static func needsQuotes(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar == "[" || scalar == "]" || scalar == "\"" || scalar == "\\"
  }
}

extension ScenarioPath: CustomStringConvertible {
  /// The path as it is written.
  public var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .index(let index): text += "[\(index)]"
      case .key(let key): text += (text.isEmpty ? "" : ".") + Self.written(key)
      }
    }
    return text
  }

  private static func written(_ key: String) -> String {
    guard key.isEmpty || key.unicodeScalars.contains(where: needsQuotes) else { return key }
    var text = "\""
    for scalar in key.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { text += "\\" }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }
}
