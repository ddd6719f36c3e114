extension Model {
  /// The same world whose agents of a team work other shifts: the first of them the first of `shifts`.
  ///
  /// There are as many as the team has members. No shift at all means always, as in a file; who is never
  /// to come has a shift without hours.
  public func withShifts(_ shifts: [[Shift]], ofTeam team: Int) -> Model {
    var model = self
    let members = teams[team].members
    precondition(shifts.count == members.count, "each member of the team has shifts")
    var positions: [[Shift]: [Int32: Int32]] = [:]
    for (index, own) in zip(members, shifts) {
      let old = agents[index].style
      if let known = positions[own]?[old] {
        model.agents[index].style = known
        continue
      }
      var style = styles[Int(old)]
      style.shifts = own
      let position = Int32(model.styles.count)
      model.styles.append(style)
      positions[own, default: [:]][old] = position
      model.agents[index].style = position
    }
    return model
  }
}
