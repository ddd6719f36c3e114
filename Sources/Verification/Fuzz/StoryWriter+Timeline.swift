import Scenarios

/// What happens in a story.
extension StoryWriter {
  /// The rows of the timeline, each with its time.
  mutating func timeline() -> [Node] {
    var rows: [Node] = []
    var milliseconds = 0
    for _ in 0..<(30 + dice.below(80)) {
      if !(has[.bursts] && dice.chance(50)) { milliseconds += dice.below(60_000) }
      if has[.longTimes], !polls, dice.chance(3) { milliseconds += dice.below(100) * 3_600_000 }
      if has[.logOuts], dice.chance(3) {
        rows += everybody(dice.pick(["out", "in"]), milliseconds)
      }
      rows.append(.map([("at", .scalar(time(milliseconds)))] + happening()))
    }
    // Faults are over: whoever can be had is there, and everybody who waits must be served.
    milliseconds += 600_000
    for channel in channels {
      rows.append(
        .map([
          "at": .scalar(time(milliseconds)), "channel": .scalar(channel),
          "delivery": .scalar("works"),
        ]))
    }
    for user in users {
      for verb in [("logs", "in"), ("becomes", "online")] {
        rows.append(
          .map([
            ("at", .scalar(time(milliseconds))), ("user", .scalar(user)),
            (verb.0, .scalar(verb.1)),
          ]))
      }
    }
    rows.append(.map(["at": .scalar(time(milliseconds + 600_000))]))
    return rows
  }

  /// Everybody logs out, or in, at one instant.
  private func everybody(_ way: String, _ milliseconds: Int) -> [Node] {
    users.map { user in
      .map([
        "at": .scalar(time(milliseconds)), "user": .scalar(user), "logs": .scalar(way),
      ])
    }
  }

