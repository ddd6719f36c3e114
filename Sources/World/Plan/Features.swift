import Engine
import Measurement
import Scenarios

/// What only some worlds have: where none of it is wanted, nobody asks twice.
struct Features: OptionSet, Sendable {
  let rawValue: UInt32

  /// Messages to many contacts.
  static let broadcasts = Features(rawValue: 1)
  /// Junk among the arrivals.
  static let spam = Features(rawValue: 2)
  /// People who write on a second channel, and agents who merge the two.
  static let secondChannels = Features(rawValue: 4)
  /// Agents who take what others have.
  static let grabbing = Features(rawValue: 8)
  /// Managers who reassign by hand.
  static let supervision = Features(rawValue: 16)
  /// Somebody wants to know how soon conversations change hands again.
  static let handovers = Features(rawValue: 32)
  /// A program of somebody else's decides who gets what.
  static let foreignEngine = Features(rawValue: 64)
  /// Conversations that do not begin with a message of the contact.
  static let openings = Features(rawValue: 1 << 8)
  /// Agents who use shortcuts.
  static let shortcuts = Features(rawValue: 1 << 9)
  /// Contacts who rate conversations.
  static let ratings = Features(rawValue: 1 << 10)
  /// Answers to workflows that open no conversation.
  static let mereAnswers = Features(rawValue: 1 << 11)
  /// Channels that always bring some messages twice.
  static let duplicates = Features(rawValue: 1 << 16)
  /// Channels that always bring some messages late.
  static let lateness = Features(rawValue: 1 << 17)
  /// Agents who write with help.
  static let assistance = Features(rawValue: 1 << 18)
  /// Visitors who leave the page.
  static let sessions = Features(rawValue: 1 << 19)
  /// Channels that limit how many messages one person gets.
  static let pairLimits = Features(rawValue: 1 << 20)
  /// Channels that limit to how many persons one writes first.
  static let tiers = Features(rawValue: 1 << 21)
  /// Channels whose templates are still to be approved.
  static let approvals = Features(rawValue: 1 << 22)
  /// Channels that cost money.
  static let prices = Features(rawValue: 1 << 23)
  /// Agents who take what the views of their inbox show first.
  static let customInboxes = Features(rawValue: 1 << 24)
  /// A developer API that takes so many calls and no more.
  static let apiLimit = Features(rawValue: 1 << 25)
  /// Endpoints that are told what happens.
  static let webhooks = Features(rawValue: 1 << 26)

  /// All of which `LinkCounts` tells.
  static let links: Features = [
    .duplicates, .lateness, .assistance, .sessions, .pairLimits, .tiers, .approvals, .prices,
    .apiLimit, .webhooks,
  ]

  /// Contacts are kept when they are done: a broadcast may go to them.
  static let addressBook = Features(rawValue: 1 << 12)

  /// All of which `PeopleCounts` tells.
  static let people: Features = [.openings, .shortcuts, .ratings]

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// What a world has.
  init(_ model: Model) {
    self = []
    if !model.broadcasts.isEmpty { insert(.broadcasts) }
    if model.populations.contains(where: { $0.spam != nil }) { insert(.spam) }
    if model.populations.contains(where: { $0.secondChannel != nil }) { insert(.secondChannels) }
    if model.styles.contains(where: { $0.grabs != nil }) { insert(.grabbing) }
    if !model.supervisors.isEmpty { insert(.supervision) }
    if model.engine != nil { insert(.foreignEngine) }
    if model.populations.contains(where: { $0.opening != nil }) { insert(.openings) }
    if model.styles.contains(where: { !$0.shortcuts.isEmpty }) { insert(.shortcuts) }
    if model.populations.contains(where: { $0.ratings != nil }) { insert(.ratings) }
    if !model.imports.isEmpty || model.broadcasts.contains(where: { $0.segment != nil }) {
      insert(.addressBook)
    }
    if !model.settings.policies.answerOpens { insert(.mereAnswers) }
    for extras in model.channels.map(\.extras) where !extras.isNothing { insert(Features(extras)) }
    if !model.webhooks.isEmpty { insert(.webhooks) }
    if model.apiLimit != nil { insert(.apiLimit) }
    if model.styles.contains(where: { !$0.inbox.isEmpty }) { insert(.customInboxes) }
    if model.styles.contains(where: { !$0.assists.isEmpty }) { insert(.assistance) }
  }

