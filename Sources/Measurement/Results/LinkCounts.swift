/// What is counted of channels, help, the API and webhooks, where a scenario has such things.
public struct LinkCounts: Sendable, Hashable, Codable {
  /// Messages of contacts that came a second time, as webhooks do.
  public var repeatedMessages = 0
  /// Messages of contacts that came late, as webhooks do.
  public var lateMessages = 0
  /// Answers that somebody began to write.
  public var answersBegun = 0
  /// Those that were written with help.
  public var answersHelped = 0
  /// Conversations in which an answer came after the visitor had left the page.
  public var missedSessions = 0
  /// Messages that a channel's limit for one person refused, each as often as it was tried.
  public var pairRefusals = 0
  /// Messages that a channel's limit of persons refused.
  public var tierRefusals = 0
  /// Messages that needed a template when none was approved.
  public var templateRefusals = 0
  /// What conversations on channels cost.
  public var channelCost = 0.0
  /// Calls of the developer API.
  public var apiCalls = 0
  /// Those that it refused.
  public var apiRefusals = 0
  /// Calls of webhooks' endpoints.
  public var webhooksSent = 0
  /// Those that were answered with anything but 200.
  public var webhooksFailed = 0
  /// Endpoints that were disabled for it.
  public var webhooksDisabled = 0

  /// Nothing yet.
  public init() {}

  /// The two sums of a share; nothing for other metrics.
  func parts(_ metric: MetricDefinition, conversations: Int) -> (top: Int, bottom: Int)? {
    switch metric {
    case .helpedAnswers: (answersHelped, answersBegun)
    case .sessionMissed: (missedSessions, conversations)
    default: nil
    }
  }

  /// A number; nothing for other metrics.
  func number(_ metric: MetricDefinition) -> Double? {
    switch metric {
    case .repeatedMessages: Double(repeatedMessages)
    case .lateMessages: Double(lateMessages)
    case .pairRefusals: Double(pairRefusals)
    case .tierRefusals: Double(tierRefusals)
    case .templateRefusals: Double(templateRefusals)
    case .channelCost: channelCost
    case .webhookSent: Double(webhooksSent)
    case .webhookFailed: Double(webhooksFailed)
    case .webhookDisabled: Double(webhooksDisabled)
    case .apiCalls: Double(apiCalls)
    case .apiRefusals: Double(apiRefusals)
    default: nil
    }
  }
}
