import Engine
import Sampling
import VirtualTime

/// What happens to the contact's conversation: opened, assigned, worked on, answered, moved, closed.
extension Contact {
  /// The engine opened a conversation.
  func opened(_ opening: Opening, at now: Int64) {
    state.isOpen = true
    state.openedAt = now
    state.track = exchange.record.opened(
      population: population, channel: Int(channel), isNew: opening.isNew, at: now)
    if let assignee = opening.assignee { state.assignee = Int32(assignee.index) }
  }

  /// The conversation must be laid before somebody once all that happens at this instant is done.
  func requestPlacement() {
    guard state.needsAgent, state.place == .nowhere else { return }
    state.place = .toBePlaced
    exchange.place(index)
  }

  /// Lays the conversation before its agent, or into the unassigned inbox.
  func isPlaced() {
    guard state.place == .toBePlaced else { return }
    state.place = .nowhere
    guard state.needsAgent else { return }
    if !state.isWaiting {
      state.isWaiting = true
      exchange.record.waiting(1, at: kernel.now.nanoseconds)
    }
    if state.assignee < 0 {
      state.place = .unassigned
      state.spot = exchange.layUnassigned(self, asked: state.asked)
      return exchange.offerUnassigned()
    }
    state.holder = state.assignee
    // Until the agent says otherwise the conversation is in the inbox.
    state.place = .inbox
    state.spot = WorkList.none
    let placement = exchange.agents[Int(state.holder)]((index, visit, ordinal)) {
      $0.needsAnswer($1.0, visit: $1.1, order: $1.2)
    }
    if case .inbox(let spot) = placement { state.spot = spot }
  }

  /// An agent starts on the conversation.
  func workStarts(by agent: Int32, slot: Int32, at now: Int64) -> WorkStart {
    state.place = .inHand
    state.holder = agent
    state.spot = slot
    stopWaiting(at: now)
    if exchange.plan.populations[population].patienceUntil == .start { kernel.cancel(patience) }
    let isFirst = !state.hasStarted
    if isFirst, !state.hasGivenUp {
      state.hasStarted = true
      exchange.record.workStarted(state.track, by: Int(agent), at: now)
    }
    if !ghosts.isEmpty { leaveGhosts() }
    let left = state.workLeft
    state.workLeft = -1
    return WorkStart(left: left, isFirst: isFirst, entity: entity, turn: state.question)
  }

  private func stopWaiting(at now: Int64) {
    guard state.isWaiting else { return }
    state.isWaiting = false
    exchange.record.waiting(-1, at: now)
  }

  /// The work on the conversation is laid down for an absence.
  func isLaidDown(at now: Int64, _ phase: Agent.Phase) {
    guard phase == .reply, !state.isWaiting else { return }
    state.isWaiting = true
    exchange.record.waiting(1, at: now)
  }

  /// The work on the conversation goes on.
  func isTakenUp(at now: Int64, _ phase: Agent.Phase) {
    if phase == .reply { stopWaiting(at: now) }
  }

  /// An agent takes the conversation from the unassigned inbox.
  func isPicked() {
    state.place = .nowhere
    state.spot = WorkList.none
  }

  /// The agent gives the conversation back with what is left of the work.
  func isHandedBack(left: Int64) {
    state.workLeft = left
    state.place = .nowhere
  }

  // MARK: - Changing hands

  /// The contact has another assignee.
  func assigneeChanged(_ entry: AssignmentEntry, at now: Int64) {
    let from = state.assignee
    state.assignee = entry.to.map { Int32($0.index) } ?? -1
    exchange.record.assigned(
      state.track, from: Int(from), to: Int(state.assignee), isOpen: state.isOpen, at: now)
    guard state.needsAgent else { return }
    let isMove = from >= 0 && state.assignee >= 0
    switch state.place {
    case .nowhere, .toBePlaced: break
    case .unassigned: exchange.takeOut(state.spot)
    case .inbox:
      if isMove { ghosts.append(Ghost(agent: state.holder, place: state.spot)) }
      exchange.agents[Int(state.holder)]((state.spot, isMove)) {
        $0.loses($1.0, leavesGhost: $1.1)
      }
    case .inHand:
      // Somebody else's conversation is finished by who has it in hand, if that is the agent's way.
      let stops = exchange.agents[Int(state.holder)](state.spot) { $0.losesInHand($1) }
      if isMove { exchange.record.movedNoSooner(state.track) }
      guard stops else { return }
    }
    if state.place != .toBePlaced { state.place = .nowhere }
    requestPlacement()
  }

  /// The agent that the conversation was moved away from would have reached it now.
  func isReachedByGhost(visit: UInt32, agent: Int32) {
    guard visit == self.visit else { return }
    ghosts.removeAll { $0.agent == agent }
    if state.place != .inHand { exchange.record.movedNoSooner(state.track) }
  }

  /// The answer comes sooner than those agents would have given it.
  private func leaveGhosts() {
    for ghost in ghosts {
      exchange.agents[Int(ghost.agent)](ghost.place) { $0.loses($1, leavesGhost: false) }
    }
    ghosts.removeAll(keepingCapacity: true)
  }

  /// Takes the conversation away from wherever it waits or is worked on.
  private func withdraw() {
    let place = state.place
    state.place = .nowhere
    switch place {
    case .nowhere, .toBePlaced: break
    case .unassigned: exchange.takeOut(state.spot)
    case .inbox:
      exchange.agents[Int(state.holder)](state.spot) { $0.loses($1, leavesGhost: false) }
    case .inHand: exchange.agents[Int(state.holder)](state.spot) { $0.drop($1) }
    }
    if !ghosts.isEmpty { leaveGhosts() }
    stopWaiting(at: kernel.now.nanoseconds)
  }

