import Statistics

extension MetricDefinition {
  /// Metrics of channels, help, the API and webhooks that only some scenarios have.
  static let links: [MetricDefinition] = [
    repeatedMessages, lateMessages, helpedAnswers, sessionMissed, pairRefusals,
    tierRefusals, templateRefusals, channelCost,
    apiCalls, apiRefusals, webhookSent, webhookFailed, webhookDisabled,
  ]

  /// Webhooks that came twice.
  public static let repeatedMessages = count(
    "messages.repeated", "messages that came twice", short: "came twice", .neither,
    "Messages of contacts that a channel brought a second time, as it always does with some.")

  /// Webhooks that came late.
  public static let lateMessages = count(
    "messages.late", "messages that came late", short: "came late", .neither,
    "Messages of contacts that a channel brought late, as it always does with some.")

  /// Visitors who had left.
  public static let sessionMissed = share(
    "session_missed", "answered after leaving", short: "left before answer", .lower, .answering,
    decimals: 2,
    "Share of conversations in which an answer came after the visitor had left the page.")

  /// Too many messages to one person.
  public static let pairRefusals = count(
    "pair_limit.refused", "refused by the pair limit", short: "pair limit refused", .lower,
    "Messages that a channel refused as too many to one person (131056), each as often as it was tried."
  )

  /// Too many persons.
  public static let tierRefusals = count(
    "tier.refused", "refused by the tier", .lower,
    "Messages that a channel refused as going to too many persons in 24 hours.")

  /// No template yet.
  public static let templateRefusals = count(
    "templates.refused", "refused without template", short: "no template yet", .lower,
    "Messages that needed a template before any was approved.")

  /// Money for conversations.
  public static let channelCost = MetricDefinition(
    "channel_cost", "channel cost", .money, .lower, .volume, unit: "", shown: "", decimals: 2,
    "What conversations of 24 hours cost on channels with a price.")

  /// Calls of the developer API.
  public static let apiCalls = count(
    "api.calls", "calls of the API", .neither,
    "Calls of the developer API, those that it refused and that were made again included.")

  /// Those that it refused.
  public static let apiRefusals = count(
    "api.refused", "refused by the API", .lower,
    "Calls that the developer API refused as too many of one method (429), each as often as it was made."
  )

  /// Calls of webhooks.
  public static let webhookSent = count(
    "webhook.sent", "webhooks sent", .neither, "Calls of the endpoints of webhooks.")

  /// Those that failed.
  public static let webhookFailed = count(
    "webhook.failed", "webhooks failed", .lower,
    "Calls of the endpoints of webhooks that were answered with anything but 200.")

  /// Endpoints that are told nothing more.
  public static let webhookDisabled = count(
    "webhook.disabled", "webhooks disabled", .lower,
    "Webhooks that were disabled because their endpoint kept answering with anything but 200.")

  /// Answers written with help.
  public static let helpedAnswers = share(
    "assisted", "answers written with help", short: "with help", .neither, .agents,
    "Share of the answers begun that were written with some help, such as Respond AI or a snippet.")
}
