extension ScenarioText {
  /// Replaces the value at a place by a text, number, duration or switch.
  ///
  /// It is written in the quotes that the old value had, else without quotes if it reads back the same
  /// that way. Where a map or list of several lines stood, the comments inside it go with it; one behind
  /// its key stays.
  public func setting(
    _ path: ScenarioPath, toScalar text: String
  ) throws(Diagnostics) -> ScenarioText {
    let spot = try spot(path)
    return try replacing(
      path, spot, by: .scalar(text),
      Writing.ways(text, like: spot.part.value.style, isJSON: isJSON))
  }

  /// Replaces the value at a place by a value in YAML: a scalar, or a map or list in brackets.
  public func setting(
    _ path: ScenarioPath, toYAML yaml: String
  ) throws(Diagnostics) -> ScenarioText {
    let spot = try spot(path)
    let (node, writings) = try Writing.ways(yaml: yaml, for: path)
    return try replacing(path, spot, by: node, writings)
  }

  private func replacing(
    _ path: ScenarioPath, _ spot: Spot, by node: Node, _ writings: [String]
  ) throws(Diagnostics) -> ScenarioText {
    let expected = root.changed(at: path.steps) { _ in node }
    return try first(of: writings, at: spot.part.value, meaning: expected) { writing in
      splices(replacing: spot.part, by: writing)
    }
  }

  /// What replaces the value of a part by one that is written on one line.
  func splices(replacing part: Layout.Part, by writing: String) -> [Splice] {
    let value = part.value
    switch value.style {
    case .plain, .quoted, .doubleQuoted, .lines, .flow, .pair:
      return [Splice(value.start..<value.end, writing)]
    case .empty:
      return [Splice(at: value.introduced, introduction(value.introduced) + writing)]
    case .block:
      let end = layout.endOfBlock(value.end, column: layout.column(of: part.start))
      let introducing = layout.line(at: value.introduced)
      guard value.start > introducing.end else { return [Splice(value.start..<end, writing)] }
      // A comment behind the key stays, the lines of the block go.
      return [
        Splice(at: value.introduced, " " + writing), Splice(introducing.end..<end, ""),
      ]
    }
  }

  /// What must stand before a value where there was none: `{key}` has not even a colon.
  private func introduction(_ offset: Int) -> String {
    guard offset > 0 else { return "" }
    let sign = source.bytes[offset - 1]
    return sign == UInt8(ascii: ":") || sign == UInt8(ascii: "-") ? " " : ": "
  }
}

/// The ways to write a value on one line, the plainest first; reading back decides which one is taken.
enum Writing {
  /// A text: in the quotes of the old one, without, or in double quotes, which hold every text.
  static func ways(
    _ text: String, like style: Layout.Style? = nil, isJSON: Bool = false
  ) -> [String] {
    let single =
      "'" + text.unicodeScalars.reduce(into: "") { $0 += $1 == "'" ? "''" : String($1) } + "'"
    let double = YAMLText.quoted(text)
    switch style {
    case .quoted: return [single, double]
    case .doubleQuoted: return [double]
    default:
      let needsQuotes = isJSON && parseNumber(text) == nil && text != "true" && text != "false"
      return text.isEmpty || needsQuotes ? [double] : [text, double]
    }
  }

  /// A value in YAML: as it is given, and a text also in quotes.
  static func ways(
    yaml: String, for path: ScenarioPath
  ) throws(Diagnostics) -> (Node, [String]) {
    let given = try ScenarioText(text: yaml, file: path.description)
    let value = given.layout.top(given.root)
    let text = String(decoding: given.source.bytes[value.start..<value.end], as: UTF8.self)
    switch value.style {
    case .block, .lines, .pair:
      throw given.problem(
        at: value, "a value of several lines cannot be put in here",
        hint: "write it in brackets, as in {a: 1} or [1, 2]")
    case .flow, .quoted, .doubleQuoted, .empty: return (value.node, [text])
    case .plain:
      guard case .scalar(let scalar) = value.node.content else { return (value.node, [text]) }
      return (value.node, [text, YAMLText.quoted(scalar.text)])
    }
  }
}
