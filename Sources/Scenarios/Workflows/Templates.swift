import Engine

/// What `$` can mean in a workflow.
struct WorkflowScope {
  let names: WorkspaceNames
  /// The variables that some step of the workflow saves.
  var variables: [String] = []

  /// The names before a dot that are not parameters or variables.
  static let reserved = ["contact", "assignee", "conversation", "trigger"]
}

/// One `$...` of a text.
struct Reference {
  /// What stands after the dollar sign: `greeting`, or `contact` of `$contact.email`.
  let name: String
  /// What stands after the dot; after `$trigger.` it may be a path with more dots.
  let property: String?
  /// The characters of the text, dollar sign included.
  let part: Range<Int>
}

/// A text cut at its `$`.
enum TemplatePart {
  case text(String)
  case reference(Reference)
}

/// Cuts a text into words and references: `$$` is a dollar sign, `$name`, `$contact.name`,
/// `$trigger.order.id`.
func parseTemplate(_ text: String) throws(ValueProblem) -> [TemplatePart] {
  guard text.utf8.contains(UInt8(ascii: "$")) else { return text.isEmpty ? [] : [.text(text)] }
  let scalars = Array(text.unicodeScalars)
  var parts: [TemplatePart] = []
  var words = String.UnicodeScalarView()
  var index = 0
  func identifier(from start: Int) -> Int {
    var end = start
    while end < scalars.count, isVariableName("_" + String(scalars[end])) { end += 1 }
    return end > start && isVariableName(String(scalars[start])) ? end : start
  }
  while index < scalars.count {
    guard scalars[index] == "$" else {
      words.append(scalars[index])
      index += 1
      continue
    }
    if index + 1 < scalars.count, scalars[index + 1] == "$" {
      words.append("$")
      index += 2
      continue
    }
    // What comes with a trigger may stand inside other things: `$trigger.order.id`.
    func path(from start: Int, isDeep: Bool) -> Int {
      var end = identifier(from: start)
      while isDeep, end > start, end < scalars.count, scalars[end] == "." {
        let last = identifier(from: end + 1)
        guard last > end + 1 else { break }
        end = last
      }
      return end
    }
    var end = identifier(from: index + 1)
    guard end > index + 1 else {
      throw ValueProblem(
        message: "'$' is followed by no name", hint: "write '$$' for a dollar sign",
        part: index..<min(index + 2, scalars.count))
    }
    let name = string(scalars[(index + 1)..<end])
    var property: String?
    if WorkflowScope.reserved.contains(name), end < scalars.count, scalars[end] == "." {
      let last = path(from: end + 1, isDeep: name == "trigger")
      if last > end + 1 {
        property = string(scalars[(end + 1)..<last])
        end = last
      }
    }
    if !words.isEmpty { parts.append(.text(String(words))) }
    words = String.UnicodeScalarView()
    parts.append(.reference(Reference(name: name, property: property, part: index..<end)))
    index = end
  }
  if !words.isEmpty { parts.append(.text(String(words))) }
  return parts
}

private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
  String(String.UnicodeScalarView(scalars))
}

extension ValueReader {
  /// A text whose `$...` are filled in when it is used; parameters are put in at once.
  func template(_ what: String, _ scope: WorkflowScope) -> Template? {
    // The text itself, not what a parameter of the same name holds: `$x` may also be a variable.
    let reader = ValueReader(unresolved: original, reading)
    guard let text = reader.text(what) else { return nil }
    return reader.template(of: text, from: 0, scope)
  }

  /// A template in a part of a scalar, as in a condition's value.
  func template(of text: String, from offset: Int, _ scope: WorkflowScope) -> Template? {
    let parts: [TemplatePart]
    do throws(ValueProblem) {
      parts = try parseTemplate(text)
    } catch {
      report(error.moved(by: offset))
      return nil
    }
    var result: [Template.Part] = []
    var isSound = true
    for part in parts {
      switch part {
      case .text(let text): join(text, to: &result)
      case .reference(let reference):
        if let text = parameterText(reference.name) {
          join(text, to: &result)
        } else if let operand = operand(reference, from: offset, scope) {
          result.append(.subject(operand))
        } else {
          isSound = false
        }
      }
    }
    return isSound ? Template(parts: result) : nil
  }

