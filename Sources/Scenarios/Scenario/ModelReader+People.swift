import Engine
import Sampling

extension ModelReader {
  func readTeams(_ value: ValueReader?) {
    for (name, value) in value?.named("a team") ?? [] {
      guard let mapping = value.mapping(ScenarioKeys.team) else { continue }
      let team = TeamID(UInt32(names.teams.intern(name.text)))
      let first = agents.count
      var person = Person(team: team)
      read(mapping, &person)
      if let written = mapping["agents"] { readAgents(written, name, person) }
      teams.append(TeamSettings(name: name.text, members: first..<agents.count))
    }
    if teams.count > settings.limits.teams, let value {
      value.error("\(teams.count) teams, the limit is \(settings.limits.teams)")
    }
  }

  func readUsers(_ value: ValueReader?) {
    for (name, value) in value?.named("a user") ?? [] {
      guard let mapping = value.mapping(ScenarioKeys.user) else { continue }
      var person = Person(team: nil)
      read(mapping, &person)
      guard agents.count < ScenarioKeys.maximalAgents else {
        reading.problems.error(name.span, "more than \(ScenarioKeys.maximalAgents) agents in all")
        return
      }
      if person.joins == nil {
        readSupervision(mapping["supervises"], of: agents.count, person.role)
      }
      add(name, person, supervises: mapping["supervises"])
    }
    addLatecomers()
  }

  func checkAgents(_ top: Mapping) {
    guard agents.isEmpty, !reading.problems.hasErrors else { return }
    reading.problems.error(top.span, "nobody answers: a scenario needs teams or users")
  }

  /// Somebody with everything but a name.
  struct Person {
    let team: TeamID?
    var weight: Int32 = 1
    var limit: Int32?
    var role = UserProfile.Role.agent
    var sees = UserProfile.Visibility.all
    var style = WorkStyle.standard
    var joins: EngineDuration?
    var leaves: EngineDuration?
    /// The position of `style` in the model, once somebody has it.
    var position: Int32?
  }

  private func readAgents(_ value: ValueReader, _ team: Name, _ person: Person) {
    var person = person
    guard value.isList else {
      guard let count = value.whole("a number of agents", in: 1...ScenarioKeys.maximalAgents)
      else { return }
      guard agents.count + count <= ScenarioKeys.maximalAgents else { return tooMany(value) }
      person.position = keep(person.style)
      agents.reserveCapacity(agents.count + count)
      names.users.reserve(count)
      for number in 1...count {
        add(Name(text: "\(team.text)-\(number)", span: value.span), person)
      }
      return
    }
    let items = value.list(of: "agents") ?? []
    guard agents.count + items.count <= ScenarioKeys.maximalAgents else { return tooMany(value) }
    if items.isEmpty { value.error("a team needs at least one agent") }
    person.position = keep(person.style)
    for item in items {
      guard item.isMapping else {
        if let name = item.name("an agent") { add(name, person) }
        continue
      }
      guard let mapping = item.mapping(ScenarioKeys.agent) else { continue }
      var own = person
      read(mapping, &own)
      if let name = mapping["name"]?.name("an agent") { add(name, own) }
    }
  }

  private func tooMany(_ value: ValueReader) {
    value.error("more than \(ScenarioKeys.maximalAgents) agents in all")
  }

  private func keep(_ style: WorkStyle) -> Int32 {
    styles.append(style)
    return Int32(clamping: styles.count - 1)
  }

  func add(_ name: Name, _ person: Person, supervises: ValueReader? = nil, late: Bool = false) {
    if person.joins != nil, !late {
      latecomers.append(Latecomer(name: name, person: person, supervises: supervises))
      return
    }
    guard names.users.intern(name.text) == agents.count else {
      reading.problems.error(
        name.span, "the name \(quoted(name.text)) belongs to another agent or user already")
      return
    }
    agents.append(
      AgentSettings(
        name: name.text, team: person.team, weight: person.weight, limit: person.limit,
        role: person.role, sees: person.sees, style: person.position ?? keep(person.style),
        joins: person.joins, leaves: person.leaves))
  }

  /// Takes over the keys that are there.
  private func read(_ mapping: Mapping, _ person: inout Person) {
    mapping.set("weight", &person, \.weight) {
      $0.whole("weight", in: 1...1_000_000).map { Int32($0) }
    }
    mapping.set("limit", &person, \.limit) {
      $0.whole("limit", in: 0...1_000_000).map { .some(Int32($0)) }
    }
    mapping.set(choice: "role", &person, \.role)
    mapping.set(choice: "sees", &person, \.sees)
    readTenure(mapping, &person)
    checkGrabbing(mapping, person.sees, person.role)
    let own = [
      "attention", "reply_time", "wrap_up", "greets", "picks", "shift", "away", "leaving",
      "forgets_to_close", "finishes_anyway", "cost", "grabs", "checks_in",
      "assist",
      "shortcuts", "works_visibly",
    ]
    // Whoever differs in how they work has a style of their own.
    if own.contains(where: { mapping[$0] != nil }) { person.position = nil }
    readStyle(mapping, &person.style)
  }

