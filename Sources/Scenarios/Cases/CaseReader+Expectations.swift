import Engine

extension CaseReader {
  func expectations(_ value: ValueReader) -> [CaseFile.Expectation]? {
    guard let items = value.list(of: "expectations") else { return nil }
    if items.isEmpty { value.error("a case expects at least one thing") }
    return items.compactMap { item in
      guard let mapping = item.mapping(CaseKeys.expectation) else { return nil }
      let at = mapping.optional("at") { $0.duration("a time").map { EngineTime.zero + $0 } }
      let facts = facts(mapping)
      if mapping.entries.allSatisfy({ Self.subjects.contains($0.key) }) {
        item.error("nothing is expected here")
      }
      return at.map { CaseFile.Expectation(at: $0, facts: facts, span: item.span) }
    }
  }

  /// The keys that say what is looked at, not what must hold.
  private static let subjects = [
    "at", "contact", "user", "service", "workflow", "team", "segment",
  ]

  /// What an expectation is about; nothing where its key is not given.
  private struct Subjects {
    var contacts: [CaseFile.ContactNumber]?
    var user: UserID?
    var service: ServiceID?
    var workflow: WorkflowID?
    var team: TeamID?
    var segment: Int?

    /// The contacts, or all of them together.
    var each: [CaseFile.ContactNumber?] { contacts ?? [nil] }
  }

  private func facts(_ mapping: Mapping) -> [CaseFile.Fact] {
    let contacts = mapping.optional("contact") { self.knownContacts($0) }
    let user = mapping.optional("user") { self.user($0) }
    let service = mapping.optional("service") { self.service($0) }
    let workflow = mapping.optional("workflow") { self.workflow($0) }
    let team = mapping.optional("team") { self.team($0) }
    let segment = mapping.optional("segment") { self.segment($0) }
    guard let contacts, let user, let service, let workflow, let team, let segment else {
      return []
    }
    let subjects = Subjects(
      contacts: contacts, user: user, service: service, workflow: workflow, team: team,
      segment: segment)
    return mapping.entries.flatMap { entry -> [CaseFile.Fact] in
      guard !Self.subjects.contains(entry.key),
        CaseKeys.expectation.names.contains(entry.key)
      else { return [] }
      let value = ValueReader(entry.value, reading)
      guard let claims = claims(entry.key, value, about: subjects) else {
        let subject = Self.subject(of: entry.key)
        reading.problems.error(entry.keySpan, "'\(entry.key)' needs the key '\(subject)' beside it")
        return []
      }
      return claims.map { CaseFile.Fact(claim: $0, span: value.span) }
    }
  }

  /// The key that must stand beside a key.
  private static func subject(of key: String) -> String {
    switch key {
    case "calls", "method", "url", "body", "headers": "service"
    case "members": "segment"
    case "open", "status": "user"
    case "runs": "workflow"
    default: "contact"
    }
  }

  /// What a key claims; nil where it does not say of whom.
  private func claims(
    _ key: String, _ value: ValueReader, about subjects: Subjects
  ) -> [CaseFile.Claim]? {
    switch key {
    case "calls":
      guard let service = subjects.service else { return nil }
      return number(value).map { [.calls(service, $0)] } ?? []
    case "method", "url", "body", "headers":
      guard let service = subjects.service else { return nil }
      return call(key, value, service)
    case "members":
      guard let segment = subjects.segment else { return nil }
      return list(value, "contacts") { knownContacts($0) }
        .map { [.members(segment, $0.flatMap(\.self))] } ?? []
    case "warning": return value.filledText("a remark").map { [.warning($0)] } ?? []
    case "open":
      guard let user = subjects.user else { return nil }
      return number(value).map { [.open(user, $0)] } ?? []
    case "status":
      guard let user = subjects.user else { return nil }
      return status(value).map { [.status(user, $0)] } ?? []
    case "runs":
      guard let workflow = subjects.workflow else { return nil }
      return number(value).map { count in subjects.each.map { .runs($0, workflow, count) } } ?? []
    case "waiting":
      let pool = subjects.team.map { PoolID.team($0) }
      return list(value, "contacts") { knownContacts($0) }
        .map { [.waiting(pool, $0.flatMap(\.self))] } ?? []
    case "counts": return counts(value)
    case "refused": return subjects.each.flatMap { refused(value, $0) }
    default:
      guard let contacts = subjects.contacts else { return nil }
      return contacts.flatMap { self.claims(key, value, $0) }
    }
  }

  private func number(_ value: ValueReader) -> Int? { value.whole("a count", in: 0...1_000_000) }

  func list<T>(_ value: ValueReader, _ what: String, _ read: (ValueReader) -> T?) -> [T]? {
    guard let items = value.list(of: what) else { return nil }
    let found = items.compactMap(read)
    return found.count == items.count ? found : nil
  }

