/// What the AI agent does besides talking, and what becomes of its talk when a person comes in.
extension EngineCore {
  /// The AI agent gives a contact to somebody of a pool (PLATFORM.md 4.1).
  ///
  /// It does not see who is online; personal limits hold. Where nobody is left the contact stays as it is.
  mutating func distributes(
    _ contact: ContactID, in pool: PoolID, by logic: Logic, _ actor: Actor
  ) throws(Refusal) {
    let slot = try known(contact)
    guard actor == .program(.aiAgent) else { throw .wrongSource(source(of: actor)) }
    if case .team(let team) = pool { _ = try known(team) }
    guard logic == .roundRobin || logic == .leastOpen else {
      throw .badValue("the AI agent knows round_robin and least_open, not \(logic.name)")
    }
    var request = AssignmentRequest(pool: pool, logic: logic, contact: contact)
    request.current = contacts[slot].assignee
    let number = decisionCount &+ 1
    explain(request, number)
    guard let user = desk.choose(request, decision: number) else {
      return tell(number, nil, request, .nobody)
    }
    decisionCount = number
    tell(number, nil, request, .chosen(user))
    assignInGeneral(
      slot, to: user, .init(source: .aiAgent, reason: .logic, actor: actor, decision: number))
  }

  /// A person takes a contact: where the policy says so the AI agent's talks with it are over.
  mutating func takeOver(_ slot: Int, by user: UserID) {
    guard users[user.index].role != .aiAgent else { return }
    var place = contacts[slot].firstRun
    while place >= 0 {
      let next = runs[Int(place)].next
      if runs[Int(place)].state == .withAIAgent { end(Int(place), .takenOver) }
      place = next
    }
  }

  /// Refuses what the AI agent still says after a person took the contact, where the policy says so.
  mutating func acceptAIAgent(_ slot: Int) throws(Refusal) {
    guard policies.aiAgentTakeover == .endsRun, let user = contacts[slot].assignee,
      users[user.index].role != .aiAgent
    else { return }
    var place = contacts[slot].firstRun
    while place >= 0 {
      if runs[Int(place)].state == .withAIAgent { return }
      place = runs[Int(place)].next
    }
    throw .takenOver(contactID(slot))
  }
}
