/// Finds each agent's spells in a history.
struct SpellFinder {
  /// Whether spells are work from its begin to its end, or reach from getting a conversation to the answer.
  enum Kind {
    /// From the begin of the work to the closing.
    case service
    /// From the assignment to the first answer; what is asked later is not seen.
    case reply
  }

  let kind: Kind
  /// The spells of each agent, in the order of the agents, each ordered by its begin.
  private(set) var byAgent: [[Spell]]

  /// Nil if the history does not say who had what when.
  init?(_ history: History) {
    let rows = history.conversations
    let services = rows.count {
      $0.started != PastConversation.never && $0.closed != PastConversation.never
    }
    let replies = rows.count { $0.responded != PastConversation.never && $0.agent >= 0 }
    guard services > 0 || replies > 0, !history.agents.isEmpty else { return nil }
    kind = services > 0 ? .service : .reply
    byAgent = Array(repeating: [], count: history.agents.count)
    for (position, row) in rows.enumerated() {
      guard let found = kind == .service ? Self.service(row, position) : Self.reply(row, position)
      else { continue }
      byAgent[Int(found.agent)].append(found.spell)
    }
    // Who still waits when the file ends has no spell, and was open all the same.
    let waiting = waiting(rows)
    for agent in byAgent.indices {
      byAgent[agent].sort { ($0.from, $0.row) < ($1.from, $1.row) }
      if kind == .reply {
        let begins = waiting[agent].map { place in
          rows[place].assigned != PastConversation.never
            ? rows[place].assigned : rows[place].opened
        }
        countOthers(agent, rows, begins.sorted())
      }
    }
  }

  /// The places of each agent's conversations that had no answer when the file ended.
  private func waiting(_ rows: [PastConversation]) -> [[Int]] {
    var places = [[Int]](repeating: [], count: byAgent.count)
    for (place, row) in rows.enumerated() where row.isWaiting && row.assignee >= 0 {
      places[Int(row.assignee)].append(place)
    }
    return places
  }

  private static func service(
    _ row: PastConversation, _ position: Int
  ) -> (agent: Int32, spell: Spell)? {
    guard row.agent >= 0, row.started != PastConversation.never,
      row.closed != PastConversation.never
    else { return nil }
    return (
      row.agent, Spell(row: position, from: row.started, done: row.closed, release: row.closed)
    )
  }

  private static func reply(
    _ row: PastConversation, _ position: Int
  ) -> (agent: Int32, spell: Spell)? {
    let from = row.assigned != PastConversation.never ? row.assigned : row.opened
    if row.agent >= 0, row.responded != PastConversation.never {
      // Who answered was not who had it first: when the answerer got it is not known.
      guard row.assignee < 0 || row.assignee == row.agent, row.responded >= from else { return nil }
      let wrapUp = row.wrapUp.map { row.responded + $0 } ?? row.responded
      return (row.agent, Spell(row: position, from: from, done: row.responded, release: wrapUp))
    }
    guard row.assignee >= 0, row.gaveUp, row.closed != PastConversation.never, row.closed >= from
    else { return nil }
    return (
      row.assignee,
      Spell(row: position, from: from, done: PastConversation.never, release: row.closed)
    )
  }

  /// What each agent had not answered when the file ended, and came after all that was: who answers in the
  /// order of arrival is at work on the first of them.
  func unanswered(_ history: History) -> [[Spell]] {
    var found = [[Spell]](repeating: [], count: byAgent.count)
    guard kind == .reply else { return found }
    let end = history.lastSeen
    for (agent, places) in waiting(history.conversations).enumerated() {
      for place in places {
        let from = history.conversations[place].assigned
        guard from != PastConversation.never, from >= byAgent[agent].last?.from ?? from else {
          continue
        }
        found[agent].append(
          Spell(row: place, from: from, done: PastConversation.never, release: end))
      }
      found[agent].sort { ($0.from, $0.row) < ($1.from, $1.row) }
    }
    return found
  }

  /// How many other conversations the agent had open when each came.
  ///
  /// Times are cut to the second, and a file may have its rows in the order of closing. Of those that came
  /// within one second each therefore had all the others open, whichever of them closed first: to
  /// count them otherwise would choose the short ones.
  private mutating func countOthers(
    _ agent: Int, _ rows: [PastConversation], _ waiting: [Int64]
  ) {
    let spells = byAgent[agent]
    func isClosed(_ spell: Spell) -> Bool {
      let closed = rows[spell.row].closed
      return closed != PastConversation.never && closed <= spell.from
    }
    let closings = spells.map { rows[$0.row].closed }
      .filter { $0 != PastConversation.never }.sorted()
    var (closed, first, stillOpen) = (0, 0, 0)
    while first < spells.count {
      let from = spells[first].from
      while closed < closings.count, closings[closed] <= from { closed += 1 }
      let together = spells[first...].prefix { $0.from == from }
      while stillOpen < waiting.count, waiting[stillOpen] <= from { stillOpen += 1 }
      let openBefore = first - (closed - together.count(where: isClosed)) + stillOpen
      for place in together.indices {
        byAgent[agent][place].others = Int32(max(0, openBefore) + together.count - 1)
      }
      first = together.endIndex
    }
  }
}

extension PastConversation {
  /// From the only answer to the closing by an agent, in milliseconds; nil where that is not seen.
  var wrapUp: Int64? {
    guard responses == 1, incoming == 1, !gaveUp, closer >= 0, responded != Self.never,
      closed != Self.never, closed >= responded
    else { return nil }
    return closed - responded
  }
}
