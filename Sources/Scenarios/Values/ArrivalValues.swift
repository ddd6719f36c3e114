import Engine
import Sampling

extension ValueReader {
  /// The processes that a map of arrivals can name.
  static let arrivalNames = [
    "poisson", "renewal", "profile", "weekly", "mmpp", "batch", "hawkes", "replay",
  ]

  static let arrivalKeys = KeyTable(
    "arrivals",
    [
      .optional(
        "poisson", .reference("rate"),
        about: "At random, with this rate: who comes does not know of the others."),
      .optional(
        "renewal", .reference("distribution"),
        about: "One after another with gaps of this distribution."),
      .optional(
        "profile", .reference("day_profile"),
        about: "Rates by time of day, each until the next; the same every day."),
      .optional(
        "weekly", .named(.reference("day_profile")),
        about: "Days (`mon-fri`), each with such a profile."),
      .optional(
        "mmpp", .list(.map(phaseKeys)),
        about: "States with a rate and a mean stay, in turn: quiet and busy spells."),
      .optional("batch", .map(batchKeys), about: "Several at the same instant."),
      .optional(
        "hawkes", .map(hawkesKeys), about: "Arrivals that cause others: a post that is shared."),
      .optional(
        "replay", .map(columnKeys),
        about: "Recorded times, from a column of a CSV file beside the scenario."),
      .optional(
        "shape", .choice(RateProfile.Shape.allCases.map(\.rawValue)), "step",
        about: "Whether a profile's rates are steps, or lines from one to the next."),
      .optional(
        "busyness", .reference("number_distribution"),
        about: "A factor of mean 1 that is drawn for each day: days differ."),
    ], oneOf: arrivalNames)

  static let phaseKeys = KeyTable(
    "a state",
    [
      .required("rate", .reference("rate"), about: "The rate in this state."),
      .required("stay", .reference("duration"), about: "How long it lasts, on average."),
    ])

  static let batchKeys = KeyTable(
    "batch",
    [
      .required("of", .reference("arrivals"), about: "When a batch comes."),
      .required("size", .reference("count"), about: "How many there are in it."),
    ])

  static let hawkesKeys = KeyTable(
    "hawkes",
    [
      .required("rate", .reference("rate"), about: "The rate without the others' influence."),
      .required("jump", .reference("rate"), about: "How much each arrival adds to the rate."),
      .required("decay", .reference("rate"), about: "How fast that wears off."),
    ])

  /// When the conversations of a population open.
  func arrivals(_ files: DataFolder) -> ArrivalProcess? {
    guard let mapping = mapping(Self.arrivalKeys) else { return nil }
    guard let (name, value) = mapping.only(of: Self.arrivalNames, subject: "arrivals") else {
      error(
        "arrivals need one of " + Self.arrivalNames.joined(separator: ", "),
        hint: "for example '{poisson: 90 per hour}'")
      return nil
    }
    if let span = mapping.keySpan("shape"), name != "profile", name != "weekly" {
      reading.problems.error(span, "'shape' goes with profile and weekly only, not '\(name)'")
    }
    let shape = mapping.optional("shape", else: RateProfile.Shape.step) {
      $0.choice("shape", ["step": RateProfile.Shape.step, "linear": .linear])
    }
    let busyness = mapping.optional("busyness") { $0.distribution("busyness", .number, files) }
    guard let shape, let process = value.process(name, shape, files), let busyness else {
      return nil
    }
    guard let busyness else { return process }
    return (mapping["busyness"] ?? self).possible(.number) { () throws(ImpossibleParameter) in
      try process.with(busyness: busyness)
    }
  }

  private func process(
    _ name: String, _ shape: RateProfile.Shape, _ files: DataFolder
  ) -> ArrivalProcess? {
    switch name {
    case "poisson":
      return rate().flatMap { rate in
        possible(.duration) { () throws(ImpossibleParameter) in try .poisson(rate: rate.perSecond) }
      }
    case "renewal":
      return distribution("a gap", .duration, files).flatMap { gap in
        possible(.duration) { () throws(ImpossibleParameter) in try .renewal(gap) }
      }
    case "profile":
      return dayProfile().flatMap { points in
        possible(.duration) { () throws(ImpossibleParameter) in
          try .profile(RateProfile(daily: points, shape: shape))
        }
      }
    case "weekly": return weekly(shape)
    case "mmpp": return mmpp()
    case "batch": return batch(files)
    case "hawkes": return hawkes()
    default:
      guard let column = column(), let times = files.times(column, self) else { return nil }
      return possible(.duration) { () throws(ImpossibleParameter) in try .replay(times) }
    }
  }

