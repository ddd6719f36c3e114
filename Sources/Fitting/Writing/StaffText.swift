/// The people of a fitted scenario, as lines of the file.
struct StaffText {
  private let fit: HistoryFit

  private let team: TeamFit.Team

  init(_ fit: HistoryFit, _ team: TeamFit.Team) {
    self.fit = fit
    self.team = team
  }

  /// The lines of `agents`, below the team's name.
  var lines: [String] {
    if let nameless = fit.nameless { return ["    agents: \(nameless)"] }
    let own = Set(team.agents)
    let members = fit.shifts.members.filter { !$0.hours.isEmpty && own.contains($0.agent) }
    guard !members.isEmpty else { return ["    agents: 1"] }
    if members.allSatisfy({ isAlways($0) }) {
      return YAMLWords.comments(
        "n = \(grouped(members.count)): everybody was there all the time", indent: 4)
        + ["    agents: \(members.count)"]
    }
    var lines = fit.teams.isDivided ? [] : YAMLWords.comments(presence, indent: 4)
    lines.append("    agents:")
    for member in members {
      let name = YAMLWords.name(agentName(member.agent))
      let days = counted(member.days, "day")
      lines.append(
        isAlways(member)
          ? "      - {name: \(name)}   # n = \(days)"
          : "      - {name: \(name), shift: \(shifts(member))}   # n = \(days)")
    }
    return lines
  }

  private var presence: String {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let parts = zip(names, fit.shifts.present).filter { $0.1 > 0 }
      .map { "\($0) \(LawText.number($1, digits: 3))" }
    return "On average there were: " + parts.joined(separator: ", ") + "."
  }

  private func agentName(_ place: Int) -> String {
    let name = fit.history.agents[place]
    return name.utf8.allSatisfy { (0x30...0x39).contains($0) } ? "agent \(name)" : name
  }

  /// Whether the hours of somebody cover a run of less than a day, but for half an hour at both ends.
  private func isAlways(_ member: ShiftFit.Member) -> Bool {
    guard fit.frame.isOneDay, let hours = member.hours.first else { return false }
    let start = Int(fit.frame.start.remainder86400000 / 60_000)
    let end = start + Int(fit.frame.length / 60_000)
    let to = hours.to <= hours.from ? hours.to + 1_440 : hours.to
    return hours.from <= start + 30 && to >= end - 30
  }

  private func shifts(_ member: ShiftFit.Member) -> String {
    let parts = member.hours.map { hours in
      let days = YAMLWords.days(hours.days)
      let key = hours.days.count > 1 && days.contains(",") ? "\"\(days)\"" : days
      // Hours that end when they begin are all of them.
      let clock =
        hours.from == hours.to
        ? "00:00-24:00" : "\(YAMLWords.clock(hours.from))-\(YAMLWords.clock(hours.to))"
      return "{days: \(key), hours: \"\(clock)\"}"
    }
    return parts.count == 1 ? parts[0] : "[" + parts.joined(separator: ", ") + "]"
  }

  func text(of attention: AttentionFit.Attention) -> String {
    switch attention {
    case .serial: "serial"
    case .parallel(let slots): "{parallel: \(slots)}"
    case .shared(let speeds):
      "{shared: [\(speeds.map { LawText.number($0, digits: 4) }.joined(separator: ", "))]}"
    }
  }

  func words(of attention: AttentionFit) -> String {
    let seen = "n = \(grouped(attention.observations))"
    let order =
      "\(YAMLWords.share(attention.inOrder)) of them to what had waited longest with the agent"
    switch attention.attention {
    case .serial: return "\(seen) answers, \(order): one at a time."
    case .parallel, .shared:
      let speeds = attention.speeds.enumerated().dropFirst().map { number, speed in
        "\(number + 1) in hand \(LawText.number(speed.speed, digits: 3)) "
          + "(\(LawText.number(speed.low, digits: 3)) to \(LawText.number(speed.high, digits: 3)))"
      }
      return "\(seen) answers, \(order)."
        + (speeds.isEmpty
          ? " Whether speed falls with the number in hand cannot be told."
          : " Speed against one in hand: \(speeds.joined(separator: ", ")).")
    }
  }
}
