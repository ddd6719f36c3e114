import Measurement

extension Model {
  /// Why what is counted of channels, help, the API and webhooks never happens here; nil where it can.
  func reason(whyNoLinksCount metric: MetricDefinition) -> String? {
    switch metric {
    case .repeatedMessages where channels.allSatisfy { $0.extras.duplicates == nil }:
      "no channel has 'duplicates'"
    case .lateMessages where channels.allSatisfy { $0.extras.late == nil }:
      "no channel has 'late'"
    case .sessionMissed where channels.allSatisfy { $0.extras.session == nil }:
      "no channel has a 'session'"
    case .pairRefusals where channels.allSatisfy { $0.extras.pairLimit == nil }:
      "no channel has a 'pair_limit'"
    case .tierRefusals where channels.allSatisfy { $0.extras.tier == nil }:
      "no channel has a 'tier'"
    case .templateRefusals where channels.allSatisfy { $0.extras.approvedAfter == nil }:
      "no channel has templates that are still to be approved ('approved_after')"
    case .channelCost where channels.allSatisfy { $0.extras.price == nil }:
      "no channel has a 'price'"
    case .apiCalls where apiLimit == nil, .apiRefusals where apiLimit == nil:
      "the workspace has no 'api'"
    case .webhookSent, .webhookFailed, .webhookDisabled:
      webhooks.isEmpty ? "the scenario has no 'webhooks'" : nil
    case .helpedAnswers where styles.allSatisfy(\.assists.isEmpty): "no agent has 'assist'"
    default: nil
    }
  }
}
