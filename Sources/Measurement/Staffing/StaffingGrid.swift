import Statistics

/// What each number of agents reaches in each period of a day, within each of several times: any goal is
/// read from it without another run.
public struct StaffingGrid: Sendable, Equatable {
  /// A stretch of the day.
  public struct Period: Sendable, Equatable {
    /// When it begins and ends on the clock, such as `09:00`.
    public var begin: String
    /// Its end.
    public var end: String
    /// Its length.
    public var hours: Double
    /// The customers who write in it, mean of the runs.
    public var customers: Double

    /// Describes a stretch of the day.
    public init(begin: String, end: String, hours: Double, customers: Double) {
      self.begin = begin
      self.end = end
      self.hours = hours
      self.customers = customers
    }
  }

  /// The periods in their order.
  public let periods: [Period]
  /// The numbers of agents, ascending.
  public let counts: [Int]
  /// The times within which customers may be answered, in seconds, ascending.
  public let bounds: [Double]
  /// Runs of each number of agents.
  public let runs: Int
  /// By number of agents, period and time.
  private let reached: [[[StaffingReach]]]

  /// A grid of what was reached: by number of agents, then period, then time.
  public init(
    periods: [Period], counts: [Int], bounds: [Double], runs: Int, reached: [[[StaffingReach]]]
  ) {
    self.periods = periods
    self.counts = counts
    self.bounds = bounds
    self.runs = runs
    self.reached = reached
  }

  /// What the number of agents at a place of `counts` reaches in a period within a time.
  public func reach(_ count: Int, _ period: Int, _ bound: Int) -> StaffingReach {
    reached[count][period][bound]
  }

  /// The place of a number of agents in `counts`; nil for a number that was not run.
  public func place(of count: Int) -> Int? { counts.firstIndex(of: count) }

  /// The smallest number of agents of each period whose whole interval meets a goal; nil where none does.
  ///
  /// Where nobody writes nobody is needed.
  public func needed(_ share: Double, _ bound: Int) -> [Int?] {
    first(bound) { $0.result(share) == .met }
  }

  /// The smallest number of agents of each period that the runs do not rule out.
  public func possible(_ share: Double, _ bound: Int) -> [Int?] {
    first(bound) { $0.result(share) != .missed }
  }

  private func first(_ bound: Int, _ suffices: (StaffingReach) -> Bool) -> [Int?] {
    periods.indices.map { period in
      if counts.indices.allSatisfy({ reached[$0][period][bound].value == nil }) { return 0 }
      return counts.indices.first { suffices(reached[$0][period][bound]) }.map { counts[$0] }
    }
  }

  /// The agent hours of so many agents in each period; nil where one has no number.
  public func hours(of agents: [Int?]) -> Double? {
    var sum = 0.0
    for (agents, period) in zip(agents, periods) {
      guard let agents else { return nil }
      sum += Double(agents) * period.hours
    }
    return sum
  }

  /// The period in which most customers write.
  public var busiest: Int {
    periods.indices.max { periods[$0].customers < periods[$1].customers } ?? 0
  }
}

/// A share of customers answered in time, with its interval.
public struct StaffingReach: Sendable, Equatable {
  /// The share, from 0 to 1; nil where nobody wrote.
  public var value: Double?
  /// The interval's ends; nil where the runs cannot tell.
  public var low: Double?
  /// The upper end.
  public var high: Double?

  /// A share and its interval.
  public init(value: Double?, low: Double?, high: Double?) {
    self.value = value
    self.low = low
    self.high = high
  }

  /// What runs say of a share, at a level.
  public init(_ share: ShareOfRuns, level: Double = 0.95) {
    let interval = share.interval(level: level)
    self.init(value: share.value, low: interval?.low, high: interval?.high)
  }

  /// What became of a goal: the whole interval must keep it.
  ///
  /// Where nobody wrote nobody waited.
  public func outcome(_ goal: Double) -> Goal.Outcome {
    guard value != nil else { return .met }
    guard let low, let high else { return .inconclusive }
    if low >= goal { return .met }
    return high < goal ? .missed : .inconclusive
  }

  /// The same as documents name it.
  public func result(_ goal: Double) -> Measurement.Goal.Outcome {
    outcome(goal)
  }

  /// Half the width of the interval.
  public var halfWidth: Double? {
    guard let low, let high else { return nil }
    return (high - low) / 2
  }
}
