import Engine

/// The settings of a workspace that scenarios and cases share.
enum WorkspaceKeys {
  static let settings: [KeyTable.Key] = [
    .optional(
      "unassign_on_close", .toggle, "false",
      about: "The legacy toggle: who closes by hand also unassigns."),
    .optional(
      "any_event_opens", .toggle, "false",
      about: "The legacy toggle: a channel's welcome event opens a conversation."),
    .optional(
      "auto_close", .either([.reference("duration"), .reference("switch")]), "off",
      about: "Closes conversations without a message for so long; `on` is 24 h."),
    .optional(
      "inactivity", .either([.reference("duration"), .choice(["off"])]), "off",
      about: "Who does nothing for so long is taken for Offline; 1 to 60 min."),
    .optional(
      "closing_notes", .choice(ClosingNotes.allCases.map(\.rawValue)), "optional",
      about: "Whether a user who closes must give a category, or a category and a summary."),
    .optional(
      "categories", .list(.text), about: "The categories of closing notes; any if left out."),
    .optional(
      "fields", .named(.choice(FieldDefinition.Kind.allCases.map(\.rawValue))),
      about: "Contact fields and their kinds; `text` where a field is not listed."),
    .optional(
      "own_domains", .list(.text),
      about: "The platform's own domains, which no HTTP Request may call."),
    .optional(
      "limits", .map(limits), "{}", about: "The platform's limits, where a workspace has others."),
    .optional(
      "policies", .map(policies), "{}",
      about: "Decisions that the platform's documents leave open: `switchboard help policies`."),
  ]

  static let limits: KeyTable = {
    let most = Shape.whole(0...1_000_000)
    return KeyTable(
      "limits",
      [
        .optional("jumps", most, "10", about: "The most that `at_most` of a Jump To may say."),
        .optional("steps", most, "100", about: "Steps of a workflow, those of its lists included."),
        .optional(
          "wait", .reference("duration"), "7 d", about: "The longest wait and the longest timeout."),
        .optional("branches", most, "9", about: "Branches of one step, Else not counted."),
        .optional("conditions", most, "10", about: "Conditions of one branch."),
        .optional("workflows", most, "100", about: "Workflows of the workspace."),
        .optional("text_length", most, "2000", about: "Characters of a message."),
        .optional("choices", most, "10", about: "Possible answers of a multiple-choice question."),
        .optional("choice_length", most, "20", about: "Characters of a possible answer."),
        .optional("headers", most, "10", about: "Headers of a request."),
        .optional("mappings", most, "10", about: "Values saved from an answer."),
        .optional("teams", most, "100", about: "Teams of the workspace."),
        .optional("comment_length", most, "1000", about: "Characters of a comment."),
        .optional(
          "category_length", most, "128", about: "Characters of a closing note's category."),
        .optional("summary_length", most, "512", about: "Characters of a closing note's summary."),
      ])
  }()

  private static func raw<T: RawRepresentable<String> & CaseIterable>(_ type: T.Type) -> Shape {
    .choice(type.allCases.map(\.rawValue))
  }

