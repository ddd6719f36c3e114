import Statistics

extension ScenarioText {
  var people: [String] {
    (fit.divisionSentence.map { YAMLWords.comments($0) } ?? []) + ["teams:"]
      + fit.teams.teams.indices.flatMap { team($0) }
  }

  private func team(_ place: Int) -> [String] {
    let team = fit.teams.teams[place]
    var lines = ["  \(YAMLWords.name(fit.name(of: team))):"]
    let staff = StaffText(fit, team)
    lines += staff.lines
    if let attention = fit.attention {
      lines += YAMLWords.comments(staff.words(of: attention), indent: 4)
      lines.append("    attention: " + staff.text(of: attention.attention))
    }
    if let work = fit.workOfTeams.isEmpty ? fit.work : fit.workOfTeams[place] ?? fit.work {
      lines += YAMLWords.comments("n = \(grouped(work.sample.count)); \(work.intervals)", indent: 4)
      if let remark = fit.workRemark { lines += YAMLWords.comments(remark, indent: 4) }
      lines.append("    reply_time: \(work.text)")
    } else {
      lines += YAMLWords.comments("Assumed: the file says nothing about it.", indent: 4)
      lines.append("    reply_time: {exponential: 1 min}")
    }
    if let wrapUp = fit.wrapUp {
      lines += YAMLWords.comments(
        "n = \(grouped(wrapUp.sample.count))"
          + (wrapUp.intervals.isEmpty ? "" : "; \(wrapUp.intervals)"), indent: 4)
      lines.append("    wrap_up: \(wrapUp.text)")
    }
    if let away = fit.away, let after = fit.awayAfter {
      lines += YAMLWords.comments(
        "n = \(grouped(away.sample.count)) pauses of more than 3 min while somebody waited; "
          + away.intervals, indent: 4)
      lines.append(
        "    away: {after: {exponential: \(LawText.duration(after))}, for: \(away.text)}")
    }
    if case .picked = fit.assignment, !fit.teams.isDivided { lines.append("    picks: oldest") }
    return lines
  }

  var workflow: [String] {
    let begin = [
      "workflows:", "  assignment:", "    trigger: {conversation_opened: {source: contact}}",
      "    steps:",
    ]
    switch fit.assignment {
    case .picked:
      guard fit.teams.isDivided else { return [] }
      return YAMLWords.comments(
        "Whoever is free takes what has waited longest for the team.") + begin
        + routed(logic: .roundRobin)
    case .automatic(let logic, let share):
      return YAMLWords.comments(
        "Conversations were assigned when they opened; "
          + "\(YAMLWords.share(share)) of the assignments are what \(logic.rawValue) would do.")
        + begin + routed(logic: logic)
    }
  }

  /// The steps that give conversations to the team of their population.
  private func routed(logic: AssignmentFit.Logic) -> [String] {
    func assign(_ team: TeamFit.Team) -> String {
      var step =
        "assign_to: {team: \(YAMLWords.name(fit.name(of: team))), logic: \(logic.rawValue), "
      step += "only_online: true"
      if case .picked = fit.assignment { step += ", fewer_than: \(slots)" }
      return step + "}"
    }
    let teams = fit.teams.teams
    guard fit.teams.isDivided else { return ["      - " + assign(teams[0])] }
    var lines = ["      - branch:"]
    for team in teams.dropFirst() {
      let conditions = team.populations.map { population in
        "{subject: contact.kind, operator: \"=\", value: \(YAMLWords.name(fit.populations[population].name))}"
      }
      lines += [
        "          - name: \(YAMLWords.name(fit.name(of: team)))",
        "            when: {any: [\(conditions.joined(separator: ", "))]}",
        "            steps:", "              - " + assign(team),
      ]
    }
    return lines + [
      "          - name: everybody else", "            steps:",
      "              - " + assign(teams[0]),
    ]
  }

  /// How many conversations an agent has in hand at the most.
  private var slots: Int {
    switch fit.attention?.attention {
    case .parallel(let slots): slots
    case .shared(let speeds): speeds.count
    case .serial, nil: 1
    }
  }
}
