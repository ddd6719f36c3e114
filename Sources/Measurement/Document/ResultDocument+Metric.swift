public import Statistics

extension ResultDocument {
  /// A metric as tables and figures show it.
  public struct Metric: Codable, Sendable, Equatable {
    /// The name in files and goals, such as `first_response.p90`.
    public var name: String
    /// The words in tables, such as `first response, p90`.
    public var label: String
    /// Fewer words for narrow tables, at most 21 columns; nil takes the label.
    public var shortLabel: String?
    /// The heading it stands under, such as `Answering`.
    public var group: String
    /// The unit in files: `s`, `ratio`, `count` or another of the metric's own.
    public var unit: String
    /// The unit in tables, such as `%` or `min`; empty for a plain number.
    public var shownUnit: String
    /// What a value is multiplied with to be shown in that unit.
    public var shownFactor: Double
    /// The most decimals that a table shows of it, in the shown unit.
    public var decimals: Int
    /// Which way is better.
    public var polarity: Polarity
    /// Whether it stands in the tables of terminal and page; files carry every metric.
    public var isShown: Bool
    /// What part of the customers, agents or day it speaks of; nil for all of them.
    public var scope: Scope?

    /// Puts the parts together.
    public init(
      name: String, label: String, shortLabel: String? = nil, group: String, unit: String,
      shownUnit: String, shownFactor: Double = 1, decimals: Int, polarity: Polarity,
      isShown: Bool = true, scope: Scope? = nil
    ) {
      self.name = name
      self.label = label
      self.shortLabel = shortLabel
      self.group = group
      self.unit = unit
      self.shownUnit = shownUnit
      self.shownFactor = shownFactor
      self.decimals = decimals
      self.polarity = polarity
      self.isShown = isShown
      self.scope = scope
    }
  }

  /// A part of the customers, agents or day that a metric is limited to.
  public struct Scope: Codable, Sendable, Hashable {
    /// What kind of part it is.
    public enum Kind: String, Codable, Sendable {
      /// One kind of customers.
      case population
      /// The agents of one team.
      case team
      /// One channel.
      case channel
      /// A stretch of each day, such as `12:00 and 14:00`.
      case between
    }

    /// What kind of part it is.
    public var kind: Kind
    /// Its name in the scenario; of a stretch of the day `12:00 and 14:00`.
    public var name: String

    /// Names a part.
    public init(_ kind: Kind, _ name: String) {
      self.kind = kind
      self.name = name
    }
  }

  /// What a strategy did to one metric.
  public struct MetricValue: Codable, Sendable, Equatable {
    /// The metric's name.
    public var metric: String
    /// Mean over runs.
    public var mean: Double?
    /// Lower end of the 95 % interval.
    public var low: Double?
    /// Upper end of the 95 % interval.
    public var high: Double?
    /// Half-width of the 95 % interval.
    public var halfWidth: Double?
    /// Standard deviation over runs.
    public var sd: Double?
    /// Runs in which the metric exists.
    public var replications: Int
    /// The value of each run, in replication order; nil where it does not exist.
    public var samples: [Double?] = []
  }
}

extension ResultDocument {
  /// The names of the metrics that tables show: what is judged together.
  public var shownMetrics: Set<String> { Set(metrics.filter(\.isShown).map(\.name)) }
}
