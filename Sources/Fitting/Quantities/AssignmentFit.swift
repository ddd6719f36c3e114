/// By which rule conversations came to agents.
public enum AssignmentFit: Sendable, Equatable {
  /// At once, by a logic; the share of assignments that it explains.
  case automatic(Logic, share: Double)
  /// A free agent takes the oldest.
  case picked

  /// The platform's two logics.
  public enum Logic: String, Sendable {
    /// In turn.
    case roundRobin = "round_robin"
    /// Whoever has the fewest open.
    case leastOpen = "least_open"
  }

  /// So many assignments are enough to see a rule.
  private static let looked = 20_000

  init(_ history: History) {
    let rows = history.conversations.prefix(Self.looked).filter {
      $0.assigned != PastConversation.never && $0.assignee >= 0
    }
    let atOnce = rows.count { $0.assigned - $0.opened <= 2 * history.resolution }
    guard !rows.isEmpty, 2 * atOnce >= rows.count else {
      self = .picked
      return
    }
    let (inTurn, fewest) = Self.scores(rows, agents: history.agents.count)
    self =
      fewest > inTurn && fewest >= 0.9
      ? .automatic(.leastOpen, share: fewest) : .automatic(.roundRobin, share: inTurn)
  }

  /// How often the assignee was the one passed over for longest, and how often one with the fewest open.
  private static func scores(
    _ rows: [PastConversation], agents: Int
  ) -> (inTurn: Double, fewest: Double) {
    let order = rows.sorted { ($0.assigned, $0.opened) < ($1.assigned, $1.opened) }
    let closings = order.filter { $0.closed != PastConversation.never }
      .sorted { $0.closed < $1.closed }
    var last = [Int](repeating: -1, count: agents)
    var open = [Int](repeating: 0, count: agents)
    var nextClosing = 0
    var (seen, inTurn, fewest) = (0, 0, 0)
    for (number, row) in order.enumerated() {
      while nextClosing < closings.count, closings[nextClosing].closed <= row.assigned {
        open[Int(closings[nextClosing].assignee)] -= 1
        nextClosing += 1
      }
      let chosen = Int(row.assignee)
      // Who had nothing for several rounds is not at work.
      let known = last.count { $0 >= 0 }
      let active = last.indices.filter { last[$0] >= 0 && number - last[$0] <= 4 * known }
      if last[chosen] >= 0, number >= 4 * known, active.count > 1 {
        seen += 1
        if active.allSatisfy({ last[$0] >= last[chosen] }) { inTurn += 1 }
        if active.allSatisfy({ open[$0] >= open[chosen] }) { fewest += 1 }
      }
      last[chosen] = number
      open[chosen] += 1
    }
    guard seen > 0 else { return (1, 0) }
    return (Double(inTurn) / Double(seen), Double(fewest) / Double(seen))
  }
}
