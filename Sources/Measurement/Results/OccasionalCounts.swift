/// What is counted only where a scenario has such things: broadcasts, junk, merges, agents who grab.
public struct OccasionalCounts: Sendable, Hashable, Codable {
  /// Conversations recognised as junk.
  public var spam = 0
  /// Conversations closed because their contact was merged into another.
  public var merged = 0
  /// Changes from one agent to another within ten seconds of the change before.
  public var quickHandovers = 0
  /// The messages of broadcasts.
  public var broadcasts = BroadcastCounts()

  /// What is counted of channels, help, the API and webhooks; nil where there is nothing of it.
  public var links: LinkCounts?
  /// What is counted of what people do besides; nil where there is nothing of it.
  public var people: PeopleCounts?

  /// Nothing yet.
  public init() {}

  /// The two sums of a share or of a mean per conversation; nothing for other metrics.
  func parts(_ metric: MetricDefinition, conversations: Int) -> (top: Int, bottom: Int)? {
    switch metric {
    case .spam: (spam, conversations)
    case .merged: (merged, conversations)
    case .quickHandovers: (quickHandovers, conversations)
    default:
      links?.parts(metric, conversations: conversations)
        ?? people?.parts(metric, conversations: conversations)
    }
  }

  /// A number; nothing for other metrics.
  func number(_ metric: MetricDefinition) -> Double? {
    switch metric {
    case .broadcastSent: Double(broadcasts.sent)
    case .broadcastDelivered: Double(broadcasts.delivered)
    case .broadcastFailed: Double(broadcasts.failed)
    case .broadcastReplied: Double(broadcasts.replied)
    default: links?.number(metric) ?? people?.number(metric)
    }
  }
}

/// What became of the messages of broadcasts: sent are those delivered, failed and still under way.
public struct BroadcastCounts: Sendable, Hashable, Codable {
  /// Messages sent.
  public var sent = 0
  /// Messages that arrived.
  public var delivered = 0
  /// Messages that the channel lost or would not take.
  public var failed = 0
  /// Contacts who wrote because of one.
  public var replied = 0
  /// Messages that were read; nil where nobody tells of reading.
  public var read: Int?

  /// Nothing yet.
  public init() {}
}
