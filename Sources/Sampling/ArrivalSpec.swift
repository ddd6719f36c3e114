/// An arrival process as it was written: it can be shown, stored and written again.
public indirect enum ArrivalSpec: Hashable, Sendable, Codable {
  /// A constant rate, in arrivals a second.
  case poisson(rate: Double)
  /// Independent gaps.
  case renewal(DistributionSpec)
  /// A rate that follows the day or the week.
  case profile(RateProfile)
  /// A rate that switches between states.
  case mmpp([ArrivalProcess.Phase])
  /// Several at each arrival of another process.
  case batch(of: ArrivalSpec, size: CountDistribution)
  /// Arrivals that bring others; rates a second.
  case hawkes(rate: Double, jump: Double, decay: Double)
  /// Recorded times.
  case replay(ColumnName)
  /// Any of these with a random multiplier for each day.
  case busy(ArrivalSpec, busyness: DistributionSpec)

  /// Checks the parameters; `column` supplies recorded values, Sampling reads no files.
  ///
  /// Throws `ImpossibleParameter`, or what `column` throws.
  public func process(column: (ColumnName) throws -> [Double]) throws -> ArrivalProcess {
    switch self {
    case .poisson(let rate): return try .poisson(rate: rate)
    case .renewal(let gap): return try .renewal(gap.distribution(column: column))
    case .profile(let profile): return try .profile(profile)
    case .mmpp(let phases): return try .mmpp(phases)
    case .batch(let arrivals, let size):
      return try .batch(of: arrivals.process(column: column), size: size)
    case .hawkes(let rate, let jump, let decay):
      return try .hawkes(rate: rate, jump: jump, decay: decay)
    case .replay(let name): return try .replay(column(name))
    case .busy(let arrivals, let busyness):
      let factor: Distribution
      do {
        factor = try busyness.distribution(column: column)
      } catch let error as ImpossibleParameter {
        throw error.withoutUnits
      }
      return try arrivals.process(column: column).with(busyness: factor)
    }
  }

  /// Every column that the process needs, in order of appearance.
  public var columns: [ColumnName] {
    switch self {
    case .poisson, .profile, .mmpp, .hawkes: []
    case .renewal(let gap): gap.columns
    case .batch(let arrivals, _): arrivals.columns
    case .replay(let name): [name]
    case .busy(let arrivals, let busyness): arrivals.columns + busyness.columns
    }
  }
}
