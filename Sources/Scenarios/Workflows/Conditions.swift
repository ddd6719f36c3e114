import Engine

/// The text of a condition, cut into its three parts.
struct ConditionText {
  let subject: String
  let subjectPart: Range<Int>
  let comparison: Comparison
  let value: String
  let valueStart: Int

  /// A condition that any workflow may have.
  static let example = "conversation_status = open"
}

/// Operators, the longer first where one begins another.
private let operators: [(words: [String], comparison: Comparison)] = [
  (["does", "not", "contain"], .lacks), (["does", "not", "exist"], .isMissing),
  (["is", "one", "of"], .isOneOf), (["contains"], .contains), (["exists"], .exists),
  ([">="], .atLeast), (["<="], .atMost), (["!="], .differs), (["="], .equals), ([">"], .above),
  (["<"], .below),
]

/// What people write instead.
private let operatorSynonyms: KeyValuePairs<String, String> = [
  "==": "=", "<>": "!=", "=>": ">=", "=<": "<=", "is equal to": "=", "equals": "=", "is not": "!=",
  "is": "=", "not exists": "does not exist", "in": "is one of", "has": "contains",
]

/// Reads `SUBJECT OPERATOR [VALUE]`.
func parseCondition(_ text: String) throws(ValueProblem) -> ConditionText {
  let scalars = Array(text.unicodeScalars)
  let start = skipBlanks(scalars, 0)
  var end = start
  while end < scalars.count, !" \t=!<>".unicodeScalars.contains(scalars[end]) { end += 1 }
  let subject = string(scalars[start..<end])
  let operatorStart = skipBlanks(scalars, end)
  guard subject != "not" else {
    throw ValueProblem(
      message: "a condition does not begin with 'not'",
      hint: "write '!=', 'does not contain' or 'does not exist' after the subject",
      part: start..<end)
  }
  guard !subject.isEmpty else {
    throw ValueProblem(
      message: "expected a condition, found \(text.isEmpty ? "nothing" : quoted(text))",
      hint: "for example '\(ConditionText.example)'")
  }
  let rest = string(scalars[operatorStart...])
  for (synonym, meant) in operatorSynonyms where begins(rest, with: synonym) {
    // `is one of` begins with `is`.
    if synonym == "is", begins(rest, with: "is one of") { continue }
    throw ValueProblem(
      message: "unknown operator '\(synonym)'", hint: "did you mean '\(meant)'?",
      part: operatorStart..<(operatorStart + synonym.unicodeScalars.count))
  }
  for (words, comparison) in operators {
    guard let after = match(words, scalars, operatorStart) else { continue }
    let valueStart = skipBlanks(scalars, after)
    return ConditionText(
      subject: subject, subjectPart: start..<end, comparison: comparison,
      value: trimmed(string(scalars[valueStart...])), valueStart: valueStart)
  }
  throw ValueProblem(
    message: rest.isEmpty ? "the condition has no operator" : "unknown operator \(quoted(rest))",
    hint: "one of = != > >= < <=, contains, does not contain, exists, does not exist, is one of",
    part: operatorStart < scalars.count ? operatorStart..<scalars.count : nil)
}

/// The index behind some words, if they stand at an index.
private func match(_ words: [String], _ scalars: [Unicode.Scalar], _ index: Int) -> Int? {
  var index = index
  for word in words {
    index = skipBlanks(scalars, index)
    for scalar in word.unicodeScalars {
      guard index < scalars.count, scalars[index] == scalar else { return nil }
      index += 1
    }
    if word.unicodeScalars.allSatisfy(\.properties.isAlphabetic), index < scalars.count {
      guard scalars[index] == " " || scalars[index] == "\t" else { return nil }
    }
  }
  return index
}

private func begins(_ text: String, with words: String) -> Bool {
  guard text.hasPrefix(words) else { return false }
  guard let next = text.dropFirst(words.count).first else { return true }
  return words.last?.isLetter == true ? next == " " : next != "="
}

private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
  String(String.UnicodeScalarView(scalars))
}

/// A subject without a name of its own.
let plainSubjects: KeyValuePairs<String, Subject> = [
  "conversation_status": .conversationStatus, "contact_type": .contactType, "tags": .tags,
  "assignee_status": .assigneeStatus, "last_channel": .lastChannel,
  "last_incoming_message": .lastIncomingMessage,
  "time_since_last_incoming_message": .timeSinceLastIncomingMessage,
  "time_since_last_outgoing_message": .timeSinceLastOutgoingMessage,
]

