import Engine

/// Joining the workspace during the run, and leaving it for good.

extension ScenarioKeys {
  private static let moment = Shape.either([.reference("duration"), .reference("date")])

  static let tenure: [KeyTable.Key] = [
    .optional(
      "joins", moment,
      about: "When the user joins, from the start of the run or as a date with a time; "
        + "there from the start by default."),
    .optional(
      "leaves", moment,
      about: "When the user leaves for good, from the start of the run or as a date with a time; "
        + "never by default."),
  ]
}

extension ModelReader {
  /// Somebody who joins during the run.
  struct Latecomer {
    let name: Name
    let person: Person
    let supervises: ValueReader?
  }

  func readTenure(_ mapping: Mapping, _ person: inout Person) {
    mapping.set("joins", &person, \.joins) { value in
      moment(value, "joins").map { $0 == .zero ? nil : .some($0) }
    }
    mapping.set("leaves", &person, \.leaves) { value in moment(value, "leaves").map { .some($0) } }
    guard let leaves = person.leaves, leaves <= person.joins ?? .zero else { return }
    mapping["leaves"]?.error(
      person.joins.map { "leaving after \(leaves) is not after joining, which is after \($0)" }
        ?? "whoever leaves at the start is never there", hint: "leave the agent out, or say when")
  }

  /// A time from the start of the run, or on the clock on the wall.
  private func moment(_ value: ValueReader, _ what: String) -> EngineDuration? {
    let text = value.scalarText ?? ""
    guard text.utf8.count >= 8, text.utf8.dropFirst(4).first == UInt8(ascii: "-") else {
      return value.duration(what)
    }
    guard let local = value.localTime(), let zone = names.timeZones.first else { return nil }
    let second = zone.instant(of: local) - settings.epoch
    guard second >= 0 else {
      value.error("\(text) is before the start of the run")
      return nil
    }
    return .seconds(second)
  }

  /// Those who join later get their numbers last, in the order of joining, as the engine gives them.
  func addLatecomers() {
    let order = latecomers.indices.sorted { left, right in
      let times = (latecomers[left].person.joins, latecomers[right].person.joins)
      return (times.0 ?? .zero, left) < (times.1 ?? .zero, right)
    }
    for latecomer in order.map({ latecomers[$0] }) {
      let position = agents.count
      names.latecomers.users.insert(latecomer.name.text)
      readSupervision(latecomer.supervises, of: position, latecomer.person.role)
      add(latecomer.name, latecomer.person, late: true)
      if let team = latecomer.person.team, teams.indices.contains(team.index),
        agents.count > position
      {
        teams[team.index].latecomers.append(position)
      }
    }
    latecomers = []
  }

  /// A program that decides is told who is there once, at the start.
  func checkTenure(beside engine: ForeignEngine?, _ top: Mapping) {
    guard engine != nil,
      let agent = agents.first(where: { $0.joins != nil || $0.leaves != nil })
    else { return }
    let place = top["teams"] ?? top["users"]
    place?.error(
      "\(quoted(agent.name)) joins or leaves during the run, of which a program that decides is not told",
      hint: "leave out 'engine', or 'joins' and 'leaves'")
  }
}
