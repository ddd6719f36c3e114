extension EngineCore {
  /// What must hold whenever a conversation is over and costs nothing to look at (PLATFORM.md 1.2).
  @inline(__always)
  mutating func checkCounts() {
    if !conversations.balance { reportCounts() }
  }

  /// What must hold once nothing is left to do within an event.
  @inline(__always)
  mutating func checkSettled() {
    if !agenda.isDone { reportUnsettled() }
  }

  @inline(never)
  private mutating func reportCounts() {
    report(
      "INV-18", "\(openedCount) opened, \(closedCount) closed, \(conversations.liveCount) open")
  }

  @inline(never)
  private mutating func reportUnsettled() {
    let left = agenda.counts
    report("INV-SETTLED", "\(left.runs) runs and \(left.occasions) triggers left to do")
  }

  private mutating func report(_ name: String, _ found: String) {
    effects.append(.invariantBroken(violation(name, found)))
  }

  private func violation(_ name: String, _ found: String) -> Violation {
    Violation(invariant: name, event: eventCount, at: now, found: found)
  }

  /// Looks at everything and says what must not be; empty when all is well.
  ///
  /// Takes time in proportion to all contacts: for tests, `fuzz`, `check` and the end of a run.
  public func checkInvariants() -> [Violation] {
    var found: [Violation] = []
    checkContacts(&found)
    checkUsers(&found)
    checkRuns(&found)
    found += desk.contradictions.map { violation("INV-DESK", $0) }
    if !conversations.balance {
      found.append(
        violation(
          "INV-18",
          "\(openedCount) opened, \(closedCount) closed, \(conversations.liveCount) open"))
    }
    return found
  }

  private func checkContacts(_ found: inout [Violation]) {
    var owner = [Int](repeating: -1, count: conversations.count)
    for slot in 0..<contacts.count where contacts[slot].exists {
      let row = contacts[slot]
      let id = contactID(slot)
      if row.isOpen != (row.status != .closed) {
        found.append(violation("INV-1", "\(id) is \(row.status), its conversation is not"))
      }
      if row.isOpen {
        let place = Int(row.conversation)
        if owner[place] >= 0 {
          found.append(
            violation("INV-1", "\(id) and \(contactID(owner[place])) share a conversation"))
        }
        owner[place] = slot
        checkCourse(of: id, conversations[place], &found)
      }
      if let assignee = row.assignee {
        if assignee.index >= users.count {
          found.append(violation("INV-3", "\(id) is assigned to \(assignee), who never was"))
        } else if !users[assignee.index].exists, policies.removedUser == .unassigns {
          found.append(violation("INV-3", "\(id) is assigned to \(assignee), who left"))
        }
      }
      if row.isBlocked, row.firstRun >= 0 {
        found.append(violation("INV-13", "\(id) is blocked and in a workflow"))
      }
      if row.autoCloseAt != .never, !row.isOpen || row.status == .snoozed || row.isBlocked {
        let standing = row.isBlocked ? "blocked" : "\(row.status)"
        found.append(violation("INV-AUTOCLOSE", "\(id) is \(standing) and about to close"))
      }
      if row.autoCloseAt != .never, autoClose == nil {
        found.append(violation("INV-AUTOCLOSE", "\(id) is about to close, but nothing closes"))
      }
    }
  }

  private func checkCourse(
    of id: ContactID, _ row: ConversationRow, _ found: inout [Violation]
  ) {
    let course = row.course
    if row.id.raw == 0 || row.id.raw > openedCount {
      found.append(violation("INV-14", "\(id) has \(row.id), which was never opened"))
    }
    // INV-9: the assignment comes before the reply that caused it.
    if course.firstResponseAt != .never, course.firstResponseAt < row.openedAt {
      found.append(violation("INV-9", "\(id) was answered before \(row.id) was opened"))
    }
    if course.firstAssignmentAt != .never, course.lastAssignmentAt < course.firstAssignmentAt {
      found.append(violation("INV-9", "\(id) was last assigned before it was first"))
    }
    if course.responses > course.userMessages || course.userMessages > course.outgoing {
      found.append(violation("INV-17", "\(id) has more responses than messages"))
    }
  }

  private func checkUsers(_ found: inout [Violation]) {
    var assigned = [Int](repeating: 0, count: users.count)
    var open = [Int](repeating: 0, count: users.count)
    var unanswered = open
    for slot in 0..<contacts.count where contacts[slot].exists {
      guard let assignee = contacts[slot].assignee, assignee.index < users.count else { continue }
      assigned[assignee.index] += 1
      if countsAsOpen(contacts.handle(slot)) { open[assignee.index] += 1 }
      if isUnanswered(slot) { unanswered[assignee.index] += 1 }
    }
    let teamCounts = teamCounts
    for index in users.indices {
      let user = UserID(index: index)
      let row = users[index]
      if row.assigned != UInt64(assigned[index]) {
        found.append(
          violation(
            "INV-18",
            "\(user) gained \(row.gained) and lost \(row.lost) contacts and has \(assigned[index])")
        )
      }
      if row.exists, Int(desk.openContacts(user)) != open[index] {
        found.append(
          violation(
            "INV-OPEN",
            "\(user) has \(open[index]) open contacts, the desk says \(desk.openContacts(user))"))
      }
      if tellsFacts, row.exists, Int(desk.unanswered(user)) != unanswered[index] {
        found.append(
          violation(
            "INV-OPEN",
            "\(user) owes \(unanswered[index]) answers, the desk says \(desk.unanswered(user))"))
      }
      let teamCount = teamCounts[index]
      if teamCount > 1 || (teamCount == 1) != (row.team != nil) {
        found.append(violation("INV-11", "\(user) is in \(teamCount) teams"))
      }
      if row.isInactive, row.status != .offline || row.chosenStatus == .offline {
        found.append(violation("INV-12", "\(user) is inactive and \(row.status)"))
      }
    }
  }

  /// In how many teams each user is, every team looked at once.
  private var teamCounts: [Int] {
    var counts = [Int](repeating: 0, count: users.count)
    var last = [Int](repeating: -1, count: users.count)
    for (number, members) in teams.memberships.enumerated() {
      for member in members where member.index < users.count && last[member.index] != number {
        last[member.index] = number
        counts[member.index] += 1
      }
    }
    return counts
  }

  private func checkRuns(_ found: inout [Violation]) {
    var linked = 0
    var queued = 0
    for slot in 0..<contacts.count where contacts[slot].exists {
      var place = contacts[slot].firstRun
      var seen: [Int32] = []
      var waiting: UInt16 = 0
      while place >= 0, linked <= runs.count {
        let row = runs[Int(place)]
        linked += 1
        if Int(row.contact) != slot || row.state == .free || row.state == .ready {
          found.append(
            violation("INV-RUNS", "\(contactID(slot)) has \(runID(Int(place))) as \(row.state)"))
        }
        if policies.reentry == .ignore, seen.contains(row.workflow) {
          found.append(violation("INV-RUNS", "\(contactID(slot)) is in a workflow twice"))
        }
        seen.append(row.workflow)
        if row.state == .queued { waiting += 1 }
        place = row.next
      }
      queued += Int(waiting)
      if waiting != contacts[slot].queuedRuns {
        found.append(
          violation(
            "INV-QUEUE",
            "\(contactID(slot)) waits \(waiting) times, not \(contacts[slot].queuedRuns)"))
      }
    }
    if linked != runs.liveCount {
      found.append(violation("INV-RUNS", "\(runs.liveCount) runs, \(linked) of them a contact's"))
    }
    if queued != desk.waitingCount {
      found.append(violation("INV-QUEUE", "\(queued) runs wait, the desk has \(desk.waitingCount)"))
    }
  }
}
