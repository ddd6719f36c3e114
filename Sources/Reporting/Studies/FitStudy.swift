public import Measurement

extension FitDocument: Study {
  /// `fit.csv`, `profile.csv` and `check.csv`.
  public var tables: [ReportFile] {
    var files = [ReportFile("fit.csv", fitted.contents)]
    if arrivals != nil { files.append(ReportFile("profile.csv", profile.contents)) }
    if !checks.isEmpty || !hourly.isEmpty {
      files.append(ReportFile("check.csv", sideBySide.contents))
    }
    return files
  }

  /// The answer in one paragraph.
  public var verdict: String { FitWords(document: self).verdict }

  /// The page.
  public var page: StudyPage { FitPage(document: self).page }

  /// The answer for a terminal.
  public func blocks(_ style: TerminalStyle) -> [[String]] {
    FitTable(document: self, style: style).blocks
  }

  /// The first number that cannot be.
  public var problem: String? {
    for (index, quantity) in quantities.enumerated() {
      let place = "quantities.[\(index)]"
      guard quantity.count >= 0, (0...quantity.count).contains(quantity.censored) else {
        return place + ".count"
      }
      if let pair = quantity.quantiles.firstIndex(where: { !($0.seen > 0 && $0.fitted > 0) }) {
        return place + ".quantiles.[\(pair)]"
      }
      let curves = quantity.survival + quantity.fittedSurvival
      if curves.contains(where: { !(0...1).contains($0.share) || !($0.time >= 0) }) {
        return place + ".survival"
      }
    }
    for (index, profile) in allArrivals.flatMap(\.profiles).enumerated()
    where profile.hours.contains(where: { !(0..<24).contains($0.hour) }) {
      return "arrivals.profiles.[\(index)]"
    }
    return hourly.contains { !(0..<24).contains($0.hour) } ? "hourly" : nil
  }

  private var fitted: CSVTable {
    var table = CSVTable(WrittenFile.fit.header)
    for quantity in quantities {
      let laws =
        quantity.candidates.isEmpty
        ? [Candidate(family: "constant", law: quantity.law, behind: 0, distance: quantity.distance)]
        : quantity.candidates
      for (place, candidate) in laws.enumerated() {
        let isBest = place == 0
        table.add([
          .text(quantity.name), .text(quantity.key), .text(candidate.law), .flag(isBest),
          .count(quantity.count), .count(quantity.censored),
          .text(isBest ? quantity.parameters : ""), .number(candidate.distance),
          .number(candidate.behind), .number(isBest ? quantity.goodness?.distancePValue : nil),
          .number(isBest ? quantity.goodness?.andersonDarlingPValue : nil),
        ])
      }
    }
    return table
  }

  private var profile: CSVTable {
    var table = CSVTable(WrittenFile.profile.header)
    for arrivals in allArrivals {
      for profile in arrivals.profiles {
        for hour in profile.hours {
          table.add([
            .text(profile.days), .count(hour.hour), .number(hour.rate.mean),
            .number(hour.rate.low), .number(hour.rate.high), .number(hour.dispersion),
            .count(profile.count), .text(arrivals.population ?? ""),
          ])
        }
      }
    }
    return table
  }

  private var sideBySide: CSVTable {
    var table = CSVTable(WrittenFile.check.header)
    for check in checks {
      table.add([
        .text(check.name), .text(check.unit), .number(check.export), .number(check.simulated.mean),
        .number(check.simulated.low), .number(check.simulated.high), .text(check.outcome.rawValue),
      ])
    }
    for hour in hourly {
      table.add([
        .text("arrivals at \(twoDigits(Int64(hour.hour))):00"), .text("per day"),
        .number(hour.export.mean), .number(hour.simulated.mean), .number(hour.simulated.low),
        .number(hour.simulated.high), .text(FitWords.agreement(hour).rawValue),
      ])
    }
    return table
  }
}
