/// A value that is being read: the node, and where its problems go.
///
/// Reading functions return nil after they have reported what is wrong, so that a reader can go on
/// with the rest of the file.
struct ValueReader {
  /// The value, parameters put in.
  let node: Node
  /// The value as it stands in the file: `$agents`, where `node` is what `agents` was set to.
  let original: Node
  /// What is known while reading.
  let reading: Reading

  init(_ node: Node, _ reading: Reading) {
    original = node
    self.node = reading.parameters.isEmpty ? node : reading.resolved(node)
    self.reading = reading
  }

  /// Reads the value as it stands, `$` and all.
  init(unresolved node: Node, _ reading: Reading) {
    original = node
    self.node = node
    self.reading = reading
  }

  /// Where the value stands: for a parameter, where it was set.
  var span: SourceSpan { node.span }

  /// The text of a scalar, without a word if it is not one.
  var scalarText: String? {
    if case .scalar(let scalar) = node.content { scalar.text } else { nil }
  }

  /// Whether the value is a map.
  var isMapping: Bool { if case .mapping = node.content { true } else { false } }

  /// Whether the value is a list.
  var isList: Bool { if case .list = node.content { true } else { false } }

  /// Whether the value was refused while the file was read.
  var isRefused: Bool { if case .refused = node.content { true } else { false } }

  /// Reports a problem of this value.
  func error(_ message: String, hint: String? = nil, note: String? = nil) {
    guard !isRefused else { return }
    reading.problems.error(span, message, hint: hint, note: note ?? parameterNote)
  }

  /// Reports that something else was expected here.
  func expected(_ what: String, hint: String? = nil) {
    if let name = parameterName(of: node), scalarText == "$" + name {
      // One that is known and stands here leads back to itself, which is told where it is given.
      guard reading.parameters[name] == nil else { return }
      reading.problems.unknownName(
        "parameter", name, at: span, known: reading.parameters.keys.sorted())
      return
    }
    error("expected \(what), found \(node.kind)", hint: hint)
  }

  private var parameterNote: String? {
    guard let name = parameterName(of: original), original.span.start != node.span.start else {
      return nil
    }
    return "used as $\(name) in line \(original.span.start.line)"
  }

  /// A scalar's text; anything else is a problem.
  func scalar(_ what: String) -> String? {
    if let scalarText {
      if parameterName(of: node) == nil { return scalarText }
    }
    expected(what)
    return nil
  }
}

/// The parameters that something in the file uses.
final class ParameterUse {
  var names: Set<String> = []
}

/// What is known while a file is read.
final class Reading {
  let problems: Problems
  /// The parameters of the scenario, as this strategy sets them.
  let parameters: [String: Node]
  /// Which of them something uses, over all strategies.
  let use: ParameterUse

  init(
    _ problems: Problems, parameters: [String: Node] = [:], use: ParameterUse = ParameterUse()
  ) {
    self.problems = problems
    self.parameters = parameters
    self.use = use
  }

  /// The node with a parameter's value in place of `$name`; a parameter may name another one.
  fileprivate func resolved(_ node: Node) -> Node {
    var node = node
    for _ in 0..<parameters.count {
      guard let name = parameterName(of: node), let value = parameters[name] else { break }
      use.names.insert(name)
      node = value
    }
    return node
  }
}

/// The name in a scalar that is nothing but `$name`.
func parameterName(of node: Node) -> String? {
  guard case .scalar(let scalar) = node.content, scalar.text.utf8.first == UInt8(ascii: "$") else {
    return nil
  }
  let name = scalar.text.dropFirst()
  return isVariableName(name) ? String(name) : nil
}

/// Whether a text can be the name of a parameter or variable: letters, digits and `_`.
func isVariableName(_ text: some StringProtocol) -> Bool {
  guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
  return text.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