extension WorkflowReader {
  static let conditionKeys = KeyTable(
    "a condition",
    [
      .required(
        "subject", .text,
        about:
          "What is looked at, such as `contact.language` or `time_since_last_outgoing_message`."),
      .required(
        "operator", .choice(Comparison.allCases.map(\.rawValue)), about: "How it is compared."),
      .optional(
        "value", .either([.text, .list(.text)]), about: "With what; a list for `is one of`."),
    ])

  static let conditionsKeys = KeyTable(
    "the conditions of a branch",
    [
      .optional("all", .list(.reference("condition")), about: "Conditions that must all hold."),
      .optional("any", .list(.reference("condition")), about: "Conditions of which one must hold."),
    ], oneOf: ["all", "any"])

  /// `{all: [...]}` or `{any: [...]}`.
  func conditions(_ value: ValueReader) -> Conditions? {
    let form = "{all: [...]} or {any: [...]}"
    // One condition, as text or map, or a list of them: what stands around them is missing.
    guard value.isMapping, !value.isCondition, !hasSubjectsAsKeys(value) else {
      value.expected(form, hint: "write '{all: [\(value.asConditions)]}'")
      return nil
    }
    let synonyms: KeyValuePairs = ["and": "all", "every": "all", "or": "any", "some": "any"]
    guard let mapping = value.mapping(Self.conditionsKeys, synonyms: synonyms) else { return nil }
    guard let (key, list) = mapping.only(of: ["all", "any"], subject: "a branch") else {
      if mapping.entries.isEmpty {
        value.expected(form, hint: "write '{all: [\(ConditionText.example)]}'")
      }
      return nil
    }
    guard list.isList else {
      list.expected("a list of conditions", hint: "write '\(key): [\(list.asConditions)]'")
      return nil
    }
    guard let items = list.list(of: "conditions") else { return nil }
    if items.isEmpty {
      list.error("a branch needs at least one condition", hint: "Else has no 'when'")
    }
    let found = items.map { condition($0) }
    guard !found.isEmpty, !found.contains(where: { $0 == nil }) else { return nil }
    return key == "all" ? .all(found.compactMap(\.self)) : .any(found.compactMap(\.self))
  }

  /// Whether a map was meant as conditions: `{conversation_status: open}`.
  private func hasSubjectsAsKeys(_ value: ValueReader) -> Bool {
    guard case .mapping(let entries) = value.node.content else { return false }
    return entries.contains { isSubject($0.key) }
  }

  func condition(_ value: ValueReader) -> Condition? {
    if value.isMapping { return conditionMap(value) }
    guard value.scalarText != nil else {
      value.expected("a condition", hint: "for example '\(ConditionText.example)'")
      return nil
    }
    // A parameter may not stand for a whole condition, so that `$variable exists` stays readable.
    let reader = ValueReader(unresolved: value.original, value.reading)
    guard let text = reader.text("a condition") else { return nil }
    let parts: ConditionText
    do throws(ValueProblem) {
      parts = try parseCondition(text)
    } catch {
      reader.report(error)
      return nil
    }
    guard let subject = subject(parts.subject, at: parts.subjectPart, of: reader) else {
      return nil
    }
    guard !reportsSecond(parts, text, reader) else { return nil }
    let takesValue = parts.comparison.takesValue
    let place = reader.place(
      of: parts.valueStart..<(parts.valueStart + parts.value.unicodeScalars.count))
    if takesValue != !parts.value.isEmpty {
      let message = takesValue ? "needs a value after it" : "takes no value"
      reader.reading.problems.error(
        takesValue ? reader.span : place, "'\(parts.comparison.rawValue)' \(message)")
      return nil
    }
    var operands: [Template] = []
    for (item, offset) in items(parts) {
      guard let operand = operand(item, from: offset, subject, of: reader) else { return nil }
      operands.append(operand)
    }
    return Condition(subject, parts.comparison, operands, mark: mark(reader.span))
  }

