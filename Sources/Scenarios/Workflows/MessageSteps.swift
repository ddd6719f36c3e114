import Engine

extension WorkflowReader {
  func sendMessage(_ value: ValueReader) -> StepAction? {
    guard value.isMapping else {
      return text(value, "a message").map { .sendMessage(SendMessage($0)) }
    }
    guard let mapping = value.mapping(Self.messageKeys), let written = mapping["text"],
      let text = text(written, "a message")
    else { return nil }
    let variants = mapping.optional("by_channel", else: []) { self.variants($0) }
    guard let variants else { return nil }
    guard let channel = mapping["channel"] else {
      return .sendMessage(SendMessage(text, variants: variants))
    }
    return known(channel, "channel", \.channels).map {
      .sendMessage(SendMessage(text, channel: ChannelID($0), variants: variants))
    }
  }

  /// Other words for some channels: `{whatsapp: Hi!}`.
  private func variants(_ value: ValueReader) -> [SendMessage.Variant]? {
    guard let mapping = value.anyMapping("the words for each channel") else { return nil }
    let variants = mapping.entries.compactMap { entry -> SendMessage.Variant? in
      let name = ValueReader(unresolved: Node(text: entry.key, at: entry.keySpan), reading)
      guard let channel = known(name, "channel", \.channels),
        let text = text(ValueReader(entry.value, reading), "a message")
      else { return nil }
      return SendMessage.Variant(ChannelID(channel), text)
    }
    return variants.count == mapping.entries.count ? variants : nil
  }

  /// A text that is not empty and within the limit of a message.
  private func text(_ value: ValueReader, _ what: String) -> Template? {
    guard let template = value.template(what, scope) else { return nil }
    if template.parts.isEmpty {
      value.expected(what)
      return nil
    }
    return template
  }

  func askQuestion(_ value: ValueReader) -> AskQuestion? {
    guard let mapping = value.mapping(Self.questionKeys) else { return nil }
    guard let question = mapping["text"].flatMap({ text($0, "a question") }),
      let answer = answer(mapping)
    else { return nil }
    let save = mapping.optional("save") { saved($0, answer) }
    let timeout = mapping.optional("timeout") { limited($0, "a timeout") }
    guard let save, let timeout else { return nil }
    return AskQuestion(question, answer: answer, save: save, timeout: timeout)
  }

  private func answer(_ mapping: Mapping) -> AskQuestion.Answer? {
    var type = "text"
    if let value = mapping["type"] {
      guard let written = value.filledText("a type of answer") else { return nil }
      guard Self.answerTypes.contains(written) else {
        reading.problems.unknownName(
          "type of answer", written, at: value.span, known: Self.answerTypes)
        return nil
      }
      type = written
    }
    for (key, owner) in [("choices", "choice"), ("min", "number"), ("max", "number")]
    where type != owner {
      if let span = mapping.keySpan(key) {
        reading.problems.error(span, "'\(key)' goes with 'type: \(owner)' only, not '\(type)'")
      }
    }
    switch type {
    case "choice":
      guard let value = mapping.required("choices", of: "a question of type choice"),
        let items = value.list(of: "choices")
      else { return nil }
      let choices = items.compactMap { $0.filledText("a choice") }
      if items.isEmpty { value.error("a question of type choice needs at least one choice") }
      if choices.count == items.count { checkDistinct(choices, items) }
      return choices.isEmpty || choices.count < items.count ? nil : .choice(choices)
    case "number":
      let low = mapping.optional("min") { $0.number("a number") }
      let high = mapping.optional("max") { $0.number("a number") }
      guard let low, let high else { return nil }
      if let low, let high, low > high {
        mapping["max"]?.error("max is less than min")
        return nil
      }
      return .number(minimum: low, maximum: high)
    case "date": return .date
    case "phone": return .phone
    case "email": return .email
    case "url": return .url
    case "rating": return .rating
    case "location": return .location
    default: return .text
    }
  }

  /// An answer names a choice in capitals or not: of two that differ in nothing else the second could never
  /// be chosen.
  private func checkDistinct(_ choices: [String], _ items: [ValueReader]) {
    var first: [String: String] = [:]
    for (choice, item) in zip(choices, items) {
      let folded = choice.lowercased()
      if let other = first[folded] {
        item.error(
          other == choice
            ? "the choice \(quoted(choice)) appears twice"
            : "the choice \(quoted(choice)) is the choice \(quoted(other)): answers may be written "
              + "in capitals or not")
      } else {
        first[folded] = choice
      }
    }
  }

