import Statistics

extension MetricDefinition {
  /// Metrics of what only some scenarios have; a summary carries them where they are asked for.
  ///
  /// A scenario with broadcasts, spam and the like asks for the ones that go with it by itself.
  public static let occasional: [MetricDefinition] =
    [
      spam, merged, quickHandovers,
      broadcastSent, broadcastDelivered, broadcastFailed, broadcastReplied,
    ] + links + people

  /// Every metric of a simulation that can be asked for, in the order of tables and files.
  public static let everything: [MetricDefinition] = Group.allCases.flatMap { group in
    (all + occasional).filter { $0.group == group }
  }

  /// Whether it is one of those that only some scenarios have.
  public var isOccasional: Bool { Self.occasional.contains(self) }

  /// Junk.
  public static let spam = share(
    "spam", "spam", .neither, .volume,
    "Share of conversations that an agent recognised as junk and closed without an answer.")

  /// Conversations of contacts who turned out to be somebody else's second.
  public static let merged = share(
    "merged", "merged", .neither, .changingHands,
    "Share of conversations closed because their contact was merged into another.")

  /// Two agents at the same conversation.
  public static let quickHandovers = MetricDefinition(
    "quick_handovers", "taken over within 10 s", short: "quick hand-overs", .perConversation,
    .lower, .changingHands, unit: "count", shown: "/100", factor: 100, decimals: 1,
    "Moves within ten seconds of the assignment before, per conversation.")

  /// Messages of broadcasts.
  public static let broadcastSent = count(
    "broadcast.sent", "broadcast messages sent", short: "broadcast sent", .neither,
    "Messages of broadcasts that were sent, delivered or not.")

  /// Those that arrived.
  public static let broadcastDelivered = count(
    "broadcast.delivered", "broadcast messages delivered", short: "broadcast delivered", .neither,
    "Messages of broadcasts that arrived.")

  /// Those that did not.
  public static let broadcastFailed = count(
    "broadcast.failed", "broadcast messages failed", short: "broadcast failed", .lower,
    "Messages of broadcasts that the channel lost or would not take.")

  /// Those that were answered.
  public static let broadcastReplied = count(
    "broadcast.replied", "broadcast replies", .neither,
    "Contacts who wrote because of a broadcast.")
}
