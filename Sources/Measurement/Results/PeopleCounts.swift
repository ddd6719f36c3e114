/// What is counted of what people do besides writing and answering, where a scenario has it.
public struct PeopleCounts: Sendable, Hashable, Codable {
  /// Messages to contacts who had not written.
  public var outbound = OutboundCounts()
  /// Shortcuts that were used.
  public var shortcuts = 0
  /// Ratings of closed conversations.
  public var csat = RatingCounts()

  /// Nothing yet.
  public init() {}

  /// The two sums of a share or of a mean per conversation; nothing for other metrics.
  func parts(_ metric: MetricDefinition, conversations: Int) -> (top: Int, bottom: Int)? {
    switch metric {
    case .csatMean: (csat.sum, csat.answered)
    case .csatAnswered: (csat.answered, csat.asked)
    default: nil
    }
  }

  /// A number; nothing for other metrics.
  func number(_ metric: MetricDefinition) -> Double? {
    switch metric {
    case .outboundSent: Double(outbound.sent)
    case .outboundReplied: Double(outbound.replied)
    case .shortcutsUsed: Double(shortcuts)
    default: nil
    }
  }
}

/// What contacts said who were asked for a rating.
public struct RatingCounts: Sendable, Hashable, Codable {
  /// Contacts whom the question reached.
  public var asked = 0
  /// Those of them who answered.
  public var answered = 0
  /// The sum of their ratings.
  public var sum = 0

  /// Nothing yet.
  public init() {}
}

/// What became of the messages that agents wrote first.
public struct OutboundCounts: Sendable, Hashable, Codable {
  /// First messages to contacts who had not written.
  public var sent = 0
  /// Contacts who wrote because of one.
  public var replied = 0

  /// Nothing yet.
  public init() {}
}
