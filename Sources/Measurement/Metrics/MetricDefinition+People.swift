import Statistics

extension MetricDefinition {
  /// What people do besides writing and answering.
  static let people: [MetricDefinition] = [
    outboundSent, outboundReplied, shortcutsUsed, csatMean, csatAnswered,
  ]

  /// Messages to contacts who had not written.
  public static let outboundSent = count(
    "outbound.sent", "outbound messages sent", short: "outbound sent", .neither,
    "First messages of agents to contacts who had not written.")

  /// Those that were answered.
  public static let outboundReplied = count(
    "outbound.replied", "outbound replies", .neither,
    "Contacts who wrote back to the first message of an agent.")

  /// Shortcuts.
  public static let shortcutsUsed = count(
    "shortcuts.used", "shortcuts used", .neither,
    "Shortcuts that agents used on open contacts.")

  /// The mean of the ratings.
  public static let csatMean = MetricDefinition(
    "csat.mean", "CSAT rating, mean", short: "CSAT", .perConversation, .higher, .answering,
    unit: "rating", shown: "", decimals: 2,
    "Mean of the ratings from 1 to 5 that contacts gave to closed conversations.")

  /// Those who gave one.
  public static let csatAnswered = share(
    "csat.answered", "CSAT answered", .neither, .answering,
    "Share of the contacts asked for a rating who gave one.")
}