  // MARK: - Answers

  /// The agent's answer goes out at this instant.
  func isAnswered(by agent: Int32, at now: Int64) -> (id: ContactID, isLast: Bool) {
    state.needsAgent = false
    state.workLeft = -1
    state.attempts = 0
    state.isAnswering = true
    // Until the agent lets go, this actor must not become another customer.
    pending += 1
    if state.place == .inHand, state.holder == agent {
      state.place = .nowhere
    } else {
      // Somebody finished an answer to a conversation that is another's by now.
      withdraw()
    }
    exchange.record.answered(state.track, by: Int(agent), asked: state.asked, at: now)
    return (id ?? ContactID(0), state.questionsLeft <= 1)
  }

  /// A first, short message of the agent who starts goes out at this instant.
  func isGreeted(by user: UserID, at now: Int64) -> ContactID {
    exchange.record.greeted(state.track, by: user.index, at: now)
    return id ?? ContactID(0)
  }

  /// The agent has done with the conversation.
  func isLetGo() {
    pending -= 1
    exchange.letGoIfDone(self)
  }

  /// A message to the contact is on its way.
  func isSent(_ message: OutgoingMessage) -> Parcel {
    pending += 1
    messages &+= 1
    let isAnswer: Bool
    if case .user = message.sender {
      isAnswer = state.isAnswering
      state.isAnswering = false
    } else {
      isAnswer = false
    }
    return Parcel(entity: entity, number: messages, isAnswer: isAnswer)
  }

  /// A message of an agent or a workflow is there.
  func received(isAnswer: Bool) {
    pending -= 1
    if isAnswer { readsAnswer() }
    exchange.letGoIfDone(self)
  }

  /// The answer is there: it is read, and perhaps another question comes to mind.
  private func readsAnswer() {
    guard state.asked >= 0 else { return }
    state.asked = -1
    kernel.cancel(patience)
    guard state.questionsLeft > 1 else {
      state.questionsLeft = 0
      return
    }
    state.questionsLeft -= 1
    state.question &+= 1
    thinks()
  }

  private func thinks() {
    guard let thinkTime = exchange.plan.populations[population].thinkTime else { return write() }
    var stream = exchange.streams.stream(.thinkTime, of: entity, turn: state.question)
    let length = thinkTime.sampleNanoseconds(&stream)
    guard length != SampledTime.never else {
      state.questionsLeft = 0
      return
    }
    pending += 1
    kernel.schedule(
      Event(to: target, kind: ContactEvent.writes.rawValue, subject: index),
      afterNanoseconds: length)
  }

  /// A message was lost on its way: the agent sends an answer again, twice at the most.
  func isLost(_ message: OutgoingMessage, isAnswer: Bool) {
    pending -= 1
    if isAnswer {
      state.attempts += 1
      if state.attempts < 3, case .user(let user) = message.sender, let id {
        state.isAnswering = true
        exchange.handle(.sends(id, text: "Answer", by: .user(user)))
      } else {
        readsAnswer()
      }
    }
    exchange.letGoIfDone(self)
  }

  /// The contact has waited long enough.
  func givesUp() {
    guard state.asked >= 0, !state.hasGivenUp, let id else { return }
    state.hasGivenUp = true
    state.asked = -1
    state.questionsLeft = 0
    exchange.record.abandoned(state.track, at: kernel.now.nanoseconds)
    if exchange.plan.populations[population].givingUp == .closes {
      exchange.handle(.closes(id, by: .program(.api), note: exchange.gaveUpNote))
    }
  }

  // MARK: - The end

  /// The engine closed the conversation.
  func closed(_ entry: ClosedConversation, at now: Int64) {
    state.isOpen = false
    let needed = state.needsAgent
    state.needsAgent = false
    if needed {
      // Closed without an answer: there is nothing to wait for any more.
      withdraw()
      state.asked = -1
      state.questionsLeft = 0
      kernel.cancel(patience)
    }
    exchange.record.closed(state.track, at: now)
    planReturn()
    exchange.letGoIfDone(self)
  }

  private func planReturn() {
    let plan = exchange.plan.populations[population]
    guard plan.returnChance > 0, state.questionsLeft <= 1 else { return }
    var chance = exchange.streams.stream(.returns, of: entity)
    guard chance.chance(plan.returnChance) else { return }
    var stream = exchange.streams.stream(.returnDelay, of: entity)
    let delay = plan.returnAfter?.sampleNanoseconds(&stream) ?? 0
    guard delay != SampledTime.never else { return }
    pending += 1
    kernel.schedule(
      Event(to: target, kind: ContactEvent.returns.rawValue, subject: index),
      afterNanoseconds: delay)
  }

  /// The contact has something to say again.
  func comesBack() {
    pending -= 1
    visitNumber &+= 1
    startVisit()
    exchange.record.arrived(population: population, at: kernel.now.nanoseconds)
    write()
  }
}

extension Contact {
  /// The contact entered a workflow.
  func runStarted() { runs += 1 }

  /// The contact left a workflow.
  func runEnded() {
    runs -= 1
    exchange.letGoIfDone(self)
  }
}

/// What a channel needs to know of a message to a contact.
struct Parcel {
  /// The name of the streams of its delivery.
  var entity: UInt64
  /// Its number among the contact's messages.
  var number: UInt16
  /// Whether it answers the contact's question.
  var isAnswer: Bool
}

/// What an agent needs to know to start.
struct WorkStart {
  /// Work left from an agent who handed the conversation back; negative for all of it.
  var left: Int64
  /// Whether nobody started on this conversation before.
  var isFirst: Bool
  /// The name of the streams that the work is drawn from.
  var entity: UInt64
  /// Which question it is about.
  var turn: UInt16
}