  static let policies = KeyTable(
    "policies",
    [
      .optional(
        "open_counts_snoozed", .toggle, "true",
        about: "Whether a snoozed conversation counts as an open contact of its assignee."),
      .optional(
        "round_robin_state", raw(RoundRobinState.self), "pool",
        about:
          "Whose turn round robin keeps: one for a `pool`, shared by all steps, or one for each `step`."
      ),
      .optional(
        "round_robin_form", raw(RoundRobinForm.self), "pointer",
        about:
          "`pointer`: the next who qualifies after the last chosen; who is passed over loses the turn. `rotation`: the chosen goes to the back; who is passed over keeps the place."
      ),
      .optional(
        "tie", raw(Tie.self), "rotation",
        about:
          "Who is chosen among equals: each in turn (`rotation`), anyone (`random`), the first of the `list`."
      ),
      .optional(
        "queue_wakeup", .either([.choice(["event"]), .reference("duration")]), "event",
        about:
          "When waiting contacts are looked at again: at every `event` that can make somebody qualify, or every so often, counted from time zero."
      ),
      .optional(
        "queued_conversation_closes", raw(QueuedConversationCloses.self), "cancel",
        about:
          "What becomes of a waiting contact whose conversation closes: it leaves the queue and its run goes on (`cancel`), or it keeps its place (`stay`)."
      ),
      .optional(
        "overwrite_assignee", .toggle, "true",
        about: "Whether Assign To moves a contact who has an assignee already."),
      .optional(
        "last_outgoing_scope", raw(LastOutgoingScope.self), "conversation",
        about:
          "Where the last outgoing message is looked for: in this `conversation`, or in all that was ever sent to the `contact`."
      ),
      .optional(
        "last_outgoing_counts", raw(LastOutgoingCounts.self), "all",
        about:
          "Which outgoing messages count as the last one: `all`, welcome messages too, or those of `users`."
      ),
      .optional(
        "new_contact_rule", raw(NewContactRule.self), "first_conversation",
        about:
          "Who is new: in the `first_conversation`; `created_by_message`, by the message that opened this conversation; who had `no_earlier_incoming` message."
      ),
      .optional(
        "reentry", raw(Reentry.self), "ignore",
        about:
          "What happens when a contact triggers the workflow it is in: nothing (`ignore`), or the run ends and another begins (`restart`)."
      ),
      .optional(
        "answer_goes_to", raw(AnswerGoesTo.self), "latest",
        about:
          "Which of several waiting questions an answer belongs to: the one asked last (`latest`), first (`oldest`), or `all`."
      ),
      .optional(
        "answer_opens", .toggle, "true",
        about: "Whether an answer to a workflow's question opens a conversation where none is open."
      ),
      .optional(
        "close_ends_runs", .toggle, "false",
        about: "Whether closing the conversation ends the contact's runs."),
      .optional(
        "contact_fields", raw(ContactFields.self), "live",
        about:
          "When a run reads contact fields: when a step needs them (`live`), or once at its beginning (`snapshot`)."
      ),
      .optional(
        "http_timeout", .reference("duration"), "30 s",
        about: "How long a service may take to answer."),
      .optional(
        "compare_text", raw(CompareText.self), "exact",
        about: "Whether `vip` is `VIP`: no (`exact`), or yes (`ignore_case`)."),
      .optional(
        "loop_guard", .map(loopGuard), "{}",
        about: "How many runs of one workflow by one contact within how long are taken for a loop."),
      .optional(
        "removed_user", raw(RemovedUser.self), "unassigns",
        about:
          "What becomes of the contacts of a user who leaves the workspace: they are unassigned (`unassigns`), or stay with the number of who left (`keeps`)."
      ),
      .optional(
        "failed_reply_assigns", .toggle, "true",
        about:
          "Whether a reply that could not be delivered assigns an unassigned contact all the same."),
      .optional(
        "failed_reply_counts", .toggle, "false",
        about: "Whether a reply that never arrived is an answer all the same."),
      .optional(
        "away_users", raw(AwayUsers.self), "excluded",
        about:
          "Whether a step for online users waits for one (`excluded`), or takes busy ones when no online one qualifies (`second_tier`)."
      ),
      .optional(
        "ai_agent_takeover", raw(AIAgentTakeover.self), "goes_on",
        about:
          "What becomes of an AI agent's talk when a person takes the contact: it goes on (`goes_on`), or the run ends (`ends_run`)."
      ),
    ])

  static let loopGuard = KeyTable(
    "loop_guard",
    [
      .optional("enrolments", .whole(1...1_000_000), "20", about: "So many are allowed."),
      .optional("within", .reference("duration"), "1 min", about: "Within so long."),
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
    mapping.set("answer_opens", &self, \.answerOpens) { $0.toggle() }
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
