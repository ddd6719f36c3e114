public import Engine

extension WorkStyle {
  /// One of the views that a custom inbox consists of, which are looked through in their order.
  public struct InboxView: Sendable {
    /// Which conversations it shows; all if nil.
    public let conditions: Conditions?
    /// Whose conversations it shows.
    public let of: Owner
    /// Which of them is taken first.
    public let take: Order
  }

  /// Whose conversations a view shows.
  public enum Owner: String, Sendable, Hashable, CaseIterable {
    /// The agent's own, and those that nobody has.
    case any
    /// The agent's own.
    case mine
    /// Those that nobody has.
    case unassigned
  }

  /// Which conversation of several is taken first.
  public enum Order: String, Sendable, Hashable, CaseIterable {
    /// The one that has waited longest.
    case oldest
    /// The latest.
    case newest
  }
}

extension ScenarioKeys {
  /// What an agent takes where it is more than a word.
  static let picks = KeyTable(
    "picks",
    [
      .required(
        "inbox", .list(.map(inboxView)),
        about: "The views that a free agent looks through in their order.")
    ])

  static let inboxView = KeyTable(
    "a view of an inbox",
    [
      .optional(
        "when", .map(WorkflowReader.conditionsKeys),
        about: "Which conversations the view shows, as in a branch; all by default."),
      .optional(
        "of", .choice(WorkStyle.Owner.allCases.map(\.rawValue)), "any",
        about: "Whose conversations the view shows, any (mine and unassigned) by default."),
      .optional(
        "take", .choice(WorkStyle.Order.allCases.map(\.rawValue)), "oldest",
        about: "Which of them is taken first, the oldest by default."),
    ])
}

extension ModelReader {
  /// What a free agent takes: a word, or the views of a custom inbox.
  func readPicks(_ mapping: Mapping, _ style: inout WorkStyle) {
    guard let value = mapping["picks"] else { return }
    style.inbox = []
    guard value.isMapping else { return mapping.set(choice: "picks", &style, \.picks) }
    let list = value.mapping(ScenarioKeys.picks)?["inbox"]
    guard let items = list?.list(of: "views", limit: 100) else { return }
    if items.isEmpty { list?.error("a custom inbox needs at least one view") }
    style.picks = .oldest
    style.inbox = items.compactMap { inboxView($0) }
  }

  private func inboxView(_ value: ValueReader) -> WorkStyle.InboxView? {
    guard let mapping = value.mapping(ScenarioKeys.inboxView) else { return nil }
    var owner = WorkStyle.Owner.any
    var order = WorkStyle.Order.oldest
    mapping.set(choice: "of", &owner, \.self)
    mapping.set(choice: "take", &order, \.self)
    let reader = WorkflowReader(reading, names: names, limits: settings.limits, marks: marks)
    let conditions = mapping.optional("when") { reader.conditions($0) }
    guard let conditions else { return nil }
    return WorkStyle.InboxView(conditions: conditions, of: owner, take: order)
  }
}
