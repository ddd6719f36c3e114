extension FitDocument {
  /// When conversations open.
  public struct Arrivals: Codable, Sendable, Equatable {
    /// Whose conversations they are; absent where there is one population.
    public var population: String?
    /// Profiles by groups of days; one where days do not differ.
    public var profiles: [Profile]
    /// The busyness as the scenario writes it; nil where days differ no more than by chance.
    public var busyness: String?
    /// How much days differ, as a coefficient of variation; nil where there are too few days.
    public var spread: ResultDocument.Estimate?
    /// The probability of such differences by chance alone.
    public var spreadPValue: Double?
    /// How much more than Poisson hours vary once the day's total is given.
    public var dispersionWithinDays: Double
    /// Tests whether arrivals inside short intervals are Poisson; the first one decides.
    public var tests: [Test]
    /// Arrivals that were tested.
    public var tested: Int
    /// The length of the tested intervals in seconds.
    public var testedInterval: Double
    /// To what the instants were cut, in seconds; 0 if they were not.
    public var cut: Double
    /// Days left out.
    public var leftOut: [DayLeftOut]

    /// Puts the parts together.
    public init(
      population: String? = nil, profiles: [Profile], busyness: String? = nil,
      spread: ResultDocument.Estimate? = nil,
      spreadPValue: Double? = nil, dispersionWithinDays: Double, tests: [Test], tested: Int,
      testedInterval: Double, cut: Double, leftOut: [DayLeftOut] = []
    ) {
      self.population = population
      self.profiles = profiles
      self.busyness = busyness
      self.spread = spread
      self.spreadPValue = spreadPValue
      self.dispersionWithinDays = dispersionWithinDays
      self.tests = tests
      self.tested = tested
      self.testedInterval = testedInterval
      self.cut = cut
      self.leftOut = leftOut
    }
  }

  /// The profile of a group of days.
  public struct Profile: Codable, Sendable, Equatable {
    /// The days as a scenario writes them, such as `mon-fri`.
    public var days: String
    /// How many days it is taken from.
    public var count: Int
    /// Arrivals of a day.
    public var perDay: Double
    /// The hours, ascending.
    public var hours: [Hour]

    /// Puts the parts together.
    public init(days: String, count: Int, perDay: Double, hours: [Hour]) {
      self.days = days
      self.count = count
      self.perDay = perDay
      self.hours = hours
    }
  }

  /// An hour of a profile.
  public struct Hour: Codable, Sendable, Equatable {
    /// The hour of the day, from 0.
    public var hour: Int
    /// Arrivals an hour with their 95 % interval.
    public var rate: ResultDocument.Estimate
    /// The variance of a day's number over its mean.
    public var dispersion: Double?

    /// Puts the numbers together.
    public init(hour: Int, rate: ResultDocument.Estimate, dispersion: Double? = nil) {
      self.hour = hour
      self.rate = rate
      self.dispersion = dispersion
    }
  }

  /// A test of one transform of the arrivals.
  public struct Test: Codable, Sendable, Equatable {
    /// What is looked at, in words.
    public var name: String
    /// The largest gap.
    public var distance: Double
    /// The probability of a gap at least so large in a Poisson process.
    public var pValue: Double

    /// Puts the facts together.
    public init(name: String, distance: Double, pValue: Double) {
      self.name = name
      self.distance = distance
      self.pValue = pValue
    }
  }

  /// A day that does not count.
  public struct DayLeftOut: Codable, Sendable, Equatable {
    /// The date, such as `1999-10-17`.
    public var date: String
    /// Its arrivals.
    public var count: Int
    /// Why it is left out, in words.
    public var reason: String

    /// Puts the facts together.
    public init(date: String, count: Int, reason: String) {
      self.date = date
      self.count = count
      self.reason = reason
    }
  }

  /// A number of the export beside the same of the simulation.
  public struct Check: Codable, Sendable, Equatable {
    /// What it is, in words such as `first response, mean`.
    public var name: String
    /// The unit as it is shown: `s`, `min`, `%`, or empty.
    public var unit: String
    /// The export's value, in that unit; nil where it does not tell.
    public var export: Double?
    /// The simulation's mean with its 95 % interval, in that unit.
    public var simulated: ResultDocument.Estimate
    /// Half the width of the export's own 95 % interval; nil where it is not known.
    public var exportHalfWidth: Double?
    /// How they compare.
    public var outcome: Agreement

    /// Puts the numbers together and compares them.
    ///
    /// They agree where their gap is no wider than the root of both squared half-widths.
    public init(
      name: String, unit: String, export: Double?, simulated: ResultDocument.Estimate,
      exportHalfWidth: Double? = nil
    ) {
      self.name = name
      self.unit = unit
      self.export = export
      self.simulated = simulated
      self.exportHalfWidth = exportHalfWidth
      outcome = Agreement(export, exportHalfWidth, simulated)
    }
  }

  /// How export and simulation compare.
  public enum Agreement: String, Codable, Sendable {
    /// They differ no more than by chance.
    case agrees
    /// The simulation is above the export.
    case tooHigh = "too_high"
    /// The simulation is below the export.
    case tooLow = "too_low"
    /// One of them is not known.
    case unknown

    /// Compares a value with an estimate.
    public init(
      _ export: Double?, _ exportHalfWidth: Double?, _ simulated: ResultDocument.Estimate
    ) {
      guard let export, let mean = simulated.mean, let half = simulated.halfWidth else {
        self = .unknown
        return
      }
      let own = exportHalfWidth ?? 0
      let allowed = (half * half + own * own).squareRoot()
      self = abs(mean - export) <= allowed ? .agrees : mean > export ? .tooHigh : .tooLow
    }
  }

  /// Arrivals in an hour of the day, of the export and of the simulation, a day.
  public struct HourCheck: Codable, Sendable, Equatable {
    /// The hour of the day, from 0.
    public var hour: Int
    /// The export's mean with its 95 % interval.
    public var export: ResultDocument.Estimate
    /// The simulation's mean with its 95 % interval.
    public var simulated: ResultDocument.Estimate

    /// Puts the numbers together.
    public init(
      hour: Int, export: ResultDocument.Estimate, simulated: ResultDocument.Estimate
    ) {
      self.hour = hour
      self.export = export
      self.simulated = simulated
    }
  }
}
