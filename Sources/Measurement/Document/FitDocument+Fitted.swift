extension FitDocument {
  /// A time or a number with the law that was fitted to it.
  public struct Fitted: Codable, Sendable, Equatable {
    /// What it is, such as `reply time`.
    public var name: String
    /// The key of the scenario that holds it, such as `reply_time`.
    public var key: String
    /// The law as the scenario writes it.
    public var law: String
    /// Observations of it.
    public var count: Int
    /// Those that were seen only to go on.
    public var censored: Int
    /// Those known only between two times, as whole seconds or minutes are.
    public var intervals: Int
    /// The parameters with their 95 % intervals, in words.
    public var parameters: String
    /// The largest gap between the fitted and the observed distribution.
    public var distance: Double?
    /// Anderson and Darling's distance.
    public var andersonDarling: Double?
    /// Whether the law fits; nil where it was not tested.
    public var goodness: Goodness?
    /// The laws tried, the best first.
    public var candidates: [Candidate]
    /// Observed beside fitted quantiles, ascending; empty where times are censored.
    public var quantiles: [QuantilePair]
    /// The share still waiting by Kaplan and Meier with its band, where times are censored.
    public var survival: [ResultDocument.CurvePoint]
    /// The share still waiting by the law, over the same times.
    public var fittedSurvival: [ResultDocument.CurvePoint]
    /// Why it is to be taken with care, as sentences.
    public var warnings: [String]

    /// Puts the parts together.
    public init(
      name: String, key: String, law: String, count: Int, censored: Int = 0, intervals: Int = 0,
      parameters: String, distance: Double? = nil, andersonDarling: Double? = nil,
      goodness: Goodness? = nil, candidates: [Candidate] = [], quantiles: [QuantilePair] = [],
      survival: [ResultDocument.CurvePoint] = [], fittedSurvival: [ResultDocument.CurvePoint] = [],
      warnings: [String] = []
    ) {
      self.name = name
      self.key = key
      self.law = law
      self.count = count
      self.censored = censored
      self.intervals = intervals
      self.parameters = parameters
      self.distance = distance
      self.andersonDarling = andersonDarling
      self.goodness = goodness
      self.candidates = candidates
      self.quantiles = quantiles
      self.survival = survival
      self.fittedSurvival = fittedSurvival
      self.warnings = warnings
    }
  }

  /// Whether a law fits, told by resampling.
  public struct Goodness: Codable, Sendable, Equatable {
    /// Observations that were tested.
    public var count: Int
    /// Resamples.
    public var resamples: Int
    /// The share of resamples at least as far away by the largest gap.
    public var distancePValue: Double
    /// The same by Anderson and Darling's distance.
    public var andersonDarlingPValue: Double

    /// Puts the numbers together.
    public init(
      count: Int, resamples: Int, distancePValue: Double, andersonDarlingPValue: Double
    ) {
      self.count = count
      self.resamples = resamples
      self.distancePValue = distancePValue
      self.andersonDarlingPValue = andersonDarlingPValue
    }
  }

  /// A law that was tried.
  public struct Candidate: Codable, Sendable, Equatable {
    /// The family, such as `lognormal`.
    public var family: String
    /// The law as a scenario would write it.
    public var law: String
    /// By how much Akaike's criterion is worse than the best one's.
    public var behind: Double
    /// The largest gap between the fitted and the observed distribution.
    public var distance: Double?

    /// Puts the facts together.
    public init(family: String, law: String, behind: Double, distance: Double? = nil) {
      self.family = family
      self.law = law
      self.behind = behind
      self.distance = distance
    }
  }

  /// A quantile as it was observed, and as the law has it, in seconds.
  public struct QuantilePair: Codable, Sendable, Equatable {
    /// The share at or below.
    public var share: Double
    /// As it was observed.
    public var seen: Double
    /// As the law has it.
    public var fitted: Double

    /// Puts both side by side.
    public init(share: Double, seen: Double, fitted: Double) {
      self.share = share
      self.seen = seen
      self.fitted = fitted
    }
  }
}