  /// Reports a second condition in the value of a first: `tags contains vip and contact.email exists`.
  private func reportsSecond(
    _ parts: ConditionText, _ text: String, _ reader: ValueReader
  ) -> Bool {
    let scalars = Array(parts.value.unicodeScalars)
    for (word, key) in [("and", "all"), ("or", "any"), ("&&", "all"), ("||", "any")] {
      let written = Array(" \(word) ".unicodeScalars)
      for index in scalars.indices.dropLast(written.count)
      where scalars[index...].starts(with: written) {
        let rest = string(scalars[(index + written.count)...])
        guard let second = try? parseCondition(rest), isSubject(second.subject) else { continue }
        let first = string(Array(text.unicodeScalars)[..<(parts.valueStart + index)])
        let start = parts.valueStart + index + 1
        reader.report(
          ValueProblem(
            message: "two conditions in one", hint: "write '\(key): [\(trimmed(first)), \(rest)]'",
            part: start..<(start + word.unicodeScalars.count)))
        return true
      }
    }
    return false
  }

  private func isSubject(_ text: String) -> Bool {
    plainSubjects.contains { $0.key == text } || text.hasPrefix("contact.") || text.hasPrefix("$")
  }

  /// The values of a condition and where each begins: several only after `is one of`.
  private func items(_ parts: ConditionText) -> [(String, Int)] {
    guard parts.comparison.takesValue else { return [] }
    guard parts.comparison == .isOneOf else { return [unquoted(parts.value, parts.valueStart)] }
    var value = parts.value
    var start = parts.valueStart
    if value.hasPrefix("["), value.hasSuffix("]") {
      value = String(value.dropFirst().dropLast())
      start += 1
    }
    return value.split(separator: ",", omittingEmptySubsequences: false).map { item in
      defer { start += item.unicodeScalars.count + 1 }
      let blanks = item.unicodeScalars.prefix { $0 == " " || $0 == "\t" }.count
      return unquoted(trimmed(item), start + blanks)
    }
  }

  private func unquoted(_ text: String, _ start: Int) -> (String, Int) {
    for quote in ["\"", "'"]
    where text.count >= 2 && text.hasPrefix(quote) && text.hasSuffix(quote) {
      return (String(text.dropFirst().dropLast()), start + 1)
    }
    return (text, start)
  }

  private func conditionMap(_ value: ValueReader) -> Condition? {
    guard value.isCondition else {
      value.expected(
        "a condition",
        hint: "write 'tags contains vip' or {subject: tags, operator: contains, value: vip}")
      return nil
    }
    guard let mapping = value.mapping(Self.conditionKeys) else { return nil }
    guard let subjectValue = mapping["subject"], let comparisonValue = mapping["operator"] else {
      return nil
    }
    let reader = ValueReader(unresolved: subjectValue.original, value.reading)
    guard let text = reader.filledText("a subject") else { return nil }
    guard let subject = subject(text, at: 0..<text.unicodeScalars.count, of: reader) else {
      return nil
    }
    let names = Comparison.allCases.map(\.rawValue)
    guard let written = comparisonValue.filledText("an operator") else { return nil }
    guard let comparison = Comparison(rawValue: written) else {
      value.reading.problems.unknownName(
        "operator", written, at: comparisonValue.span, known: names)
      return nil
    }
    guard let operandValue = mapping["value"] else {
      if !comparison.takesValue { return Condition(subject, comparison, mark: mark(value.span)) }
      value.error("'\(written)' needs a value")
      return nil
    }
    guard comparison.takesValue else {
      operandValue.error("'\(written)' takes no value")
      return nil
    }
    let items = comparison == .isOneOf ? operandValue.oneOrMore(of: "values") : [operandValue]
    let operands = (items ?? []).map { item -> Template? in
      let reader = ValueReader(unresolved: item.original, value.reading)
      return reader.text("a value").flatMap { operand($0, from: 0, subject, of: reader) }
    }
    guard !operands.isEmpty, !operands.contains(where: { $0 == nil }) else { return nil }
    return Condition(subject, comparison, operands.compactMap(\.self), mark: mark(value.span))
  }

