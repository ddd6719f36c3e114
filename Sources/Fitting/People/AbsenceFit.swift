import Statistics

/// Pauses of agents, seen where contacts waited: whoever is there then begins at once.
///
/// Only a file that says when work began can tell: an agent who ends a service while somebody waits and
/// does not begin the next is busy with something else, for a little while (work after the conversation)
/// or for longer (an absence). A pause that outlasts the waiting is known to be longer than that.
struct AbsenceFit {
  /// Up to this, in milliseconds, a pause is work after the conversation; beyond it an absence.
  static let longestWrapUp: Int64 = 180_000

  /// Pauses up to the limit.
  private(set) var wrapUps: [Observation] = []
  /// Absences, from the end of the service before.
  private(set) var absences: [Observation] = []
  /// Pauses that began while somebody waited.
  private(set) var pauses = 0
  /// Between two absences, in seconds on shift; nil where there are too few.
  private(set) var after: Double?

  init(_ history: History, _ finder: SpellFinder, _ teams: TeamFit) {
    guard finder.kind == .service else { return }
    // Whoever waits for another team is none of an agent's business.
    let waiting = teams.teams.map { Self.waiting(history, $0, isOnly: !teams.isDivided) }
    let teamOf = teams.teamOfAgent(count: history.agents.count)
    let unit = Double(history.resolution) / 1_000
    var (onShift, services, long) = (0.0, 0, 0)
    for (agent, spells) in finder.byAgent.enumerated() where teamOf[agent] >= 0 {
      for (place, spell) in spells.enumerated() {
        services += 1
        onShift += Double(spell.done - spell.from) / 1_000
        guard place + 1 < spells.count else { continue }
        let next = spells[place + 1].from
        let gap = next - spell.done
        // A gap of four hours is no pause but the end of a shift.
        guard gap >= 0, gap < 4 * RunFrame.hour else { continue }
        onShift += Double(gap) / 1_000
        guard let end = waiting[teamOf[agent]].end(at: spell.done) else { continue }
        pauses += 1
        let isWhole = next <= end + history.resolution
        let seen = isWhole ? gap : end - spell.done
        if seen > Self.longestWrapUp {
          long += 1
          absences.append(
            isWhole
              ? .difference(Double(seen) / 1_000, cutTo: unit) : .atLeast(Double(seen) / 1_000))
        } else if isWhole {
          wrapUps.append(.difference(Double(seen) / 1_000, cutTo: unit))
        }
      }
    }
    guard absences.count >= 20, pauses > 0 else { return }
    let share = Self.share(long: long, whole: wrapUps.count)
    let number = share * Double(services)
    let away = number * Self.mean(absences)
    after = number > 0 && onShift > away ? (onShift - away) / number : nil
  }

  /// The share of pauses that are absences, of those of which it is known.
  private static func share(long: Int, whole: Int) -> Double {
    Double(long) / Double(max(1, long + whole))
  }

  /// The mean of times of which some are only known to be longer: all time over all ends.
  private static func mean(_ observations: [Observation]) -> Double {
    let time = observations.reduce(0) { $0 + ($1.isCensored ? $1.low : ($1.low + $1.high) / 2) }
    return time / Double(max(1, observations.count { !$0.isCensored }))
  }

  /// When anybody waited for a team.
  private static func waiting(
    _ history: History, _ team: TeamFit.Team, isOnly: Bool
  ) -> Stretches {
    let own = Set(team.populations)
    return Stretches(
      history.conversations.compactMap { row in
        guard isOnly || own.contains(Int(row.population)) else { return nil }
        let end =
          row.started != PastConversation.never
          ? row.started : row.left != PastConversation.never ? row.left : row.closed
        return end != PastConversation.never && end > row.opened ? (row.opened, end) : nil
      })
  }
}

/// Stretches of time that do not touch each other, in their order.
struct Stretches {
  private var starts: [Int64] = []
  private var ends: [Int64] = []

  /// The union of stretches.
  init(_ stretches: [(from: Int64, to: Int64)]) {
    for stretch in stretches.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
      if let last = ends.last, stretch.from <= last {
        ends[ends.count - 1] = max(last, stretch.to)
      } else {
        starts.append(stretch.from)
        ends.append(stretch.to)
      }
    }
  }

  /// The end of the stretch that a time is in; nil if it is in none.
  func end(at time: Int64) -> Int64? {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low > 0 && time < ends[low - 1] ? ends[low - 1] : nil
  }
}