  private func readStyle(_ mapping: Mapping, _ style: inout WorkStyle) {
    mapping.set("attention", &style, \.attention) { attention($0) }
    mapping.set("reply_time", &style, \.replyTime) {
      $0.distribution("reply_time", .duration, files)
    }
    mapping.set("wrap_up", &style, \.wrapUp) { $0.distribution("wrap_up", .duration, files) }
    mapping.set("greets", &style, \.greets) { $0.toggle() }
    readPicks(mapping, &style)
    mapping.set("shift", &style, \.shifts) { shifts($0, always: "always") }
    mapping.set("away", &style, \.away) { away($0) }
    mapping.set(choice: "leaving", &style, \.leaving)
    mapping.set("forgets_to_close", &style, \.forgetsToClose) { $0.share("forgets_to_close") }
    mapping.set("finishes_anyway", &style, \.finishesAnyway) { $0.toggle() }
    mapping.set("cost", &style, \.cost) { value in
      value.rateOrNone("cost").map { $0.count > 0 ? $0 : nil }
    }
    mapping.set("grabs", &style, \.grabs) { grabbing($0) }
    mapping.set("assist", &style, \.assists) { assists($0) }
    mapping.set("shortcuts", &style, \.shortcuts) { shortcuts($0) }
    mapping.set("works_visibly", &style, \.worksVisibly) { $0.toggle() }
    mapping.set("checks_in", &style, \.checksIn) { value in
      if value.scalarText == "never" { return .some(nil) }
      return value.distribution("checks_in", .duration, files).map { .some($0) }
    }
  }

  private func attention(_ value: ValueReader) -> WorkStyle.Attention? {
    guard value.isMapping else {
      return value.choice("attention", ["serial": WorkStyle.Attention.serial])
    }
    guard let mapping = value.mapping(ScenarioKeys.attention) else { return nil }
    guard let (key, what) = mapping.only(of: ["parallel", "shared"], subject: "attention") else {
      value.expected("serial, {parallel: 4} or {shared: [1, 1.7]}")
      return nil
    }
    if key == "parallel" {
      return what.whole("parallel", in: 1...10_000).map { .parallel($0) }
    }
    guard let items = what.list(of: "speeds", limit: 10_000) else { return nil }
    if items.isEmpty { what.error("shared attention needs at least one speed") }
    let speeds = items.compactMap { item -> Double? in
      guard let speed = item.number("a speed") else { return nil }
      guard speed > 0, speed <= 1e6 else {
        item.error("a speed must be greater than 0 and at most 1e6, not \(item.scalarText ?? "")")
        return nil
      }
      return speed
    }
    return speeds.count == items.count && !speeds.isEmpty ? .shared(speeds) : nil
  }

  private func away(_ value: ValueReader) -> WorkStyle.Away?? {
    if value.scalarText == "never" { return .some(nil) }
    guard let mapping = value.mapping(ScenarioKeys.away) else { return nil }
    let after = mapping["after"].flatMap { $0.distribution("after", .duration, files) }
    let length = mapping["for"].flatMap { $0.distribution("for", .duration, files) }
    guard let after, let length else { return nil }
    guard after.mean > 0 || length.mean > 0 else {
      value.error("absences without any time between or in them never end")
      return nil
    }
    return WorkStyle.Away(after: after, length: length)
  }

  /// One shift or several; none where the word for it stands.
  func shifts(_ value: ValueReader, always: String) -> [Shift]? {
    if value.scalarText == always { return [] }
    let items = value.isMapping ? [value] : value.list(of: "shifts")
    guard let items else { return nil }
    let shifts = items.compactMap { $0.shift() }
    return shifts.count == items.count ? shifts : nil
  }
}

extension ValueReader {
  /// `{days: mon-fri, hours: "09:00-17:00"}`.
  func shift() -> Shift? {
    guard let mapping = mapping(ScenarioKeys.shift) else { return nil }
    let days = mapping.optional("days", else: Weekday.allCases) { $0.days() }
    let hours = mapping.optional("hours", else: [HoursOfDay(from: 0, to: 1_440)]) { $0.hours() }
    guard let days, let hours else { return nil }
    return Shift(days: days, hours: hours)
  }
}

extension WorkStyle {
  /// What is meant where a team says nothing; a reply time is always said.
  static let standard = WorkStyle(
    attention: .serial, replyTime: .none, wrapUp: .none, greets: false, picks: .nothing,
    shifts: [], away: nil, leaving: .finishFirst, forgetsToClose: 0, finishesAnyway: false,
    cost: nil, checksIn: nil, grabs: nil)
}
