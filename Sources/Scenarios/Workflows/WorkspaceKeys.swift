import Engine

/// The settings of a workspace that scenarios and cases share.
enum WorkspaceKeys {
  static let settings: [KeyTable.Key] = [
    .optional("unassign_on_close", .toggle, "false"),
    .optional("any_event_opens", .toggle, "false"),
    .optional("auto_close", .either([.reference("duration"), .reference("switch")]), "off"),
    .optional("inactivity", .either([.reference("duration"), .choice(["off"])]), "off"),
    .optional("closing_notes", .choice(ClosingNotes.allCases.map(\.rawValue)), "optional"),
    .optional("categories", .list(.text)),
    .optional("fields", .named(.choice(FieldDefinition.Kind.allCases.map(\.rawValue)))),
    .optional("own_domains", .list(.text)),
    .optional("limits", .map(limits), "{}"), .optional("policies", .map(policies), "{}"),
  ]

  static let limits: KeyTable = {
    let most = Shape.whole(0...1_000_000)
    return KeyTable(
      "limits",
      [
        .optional("jumps", most, "10"), .optional("steps", most, "100"),
        .optional("wait", .reference("duration"), "7 d"), .optional("branches", most, "9"),
        .optional("conditions", most, "10"), .optional("workflows", most, "100"),
        .optional("text_length", most, "2000"), .optional("choices", most, "10"),
        .optional("choice_length", most, "20"), .optional("headers", most, "10"),
        .optional("mappings", most, "10"), .optional("teams", most, "100"),
        .optional("comment_length", most, "1000"), .optional("category_length", most, "128"),
        .optional("summary_length", most, "512"),
      ])
  }()

  private static func raw<T: RawRepresentable<String> & CaseIterable>(_ type: T.Type) -> Shape {
    .choice(type.allCases.map(\.rawValue))
  }

  static let policies = KeyTable(
    "policies",
    [
      .optional("open_counts_snoozed", .toggle, "true"),
      .optional("round_robin_state", raw(RoundRobinState.self), "pool"),
      .optional("round_robin_form", raw(RoundRobinForm.self), "pointer"),
      .optional("tie", raw(Tie.self), "rotation"),
      .optional("queue_wakeup", .either([.choice(["event"]), .reference("duration")]), "event"),
      .optional("queued_conversation_closes", raw(QueuedConversationCloses.self), "cancel"),
      .optional("overwrite_assignee", .toggle, "true"),
      .optional("last_outgoing_scope", raw(LastOutgoingScope.self), "conversation"),
      .optional("last_outgoing_counts", raw(LastOutgoingCounts.self), "all"),
      .optional("new_contact_rule", raw(NewContactRule.self), "first_conversation"),
      .optional("reentry", raw(Reentry.self), "ignore"),
      .optional("answer_goes_to", raw(AnswerGoesTo.self), "latest"),
      .optional("close_ends_runs", .toggle, "false"),
      .optional("contact_fields", raw(ContactFields.self), "live"),
      .optional("http_timeout", .reference("duration"), "30 s"),
      .optional("compare_text", raw(CompareText.self), "exact"),
      .optional("loop_guard", .map(loopGuard), "{}"),
      .optional("removed_user", raw(RemovedUser.self), "unassigns"),
      .optional("failed_reply_assigns", .toggle, "true"),
      .optional("failed_reply_counts", .toggle, "false"),
      .optional("away_users", raw(AwayUsers.self), "excluded"),
      .optional("ai_agent_takeover", raw(AIAgentTakeover.self), "goes_on"),
    ])

  static let loopGuard = KeyTable(
    "loop_guard",
    [
      .optional("enrolments", .whole(1...1_000_000), "20"),
      .optional("within", .reference("duration"), "1 min"),
    ])
}

extension Mapping {
  /// Sets a property from a key, if the key is there and can be read.
  func set<Root, T>(
    _ key: String, _ root: inout Root, _ path: WritableKeyPath<Root, T>,
    _ read: (ValueReader) -> T?
  ) {
    if let found = self[key].flatMap(read) { root[keyPath: path] = found }
  }

  /// Sets a property of one of the engine's named choices.
  func set<Root, T: RawRepresentable<String> & CaseIterable>(
    choice key: String, _ root: inout Root, _ path: WritableKeyPath<Root, T>
  ) {
    set(key, &root, path) { value in
      guard let text = value.scalar("one of " + T.allCases.map(\.rawValue).joined(separator: ", "))
      else { return nil }
      if let found = T(rawValue: text) { return found }
      value.reading.problems.unknownName(
        key, text, at: value.span, known: T.allCases.map(\.rawValue))
      return nil
    }
  }
}

