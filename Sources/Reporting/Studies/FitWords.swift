import Measurement

/// What `fit` says in words.
struct FitWords: Sendable {
  let document: FitDocument

  /// Whether an hour's arrivals agree: both have intervals of their own.
  static func agreement(_ hour: FitDocument.HourCheck) -> FitDocument.Agreement {
    FitDocument.Agreement(hour.export.mean, hour.export.halfWidth, hour.simulated)
  }

  /// How a comparison came out, in words.
  static func words(_ outcome: FitDocument.Agreement) -> String {
    switch outcome {
    case .agrees: "agrees"
    case .tooHigh: "too high"
    case .tooLow: "too low"
    case .unknown: "not known"
    }
  }

  /// As a goal's result, whose mark and colour it shares.
  static func mark(_ outcome: FitDocument.Agreement) -> Goal.Outcome {
    switch outcome {
    case .agrees: .met
    case .tooHigh, .tooLow: .missed
    case .unknown: .inconclusive
    }
  }

  /// A small probability as people read it.
  static func probability(_ p: Double) -> String {
    if p < 0.001 { return "p\u{A0}<\u{A0}0.001" }
    return "p\u{A0}=\u{A0}" + fixed(p, p < 0.1 ? 3 : 2)
  }

  /// The law of the arrivals: `profile, 24 steps, busyness cv 0.11`.
  static func arrivals(_ arrivals: FitDocument.Arrivals) -> String {
    let steps = arrivals.profiles.reduce(0) { sum, profile in
      sum + (profile.perDay > 0 ? stepCount(profile) : 0)
    }
    var words = arrivals.profiles.count > 1 ? "weekly profile, " : "profile, "
    words += steps == 1 ? "1 step" : "\(steps) steps"
    if arrivals.busyness != nil, let cv = arrivals.spread?.mean {
      words += ", busyness cv \(fixed(cv, 2))"
    }
    return words
  }

  private static func stepCount(_ profile: FitDocument.Profile) -> Int {
    var count = 0
    var before: Double?
    for hour in profile.hours where hour.rate.mean != before {
      count += 1
      before = hour.rate.mean
    }
    return count
  }

  /// Whether arrivals inside the hours are Poisson, in a sentence without its stop.
  static func poisson(_ arrivals: FitDocument.Arrivals) -> String? {
    guard let test = arrivals.tests.first else { return nil }
    let where_ = "inside \(spokenDuration(arrivals.testedInterval))"
    let evidence = "\(probability(test.pValue)), \(grouped(Int64(arrivals.tested))) arrivals"
    if test.pValue >= 0.05 {
      return "arrivals \(where_) are as a Poisson process has them (\(evidence))"
    }
    return
      "arrivals \(where_) are not those of a Poisson process (\(evidence), largest gap "
      + "\(fixed(test.distance, 3))); the scenario takes them as Poisson all the same"
  }

  /// Whether days differ, in a sentence without its stop.
  static func busyness(_ arrivals: FitDocument.Arrivals) -> String? {
    guard let spread = arrivals.spread, let mean = spread.mean, let p = arrivals.spreadPValue else {
      return nil
    }
    guard arrivals.busyness != nil else {
      return "days differ no more than chance makes Poisson days differ (\(probability(p)))"
    }
    let range =
      spread.low.flatMap { low in spread.high.map { "\(fixed(low, 2)) to \(fixed($0, 2))" } }
    return "days differ beyond chance: their rates have a coefficient of variation of "
      + "\(fixed(mean, 2))" + (range.map { " (\($0))" } ?? "") + ", \(probability(p))"
  }

  /// `9 of 12 hours agree`; nil where no hours were compared.
  var hours: String? {
    let known = document.hourly.map(Self.agreement).filter { $0 != .unknown }
    guard !known.isEmpty else { return nil }
    let agree = known.count { $0 == .agrees }
    return "\(agree) of \(known.count) hours of the day have the export's arrivals"
  }

  /// The answer in one paragraph.
  var verdict: String {
    let known = document.checks.filter { $0.outcome != .unknown }
    guard !known.isEmpty else {
      return document.source.runs == 0
        ? "The scenario was not run beside the export."
        : "Nothing could be compared with the export."
    }
    // A comma inside a name would read as one between names.
    func plain(_ name: String) -> String {
      String(name.map { $0 == "," ? " " : $0 }).split(separator: " ").joined(separator: " ")
    }
    let good = known.filter { $0.outcome == .agrees }.map { plain($0.name) }
    let bad = known.filter { $0.outcome != .agrees }
    var sentences: [String] = []
    if bad.isEmpty {
      sentences.append("the scenario agrees with the export in all that was compared")
    } else {
      if !good.isEmpty { sentences.append("usable for \(listed(good))") }
      sentences.append(
        "do not trust "
          + listed(bad.map { "\(plain($0.name)) (the simulation is \(Self.words($0.outcome)))" }))
    }
    if let hours { sentences.append(hours) }
    return sentences.map { $0.capitalizedFirst + "." }.joined(separator: " ")
  }

  /// What was read: the sentence above the tables.
  var read: String {
    let source = document.source
    func counted(_ count: Int, _ noun: String) -> String {
      "\(grouped(Int64(count))) \(noun)\(count == 1 ? "" : "s")"
    }
    return "\(counted(source.conversations, "conversation")) of \(counted(source.days, "day"))"
      + " from \(source.firstDay) to \(source.lastDay), \(counted(source.agents, "agent"))"
  }

  /// The rows left out; nil where none was.
  var leftOut: String? {
    let reasons = document.source.leftOut.filter { $0.count > 0 }
    guard !reasons.isEmpty else { return nil }
    let all = reasons.reduce(0) { $0 + $1.count }
    let words = reasons.map { "\($0.reason) \(grouped(Int64($0.count)))" }
    return "\(grouped(Int64(all))) row\(all == 1 ? "" : "s") left out: "
      + words.joined(separator: ", ")
  }

  /// The days left out; nil where none was.
  var daysLeftOut: String? {
    guard let arrivals = document.arrivals, !arrivals.leftOut.isEmpty else { return nil }
    let days = arrivals.leftOut
    let whose = arrivals.population.map { " of \($0)" } ?? ""
    let shown = days.prefix(6).map { "\($0.date) (\($0.reason))" }
    let more = days.count > shown.count ? ", and \(days.count - shown.count) more" : ""
    return "\(days.count) day\(days.count == 1 ? "" : "s") left out of the profile\(whose): "
      + shown.joined(separator: ", ") + more
  }

  /// Quantities to be taken with care, each with its first warning.
  var weak: [(name: String, warning: String)] {
    document.quantities.compactMap { quantity in
      quantity.warnings.first.map { (quantity.name, $0) }
    }
  }
}
