import Engine

extension ScenarioKeys {
  /// What `plan --roster` needs to know beside the scenario itself.
  static let roster = KeyTable(
    "the roster",
    [
      .required("team", .name, about: "The team whose agents are planned."),
      .required("shifts", .named(.map(rosterShift)), about: "The shifts that agents can be given."),
    ])

  /// A shift that agents can be given.
  static let rosterShift = KeyTable(
    "a shift of the roster",
    [
      .optional(
        "days", .reference("days"), "every day", about: "The days on which the shift is worked."),
      .required("hours", .reference("hours"), about: "Its hours."),
      .optional("breaks", .list(.map(rosterBreak)), "[]", about: "Its breaks."),
      .optional(
        "cost", .number,
        about: "What one agent costs for one shift, in any unit; its hours at work if left out."),
      .optional(
        "at_most", .whole(0...mostOfShift), "100", about: "The most agents who can be given it."),
    ])

  static let rosterBreak = KeyTable(
    "a break",
    [
      .required("after", .reference("duration"), about: "From the beginning of the shift."),
      .required("for", .reference("duration"), about: "How long it lasts."),
    ])

  /// The most agents of one shift.
  static let mostOfShift = 10_000
  /// The most shifts of a roster: programs in whole numbers grow hard quickly.
  static let mostShifts = 50
}

/// Reads the shifts that a roster is made from.
struct RosterReader {
  let value: ValueReader
  /// The teams of the file, with parameters put in.
  let teams: ValueReader?

  func roster() -> Roster? {
    guard let mapping = value.mapping(ScenarioKeys.roster) else { return nil }
    let team = mapping["team"].flatMap { self.team($0) }
    guard let written = mapping["shifts"], let named = written.named("a shift") else { return nil }
    if named.isEmpty { written.error("a roster needs at least one shift") }
    if named.count > ScenarioKeys.mostShifts {
      written.error("\(named.count) shifts, at most \(ScenarioKeys.mostShifts) are possible")
      return nil
    }
    let shifts = named.compactMap { shift($0.name, $0.value) }
    checkCosts(named)
    guard let team, !shifts.isEmpty, shifts.count == named.count else { return nil }
    return Roster(team: team.index, teamName: team.name, shifts: shifts)
  }

  /// A team whose agents are a number: a roster decides how many there are.
  private func team(_ value: ValueReader) -> (index: Int, name: String)? {
    guard let name = value.name("a team") else { return nil }
    let known = teams?.anyMapping("teams")?.entries ?? []
    guard let index = known.firstIndex(where: { $0.key == name.text }) else {
      value.reading.problems.unknownName(
        "team", name.text, at: name.span, known: known.map(\.key))
      return nil
    }
    let team = ValueReader(known[index].value, value.reading)
    if team.isMapping, let agents = team.anyMapping("a team")?["agents"], agents.isList {
      agents.error(
        "the team '\(name.text)' of the roster has agents with names, but the roster decides how many "
          + "there are",
        hint: "write their number, such as 'agents: 10'")
      return nil
    }
    return (index, name.text)
  }

  /// Shifts that cost something beside shifts that cost their hours would compare money with time.
  private func checkCosts(_ shifts: [(name: Name, value: ValueReader)]) {
    let costs = shifts.filter { $0.value.isMapping }
      .map { ($0.name, $0.value.node.value(of: "cost") != nil) }
    guard costs.contains(where: \.1) else { return }
    for (name, has) in costs where !has {
      value.reading.problems.error(
        name.span, "the shift '\(name.text)' has no cost, and others have",
        hint: "give every shift a cost for each time it is worked, or none: then the hours count")
    }
  }

  private func shift(_ name: Name, _ value: ValueReader) -> RosterShift? {
    guard let mapping = value.mapping(ScenarioKeys.rosterShift) else { return nil }
    let days = mapping.optional("days", else: Weekday.allCases) { $0.days() }
    let hours = mapping["hours"].flatMap { $0.hours() }
    let cost = mapping.optional("cost") { self.cost($0) }
    let most = mapping.optional("at_most", else: 100) {
      $0.whole("at_most", in: 0...ScenarioKeys.mostOfShift)
    }
    guard let days, let hours, let first = hours.first, let cost, let most else { return nil }
    let begin = Int(first.from)
    let stretches = hours.map { part in
      let from = begin + (Int(part.from) - begin + 1_440) % 1_440
      let length = Int(part.to) - Int(part.from)
      return from..<from + (length > 0 ? length : length + 1_440)
    }.sorted { $0.lowerBound < $1.lowerBound }
    guard let work = mapping.optional("breaks", else: stretches, { work(stretches, without: $0) })
    else { return nil }
    let minutes = work.reduce(0) { $0 + $1.count }
    return RosterShift(
      name: name.text, days: days, begin: begin, work: work, cost: cost ?? Double(minutes) / 60,
      atMost: most)
  }

  private func cost(_ value: ValueReader) -> Double? {
    guard let cost = value.number("a cost") else { return nil }
    guard cost >= 0, cost <= 1e9 else {
      value.error(
        cost < 0
          ? "a shift cannot cost less than nothing"
          : "a cost of \(cost), at most 1,000,000,000 is possible")
      return nil
    }
    return cost
  }

  /// The stretches without the breaks, which lie inside them, in their order.
  private func work(_ stretches: [Range<Int>], without value: ValueReader) -> [Range<Int>]? {
    guard let items = value.list(of: "breaks", limit: 100) else { return nil }
    var work = stretches
    var isSound = true
    var taken: [Range<Int>] = []
    for item in items {
      guard let rest = self.rest(item, from: stretches[0].lowerBound) else {
        isSound = false
        continue
      }
      if taken.contains(where: { $0.overlaps(rest) }) {
        item.error("a break that overlaps another one of the shift")
        isSound = false
        continue
      }
      taken.append(rest)
      guard
        let place = work.firstIndex(where: {
          $0.lowerBound < rest.lowerBound && rest.upperBound < $0.upperBound
        })
      else {
        let end = stretches[stretches.count - 1].upperBound - stretches[0].lowerBound
        item.error(
          "a break must lie inside a stretch of work, with work before and after it",
          hint: "'after' counts from the start of the shift, which ends after "
            + "\(EngineDuration.minutes(Int64(end)))")
        isSound = false
        continue
      }
      let stretch = work[place]
      work.replaceSubrange(
        place...place,
        with: [
          stretch.lowerBound..<rest.lowerBound, rest.upperBound..<stretch.upperBound,
        ])
    }
    return isSound ? work : nil
  }

  private func rest(_ value: ValueReader, from begin: Int) -> Range<Int>? {
    guard let mapping = value.mapping(ScenarioKeys.rosterBreak) else { return nil }
    let after = mapping["after"].flatMap { minutes($0) }
    let length = mapping["for"].flatMap { minutes($0) }
    guard let after, let length else { return nil }
    return begin + after..<begin + after + length
  }

  private func minutes(_ value: ValueReader) -> Int? {
    guard let duration = value.duration("a time within the shift") else { return nil }
    let minute = EngineDuration.minutes(1)
    let count = duration.nanoseconds / minute.nanoseconds
    guard duration.nanoseconds % minute.nanoseconds == 0, (1...1_440).contains(count) else {
      value.error("a break counts in whole minutes, from 1 min to 24 h, not \(duration)")
      return nil
    }
    return Int(count)
  }
}