extension WorkspaceSettings {
  /// Takes over the settings of a `workspace` map whose keys have been checked.
  mutating func read(_ mapping: Mapping, _ names: WorkspaceNames) {
    mapping.set("unassign_on_close", &self, \.unassignOnClose) { $0.toggle() }
    mapping.set("any_event_opens", &self, \.anyChannelEventOpens) { $0.toggle() }
    mapping.set("auto_close", &self, \.autoClose) { value in
      if value.scalarText?.lowercased() == "on" { return .hours(24) }
      return value.durationOrOff(
        "auto_close", from: .minutes(30), to: .days(14), hint: "30 min to 14 d, or off")
    }
    mapping.set("inactivity", &self, \.inactivity) { value in
      value.durationOrOff(
        "inactivity", from: .minutes(1), to: .minutes(60), hint: "1 min to 60 min, or off")
    }
    mapping.set(choice: "closing_notes", &self, \.closingNotes)
    mapping.set("categories", &self, \.categories) { value in
      value.list(of: "categories")?.compactMap { $0.filledText("a category", limit: 128) }
    }
    mapping.set("own_domains", &self, \.ownDomains) { value in
      value.list(of: "domains")?.compactMap { $0.filledText("a domain", limit: 253) }
    }
    names.categories = categories
    if let value = mapping["limits"], let limits = value.mapping(WorkspaceKeys.limits) {
      self.limits.read(limits)
    }
    if let value = mapping["policies"], let policies = value.mapping(WorkspaceKeys.policies) {
      self.policies.read(policies)
    }
    readFields(mapping, names)
  }

  /// The kinds of contact fields; a field that is not listed holds text.
  private func readFields(_ mapping: Mapping, _ names: WorkspaceNames) {
    for (name, value) in mapping["fields"]?.named("a field") ?? [] {
      guard let written = value.filledText("a kind of field") else { continue }
      guard let kind = FieldDefinition.Kind(rawValue: written) else {
        value.reading.problems.unknownName(
          "kind of field", written, at: value.span,
          known: FieldDefinition.Kind.allCases.map(\.rawValue))
        continue
      }
      if FieldDefinition.standard.contains(where: { $0.name == name.text }) {
        value.reading.problems.error(
          name.span, "every contact has the field '\(name.text)'; it need not be listed")
      }
      names.fieldKinds[name.text] = kind
      _ = names.field(name.text)
    }
  }
}

extension ValueReader {
  /// `off`, or a duration within bounds.
  func durationOrOff(
    _ what: String, from least: EngineDuration, to most: EngineDuration, hint: String
  ) -> EngineDuration?? {
    if scalarText?.lowercased() == "off" { return .some(nil) }
    guard let duration = duration(what) else { return nil }
    guard duration >= least, duration <= most else {
      error("\(what) of \(duration)", hint: hint)
      return nil
    }
    return .some(duration)
  }
}

extension Limits {
  fileprivate mutating func read(_ mapping: Mapping) {
    let counts: KeyValuePairs<String, WritableKeyPath<Limits, Int>> = [
      "jumps": \.jumps, "steps": \.steps, "branches": \.branches, "conditions": \.conditions,
      "workflows": \.workflows, "text_length": \.textLength, "choices": \.choices,
      "choice_length": \.choiceLength, "headers": \.headers, "mappings": \.mappings,
      "teams": \.teams, "comment_length": \.commentLength, "category_length": \.categoryLength,
      "summary_length": \.summaryLength,
    ]
    for (key, path) in counts {
      mapping.set(key, &self, path) { $0.whole(key, in: 0...1_000_000) }
    }
    mapping.set("wait", &self, \.wait) { $0.positiveDuration("the longest wait") }
  }
}

extension Policies {
  fileprivate mutating func read(_ mapping: Mapping) {
    mapping.set("open_counts_snoozed", &self, \.openCountsSnoozed) { $0.toggle() }
    mapping.set(choice: "round_robin_state", &self, \.roundRobinState)
    mapping.set(choice: "round_robin_form", &self, \.roundRobinForm)
    mapping.set(choice: "tie", &self, \.tie)
    mapping.set("queue_wakeup", &self, \.queueWakeup) { value in
      if value.scalarText == "event" { return .event }
      return value.positiveDuration("queue_wakeup").map { .polling($0) }
    }
    mapping.set(choice: "queued_conversation_closes", &self, \.queuedConversationCloses)
    mapping.set("overwrite_assignee", &self, \.overwriteAssignee) { $0.toggle() }
    mapping.set(choice: "last_outgoing_scope", &self, \.lastOutgoingScope)
    mapping.set(choice: "last_outgoing_counts", &self, \.lastOutgoingCounts)
    mapping.set(choice: "new_contact_rule", &self, \.newContactRule)
    mapping.set(choice: "reentry", &self, \.reentry)
    mapping.set(choice: "answer_goes_to", &self, \.answerGoesTo)
    mapping.set("close_ends_runs", &self, \.closeEndsRuns) { $0.toggle() }
    mapping.set(choice: "contact_fields", &self, \.contactFields)
    mapping.set("http_timeout", &self, \.httpTimeout) { $0.positiveDuration("http_timeout") }
    mapping.set(choice: "compare_text", &self, \.compareText)
    if let guardMap = mapping["loop_guard"]?.mapping(WorkspaceKeys.loopGuard) {
      guardMap.set("enrolments", &loopGuard, \.enrolments) {
        $0.whole("enrolments", in: 1...1_000_000).map { Int32($0) }
      }
      guardMap.set("within", &loopGuard, \.within) { $0.positiveDuration("within") }
    }
    mapping.set(choice: "removed_user", &self, \.removedUser)
    mapping.set("failed_reply_assigns", &self, \.failedReplyAssigns) { $0.toggle() }
    mapping.set("failed_reply_counts", &self, \.failedReplyCounts) { $0.toggle() }
    mapping.set(choice: "away_users", &self, \.awayUsers)
    mapping.set(choice: "ai_agent_takeover", &self, \.aiAgentTakeover)
  }
}