  /// What a channel has that most have not.
  private init(_ extras: ChannelExtras) {
    self = []
    if extras.duplicates != nil { insert(.duplicates) }
    if extras.late != nil { insert(.lateness) }
    if extras.session != nil { insert(.sessions) }
    if extras.pairLimit != nil { insert(.pairLimits) }
    if extras.tier != nil { insert(.tiers) }
    if extras.approvedAfter != nil { insert(.approvals) }
    if extras.price != nil { insert(.prices) }
  }

  /// The metrics that go with it.
  var metrics: [MetricReference] {
    var metrics: [MetricDefinition] = []
    if contains(.spam) { metrics.append(.spam) }
    if contains(.secondChannels) { metrics.append(.merged) }
    if contains(.grabbing) || contains(.supervision) { metrics.append(.quickHandovers) }
    if contains(.broadcasts) {
      metrics += [.broadcastSent, .broadcastDelivered, .broadcastFailed, .broadcastReplied]
    }
    if contains(.duplicates) { metrics.append(.repeatedMessages) }
    if contains(.lateness) { metrics.append(.lateMessages) }
    if contains(.assistance) { metrics.append(.helpedAnswers) }
    if contains(.sessions) { metrics.append(.sessionMissed) }
    if contains(.pairLimits) { metrics.append(.pairRefusals) }
    if contains(.tiers) { metrics.append(.tierRefusals) }
    if contains(.approvals) { metrics.append(.templateRefusals) }
    if contains(.prices) { metrics.append(.channelCost) }
    if contains(.openings) { metrics += [.outboundSent, .outboundReplied] }
    if contains(.shortcuts) { metrics.append(.shortcutsUsed) }
    if contains(.ratings) { metrics += [.csatMean, .csatAnswered] }
    if contains(.apiLimit) { metrics += [.apiCalls, .apiRefusals] }
    if contains(.webhooks) { metrics += [.webhookSent, .webhookFailed, .webhookDisabled] }
    return metrics.compactMap { MetricReference($0) }
  }
}

extension Model {
  /// What has random streams of its own: the populations, their second channels, the broadcasts, the imports.
  ///
  /// No name of a file has a slash in it, so these are nobody else's.
  var streamNames: [String] {
    guard !Features(self).isDisjoint(with: [.broadcasts, .secondChannels, .addressBook]) else {
      return populations.map(\.name)
    }
    return populations.map(\.name) + populations.map { "\($0.name)/second channel" }
      + broadcasts.map { "broadcast/\($0.name)" } + imports.map { "import/\($0.name)" }
  }
}

extension Exchange {
  /// The place of a population's second channel among what has streams.
  func source(ofSecond population: Int) -> Int { plan.model.populations.count + population }

  /// The place of a broadcast among what has streams.
  func source(ofBroadcast number: Int) -> Int { 2 * plan.model.populations.count + number }
}

extension WorldPlan {
  /// What this world has, and what somebody asks of it.
  var features: Features {
    var features = Features(model)
    if metrics.contains(where: { $0.metric == .quickHandovers }) { features.insert(.handovers) }
    if recordsReports { features.insert(.reports) }
    return features
  }

  /// The metrics that go with what any strategy of a scenario has: all are compared by the same.
  static func occasionalMetrics(of scenario: Scenario) -> [MetricReference] {
    let worlds = scenario.strategies + [scenario.standard]
    return worlds.reduce(into: Features()) { $0.formUnion(Features($1.model)) }.metrics
  }
}
