import Statistics

extension Quantities {
  /// Who gave up without an answer says how long that took, everybody else that it would take longer.
  mutating func takePatience(_ history: History, _ started: [Int64], _ unit: Double) {
    guard history.tellsGivingUp else { return }
    let end = history.lastSeen
    let longest = Self.longestWait(history, started)
    for (row, begun) in zip(history.conversations, started) {
      let place = place(of: row)
      if row.gaveUp {
        populations[place].gaveUp += 1
        guard row.responses <= 0 else { continue }
        let end = row.left != PastConversation.never ? row.left : row.closed
        guard end != PastConversation.never else { continue }
        populations[place].patience.append(Self.length(row.opened, end, unit))
      } else if begun != PastConversation.never, begun > row.opened {
        populations[place].patience.append(.atLeast(Double(begun - row.opened) / 1_000))
      } else if begun == PastConversation.never, row.responded != PastConversation.never,
        row.responded > row.opened
      {
        populations[place].patience.append(.atLeast(Double(row.responded - row.opened) / 1_000))
      } else if row.isWaiting, row.assignee < 0, row.opened < end, end - row.opened <= longest {
        // Nobody had it when the file ended; longer than anybody ever waited, it is not waiting.
        populations[place].patience.append(.atLeast(Double(end - row.opened) / 1_000))
      }
    }
  }

  /// The longest wait of all that ended.
  private static func longestWait(_ history: History, _ started: [Int64]) -> Int64 {
    var longest: Int64 = 0
    for (row, begun) in zip(history.conversations, started) where !row.isWaiting {
      let left = row.gaveUp ? row.left != PastConversation.never ? row.left : row.closed : begun
      let end = left != PastConversation.never ? left : row.responded
      if end != PastConversation.never { longest = max(longest, end - row.opened) }
    }
    return longest
  }

  /// A conversation is a return if the same contact closed another one shortly before it; every other one
  /// is an arrival, so that a run has as many as the history.
  mutating func takeArrivals(_ history: History, _ frame: RunFrame, _ unit: Double) {
    let last = history.lastOpened ?? 0
    let longest = Double(frame.returnHorizon) / 1_000
    var closings: [UInt64: (at: Int64, population: Int)] = [:]
    var gaps = [[Observation]](repeating: [], count: populations.count)
    for row in history.conversations {
      let place = place(of: row)
      populations[place].channels[row.channel < 0 ? history.channels.count : Int(row.channel)] += 1
      var isReturn = false
      if history.tellsContacts, row.contact != 0 {
        if let closed = closings[row.contact], row.opened >= closed.at {
          isReturn = row.opened - closed.at <= frame.returnHorizon
          if !isReturn { laterReturns += 1 }
          gaps[closed.population].append(
            isReturn ? Self.length(closed.at, row.opened, unit) : .atLeast(longest))
        }
        closings[row.contact] = row.closed == PastConversation.never ? nil : (row.closed, place)
      }
      if isReturn {
        populations[place].returned += 1
      } else {
        populations[place].openings.append(row.opened)
      }
    }
    // Whoever did not come back until the end may still do so.
    let left = closings.sorted { $0.key < $1.key }
    for (_, closed) in left where last > closed.at {
      gaps[closed.population].append(
        .atLeast(min(Double(last - closed.at) / 1_000, longest)))
    }
    for place in populations.indices where populations[place].returned > 0 {
      populations[place].returns = gaps[place]
    }
  }
}
