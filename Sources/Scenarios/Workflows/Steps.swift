import Engine

extension WorkflowReader {
  /// A step; several only where one `update_field` sets several fields.
  func step(_ value: ValueReader) -> [Step]? {
    guard let mapping = value.anyMapping("a step") else { return nil }
    guard let entry = stepEntry(mapping) else { return nil }
    let reader = ValueReader(entry.value, reading)
    let outcomes = Self.steps.first { $0.key == entry.key }?.value.outcomes ?? []
    checkKeys(mapping, step: entry.key, outcomes: outcomes)
    guard let actions = actions(entry.key, reader, mapping) else { return nil }
    if case .assignTo(let assignment) = actions[0], assignment.target.pool == nil,
      let span = mapping.keySpan("on_timeout")
    {
      reading.problems.error(
        span, "'on_timeout' goes with team or workspace only: nobody is waited for here",
        hint: "leave it out; the step takes effect at once")
    }
    let id = mapping.optional("id") { $0.name("a step") }
    let name = mapping.optional("name") { $0.filledText("a name", limit: 200) }
    guard let id, let name else { return nil }
    if let name = name, let written = mapping["name"] {
      remarkOnName(name, actions[0], at: written.span)
    }
    let mark = mark(entry.keySpan)
    var steps = actions.map { Step($0, mark: mark) }
    guard !steps.isEmpty else { return nil }
    steps[0].id = id?.text
    steps[0].name = name
    let last = steps.count - 1
    var isSound = true
    func list(_ key: String) -> [Step]? {
      guard let value = mapping[key] else { return nil }
      let list = self.steps(value)
      isSound = isSound && list != nil
      return list
    }
    steps[last].onTimeout = list("on_timeout")
    steps[last].onInvalid = list("on_invalid")
    steps[last].onFailure = list("on_failure")
    steps[last].outside = list("outside")
    return isSound ? steps : nil
  }

  /// The one key of a step that says what it does.
  private func stepEntry(_ mapping: Mapping) -> Node.Entry? {
    let names = Self.steps.map(\.key)
    let found = mapping.entries.filter { names.contains($0.key) }
    if let extra = found.dropFirst().first {
      reading.problems.error(
        extra.keySpan, "a step does one thing; '\(found[0].key)' stands here already")
      return nil
    }
    if let entry = found.first { return entry }
    let others = ["id", "name"] + Self.outcomes
    if let stranger = mapping.entries.first(where: { !others.contains($0.key) }) {
      reading.problems.unknownName("step", stranger.key, at: stranger.keySpan, known: names)
    } else {
      reading.problems.error(
        mapping.span, "a step needs one of the step keys",
        note: "known: " + names.joined(separator: ", "))
    }
    return nil
  }

  private func checkKeys(_ mapping: Mapping, step: String, outcomes: [String]) {
    let known = [step, "id", "name"] + outcomes
    for entry in mapping.entries where !known.contains(entry.key) {
      if Self.outcomes.contains(entry.key) {
        let list = outcomes.isEmpty ? "it has none" : "it has " + outcomes.joined(separator: ", ")
        reading.problems.error(entry.keySpan, "\(step) has no outcome '\(entry.key)'; \(list)")
      } else {
        reading.problems.unknownName("key of a step", entry.key, at: entry.keySpan, known: known)
      }
    }
  }

  private func actions(
    _ key: String, _ value: ValueReader, _ mapping: Mapping
  ) -> [StepAction]? {
    switch key {
    case "update_field": return updateField(value)
    case "ai_agent": return aiAgent(value, ways: mapping["on"]).map { [.aiAgent($0)] }
    default: return action(key, value).map { [$0] }
    }
  }

  private func action(_ key: String, _ value: ValueReader) -> StepAction? {
    switch key {
    case "send_message": sendMessage(value)
    case "ask_question": askQuestion(value).map { .askQuestion($0) }
    case "assign_to": assignTo(value).map { .assignTo($0) }
    case "branch": branches(value).map { .branch($0) }
    case "update_tag": updateTag(value)
    case "open_conversation":
      value.mapping(KeyTable("open_conversation", [])).map { _ in .openConversation }
    case "close_conversation": closeConversation(value)
    case "add_comment": addComment(value)
    case "jump_to": jumpTo(value)
    case "wait": wait(value).map { .wait($0) }
    case "date_and_time": dateAndTime(value)
    case "http_request": httpRequest(value).map { .httpRequest($0) }
    case "trigger_workflow": triggerWorkflow(value)
    case "add_sheet_row": addSheetRow(value)
    default: nil
    }
  }

  private func branches(_ value: ValueReader) -> [Branch]? {
    guard let items = value.list(of: "branches") else { return nil }
    if items.isEmpty { value.error("a branch needs at least one entry") }
    var branches: [Branch] = []
    var isSound = !items.isEmpty
    for (index, item) in items.enumerated() {
      let synonyms: KeyValuePairs = ["if": "when", "condition": "when", "conditions": "when"]
      guard let mapping = item.mapping(Self.branchKeys, synonyms: synonyms) else {
        isSound = false
        continue
      }
      let name = mapping.optional("name") { $0.filledText("a name", limit: 200) }
      let when = mapping.optional("when") { conditions($0) }
      let list = mapping.optional("steps", else: []) { steps($0) }
      if mapping["when"] == nil, index < items.count - 1 {
        item.error("an entry without 'when' is Else and comes last")
        isSound = false
      }
      guard let name, let when, let list else {
        isSound = false
        continue
      }
      branches.append(Branch(name, when: when, steps: list, mark: mark(item.span)))
    }
    return isSound ? branches : nil
  }
}
