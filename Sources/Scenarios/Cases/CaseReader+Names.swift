import Engine

extension CaseReader {
  /// A user that must be defined, or the reserved `unknown`.
  func user(_ value: ValueReader) -> UserID? {
    if value.scalarText == CaseFile.unknown { return UserID(UInt32.max) }
    return names.position(of: value, "user", \.users).map { UserID(UInt32($0)) }
  }

  func team(_ value: ValueReader) -> TeamID? {
    if value.scalarText == CaseFile.unknown { return TeamID(UInt32.max) }
    return names.position(of: value, "team", \.teams).map { TeamID(UInt32($0)) }
  }

  func workflow(_ value: ValueReader) -> WorkflowID? {
    if value.scalarText == CaseFile.unknown { return WorkflowID(UInt32.max) }
    return names.position(of: value, "workflow", \.workflows).map { WorkflowID(UInt32($0)) }
  }

  /// A service that some workflow calls.
  func service(_ value: ValueReader) -> ServiceID? {
    guard let name = value.name("a service") else { return nil }
    if let service = names.service(name.text) { return service }
    reading.problems.unknownName(
      "service", name.text, at: name.span, known: names.services.names)
    return nil
  }

  func segment(_ value: ValueReader) -> Int? {
    guard let name = value.name("a segment") else { return nil }
    if let segment = segmentNames[name.text] { return segment }
    reading.problems.unknownName(
      "segment", name.text, at: name.span, known: segmentNames.names)
    return nil
  }

  func channel(_ value: ValueReader) -> ChannelID? {
    if value.scalarText == CaseFile.unknown { return ChannelID(UInt32.max) }
    return names.position(of: value, "channel", \.channels).map { ChannelID(UInt32($0)) }
  }

  /// A contact that has appeared before, or the reserved `unknown`.
  func known(_ value: ValueReader) -> Int? {
    if value.scalarText == CaseFile.unknown { return CaseFile.unknownContact }
    return value.name("a contact").flatMap { known($0) }
  }

  /// The number of a contact that has appeared before.
  func known(_ name: Name) -> Int? {
    if let number = contactNames[name.text], arrived.contains(number) { return number }
    reading.problems.unknownName(
      "contact", name.text, at: name.span,
      known: contactNames.names.filter { arrived.contains(contactNames[$0] ?? -1) })
    return nil
  }

  /// Who did it: a user, or one of the programs.
  func actor(_ value: ValueReader, _ subject: String) -> Actor? {
    if subject == "user" { return user(value).map { .user($0) } }
    guard let text = value.filledText("a program") else { return nil }
    if let source = Source(name: text), Source.integrations.contains(source) {
      return .program(source)
    }
    reading.problems.unknownName(
      "program", text, at: value.span, known: Source.integrations.map(\.description))
    return nil
  }

  /// What a contact field holds, read as its kind wants it.
  func fieldValue(_ value: ValueReader, _ field: String) -> Value? {
    switch names.fieldKinds[field] ?? .text {
    case .number: value.number("a number").map { .number($0) }
    case .checkbox: value.toggle().map { .flag($0) }
    default: value.text("the value of a field").map { .text($0) }
    }
  }
}
