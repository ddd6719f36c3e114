public import Measurement
import Statistics

extension FitDocument.Arrivals {
  /// Fitted arrivals as the result holds them.
  public init(_ fit: ArrivalFit) {
    var tests: [FitDocument.Test] = []
    if let poisson = fit.poisson {
      tests = [
        ("gaps, exponential-transformed", poisson.exponential),
        ("gaps in order of length (Lewis)", poisson.lewis),
        ("times, conditional-uniform", poisson.conditionalUniform),
      ].map { FitDocument.Test(name: $0.0, distance: $0.1.distance, pValue: $0.1.pValue) }
    }
    self.init(
      profiles: fit.groups.map { group in
        FitDocument.Profile(
          days: fit.isDaily ? "every day" : ArrivalFit.dayText(group.weekdays), count: group.days,
          perDay: group.perDay,
          hours: group.hours.map {
            FitDocument.Hour(
              hour: $0.hour, rate: ResultDocument.Estimate($0.rate), dispersion: $0.dispersion)
          })
      }, busyness: fit.busynessText, spread: fit.busyness.map { ResultDocument.Estimate($0.cv) },
      spreadPValue: fit.busyness?.pValue, dispersionWithinDays: fit.dispersionWithinDays,
      tests: tests, tested: fit.poisson?.count ?? 0, testedInterval: fit.testedInterval,
      cut: Double(max(0, fit.cut)) / 1000,
      leftOut: fit.days.compactMap { day in
        day.leftOut.map {
          FitDocument.DayLeftOut(
            date: ArrivalFit.date(day.day), count: day.count, reason: $0.words)
        }
      })
  }
}

extension ResultDocument.Estimate {
  /// The estimate and the limits of an interval.
  init(_ interval: ConfidenceInterval) {
    self.init(mean: interval.estimate, low: interval.low, high: interval.high)
  }
}

extension ArrivalFit.Reason {
  /// The reason in words.
  public var words: String {
    switch self {
    case .missing: "no arrivals"
    case .few: "fewer than a third of the usual arrivals"
    case .partial: "the export begins or ends in it"
    case .interrupted: "a stretch without arrivals where 30 or more were expected"
    }
  }
}

extension ArrivalFit {
  /// A day since 1970-01-01 as a date of the Gregorian calendar (Hinnant's civil_from_days).
  public static func date(_ day: Int) -> String {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let digits = String(abs(year))
    let zeros = String(repeating: "0", count: max(0, 4 - digits.utf8.count))
    return "\(year < 0 ? "-" : "")\(zeros)\(digits)-\(two(month))-\(two(dayOfMonth))"
  }
}