  private func subject(_ text: String, at part: Range<Int>, of reader: ValueReader) -> Subject? {
    if let plain = plainSubjects.first(where: { $0.key == text }) { return plain.value }
    if text.hasPrefix("$") {
      guard let parts = try? parseTemplate(text), parts.count == 1,
        case .reference(let reference) = parts[0]
      else {
        reader.report(
          ValueProblem(message: "expected one '$name', found \(quoted(text))", part: part))
        return nil
      }
      if reader.reading.parameters[reference.name] != nil {
        reader.report(
          ValueProblem(
            message: "the parameter '\(reference.name)' never changes, so nothing can depend on it",
            part: part))
        return nil
      }
      guard let operand = reader.operand(reference, from: part.lowerBound, scope) else {
        return nil
      }
      if case .contactField(let field) = operand { return .contactField(field) }
      return .variable(operand)
    }
    if text.hasPrefix("contact."), isVariableName(text.dropFirst(8)) {
      let name = String(text.dropFirst(8))
      if let property = ContactProperty(rawValue: name) { return .variable(.contact(property)) }
      scope.names.readFields.append(Name(text: name, span: reader.place(of: part)))
      return .contactField(scope.names.field(name))
    }
    let known = ["contact.…"] + plainSubjects.map(\.key)
    var (message, hint, note) = unknown("subject", text, known: known)
    if scope.names.fields[text] != nil { hint = "did you mean 'contact.\(text)'?" }
    if scope.variables.contains(text) { hint = "did you mean '$\(text)'?" }
    reader.reading.problems.error(reader.place(of: part), message, hint: hint, note: note)
    return nil
  }

  /// The value of a condition, checked where the subject has only a few.
  private func operand(
    _ text: String, from offset: Int, _ subject: Subject, of reader: ValueReader
  ) -> Template? {
    guard let template = reader.template(of: text, from: offset, scope) else { return nil }
    guard let literal = template.literal else { return template }
    let part = 0..<text.unicodeScalars.count
    func one(of names: [String], _ what: String) -> Template? {
      if let known = names.first(where: { $0 == literal.lowercased() }) { return Template(known) }
      reader.reading.problems.unknownName(
        what, literal, at: reader.place(of: part, from: offset), known: names)
      return nil
    }
    switch subject {
    case .conversationStatus:
      return one(of: ConversationStatus.allCases.map(\.description), "conversation status")
    case .contactType: return one(of: ["new", "returning"], "contact type")
    case .assigneeStatus:
      return one(of: ActivityStatus.allCases.map(\.description), "activity status")
    case .lastChannel:
      if scope.names.isOpen || scope.names.channels[literal] != nil { return template }
      reader.reading.problems.unknownName(
        "channel", literal, at: reader.place(of: part, from: offset),
        known: scope.names.channels.names)
      return nil
    case .tags:
      _ = scope.names.tag(literal)
      return template
    case .timeSinceLastIncomingMessage, .timeSinceLastOutgoingMessage:
      do throws(ValueProblem) {
        let seconds = try parseDuration(literal).inSeconds
        return Template(seconds.description)
      } catch {
        let problem = ValueProblem(
          message: error.message, hint: error.hint, part: error.part ?? part)
        reader.report(problem.moved(by: offset))
        return nil
      }
    default: return template
    }
  }
}

extension ValueReader {
  /// Whether a map is one condition: `{subject: tags, operator: contains, value: vip}`.
  fileprivate var isCondition: Bool {
    guard case .mapping(let entries) = node.content else { return false }
    return entries.contains { WorkflowReader.conditionKeys.names.contains($0.key) }
  }

  /// What stands here as the items of a list of conditions, or an example where nothing does.
  fileprivate var asConditions: String {
    switch node.content {
    case .scalar(let scalar):
      (try? parseCondition(scalar.text)) == nil ? ConditionText.example : scalar.text
    case .list(let items) where !items.isEmpty:
      items.map { item in
        if case .scalar(let scalar) = item.content, !scalar.text.contains(",") {
          scalar.text
        } else {
          YAMLText.flow(item)
        }
      }.joined(separator: ", ")
    case .mapping(let entries) where !isCondition && entries.allSatisfy(\.value.isScalar):
      entries.map { "\($0.key) = \(YAMLText.flow($0.value))" }.joined(separator: ", ")
    case .mapping(let entries) where !entries.isEmpty: YAMLText.flow(node)
    case .list, .mapping, .refused: ConditionText.example
    }
  }
}

extension Node {
  fileprivate var isScalar: Bool { if case .scalar = content { true } else { false } }
}