  private func saved(_ value: ValueReader, _ answer: AskQuestion.Answer) -> AskQuestion.Save? {
    guard let mapping = value.mapping(Self.saveKeys) else { return nil }
    guard let (key, place) = mapping.only(of: ["field", "variable", "tag"], subject: "an answer")
    else {
      value.expected("field, variable or tag")
      return nil
    }
    switch key {
    case "field":
      guard let field = place.name("a field") else { return nil }
      names.setFields.insert(field.text)
      return .field(names.field(field.text))
    case "variable": return place.filledText("a variable").map { .variable($0) }
    default: return tags(place, answer).map { .tags($0) }
    }
  }

  /// One tag for each choice: a list in their order, a map from choice to tag, or the tag of the only one.
  private func tags(_ value: ValueReader, _ answer: AskQuestion.Answer) -> [TagID]? {
    guard case .choice(let choices) = answer else {
      value.error("only an answer of type choice can be saved as a tag")
      return nil
    }
    let texts: [String]
    if value.isMapping, let mapping = value.anyMapping("tags") {
      for entry in mapping.entries where !choices.contains(entry.key) {
        reading.problems.unknownName("choice", entry.key, at: entry.keySpan, known: choices)
      }
      texts = choices.compactMap { choice in
        if let tag = mapping[choice] { return tag.filledText("a tag") }
        value.error("the choice \(quoted(choice)) has no tag")
        return nil
      }
    } else {
      texts = (value.oneOrMore(of: "tags") ?? []).compactMap { $0.filledText("a tag") }
      if texts.count != choices.count {
        value.error("\(texts.count) tags for \(choices.count) choices; each choice needs one")
      }
    }
    return texts.count == choices.count ? texts.map(names.tag) : nil
  }

  func addComment(_ value: ValueReader) -> StepAction? {
    guard let text = text(value, "a comment") else { return nil }
    let words = text.parts.map { part in
      if case .text(let words) = part { words } else { " " }
    }
    let mentions = names.mentions(in: words.joined())
    for user in mentions where !isThere(names.users.names[user.index], "user", at: value.span) {
      return nil
    }
    return .addComment(text, mentions: mentions)
  }

  func closeConversation(_ value: ValueReader) -> StepAction? {
    guard let mapping = value.mapping(Self.closeKeys) else { return nil }
    let category = mapping.optional("category") { $0.template("a category", scope) }
    let summary = mapping.optional("summary") { $0.template("a summary", scope) }
    guard let category, let summary else { return nil }
    if let category, let written = mapping["category"] { remarkOnCategory(category, written) }
    return .closeConversation(category: category, summary: summary)
  }

  func updateTag(_ value: ValueReader) -> StepAction? {
    guard let mapping = value.mapping(Self.tagKeys) else { return nil }
    if mapping["add"] == nil, mapping["remove"] == nil {
      value.expected("add, remove or both")
      return nil
    }
    func tags(_ key: String) -> [TagID]? {
      guard let value = mapping[key] else { return [] }
      guard let items = value.oneOrMore(of: "tags") else { return nil }
      let texts = items.compactMap { $0.filledText("a tag", limit: 200) }
      return texts.count == items.count ? texts.map(names.tag) : nil
    }
    guard let add = tags("add"), let remove = tags("remove") else { return nil }
    return .updateTag(add: add, remove: remove)
  }

  func updateField(_ value: ValueReader) -> [StepAction]? {
    guard let entries = value.named("a field") else { return nil }
    if entries.isEmpty {
      value.expected("a field and its value")
      return nil
    }
    let actions = entries.compactMap { name, value -> StepAction? in
      names.setFields.insert(name.text)
      return value.template("a value", scope).map { .updateField(names.field(name.text), $0) }
    }
    return actions.count == entries.count ? actions : nil
  }

  /// The position of a name that must be defined.
  func known(
    _ value: ValueReader, _ what: String,
    _ table: ReferenceWritableKeyPath<WorkspaceNames, NameTable>
  ) -> UInt32? {
    guard let position = names.position(of: value, what, table) else { return nil }
    guard isThere(value.scalarText ?? "", what, at: value.span) else { return nil }
    return UInt32(position)
  }

  /// A duration of at most the workspace's longest wait.
  func limited(_ value: ValueReader, _ what: String) -> EngineDuration? {
    guard let duration = value.duration(what) else { return nil }
    guard duration <= limits.wait else {
      value.error("\(what) of \(duration), the limit is \(limits.wait)")
      return nil
    }
    return duration
  }
}
