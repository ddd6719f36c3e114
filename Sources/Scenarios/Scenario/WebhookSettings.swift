public import Sampling

/// An endpoint of somebody else's that the platform tells what happens.
public struct WebhookSettings: Sendable {
  /// The name in the file, which names its draws.
  public let name: String
  /// What it is told.
  public let events: [WebhookEvent]
  /// How long it takes to answer.
  public let latency: Distribution
  /// The share of its answers that are not 200.
  public let failure: Double
  /// After so many of these in a row it is told nothing more; never if nil.
  public let disabledAfter: Int?
}

/// What an endpoint can be told, by the names of PLATFORM.md 7.
public enum WebhookEvent: String, Sendable, Hashable, CaseIterable {
  /// A contact wrote who was unknown.
  case newContact = "new_contact"
  /// A message of a contact is there.
  case newIncomingMessage = "new_incoming_message"
  /// A message to a contact was sent.
  case newOutgoingMessage = "new_outgoing_message"
  /// A conversation was opened.
  case conversationOpened = "conversation_opened"
  /// A conversation was closed.
  case conversationClosed = "conversation_closed"
  /// A contact was given to somebody, or to nobody.
  case assigneeUpdated = "assignee_updated"
}

extension ScenarioKeys {
  static let webhook = KeyTable(
    "a webhook",
    [
      .optional(
        "events", .list(.choice(WebhookEvent.allCases.map(\.rawValue))),
        about: "What the endpoint is told; all of it by default."),
      .optional(
        "latency", .reference("distribution"), "0 s",
        about: "From the call of the endpoint to its answer, 0 s by default."),
      .optional(
        "failure", .reference("share"), "0%",
        about: "The share of its answers that are not 200, 0% by default."),
      .optional(
        "disabled_after", .either([.whole(1...1_000_000), .choice(["never"])]), "never",
        about: "After so many of these in a row it is told nothing more, never by default."),
    ])
}

extension ModelReader {
  func webhooks(_ value: ValueReader?) -> [WebhookSettings] {
    (value?.named("a webhook") ?? []).compactMap { name, value in
      value.mapping(ScenarioKeys.webhook).flatMap { webhook(name, $0) }
    }
  }

  private func webhook(_ name: Name, _ mapping: Mapping) -> WebhookSettings? {
    let events = mapping.optional("events", else: WebhookEvent.allCases) { self.events($0) }
    let latency = mapping.optional("latency", else: .none) { distribution($0, "latency") }
    let failure = mapping.optional("failure", else: 0) { $0.share("failure") }
    let limit = unlessOff(mapping, "disabled_after", word: "never") {
      $0.whole("disabled_after", in: 1...1_000_000)
    }
    guard let events, let latency, let failure, let limit else { return nil }
    return WebhookSettings(
      name: name.text, events: events, latency: latency, failure: failure, disabledAfter: limit)
  }

  private func events(_ value: ValueReader) -> [WebhookEvent]? {
    guard let items = value.list(of: "events") else { return nil }
    if items.isEmpty { value.error("a webhook needs at least one event") }
    let events = items.compactMap { item -> WebhookEvent? in
      guard let text = item.filledText("an event") else { return nil }
      if let event = WebhookEvent(rawValue: text) { return event }
      reading.problems.unknownName(
        "event", text, at: item.span, known: WebhookEvent.allCases.map(\.rawValue))
      return nil
    }
    return events.count == items.count ? events : nil
  }
}
