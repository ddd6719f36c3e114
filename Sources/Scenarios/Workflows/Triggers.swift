import Engine

/// The settings of a trigger that the engine keeps in two places.
struct ReadTrigger {
  var trigger: Trigger
  var oncePerContact = false
}

extension WorkflowReader {
  private static let once = KeyTable.Key.optional(
    "once_per_contact", .toggle, "false",
    about: "Whether a contact runs through it only once, ever.")
  private static let texts = Shape.either([.text, .list(.text)])
  private static func sources(_ all: [Source]) -> Shape {
    .either([.choice(all.map(\.description)), .list(.choice(all.map(\.description)))])
  }

  /// The triggers and their settings.
  static let triggerKeys: KeyValuePairs<String, KeyTable> = [
    "conversation_opened": KeyTable(
      "conversation_opened",
      [
        .optional(
          "source", sources(Source.opening),
          about: "Who opened or closed it, one or several; anybody if left out."), once,
      ], about: "A conversation was opened."),
    "conversation_closed": KeyTable(
      "conversation_closed",
      [
        .optional(
          "source", sources(Source.closing),
          about: "Who opened or closed it, one or several; anybody if left out."),
        .optional(
          "category", texts,
          about: "The category of the closing note, one or several; any if left out."), once,
      ], about: "A conversation was closed."),
    "contact_tag_updated": KeyTable(
      "contact_tag_updated",
      [
        .optional("tag", texts, about: "The tag, one or several; any if left out."),
        .optional(
          "action", .choice(["added", "removed"]),
          about: "Whether it came or went; either if left out."), once,
      ], about: "A tag came or went."),
    "contact_field_updated": KeyTable(
      "contact_field_updated",
      [.optional("field", texts, about: "The field, one or several; any if left out."), once],
      about: "A contact field got another value."),
    "shortcut": KeyTable(
      "shortcut", [.required("name", .name, about: "Its name."), once],
      about: "A user picked the shortcut of this name on a contact."),
    "incoming_webhook": KeyTable(
      "incoming_webhook", [.required("name", .name, about: "Its name."), once],
      about: "Another system posted to the webhook of this name."),
    "click_to_chat_ad": KeyTable(
      "click_to_chat_ad", [.optional("name", .name, about: "Its name."), once],
      about: "A contact came through a click-to-chat ad, through that of this name, or through any."
    ),
    "manual": KeyTable("manual", [], about: "Nothing: only other workflows go on in it."),
  ]

  /// `{conversation_opened: {source: contact}}`, or the name alone where nothing must be set.
  func trigger(_ value: ValueReader) -> ReadTrigger? {
    let names = Self.triggerKeys.map(\.key)
    let single: (key: String, keySpan: SourceSpan, value: ValueReader)
    if let text = value.scalarText, parameterName(of: value.node) == nil {
      let nothing = Node(.mapping([]), at: value.span)
      single = (text, value.span, ValueReader(nothing, reading))
    } else {
      guard let found = value.single("a trigger") else { return nil }
      single = found
    }
    guard let table = Self.triggerKeys.first(where: { $0.key == single.key })?.value else {
      reading.problems.unknownName("trigger", single.key, at: single.keySpan, known: names)
      return nil
    }
    guard let mapping = single.value.mapping(table) else { return nil }
    guard let trigger = trigger(single.key, mapping) else { return nil }
    let once = mapping.optional("once_per_contact", else: false) { $0.toggle() }
    return once.map { ReadTrigger(trigger: trigger, oncePerContact: $0) }
  }

  private func trigger(_ name: String, _ mapping: Mapping) -> Trigger? {
    switch name {
    case "conversation_opened":
      return sources(mapping["source"], Source.opening).map { .conversationOpened(sources: $0) }
    case "conversation_closed":
      guard let sources = sources(mapping["source"], Source.closing),
        let categories = texts(mapping["category"], "categories")
      else { return nil }
      return .conversationClosed(sources: sources, categories: categories)
    case "contact_tag_updated":
      let action = mapping.optional("action") {
        $0.choice("action", ["added": TagAction.added, "removed": .removed])
      }
      guard let tags = texts(mapping["tag"], "tags"), let action else { return nil }
      return .contactTagUpdated(tags: tags.map(names.tag), action: action)
    case "contact_field_updated":
      guard let fields = texts(mapping["field"], "fields") else { return nil }
      return .contactFieldUpdated(fields: fields.map(names.field))
    case "shortcut": return mapping["name"]?.name("a shortcut").map { .shortcut(name: $0.text) }
    case "incoming_webhook":
      return mapping["name"]?.name("a webhook").map { .incomingWebhook(name: $0.text) }
    case "click_to_chat_ad":
      guard let name = mapping["name"] else { return .clickToChatAd() }
      return name.name("an ad").map { .clickToChatAd(name: $0.text) }
    default: return .manual
    }
  }

  private func texts(_ value: ValueReader?, _ what: String) -> [String]? {
    guard let value else { return [] }
    guard let items = value.oneOrMore(of: what) else { return nil }
    let texts = items.compactMap { $0.filledText(what) }
    return texts.count == items.count ? texts : nil
  }

  private func sources(_ value: ValueReader?, _ possible: [Source]) -> [Source]? {
    guard let items = texts(value, "sources"), let value else { return value == nil ? [] : nil }
    var sources: [Source] = []
    for (name, reader) in zip(items, value.oneOrMore(of: "sources") ?? []) {
      guard let source = Source(name: name), possible.contains(source) else {
        reading.problems.unknownName(
          "source", name, at: reader.span, known: possible.map(\.description))
        return nil
      }
      sources.append(source)
    }
    return sources
  }
}