  /// What is claimed about a contact.
  private func claims(_ key: String, _ value: ValueReader, _ contact: Int) -> [CaseFile.Claim] {
    switch key {
    case "assignee":
      if value.scalarText == "nobody" { return [.assignee(contact, [])] }
      guard let items = value.oneOrMore(of: "users") else { return [] }
      if items.isEmpty { value.expected("users, or nobody") }
      let users = items.compactMap { user($0) }
      return users.count == items.count && !users.isEmpty ? [.assignee(contact, users)] : []
    case "conversation":
      let status = value.choice(
        "conversation status",
        ["open": ConversationStatus.open, "closed": .closed, "snoozed": .snoozed])
      return status.map { [.conversation(contact, $0)] } ?? []
    case "conversations": return number(value).map { [.conversations(contact, $0)] } ?? []
    case "asked": return number(value).map { [.asked(contact, $0)] } ?? []
    case "category": return value.text("a category").map { [.category(contact, $0)] } ?? []
    case "source":
      return source(value, Source.allCases).map { [.source(contact, $0)] } ?? []
    case "opened_by":
      return source(value, Source.opening).map { [.openedBy(contact, $0)] } ?? []
    case "closed_by":
      return source(value, Source.closing).map { [.closedBy(contact, $0)] } ?? []
    case "history":
      let users = list(value, "users") { item -> UserID?? in
        if item.scalarText == "nobody" { return .some(nil) }
        return user(item).map { .some($0) }
      }
      return users.map { [.history(contact, $0)] } ?? []
    case "received": return patterns(value).map { [.received(contact, $0)] } ?? []
    case "comments": return patterns(value).map { [.comments(contact, $0)] } ?? []
    case "mentioned", "tag_history", "field_history": return past(key, value, contact)
    case "tags":
      return list(value, "tags") { $0.filledText("a tag").map(names.tag) }
        .map { [.tags(contact, $0)] } ?? []
    case "fields":
      return (value.named("a field") ?? []).compactMap { name, value in
        let field = names.field(name.text)
        if value.scalarText == "" { return .field(contact, field, nil) }
        return fieldValue(value, name.text).map { .field(contact, field, $0) }
      }
    case "report": return report(value, contact)
    default: return run(value, contact)
    }
  }

  /// What the reports say of a conversation (PLATFORM.md 6.2).
  private func report(_ value: ValueReader, _ contact: Int) -> [CaseFile.Claim] {
    (value.mapping(CaseKeys.report)?.entries ?? []).compactMap { entry in
      guard let figure = CaseFile.Figure(rawValue: entry.key) else { return nil }
      let value = ValueReader(entry.value, reading)
      if value.scalarText == "none" { return .report(contact, figure, nil) }
      let expected: CaseFile.FigureValue? =
        switch figure {
        case .firstResponseBy: user(value).map { .user($0) }
        case .assignments, .responses: number(value).map { .count($0) }
        case .contactType:
          value.choice("contact type", ["new": .word("new"), "returning": .word("returning")])
        default: value.duration("a duration, or none").map { .duration($0) }
        }
      return expected.map { .report(contact, figure, $0) }
    }
  }

  func patterns(_ value: ValueReader) -> [CaseFile.TextPattern]? {
    list(value, "texts") { pattern($0) }
  }

  private func source(_ value: ValueReader, _ possible: [Source]) -> Source? {
    guard let text = value.filledText("a source") else { return nil }
    if let source = Source(name: text), possible.contains(source) { return source }
    reading.problems.unknownName(
      "source", text, at: value.span, known: possible.map(\.description))
    return nil
  }

  private func run(_ value: ValueReader, _ contact: Int) -> [CaseFile.Claim] {
    guard let mapping = value.mapping(CaseKeys.run),
      let workflow = mapping["workflow"].flatMap({ workflow($0) })
    else { return [] }
    guard let (key, what) = mapping.only(of: ["ended", "at"], subject: "a run") else {
      value.error("a run has 'ended' or stands 'at' a step")
      return []
    }
    guard let text = what.filledText(key == "at" ? "a step" : "how the run ended") else {
      return []
    }
    if key == "at" { return [.runAt(contact, workflow, step: text)] }
    if let reason = ExitReason(rawValue: text) { return [.runEnded(contact, workflow, reason)] }
    reading.problems.unknownName(
      "end of a run", text, at: what.span, known: ExitReason.allCases.map(\.rawValue))
    return []
  }

  private func counts(_ value: ValueReader) -> [CaseFile.Claim] {
    (value.anyMapping("counts")?.entries ?? []).compactMap { entry in
      let user = user(
        ValueReader(unresolved: Node(text: entry.key, at: entry.keySpan), reading))
      let count = number(ValueReader(entry.value, reading))
      guard let user, let count else { return nil }
      return .count(user, count)
    }
  }

  private func refused(_ value: ValueReader, _ contact: Int?) -> [CaseFile.Claim] {
    guard let text = value.filledText("the reason of a refusal") else { return [] }
    if Refusal.names.contains(text) { return [.refused(contact, text)] }
    reading.problems.unknownName("refusal", text, at: value.span, known: Refusal.names)
    return []
  }
}
