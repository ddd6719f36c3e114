/// All teams, by their numbers, and who is in them.
struct Teams: Equatable, Sendable, Codable {
  private var rows: ContiguousArray<TeamRow> = []

  var count: Int { rows.count }
  /// The id that the next team will have.
  var next: TeamID { TeamID(index: rows.count) }
  /// The members of each team.
  var memberships: some Sequence<[UserID]> { rows.lazy.map(\.members) }

  func contains(_ team: TeamID) -> Bool { rows.indices.contains(team.index) }

  /// The name of a team that is there.
  func name(of team: TeamID) -> String { rows[team.index].name }

  mutating func add(name: String) { rows.append(TeamRow(name: name)) }

  mutating func join(_ team: TeamID, _ user: UserID) { rows[team.index].members.append(user) }

  mutating func leave(_ team: TeamID, _ user: UserID) {
    rows[team.index].members.removeAll { $0 == user }
  }
}
