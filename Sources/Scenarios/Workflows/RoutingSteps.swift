import Engine

extension WorkflowReader {
  func assignTo(_ value: ValueReader) -> AssignTo? {
    guard let mapping = value.mapping(Self.assignKeys) else { return nil }
    let targets = ["user", "team", "workspace", "unassign"]
    guard let (key, who) = mapping.only(of: targets, subject: "assign_to") else {
      value.error("assign_to needs one of user, team, workspace: true, unassign: true")
      return nil
    }
    guard let target = target(key, who) else { return nil }
    guard target.pool != nil else {
      for entry in mapping.entries where !targets.contains(entry.key) {
        reading.problems.error(
          entry.keySpan, "'\(entry.key)' goes with team or workspace only, not '\(key)'")
      }
      return AssignTo(target)
    }
    return chosen(AssignTo(target), mapping)
  }

  private func target(_ key: String, _ value: ValueReader) -> AssignTarget? {
    switch key {
    case "user": return known(value, "user", \.users).map { .user(UserID($0)) }
    case "team": return known(value, "team", \.teams).map { .team(TeamID($0)) }
    default:
      guard let isMeant = value.toggle() else { return nil }
      guard isMeant else {
        value.error("'\(key)' can only be true; leave it out otherwise")
        return nil
      }
      return key == "workspace" ? .workspace : .unassign
    }
  }

  private func chosen(_ target: AssignTo, _ mapping: Mapping) -> AssignTo? {
    var step = target
    var isSound = true
    func set<T>(_ key: String, _ path: WritableKeyPath<AssignTo, T>, _ read: (ValueReader) -> T?) {
      guard let value = mapping[key] else { return }
      if let found = read(value) { step[keyPath: path] = found } else { isSound = false }
    }
    set("logic", \.logic) { logic($0) }
    set("only_online", \.onlyOnline) { $0.toggle() }
    set("fewer_than", \.fewerThan) {
      $0.whole("fewer_than", in: 0...Int(Int32.max)).map { .some(Int32($0)) }
    }
    set("timeout", \.timeout) { limited($0, "a timeout").map { .some($0) } }
    set("exclude_current", \.excludeCurrent) { $0.toggle() }
    set("only_if_sooner", \.onlyIfSooner) { $0.toggle() }
    return isSound ? step : nil
  }

  /// A logic by name, or `{sticky: {wait: 5 min, then: least_open}}`.
  func logic(_ value: ValueReader) -> Logic? {
    let names = Logic.Rule.allCases.map(\.name)
    if value.isMapping {
      guard let single = value.single("a logic") else { return nil }
      guard single.key == "sticky" else {
        reading.problems.unknownName("logic", single.key, at: single.keySpan, known: ["sticky"])
        return nil
      }
      guard let mapping = single.value.mapping(Self.stickyKeys) else { return nil }
      let wait = mapping.optional("wait", else: .zero) { limited($0, "a wait") }
      let then = mapping.optional("then", else: .roundRobin) { name in
        name.filledText("a logic").flatMap { rule($0, name, known: names) }
      }
      guard let wait, let then else { return nil }
      return .sticky(wait: wait, then: then)
    }
    guard let text = value.scalar("a logic such as round_robin") else { return nil }
    if text == "sticky" { return .sticky(wait: .zero, then: .roundRobin) }
    return rule(text, value, known: names + ["sticky"]).map { Logic($0) }
  }

  private func rule(_ text: String, _ value: ValueReader, known names: [String]) -> Logic.Rule? {
    if let rule = Logic.Rule.allCases.first(where: { $0.name == text }) { return rule }
    reading.problems.unknownName("logic", text, at: value.span, known: names)
    return nil
  }

  func jumpTo(_ value: ValueReader) -> StepAction? {
    guard let mapping = value.mapping(Self.jumpKeys) else { return nil }
    let target = mapping["step"].flatMap { $0.name("a step") }
    let most = mapping["at_most"].flatMap { $0.whole("at_most", in: 1...limits.jumps) }
    guard let target, let most else { return nil }
    guard stepIDs.contains(target.text) else {
      reading.problems.unknownName(
        "step", target.text, at: target.span, known: stepIDs)
      return nil
    }
    return .jumpTo(step: target.text, atMost: Int32(clamping: most))
  }

  func wait(_ value: ValueReader) -> WaitLength? {
    if let name = parameterName(of: value.node) {
      return value.operand(
        Reference(name: name, property: nil, part: 0..<(name.unicodeScalars.count + 1)), from: 0,
        scope
      ).map { .seconds($0) }
    }
    if let text = value.scalarText, text.hasPrefix("$"), let parts = try? parseTemplate(text),
      parts.count == 1, case .reference(let reference) = parts[0]
    {
      return value.operand(reference, from: 0, scope).map { .seconds($0) }
    }
    return limited(value, "a wait").map { .duration($0) }
  }

  func triggerWorkflow(_ value: ValueReader) -> StepAction? {
    guard let mapping = value.mapping(Self.triggerWorkflowKeys) else { return nil }
    let target = mapping["workflow"].flatMap { known($0, "workflow", \.workflows) }
    let step = mapping.optional("step") { $0.name("a step") }
    guard let target, let step else { return nil }
    return .triggerWorkflow(WorkflowID(target), step: step?.text)
  }

  func dateAndTime(_ value: ValueReader) -> StepAction? {
    guard let mapping = value.mapping(Self.calendarKeys) else { return nil }
    var zone: Int32 = 0
    if let written = mapping["time_zone"] {
      guard let index = timeZone(written) else { return nil }
      zone = index
    }
    let isRange = mapping["from"] != nil || mapping["to"] != nil
    if isRange {
      for key in ["days", "hours"] {
        if let span = mapping.keySpan(key) {
          reading.problems.error(
            span, "date_and_time takes days and hours, or from and to, not both")
        }
      }
      guard let first = mapping.required("from", of: "date_and_time"),
        let last = mapping.required("to", of: "date_and_time"), let from = first.localTime(),
        let to = last.localTime()
      else { return nil }
      guard from < to else {
        last.error("'to' must be later than 'from'")
        return nil
      }
      return .dateAndTime(.range(from: from, to: to), timeZone: zone)
    }
    guard mapping["days"] != nil || mapping["hours"] != nil else {
      value.expected("days and hours, or from and to")
      return nil
    }
    let days = mapping.optional("days", else: Weekday.allCases) { $0.days() }
    let hours = mapping.optional("hours", else: [HoursOfDay(from: 0, to: 1_440)]) { $0.hours() }
    guard let days, let hours else { return nil }
    return .dateAndTime(.weekly(days: days, hours: hours), timeZone: zone)
  }

  private func timeZone(_ value: ValueReader) -> Int32? {
    guard let name = value.filledText("a time zone") else { return nil }
    if let index = names.timeZones.firstIndex(where: { $0.name == name }) {
      return Int32(clamping: index)
    }
    do throws(ValueProblem) {
      names.timeZones.append(try timeZones.rules(name))
      return Int32(clamping: names.timeZones.count - 1)
    } catch {
      value.report(error)
      return nil
    }
  }
}
