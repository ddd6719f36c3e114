import Measurement

/// How small a difference must be to matter to nobody.
public enum Indifference: Sendable, Hashable {
  /// A share of the baseline's mean, for every metric.
  case share(Double)
  /// So many seconds for times; 1 % of the baseline's mean for the rest.
  case seconds(Double)

  /// What stands for nothing in particular: 1 % of the baseline's mean.
  public static let usual = Indifference.share(0.01)

  /// The size in the unit of a metric.
  func size(_ metric: MetricReference, baseline: Double) -> Double {
    switch self {
    case .share(let share): share * baseline.magnitude
    case .seconds(let seconds): metric.unit == "s" ? seconds : 0.01 * baseline.magnitude
    }
  }

  /// What it is, in words.
  var words: String {
    switch self {
    case .share(let share): "\(plain(share * 100)) % of the baseline's mean"
    case .seconds(let seconds): "\(plain(seconds)) s for times, 1 % of the baseline's mean else"
    }
  }

  private func plain(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? "\(Int64(value))" : "\(value)"
  }
}