  /// Adds words, to the words before them if there are any: equal texts are equal templates.
  private func join(_ text: String, to parts: inout [Template.Part]) {
    if case .text(let before)? = parts.last {
      parts[parts.count - 1] = .text(before + text)
    } else if !text.isEmpty {
      parts.append(.text(text))
    }
  }

  /// The text of a parameter, nil if there is none of that name or it is no scalar.
  private func parameterText(_ name: String) -> String? {
    guard let node = reading.parameters[name] else { return nil }
    reading.use.names.insert(name)
    return ValueReader(node, reading).scalarText
  }

  /// What a reference that is no parameter stands for.
  func operand(_ reference: Reference, from offset: Int, _ scope: WorkflowScope) -> Operand? {
    let name = reference.name
    switch name {
    case "contact":
      guard let property = property(reference, from: offset, "$contact.email") else { return nil }
      if let known = ContactProperty(rawValue: property) { return .contact(known) }
      scope.names.readFields.append(
        Name(text: property, span: place(of: reference.part, from: offset)))
      return .contactField(scope.names.field(property))
    case "assignee":
      return property(reference, from: offset, "$assignee.name").flatMap {
        known(
          $0, AssigneeProperty(rawValue: $0), AssigneeProperty.allCases.map(\.rawValue), reference,
          offset
        )
        .map { .assignee($0) }
      }
    case "conversation":
      return property(reference, from: offset, "$conversation.status").flatMap {
        known(
          $0, ConversationProperty(rawValue: $0), ConversationProperty.allCases.map(\.rawValue),
          reference, offset
        ).map { .conversation($0) }
      }
    case "trigger":
      return property(reference, from: offset, "$trigger.source").map { .trigger($0) }
    default:
      if scope.variables.contains(name) { return .variable(name) }
      unknownReference(reference, from: offset, scope)
      return nil
    }
  }

  private func property(_ reference: Reference, from offset: Int, _ sample: String) -> String? {
    if let property = reference.property { return property }
    report(
      ValueProblem(
        message: "'$\(reference.name)' needs a property", hint: "for example '\(sample)'",
        part: reference.part
      ).moved(by: offset))
    return nil
  }

  private func known<T>(
    _ property: String, _ value: T?, _ names: [String], _ reference: Reference, _ offset: Int
  ) -> T? {
    if value == nil {
      reading.problems.unknownName(
        "property of $\(reference.name)", property, at: place(of: reference.part, from: offset),
        known: names)
    }
    return value
  }

  private func unknownReference(
    _ reference: Reference, from offset: Int, _ scope: WorkflowScope
  ) {
    let isList = reading.parameters[reference.name] != nil
    if isList {
      let problem = ValueProblem(
        message: "the parameter '\(reference.name)' is no text", part: reference.part)
      report(problem.moved(by: offset))
      return
    }
    let known =
      reading.parameters.keys.sorted() + scope.variables + WorkflowScope.reserved.map { $0 + ".…" }
    reading.problems.unknownName(
      "parameter or variable", reference.name, at: place(of: reference.part, from: offset),
      known: known)
  }

  /// The place of some characters of a scalar, or all of it where they cannot be told.
  func place(of part: Range<Int>, from offset: Int = 0) -> SourceSpan {
    guard case .scalar(let scalar) = node.content, scalar.isVerbatim else { return span }
    return span.part(
      from: scalar.inset + offset + part.lowerBound, length: max(1, part.count))
  }
}

extension ValueProblem {
  /// The same problem in a text that begins some characters later.
  func moved(by offset: Int) -> ValueProblem {
    ValueProblem(
      message: message, hint: hint,
      part: part.map { ($0.lowerBound + offset)..<($0.upperBound + offset) })
  }
}
