/// Which agents answer which populations: groups that have hardly anybody in common are teams of their own.
public struct TeamFit: Sendable, Equatable {
  /// One team.
  public struct Team: Sendable, Equatable {
    /// The positions of the populations that it answers, the largest first.
    public var populations: [Int]
    /// The positions of its agents.
    public var agents: [Int]
  }

  /// The teams, that of the largest population first; one where all share their agents.
  public let teams: [Team]

  /// Whether populations have teams of their own.
  var isDivided: Bool { teams.count > 1 }

  /// A population belongs to what an agent does if so large a share of the agent's conversations are its.
  private static let main = 0.1

  init(_ history: History, members: [Int]) {
    let width = max(1, history.populations.count)
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: width), count: history.agents.count)
    for row in history.conversations where row.agent >= 0 {
      counts[Int(row.agent)][min(max(0, Int(row.population)), width - 1)] += 1
    }
    let totals = (0..<width).map { population in counts.reduce(0) { $0 + $1[population] } }
    let order = (0..<width).sorted { (-totals[$0], $0) < (-totals[$1], $1) }
    var group = Array(0..<width)
    for a in order {
      for b in order where totals[a] >= totals[b] && a != b && group[a] != group[b] {
        if Self.share(of: b, with: a, counts) >= Self.main * Double(totals[b]) {
          let (kept, gone) = (group[a], group[b])
          for place in group.indices where group[place] == gone { group[place] = kept }
        }
      }
    }
    var found: [Team] = []
    for population in order {
      if let place = found.firstIndex(where: { group[$0.populations[0]] == group[population] }) {
        found[place].populations.append(population)
      } else {
        found.append(Team(populations: [population], agents: []))
      }
    }
    for agent in members {
      let best = found.indices.max { a, b in
        let mine = { (place: Int) in found[place].populations.reduce(0) { $0 + counts[agent][$1] } }
        return (mine(a), -a) < (mine(b), -b)
      }
      if let best { found[best].agents.append(agent) }
    }
    // A workflow has nine branches of ten conditions, and a team needs somebody in it.
    let fits =
      found.count <= 9 && found.allSatisfy { $0.populations.count <= 10 && !$0.agents.isEmpty }
    teams = fits ? found : [Team(populations: order, agents: members)]
  }

  /// How many conversations of a population are answered by agents for whom another is part of what they do.
  private static func share(of population: Int, with other: Int, _ counts: [[Int]]) -> Double {
    var sum = 0
    for own in counts {
      let total = own.reduce(0, +)
      if Double(own[other]) >= main * Double(total), own[other] > 0 { sum += own[population] }
    }
    return Double(sum)
  }

  /// The team of each agent; -1 for nobody's.
  func teamOfAgent(count: Int) -> [Int] {
    var result = [Int](repeating: -1, count: count)
    for (place, team) in teams.enumerated() {
      for agent in team.agents where agent < count { result[agent] = place }
    }
    return result
  }
}
