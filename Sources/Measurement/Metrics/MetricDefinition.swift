public import Statistics

/// One quantity that runs are judged by: its name, unit, which way is better, and how it is shown.
public struct MetricDefinition: Sendable, Hashable {
  /// What kind of number it is, which decides how it is asked for and summed up.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// A length of time of every conversation (or answer): needs a statistic such as `.p90`.
    case time
    /// How many, in a run.
    case count
    /// A share of conversations or messages.
    case share
    /// A mean per conversation.
    case perConversation
    /// An average over time.
    case level
    /// An index of the whole run.
    case index
    /// An amount of money.
    case money
  }

  /// The heading under which a metric stands in tables.
  public enum Group: String, Sendable, Hashable, Codable, CaseIterable {
    /// How soon customers are answered.
    case answering = "Answering"
    /// How often conversations move.
    case changingHands = "Changing hands"
    /// What agents carry.
    case agents = "Agents"
    /// How much there was, and what is left.
    case volume = "Volume"
    /// How fast a service under load is.
    case service = "Service"
  }

  /// The name in files and goals, such as `first_response`.
  public let name: String

  /// The words for it in tables, such as `first response`.
  public let label: String

  /// Fewer words for the same, for where the label takes more than 21 columns.
  public let shortLabel: String

  /// What kind of number it is.
  public let kind: Kind

  /// Which way is better (of its times; a share within a bound is better when higher).
  public let polarity: Polarity

  /// The heading it stands under.
  public let group: Group

  /// The unit in files: `s`, `ratio`, `count` or empty.
  public let unit: String

  /// The unit in tables, such as `%`; empty for a plain number.
  public let shownUnit: String

  /// What a value is multiplied with to be shown in that unit.
  public let shownFactor: Double

  /// The most decimals that a table shows, in the shown unit.
  public let decimals: Int

  /// What it means, in a sentence.
  public let meaning: String

  /// Whether `.closed_only` may be asked of it: the platform's view, which leaves out what is open.
  var hasClosedView: Bool {
    switch kind {
    case .time, .share, .perConversation:
      group != .service && name != Self.deliveryFailed.name && !isOccasional
    case .count, .level, .index, .money: false
    }
  }

  /// Whether it can be told of a part of the conversations: one population, team, channel or part of
  /// the day.
  var isOfConversations: Bool {
    switch kind {
    case .time, .share, .perConversation: group != .service && !isOccasional
    case .count: [.opened, .closed, .openAtEnd].contains(self)
    case .level, .index, .money: false
    }
  }

  /// What those are that have such a time, as in `of those answered`.
  var ended: String {
    switch self {
    case .wait: "started"
    case .resolution: "closed"
    case .timeToAssignment: "assigned"
    default: "answered"
    }
  }

  /// Whether `.office` may be asked of it: the clock then stands still outside office hours.
  var hasOfficeView: Bool { kind == .time && group != .service }
}

extension MetricDefinition {
  init(
    _ name: String, _ label: String, short: String? = nil, _ kind: Kind, _ polarity: Polarity,
    _ group: Group, unit: String, shown: String, factor: Double = 1, decimals: Int,
    _ meaning: String
  ) {
    self.name = name
    self.label = label
    shortLabel = short ?? label
    self.kind = kind
    self.polarity = polarity
    self.group = group
    self.unit = unit
    shownUnit = shown
    shownFactor = factor
    self.decimals = decimals
    self.meaning = meaning
  }

  static func time(
    _ name: String, _ label: String, short: String? = nil, minutes: Bool = false,
    group: Group = .answering, _ meaning: String
  ) -> MetricDefinition {
    MetricDefinition(
      name, label, short: short, .time, .lower, group, unit: "s", shown: minutes ? "min" : "s",
      factor: minutes ? 1 / 60.0 : 1, decimals: 1, meaning)
  }

  static func count(
    _ name: String, _ label: String, short: String? = nil, _ polarity: Polarity,
    _ meaning: String
  ) -> MetricDefinition {
    MetricDefinition(
      name, label, short: short, .count, polarity, .volume, unit: "count", shown: "", decimals: 1,
      meaning)
  }

  static func share(
    _ name: String, _ label: String, short: String? = nil, _ polarity: Polarity, _ group: Group,
    decimals: Int = 1, _ meaning: String
  ) -> MetricDefinition {
    MetricDefinition(
      name, label, short: short, .share, polarity, group, unit: "ratio", shown: "%", factor: 100,
      decimals: decimals, meaning)
  }
}