  /// `{"08:00": 40 per hour, ...}`.
  private func dayProfile() -> [RateProfile.Point]? {
    guard let mapping = anyMapping("rates by time of day") else { return nil }
    if mapping.entries.isEmpty {
      expected("rates by time of day", hint: "{\"08:00\": 40 per hour}")
    }
    var points: [RateProfile.Point] = []
    for entry in mapping.entries {
      let key = ValueReader(unresolved: Node(text: entry.key, at: entry.keySpan), reading)
      let minute = key.parsed("a time of day") { text throws(ValueProblem) in
        try parseClock(text)
      }
      let rate = ValueReader(entry.value, reading).rateOrNone()
      guard let minute, let rate else { continue }
      points.append(RateProfile.Point(second: Double(minute) * 60, rate: rate.perSecond))
    }
    return points.count == mapping.entries.count && !points.isEmpty ? points : nil
  }

  /// A profile for each day: `{mon-fri: {"08:00": ...}, sat: {...}}`; a day left out is silent.
  private func weekly(_ shape: RateProfile.Shape) -> ArrivalProcess? {
    guard let mapping = anyMapping("rates by day of the week") else { return nil }
    var week = [[RateProfile.Point]](repeating: [], count: 7)
    var seen: Set<Weekday> = []
    var isSound = true
    for entry in mapping.entries {
      let key = ValueReader(unresolved: Node(text: entry.key, at: entry.keySpan), reading)
      let days = key.parsed("days") { text throws(ValueProblem) in try parseDays(text) }
      let points = ValueReader(entry.value, reading).dayProfile()
      guard let days, let points else {
        isSound = false
        continue
      }
      for day in days {
        if !seen.insert(day).inserted {
          key.error("a day that is listed twice")
          isSound = false
        }
        week[Int(day.rawValue)] = points
      }
    }
    guard isSound else { return nil }
    return possible(.duration) { () throws(ImpossibleParameter) in
      try .profile(RateProfile(weekly: week, shape: shape))
    }
  }

  private func mmpp() -> ArrivalProcess? {
    guard let items = list(of: "states") else { return nil }
    let phases = items.compactMap { item -> ArrivalProcess.Phase? in
      guard let mapping = item.mapping(Self.phaseKeys) else { return nil }
      let rate = mapping["rate"].flatMap { $0.rateOrNone() }
      let stay = mapping["stay"].flatMap { $0.positiveDuration("a stay") }
      guard let rate, let stay else { return nil }
      return ArrivalProcess.Phase(rate: rate.perSecond, stay: stay.inSeconds)
    }
    guard phases.count == items.count else { return nil }
    return possible(.duration) { () throws(ImpossibleParameter) in try .mmpp(phases) }
  }

  private func batch(_ files: DataFolder) -> ArrivalProcess? {
    guard let mapping = mapping(Self.batchKeys) else { return nil }
    let arrivals = mapping["of"].flatMap { $0.arrivals(files) }
    let size = mapping["size"].flatMap { $0.count("a size") }
    guard let arrivals, let size else { return nil }
    return (mapping["size"] ?? self).possible(.number) { () throws(ImpossibleParameter) in
      try .batch(of: arrivals, size: size)
    }
  }

  private func hawkes() -> ArrivalProcess? {
    guard let mapping = mapping(Self.hawkesKeys) else { return nil }
    let rate = mapping["rate"].flatMap { $0.rate() }
    let jump = mapping["jump"].flatMap { $0.rateOrNone("jump") }
    let decay = mapping["decay"].flatMap { $0.rate("decay") }
    guard let rate, let jump, let decay else { return nil }
    return possible(.duration, mapping) { () throws(ImpossibleParameter) in
      try .hawkes(rate: rate.perSecond, jump: jump.perSecond, decay: decay.perSecond)
    }
  }
}