  private func time(_ milliseconds: Int) -> String {
    milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000) s" : "\(milliseconds) ms"
  }

  /// A contact that came before, to whom something may be done.
  private mutating func contact() -> String { dice.pick(come) }

  /// A contact that comes, for the first time or again.
  private mutating func comer() -> String {
    let name = "c\(1 + dice.below(12))"
    if !come.contains(name) { come.append(name) }
    return name
  }

  private mutating func happening() -> [(String, Node)] {
    if come.isEmpty { return writing() }
    if has[.nonsense], dice.chance(8) { return nonsense() }
    switch dice.below(46) {
    case 0...9: return writing()
    case 10...15: return acting("replies", contact())
    case 16...22: return acting("closes", contact())
    case 23...25 where has[.manualAssigning]:
      return acting("assigns", contact()) + [
        ("to", .scalar(dice.chance(70) ? dice.pick(users) : "nobody"))
      ]
    case 26...28 where has[.absences]:
      return user("becomes", dice.pick(["online", "online", "busy"]))
    case 29 where has[.logOuts]: return user("logs", dice.pick(["out", "in"]))
    case 31 where has[.snoozing]: return snoozing()
    case 32 where has[.blocking]: return user(dice.pick(["blocks", "unblocks"]), contact())
    case 33 where has[.merging]:
      return user("merges", contact()) + [("absorbing", .scalar(contact()))]
    case 34 where has[.tags]:
      return acting(dice.pick(["tags", "untags"]), contact()) + [("tag", .scalar("vip"))]
    case 35 where has[.fields]:
      let value = dice.pick(["q@r.st", ""])
      return acting("sets", contact()) + [("fields", .map(["email": .scalar(value)]))]
    case 36 where has[.comments]:
      return acting("comments", contact()) + [("text", .scalar("Look at this, @\(users[0])"))]
    case 37 where has[.forms]: return form()
    case 38 where has[.teamChanges]: return teamChange()
    case 39...42: return report()
    default: return rarity()
    }
  }

  private mutating func writing() -> [(String, Node)] {
    let words = dice.pick(["hello", "hello", "5", "me@home.org", "no"])
    var row: [(String, Node)] = [("contact", .scalar(comer())), ("says", .scalar(words))]
    if dice.chance(30) { row.append(("channel", .scalar(dice.pick(channels)))) }
    return row
  }

  /// A user does something to a contact, or a program does.
  private mutating func acting(_ verb: String, _ contact: String) -> [(String, Node)] {
    let isProgram = has[.programs] && dice.chance(20)
    return [
      isProgram
        ? ("program", .scalar(dice.pick(["api", "zapier", "n8n"])))
        : ("user", .scalar(dice.pick(users))), (verb, .scalar(contact)),
    ]
  }

  private mutating func user(_ verb: String, _ what: String) -> [(String, Node)] {
    [("user", .scalar(dice.pick(users))), (verb, .scalar(what))]
  }

  private mutating func snoozing() -> [(String, Node)] {
    let contact = contact()
    return user(dice.pick(["snoozes", "snoozes", "unsnoozes"]), contact)
  }

  private mutating func form() -> [(String, Node)] {
    if !webhooks.isEmpty, dice.chance(shortcuts.isEmpty ? 100 : 40) {
      return [("webhook", .scalar(dice.pick(webhooks))), ("contact", .scalar(contact()))]
    }
    let name = shortcuts.isEmpty ? "escalate" : dice.pick(shortcuts)
    return user("uses", name) + [("on", .scalar(contact()))]
  }

  private mutating func teamChange() -> [(String, Node)] {
    switch dice.below(10) {
    case 0: return user("leaves", "workspace")
    default:
      return [
        ("team", .scalar(dice.pick(teams))),
        (dice.pick(["gains", "loses"]), .scalar(dice.pick(users))),
      ]
    }
  }

  /// What services, channels and the AI agent do.
  private mutating func report() -> [(String, Node)] {
    switch dice.below(4) {
    case 0 where !services.isEmpty:
      let service = dice.pick(services)
      // 302: a redirect that leads nowhere.
      if dice.chance(40) {
        let way = dice.pick(["timeout", "500", "302"])
        return [("service", .scalar(service)), ("fails", .scalar(way))]
      }
      let garbage: [Node] = [
        .scalar("<html>"), .list([]), .map(["level": .map([:])]), .map(["level": .scalar("")]),
      ]
      let body =
        dice.chance(25) ? dice.pick(garbage) : .map(["level": .scalar("\(dice.below(3_000))")])
      return [("service", .scalar(service)), ("answers", body)]
    case 1 where has[.agentAI]:
      let outcome = dice.pick(["success", "to_human", "unable"])
      return [("ai_agent", .scalar(outcome)), ("contact", .scalar(contact()))]
    case 2 where has[.deliveryFaults]:
      let ways: [Node] = [
        .scalar("fails"), .scalar("works"), .map(["works_after": .scalar("20 s")]),
        .map(["fails_after": .scalar("20 s")]),
      ]
      return [("channel", .scalar(dice.pick(channels))), ("delivery", dice.pick(ways))]
    default: return writing()
    }
  }

  /// What happens on the platform's edges.
  private mutating func rarity() -> [(String, Node)] {
    switch dice.below(10) {
    case 0 where has[.otherWaysIn]:
      return [("contact", .scalar(comer())), ("sends", .scalar("attachment"))]
    case 1 where has[.otherWaysIn]:
      let way = dice.pick(["welcome_event", "widget"])
      return [("contact", .scalar(comer())), ("comes_by", .scalar(way))]
    case 2 where has[.otherWaysIn]:
      return [("contact", .scalar(comer())), ("clicks_ad", .scalar("spring"))]
    case 3 where has[.imports]: return acting("imports", comer())
    case 4 where has[.broadcasts]:
      return [("broadcast", .scalar("Sale")), ("contact", .scalar(contact()))]
    case 5 where has[.publishing] && !workflowNames.isEmpty && dice.chance(30):
      let status = dice.pick(["stopped", "published"])
      return [("workflow", .scalar(dice.pick(workflowNames))), ("becomes", .scalar(status))]
    case 6 where has[.agentAI]:
      return [
        ("program", .scalar("ai_agent")), ("distributes", .scalar(contact())),
        ("within", .scalar(dice.pick(teams + ["workspace"]))),
        ("logic", .scalar(dice.pick(["round_robin", "least_open"]))),
      ]
    case 7 where has[.autoClose]: return [("auto_close", .scalar(dice.pick(["off", "35 min"])))]
    case 8: return acting("opens", contact())
    case 9 where !workflowNames.isEmpty:
      return acting("ejects", contact()) + [("from", .scalar(dice.pick(workflowNames)))]
    default: return user("acts", "true")
    }
  }

  private mutating func nonsense() -> [(String, Node)] {
    switch dice.below(5) {
    case 0: return [("user", .scalar("unknown")), ("closes", .scalar(contact()))]
    case 1: return acting("assigns", contact()) + [("to", .scalar("unknown"))]
    case 2: return acting("closes", "unknown")
    case 3: return [("team", .scalar("unknown")), ("gains", .scalar(dice.pick(users)))]
    default: return [("user", .scalar("unknown")), ("becomes", .scalar("busy"))]
    }
  }
}
