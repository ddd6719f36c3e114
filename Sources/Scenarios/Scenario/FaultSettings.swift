public import Engine
public import Sampling

/// Something that goes wrong in a run, once or again and again.
public struct FaultSettings: Sendable {
  /// The name in the file, which names its draws.
  public let name: String
  /// What goes wrong.
  public let kind: Kind
  /// When it begins for the first time, from the start of the run; nil means after the first `every`.
  public let at: EngineDuration?
  /// From its end to its next beginning; it comes once if nil.
  public let every: Distribution?
  /// How long it lasts; to the end of the run if nil.
  public let length: Distribution?

  /// What can go wrong.
  public enum Kind: Sendable {
    /// Nothing comes in on a channel until it is over, and what goes out fails.
    case channelDown(ChannelID)
    /// A share of the contacts' messages on a channel comes a second time.
    case duplicateMessages(ChannelID, share: Double, after: Distribution)
    /// A share of the messages on a channel takes longer, both ways.
    case lateMessages(ChannelID, share: Double, by: Distribution)
    /// Every call of a service fails at once.
    case serviceDown(ServiceID)
    /// A service takes longer.
    case serviceSlow(ServiceID, Slowness)
    /// A service answers what is no JSON, or not of the kind that it should be.
    case serviceGarbage(ServiceID, share: Double)
    /// A service sends its callers round in circles until they give up.
    case serviceRedirects(ServiceID)
    /// Agents of a team, or of all, lose their connection in the middle of what they do.
    case agentsDrop(TeamID?, share: Double)
    /// All agents of a team, or all at all, are put out at one instant, and come back at one.
    case logOut(TeamID?)
    /// All agents of a team, or all at all, who are on shift and not there are back at one instant.
    case logIn(TeamID?)
    /// The engine stops, and goes on from what it wrote down.
    case engineRestarts
  }

  /// How a service is slow.
  public enum Slowness: Sendable {
    /// So many times its latency.
    case times(Double)
    /// Another latency.
    case latency(Distribution)
  }
}

extension ScenarioKeys {
  static let fault = KeyTable(
    "a fault",
    faultKinds.map { .optional($0.key, .map($0.table), about: $0.table.about) } + [
      .optional(
        "at", .reference("duration"),
        about: "When it begins for the first time, from the start of the run."),
      .optional(
        "every", .reference("distribution"),
        about: "From its end to its next beginning; once if left out."),
      .optional(
        "for", .reference("distribution"),
        about:
          "How long it lasts; to the end of the run if left out, `engine_restarts` no time at all."),
    ], oneOf: faultKinds.map(\.key))

  /// What can go wrong, by the key that says so.
  static let faultKinds: [(key: String, table: KeyTable)] = [
    (
      "channel_down",
      KeyTable(
        "channel_down",
        [.optional("channel", .name, about: "The channel; all channels if left out.")],
        about: "Nothing comes in on a channel until it is over, and what goes out fails.")
    ),
    (
      "duplicate_messages",
      KeyTable(
        "duplicate_messages",
        [
          .optional("channel", .name, about: "The channel; all channels if left out."),
          .required("share", .reference("share"), about: "The share that is concerned."),
          .optional("after", .reference("distribution"), "0 s", about: "How long after the first."),
        ], about: "A share of the contacts' messages comes a second time.")
    ),
    (
      "late_messages",
      KeyTable(
        "late_messages",
        [
          .optional("channel", .name, about: "The channel; all channels if left out."),
          .required("share", .reference("share"), about: "The share that is concerned."),
          .required("by", .reference("distribution"), about: "How much longer it takes."),
        ], about: "A share of the messages takes longer, both ways.")
    ),
    (
      "service_down",
      KeyTable(
        "service_down",
        [.optional("service", .name, about: "The service; all services if left out.")],
        about: "Every call of a service fails at once.")
    ),
    (
      "service_slow",
      KeyTable(
        "service_slow",
        [
          .optional("service", .name, about: "The service; all services if left out."),
          .optional("times", .number, about: "So many times its latency."),
          .optional("latency", .reference("distribution"), about: "Another latency."),
        ], oneOf: ["times", "latency"], about: "A service takes longer.")
    ),
    (
      "service_garbage",
      KeyTable(
        "service_garbage",
        [
          .optional("service", .name, about: "The service; all services if left out."),
          .optional("share", .reference("share"), "100%", about: "The share that is concerned."),
        ], about: "A service answers what is no JSON, or not of the kind that it should be.")
    ),
    (
      "service_redirects",
      KeyTable(
        "service_redirects",
        [.optional("service", .name, about: "The service; all services if left out.")],
        about: "A service sends its callers round in circles until they give up.")
    ),
    (
      "agents_drop",
      KeyTable(
        "agents_drop",
        [
          .optional("team", .name, about: "The team; all agents if left out."),
          .optional("share", .reference("share"), "100%", about: "The share that is concerned."),
        ], about: "Agents lose their connection in the middle of what they do.")
    ),
    (
      "log_out",
      KeyTable(
        "log_out", [.optional("team", .name, about: "The team; all agents if left out.")],
        about: "All are put out at one instant, and come back at one.")
    ),
    (
      "log_in",
      KeyTable(
        "log_in", [.optional("team", .name, about: "The team; all agents if left out.")],
        about: "All who are on shift and not there are back at one instant.")
    ),
    (
      "engine_restarts",
      KeyTable(
        "engine_restarts", [], about: "The engine stops, and goes on from what it wrote down.")
    ),
  ]
}
