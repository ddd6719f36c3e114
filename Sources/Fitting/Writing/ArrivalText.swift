import Statistics

/// The arrivals of a fitted scenario, as lines of the file.
struct ArrivalText {
  /// The comments and the lines of the key `arrivals`.
  let lines: [String]

  init(_ population: HistoryFit.Population) {
    guard let fit = population.arrivals else {
      lines = ["    # Too few to fit.", "    arrivals: {poisson: 1 per hour}"]
      return
    }
    lines =
      Self.remarks(fit, population).flatMap { YAMLWords.comments($0, indent: 4) }
      + ["    arrivals:"] + Self.profile(fit) + Self.busyness(fit)
  }

  private static func remarks(
    _ fit: ArrivalFit, _ population: HistoryFit.Population
  ) -> [String] {
    let kept = fit.days.filter { $0.leftOut == nil }
    var remarks = [
      "n = \(counted(population.openings, "conversation")) of \(counted(fit.days.count, "day")), "
        + "of which \(grouped(kept.count)) count; rates with their intervals."
    ]
    let left = fit.days.filter { $0.leftOut != nil }
    if !left.isEmpty {
      let shown = left.prefix(8).map { day in
        "\(CivilDay.text(day.day)) (\(day.leftOut?.words ?? ""))"
      }
      remarks.append(
        "Left out: " + shown.joined(separator: ", ")
          + (left.count > 8 ? " and \(left.count - 8) more." : "."))
    }
    if let test = fit.poisson {
      remarks.append(
        "Poisson inside the hours: Kolmogorov-Smirnov on the exponential-transformed gaps, p = "
          + "\(LawText.number(test.exponential.pValue, digits: 2)).")
    }
    return remarks
  }

  private static func profile(_ fit: ArrivalFit) -> [String] {
    if fit.isDaily { return ["      profile:"] + rates(fit.groups[0], indent: 8) }
    var lines = ["      weekly:"]
    for group in fit.groups where group.perDay > 0 {
      let days = ArrivalFit.dayText(group.weekdays)
      let key = days.contains(",") ? "\"\(days)\"" : days
      lines.append(
        "        \(key):   # n = \(counted(group.days, "day")), "
          + "\(LawText.number(group.perDay, digits: 4)) a day")
      lines += rates(group, indent: 10)
    }
    return lines
  }

  private static func rates(_ group: ArrivalFit.Group, indent: Int) -> [String] {
    var lines: [String] = []
    var last: Double?
    for hour in group.hours {
      let rate = hour.rate
      if rate.estimate == last { continue }
      last = rate.estimate
      let text = LawText.number(rate.estimate)
      lines.append(
        String(repeating: " ", count: indent)
          + "\"\(YAMLWords.clock(hour.hour * 60))\": \(text) per hour"
          + (hour.count > 0
            ? "   # \(LawText.number(rate.low, digits: 4)) to \(LawText.number(rate.high, digits: 4)), "
              + "n = \(grouped(hour.count))" : ""))
    }
    return lines
  }

  private static func busyness(_ fit: ArrivalFit) -> [String] {
    guard let text = fit.busynessText, let spread = fit.busyness else {
      guard let spread = fit.busyness else { return [] }
      return YAMLWords.comments(
        "Days differ no more than by chance: p = \(LawText.number(spread.pValue, digits: 2)).",
        indent: 6)
    }
    return YAMLWords.comments(
      "Days differ by more than chance: cv \(LawText.number(spread.cv.low, digits: 3)) to "
        + "\(LawText.number(spread.cv.high, digits: 3)).", indent: 6) + ["      busyness: \(text)"]
  }
}
