public import Engine
public import Sampling

extension Population {
  /// What begins the conversations of a population where the contacts themselves do not.
  public struct Opening: Sendable {
    /// What happens first.
    public let way: Way
    /// The share of the contacts who then write.
    public let writing: Double
    /// How long after they could they do.
    public let after: Distribution

    /// What happens first.
    public enum Way: Sendable, Hashable {
      /// The contact clicks this click-to-chat ad.
      case ad(String)
      /// The contact comes through a growth widget.
      case widget
      /// Another system posts about the contact to the webhook of this name.
      case webhook(String, JSON)
      /// A program opens the conversation, and an agent writes first.
      case program(Source)
      /// An agent writes first, of this team or of all.
      case user(TeamID?)

      /// What the platform says made the contact known.
      public var source: Source {
        switch self {
        case .ad: .ctcAds
        case .widget: .growthWidget
        case .webhook: .api
        case .program(let source): source
        case .user: .user
        }
      }
    }
  }
}

extension ScenarioKeys {
  private static let writes = KeyTable.Key.optional(
    "writes", .map(broadcastReplies),
    about: "Which share of the contacts then writes, and how long after.")

  private static func program(_ name: String) -> KeyTable.Key {
    .optional(
      name, .map(KeyTable(name, [writes])),
      about: "A program opens the conversation; an agent writes first.")
  }

  /// What begins a conversation: one of these.
  static let openedBy: KeyTable = {
    let keys: [KeyTable.Key] = [
      .optional(
        "ctc_ads",
        .map(
          KeyTable(
            "ctc_ads",
            [
              .optional("ad", .name, about: "The ad's name; by default the population's."), writes,
            ])),
        about: "The contact clicks a click-to-chat ad and by default writes at once."),
      .optional(
        "growth_widget", .map(KeyTable("growth_widget", [writes])),
        about: "The contact comes through a growth widget and by default writes at once."),
      .optional(
        "webhook",
        .map(
          KeyTable(
            "webhook",
            [
              .required("name", .name, about: "The webhook, as a workflow's trigger names it."),
              .optional("payload", .anything, about: "What is posted; by default nothing."),
              writes,
            ])),
        about: "Another system posts about the contact; what a workflow opens waits for an agent."),
      program("api"), program("zapier"), program("make"),
      .optional(
        "user",
        .map(
          KeyTable(
            "user",
            [
              .optional("team", .name, about: "The team whose agents write; by default everybody."),
              writes,
            ])),
        about: "An agent writes first: who has the contact, else each of the team in turn."),
    ]
    return KeyTable("opened_by", keys, oneOf: keys.map(\.name))
  }()

  /// The ways that can be named without saying more.
  static let openers = ["contact"] + openedBy.names.filter { $0 != "webhook" }
}

extension ModelReader {
  /// What begins the conversations of a population; nothing within where the contacts do.
  func opening(_ value: ValueReader, of population: Name) -> Population.Opening?? {
    let table = ScenarioKeys.openedBy
    if let word = value.scalarText, parameterName(of: value.node) == nil {
      if word == "contact" { return .some(nil) }
      guard ScenarioKeys.openers.contains(word) else {
        guard word == "webhook" else {
          reading.problems.unknownName(
            "opened_by", word, at: value.span, known: ["contact"] + table.names)
          return nil
        }
        value.error(
          "a webhook has a name", hint: "for example 'opened_by: {webhook: {name: order placed}}'")
        return nil
      }
      let nothing = ValueReader(Node(.mapping([]), at: value.span), reading)
      return opening(word, nothing, of: population).map { .some($0) }
    }
    guard let mapping = value.mapping(table) else { return nil }
    guard let (key, what) = mapping.only(of: table.names, subject: "opened_by") else {
      if mapping.entries.isEmpty {
        value.expected("what opens conversations, such as {ctc_ads: {ad: spring}}")
      }
      return nil
    }
    return opening(key, what, of: population).map { .some($0) }
  }

  private func opening(
    _ key: String, _ value: ValueReader, of population: Name
  ) -> Population.Opening? {
    guard
      case .map(let table)? = ScenarioKeys.openedBy.keys.first(where: { $0.name == key })?.shape,
      let mapping = value.mapping(table)
    else { return nil }
    let way: Population.Opening.Way?
    var usual = 0.0
    switch key {
    case "ctc_ads":
      usual = 1
      way = mapping.optional("ad", else: population) { $0.name("an ad") }.map { .ad($0.text) }
    case "growth_widget":
      usual = 1
      way = .widget
    case "webhook":
      way = mapping["name"].flatMap { $0.name("a webhook") }.map { name in
        webhooks.append(name)
        return .webhook(name.text, mapping["payload"].map { $0.json() } ?? .object([]))
      }
    case "user":
      let team = mapping.optional("team") { value in
        names.position(of: value, "team", \.teams).map { TeamID(UInt32($0)) }
      }
      way = team.map { .user($0) }
    default: way = Source(name: key).map { .program($0) }
    }
    let writes = mapping.optional("writes", else: (usual, .none)) { self.replies($0) }
    guard let way, let writes else { return nil }
    return Population.Opening(way: way, writing: writes.0, after: writes.1)
  }

  /// Who is written to first is no junk, and has no other channel to try while nobody answers.
  func checkOpening(
    _ opening: Population.Opening?, _ mapping: Mapping, at population: Name
  ) {
    guard let opening, !opening.contactBegins else { return }
    for key in ["spam", "second_channel"] {
      guard let span = mapping.keySpan(key) else { continue }
      reading.problems.error(
        span,
        "'\(key)' is about contacts who write first, which those of '\(population.text)' do not")
    }
  }

  /// The engine refuses what is posted to a webhook that no published workflow has.
  func checkWebhooks(_ workflows: [WorkflowDefinition]) {
    let known = workflows.compactMap { workflow -> String? in
      guard workflow.status == .published, case .incomingWebhook(let name) = workflow.trigger
      else { return nil }
      return name
    }
    for name in webhooks where !known.contains(name.text) {
      guard !known.isEmpty else {
        reading.problems.error(
          name.span, "no published workflow has the trigger incoming_webhook",
          hint: "write 'trigger: {incoming_webhook: {name: \(name.text)}}' in one")
        continue
      }
      reading.problems.unknownName("webhook", name.text, at: name.span, known: known)
    }
  }
}

extension Population.Opening {
  /// Whether the contact makes the first move, by coming through an ad or a widget.
  public var contactBegins: Bool {
    switch way {
    case .ad, .widget: true
    case .webhook, .program, .user: false
    }
  }
}

extension Population.Opening {
  /// What the conversation is recorded as opened by; nil where a workflow decides.
  var source: Source? {
    switch way {
    case .ad: .ctcAds
    case .widget: .growthWidget
    case .webhook: nil
    case .program(let source): source
    case .user: .user
    }
  }
}
