public import Engine
public import Sampling

/// Contacts that are imported into the address book during the run (PLATFORM.md 8.1).
public struct ImportSettings: Sendable {
  /// The name in the file.
  public let name: String
  /// When, from the start of the run.
  public let at: EngineDuration
  /// How many contacts.
  public internal(set) var count: Int
  /// Whose habits they have: a position of `Model.populations`.
  public let population: Int
  /// The channel that they can be reached on.
  public let channel: ChannelID
  /// What the import says of each of them, besides what their population has.
  public let fields: [FieldEntry]
  /// The tags that it adds.
  public let tags: [TagID]
  /// The share of them who write of themselves.
  public let writing: Double
  /// How long after the import they do.
  public let after: Distribution
}

extension ScenarioKeys {
  static let contactImport = KeyTable(
    "an import",
    [
      .required(
        "at", .reference("duration"),
        about: "When contacts are imported, from the start of the run."),
      .required("count", .whole(1...maximalRecipients), about: "How many contacts."),
      .optional(
        "population", .name,
        about: "Whose habits and fields they have; may be left out where there is one."),
      .optional(
        "channel", .name,
        about: "The channel they can be reached on; may be left out where there is one."),
      .optional(
        "fields", .named(.text),
        about: "Contact fields that the import sets on each; none by default."),
      .optional(
        "tags", .list(.text), about: "Tags that the import adds to each; none by default."),
      .optional(
        "writes", .map(broadcastReplies),
        about: "Which share of them then writes of itself, and how long after; nobody by default."),
    ])

  static let segments = Shape.named(.map(WorkflowReader.conditionsKeys))
}

extension ModelReader {
  func imports(_ value: ValueReader?, populations: [String]) -> [ImportSettings] {
    (value?.named("an import") ?? []).compactMap { name, value in
      value.mapping(ScenarioKeys.contactImport).flatMap { contactImport(name, $0, populations) }
    }
  }

  private func contactImport(
    _ name: Name, _ mapping: Mapping, _ populations: [String]
  ) -> ImportSettings? {
    let at = mapping["at"].flatMap { $0.duration("at") }
    let count = mapping["count"].flatMap {
      $0.whole("count", in: 1...ScenarioKeys.maximalRecipients)
    }
    let population = only("population", of: "import", name, mapping, among: populations)
    let channel = only("channel", of: "import", name, mapping, among: names.channels.names)
    let fields = mapping.optional("fields", else: []) { self.importedFields($0) }
    let tags = mapping.optional("tags", else: []) { value -> [TagID]? in
      value.list(of: "tags")?.compactMap { $0.filledText("a tag").map(names.tag) }
    }
    let writes = mapping.optional("writes", else: (0, .none)) { replies($0) }
    guard let at, let count, let population, let channel, let fields, let tags, let writes else {
      return nil
    }
    return ImportSettings(
      name: name.text, at: at, count: count, population: population,
      channel: ChannelID(UInt32(channel)), fields: fields, tags: tags, writing: writes.0,
      after: writes.1)
  }

  private func importedFields(_ value: ValueReader) -> [FieldEntry]? {
    guard let entries = value.named("a field") else { return nil }
    let fields = entries.compactMap { name, value -> FieldEntry? in
      guard let text = value.filledText("a value") else { return nil }
      names.setFields.insert(name.text)
      let field = names.field(name.text)
      let kind = names.kind(of: name.text)
      guard let accepted = kind.accept(.text(text)) else {
        value.error("the field '\(name.text)' is of the kind \(kind), which '\(text)' is not")
        return nil
      }
      return FieldEntry(field, accepted)
    }
    return fields.count == entries.count ? fields : nil
  }

  /// The parts of the address book that broadcasts go to.
  func readSegments(_ value: ValueReader?) {
    guard let value else { return }
    settings.segments = WorkflowReader(
      reading, names: names, limits: settings.limits, marks: marks, aiAgents: aiAgents, files: files
    ).segments(value)
  }
}

extension WorkflowReader {
  /// Segments are conditions as a branch has them, without variables; one that cannot be read is left out.
  func segments(_ value: ValueReader) -> [SegmentDefinition] {
    (value.named("a segment") ?? []).compactMap { name, value in
      guard let conditions = conditions(value) else { return nil }
      if conditions.list.count > limits.conditions {
        value.error("\(conditions.list.count) conditions, the limit is \(limits.conditions)")
      }
      return SegmentDefinition(name: name.text, conditions: conditions)
    }
  }
}
