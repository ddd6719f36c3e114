import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// What happens to the contact's conversation: opened, assigned, worked on, answered, moved, closed.
extension Contact {
  /// The engine opened a conversation, which is somebody's already or nobody's.
  @inline(never)
  func opened(with assignee: AgentNumber, at now: Instant) { begins(with: assignee, at: now) }

  /// The engine opened a conversation that nobody had, and gave it to somebody at once.
  @inline(never)
  func opened(for user: AgentNumber, at now: Instant) {
    begins(with: .nobody, at: now)
    becomes(assignedTo: user, at: now)
  }

  @inline(__always)
  private func begins(with assignee: AgentNumber, at now: Instant) {
    state.isOpen = true
    openings &+= 1
    exchange.openedCount &+= 1
    state.number = exchange.openedCount
    if exchange.features.contains(.webhooks) { exchange.tell(.conversationOpened) }
    if assignee.isSomebody { state.assignee = assignee }
    exchange.record.conversationOpened(
      &course, population: population, channel: channel.index, assignee: assignee,
      previousAgent: lastReplier, at: now)
    if exchange.features.contains(.openings), peculiarity.outreach != .none {
      openedForAgent(at: now)
    } else if state.needsAgent {
      exchange.record.contactMessage(&course, at: now)
    }
  }

  /// The conversation must be laid before somebody once all that happens at this instant is done.
  @inline(__always)
  func requestPlacement() {
    guard state.needsAgent, state.place == .nowhere else { return }
    state.place = .toBePlaced
    exchange.place(number)
  }

  /// Lays the conversation before its agent, or into the unassigned inbox.
  @inline(never)
  func placed(at now: Instant) {
    guard state.place == .toBePlaced else { return }
    state.place = .nowhere
    guard state.needsAgent else { return }
    if exchange.features.contains(.grabbing) { comesIntoView() }
    if state.assignee == .nobody { return goesUnassigned() }
    state.holder = state.assignee
    // Until the agent says otherwise the conversation is in the inbox.
    state.place = .inbox
    state.spot = WorkList.none
    let placement = exchange.agents[state.holder.index]((number, visit, ordinal, now)) {
      $0.needsAnswer($1.0, visit: $1.1, order: $1.2, at: $1.3)
    }
    if case .inbox(let spot) = placement {
      state.spot = spot
      show(.waiting, with: state.holder)
    }
  }

  @inline(never)
  private func goesUnassigned() {
    state.place = .unassigned
    state.spot = exchange.layUnassigned(
      number, visit: visit, asked: wantedSince, order: ordinal)
    exchange.offerUnassigned(number)
  }

  /// An agent starts on the conversation.
  @inline(never)
  func workStarts(
    by agent: AgentNumber, slot: Int32, taking reply: Distribution.PlainLaw, at now: Instant
  ) -> WorkStart {
    state.place = .inHand
    state.holder = agent
    state.spot = slot
    exchange.record.workStarted(&course, at: now)
    show(.working, with: agent)
    if facts.flags.isSuperset(of: .patienceUntilStart) { kernel.cancel(patience) }
    let isFirst =
      !state.hasStarted
      && !(exchange.features.contains(.openings) && peculiarity.outreach != .none)
    state.hasStarted = true
    if hasGhosts { leaveGhosts() }
    var work = state.workLeft
    if work < 0, isJunk { work = recognitionWork() }
    state.workLeft = -1
    if work < 0 {
      if state.question == 0, let firstWork,
        let drawn = reply.sampleNanoseconds(from: firstWork.first)
      {
        work = drawn
      } else {
        work = drawnWork(reply)
      }
    }
    return WorkStart(work: work, isFirst: isFirst, opening: openings)
  }

  @inline(never)
  private func drawnWork(_ reply: Distribution.PlainLaw) -> Int64 {
    var stream = workStream()
    return reply.sampleNanoseconds(&stream) ?? -1
  }

  /// What the work on the open question is drawn from.
  @inline(__always)
  func workStream() -> RandomStream {
    if state.question == 0, let firstWork {
      return exchange.streams.stream(.replyTime, of: entity, beginning: firstWork)
    }
    return exchange.streams.stream(.replyTime, of: entity, turn: state.question)
  }

  /// The work on the open question is laid down for an absence, taken away or done.
  @inline(__always)
  func workStops(at now: Instant) {
    exchange.record.workStopped(&course, at: now)
    if state.needsAgent { show(.waiting, with: state.holder) }
  }

  /// The work on the open question goes on.
  func workGoesOn(at now: Instant) {
    exchange.record.workStarted(&course, at: now)
    show(.working, with: state.holder)
  }

  /// Tells the picture of agents' lanes, if one is wanted, what happens to the conversation now.
  @inline(__always)
  func show(_ kind: ResultDocument.LaneKind?, with agent: AgentNumber) {
    if exchange.lanes != nil { move(kind, to: agent) }
  }

  private func move(_ kind: ResultDocument.LaneKind?, to agent: AgentNumber) {
    exchange.lanes?.move(
      number, state.number, to: agent, kind, at: kernel.now)
    tellWho()
  }

  /// Tells the picture whose conversation this is: where nobody draws one it costs nothing.
  func tellWho() { exchange.lanes?.note(state.number, of: entity) }

  /// An agent takes the conversation from the unassigned inbox.
  func picked() {
    state.place = .nowhere
    state.spot = WorkList.none
  }

  /// The agent gives the conversation back with what is left of the work; true if it was the agent's.
  func handedBack(left: Int64, by user: UserID) -> Bool {
    state.workLeft = left
    state.place = .nowhere
    state.spot = WorkList.none
    if state.assignee == AgentNumber(user) { return true }
    // It was moved to another while this one finished it anyway, or nobody has it.
    requestPlacement()
    return false
  }

  // MARK: - Changing hands

  /// The contact has another assignee, or nobody.
  @inline(never)
  func assigned(to user: AgentNumber, at now: Instant) { becomes(assignedTo: user, at: now) }

  @inline(__always)
  private func becomes(assignedTo user: AgentNumber, at now: Instant) {
    let from = state.assignee
    state.assignee = user
    if exchange.features.contains(.webhooks) { exchange.tell(.assigneeUpdated) }
    let mover = exchange.record.assigned(&course, to: user, at: now)
    if mover.isSomebody {
      exchange.lanes?.transfer(state.number, from: mover, to: user, at: now)
    }
    if exchange.features.contains(.handovers) { changesHands(from: mover, at: now) }
    guard state.needsAgent else { return }
    // Who is about to be laid before somebody goes to the new assignee by itself.
    if state.place == .toBePlaced, exchange.lanes == nil { return }
    moved(from: from, at: now)
  }

  /// Somebody else is to answer.
  @inline(never)
  private func moved(from: AgentNumber, at now: Instant) {
    // Only who had it in the inbox or in hand would have reached it.
    let wasHeld = state.place == .inbox || state.place == .inHand
    let isMove = from.isSomebody && state.assignee.isSomebody && from != state.assignee && wasHeld
    if isMove {
      exchange.record.movedUnanswered(&course)
      exchange.lanes?.awaitJudgement(state.number, at: now)
    }
    show(nil, with: .nobody)
    switch state.place {
    case .nowhere, .toBePlaced: break
    case .unassigned: exchange.takeOut(state.spot)
    case .inbox:
      if isMove { ghosts.append(Ghost(agent: state.holder, place: state.spot)) }
      exchange.agents[state.holder.index]((state.spot, isMove)) {
        $0.loses($1.0, leavesGhost: $1.1)
      }
    case .inHand:
      // Somebody else's conversation is finished by who has it in hand, if that is the agent's way.
      if isMove {
        exchange.record.formerAgentReached(&course, at: now)
        exchange.lanes?.judge(state.number, leaving: from, helped: false)
      }
      let stops = exchange.agents[state.holder.index](state.spot) { $0.losesInHand($1) }
      guard stops else { return }
    }
    if state.place != .toBePlaced { state.place = .nowhere }
    requestPlacement()
  }

  /// The agent that the conversation was moved away from would have reached it now.
  func reached(by ghost: Ghost, visit: UInt32) {
    guard visit == self.visit else { return }
    ghosts.removeAll { $0 == ghost }
    exchange.record.formerAgentReached(&course, at: kernel.now)
    exchange.lanes?.judge(state.number, leaving: ghost.agent, helped: false)
  }

  /// The answer comes sooner than those agents would have given it.
  private func leaveGhosts() {
    // Who is withdrawn unanswered was not helped by moving, nor the opposite.
    if state.place == .inHand {
      for ghost in ghosts {
        exchange.lanes?.judge(state.number, leaving: ghost.agent, helped: true)
      }
    }
    for ghost in ghosts {
      exchange.agents[ghost.agent.index](ghost.place) { $0.loses($1, leavesGhost: false) }
    }
    ghosts.removeAll(keepingCapacity: true)
  }

  /// Takes the conversation away from wherever it waits or is worked on.
  @inline(never)
  func withdraw() {
    let place = state.place
    state.place = .nowhere
    switch place {
    case .nowhere, .toBePlaced: break
    case .unassigned: exchange.takeOut(state.spot)
    case .inbox:
      exchange.agents[state.holder.index](state.spot) { $0.loses($1, leavesGhost: false) }
    case .inHand: exchange.agents[state.holder.index](state.spot) { $0.drop($1) }
    }
    if hasGhosts { leaveGhosts() }
  }

  // MARK: - Answers

  /// The agent's answer goes out at this instant, and the work on it is over.
  @inline(never)
  func answered(by agent: AgentNumber, opening: UInt32, ending ends: Bool, at now: Instant)
    -> Answered
  {
    state.needsAgent = false
    state.workLeft = -1
    state.attempts = 0
    state.isAnswering = true
    // Until the agent lets go, this actor must not become another customer.
    pending &+= 1
    if state.place == .inHand, state.holder == agent {
      state.place = .nowhere
    } else {
      // Somebody finished an answer to a conversation that is another's by now.
      withdraw()
    }
    exchange.record.humanMessage(
      &course, by: agent, isResponse: !exchange.repliesMayFail, at: now)
    lastReplier = agent
    show(state.questionsLeft <= 1 ? .wrapUp : .customer, with: agent)
    workStops(at: now)
    let isLast = state.questionsLeft <= 1
    let isToBeClosed = state.isOpen && openings == opening && id != nil
    return Answered(
      id: id ?? ContactID(0), isLast: isLast, isToBeClosed: isToBeClosed,
      endsAtOnce: isLast && isToBeClosed && isPassing && ends, channel: channel)
  }

  /// A first, short message of the agent who starts goes out at this instant.
  func greeted(by user: UserID, at now: Instant) -> ContactID {
    exchange.record.humanMessage(
      &course, by: AgentNumber(user), answers: false, isResponse: !exchange.repliesMayFail, at: now)
    return id ?? ContactID(0)
  }

  /// The contact, if the agent who wraps up is to close: everything is said, nothing has come meanwhile.
  @inline(__always)
  func contactToClose(opening: UInt32) -> ContactID? {
    state.isOpen && openings == opening && !state.needsAgent ? id : nil
  }

  /// The agent has done with the conversation.
  @inline(__always)
  func letGo() {
    pending &-= 1
    exchange.letGoIfDone(self)
  }

  /// A message to the contact is on its way.
  func sent(_ message: OutgoingMessage) -> Parcel {
    pending &+= 1
    let isAnswer = goesOut(message)
    return Parcel(entity: entity, number: messages, isAnswer: isAnswer, visit: visit)
  }

  /// A user's message is on its way and there at once, and nobody waits to hear that it is.
  @inline(never)
  func sentAtOnce() {
    countOutgoing()
    exchange.messages.delivered &+= 1
    if state.isAnswering {
      state.isAnswering = false
      readsAnswer()
    }
    exchange.letGoIfDone(self)
  }

  /// A user's message is there, and the conversation closed with it; true if nothing is left to come.
  @inline(never)
  func answeredAndClosed(at now: Instant) -> Bool {
    countOutgoing()
    exchange.messages.delivered &+= 1
    if state.isAnswering {
      state.isAnswering = false
      readsAnswer()
    }
    return ends(at: now)
  }

  /// A message to the contact is on its way, and there at once.
  func sentAtOnce(_ message: OutgoingMessage, at now: Instant) {
    let isAnswer = goesOut(message)
    exchange.messages.delivered &+= 1
    exchange.report(message, .delivered)
    if exchange.repliesMayFail { willArrive(message) }
    exchange.messageDelivered(message, at: now)
    reads(message, isAnswer: isAnswer)
  }

  /// A message leaves the platform; true if it is the agent's answer.
  @inline(__always)
  private func goesOut(_ message: OutgoingMessage) -> Bool {
    countOutgoing()
    exchange.report(message, .sent)
    guard case .user = message.sender else { return false }
    let isAnswer = state.isAnswering
    state.isAnswering = false
    return isAnswer
  }

  @inline(__always)
  private func countOutgoing() {
    messages &+= 1
    exchange.messages.sent &+= 1
    if exchange.features.contains(.webhooks) { exchange.tell(.newOutgoingMessage) }
    exchange.record.messageSent(&course)
  }

  /// A message to the contact will not arrive.
  func deliveryFails(_ message: OutgoingMessage) {
    exchange.record.deliveryFailed(&course)
    if exchange.repliesMayFail, exchange.keepsAccounts { doom(message) }
  }

  /// The reply window of the channel ran out before this message, which goes out as a template.
  func noteWindow(_ window: Int64, _ message: OutgoingMessage) {
    guard case .user = message.sender else { return }
    if kernel.now.nanoseconds(since: lastHeard) > window { exchange.record.windowExpired(&course) }
  }

  /// The platform did not hand a message to the channel: an answer of an agent is lost for good.
  func refused(_ message: OutgoingMessage, _ failure: SendFailure) {
    guard case .user = message.sender else {
      if case .broadcast = message.sender {
        missesBroadcast()
        exchange.letGoIfDone(self)
      }
      return
    }
    if failure == .windowClosed { exchange.record.windowExpired(&course) }
    guard state.isAnswering else { return }
    state.isAnswering = false
    losesAnswer()
  }

  /// A message of an agent or a workflow that was under way is there.
  func received(_ message: OutgoingMessage, isAnswer: Bool, visit: UInt32) {
    pending &-= 1
    reads(message, isAnswer: isAnswer && visit == self.visit)
  }

  /// A message is there.
  @inline(__always)
  private func reads(_ message: OutgoingMessage, isAnswer: Bool) {
    if isAnswer { readsAnswer() }
    switch message.sender {
    case .run:
      if let question = exchange.question(message) { asked(question) }
      if exchange.features.contains(.openings) { hears() }
    case .broadcast: receivesBroadcast()
    case .user, .program: break
    }
    exchange.letGoIfDone(self)
  }

  /// The answer will never be there, of which the contact knows nothing.
  private func losesAnswer() {
    if peculiarity.outreach == .written { peculiarity.outreach = .none }
    readsAnswer()
  }

  /// The answer is there: it is read, and perhaps another question comes to mind.
  @inline(__always)
  private func readsAnswer() {
    guard state.isAsking else {
      if exchange.features.contains(.openings) { hears() }
      return
    }
    state.asked = .distantPast
    if facts.flags.contains(.patience) { kernel.cancel(patience) }
    guard state.questionsLeft > 1 else {
      state.questionsLeft = 0
      return
    }
    thinksOfAnother()
  }

  @inline(never)
  private func thinksOfAnother() {
    state.questionsLeft -= 1
    state.question &+= 1
    thinks()
  }

  private func thinks() {
    var stream = exchange.streams.stream(.thinkTime, of: entity, turn: state.question)
    let thinkTime = exchange.plan.model.populations[population].thinkTime.plain
    let length = thinkTime.sampleNanoseconds(
      &stream, or: exchange.plan.model.populations[population].thinkTime)
    guard length != SampledTime.never else {
      state.questionsLeft = 0
      return
    }
    if exchange.features.contains(.sessions), leavesPage(thinkingFor: length) { return }
    pending += 1
    isThinking = true
    kernel.schedule(
      Event(to: target, kind: ContactEvent.writes.rawValue, subject: number.raw),
      afterNanoseconds: length)
  }

  /// A message was lost on its way: the agent sends an answer again, twice at the most.
  func lost(_ message: OutgoingMessage, isAnswer: Bool, visit: UInt32) {
    pending -= 1
    if !doomed.isEmpty { doomed.removeAll { $0 == message.id } }
    if isAnswer, visit == self.visit {
      state.attempts += 1
      if exchange.features.contains(.sessions), hasLeftPage, case .user(let user) = message.sender {
        missesAnswer(of: user)
        return exchange.letGoIfDone(self)
      }
      // In a closed conversation a message would begin another one.
      if state.isOpen, state.attempts < 3, case .user(let user) = message.sender, let id {
        state.isAnswering = true
        exchange.answers(id, by: user, at: kernel.now)
      } else {
        losesAnswer()
      }
    }
    if case .broadcast = message.sender { missesBroadcast() }
    exchange.letGoIfDone(self)
  }

  /// The contact has waited long enough.
  func givesUp() {
    guard state.isAsking, !state.hasGivenUp, id != nil else { return }
    state.hasGivenUp = true
    state.asked = .distantPast
    state.questionsLeft = 0
    withdrawnReplies = replies.count
    exchange.record.abandoned(&course, at: kernel.now)
    exchange.lanes?.departure(
      state.number, lane: state.place == .unassigned ? .nobody : state.holder,
      at: kernel.now)
    tellWho()
    if exchange.plan.model.populations[population].givingUp == .closes, state.isOpen {
      closesThroughAPI()
    }
  }

  // MARK: - The end

  /// The engine closed the conversation; true if nothing is left to come.
  @inline(never)
  func closed(at now: Instant) -> Bool { ends(at: now) }

  @inline(__always)
  private func ends(at now: Instant) -> Bool {
    state.isOpen = false
    if state.needsAgent { closedUnanswered() }
    exchange.closedCount &+= 1
    if exchange.features.contains(.webhooks) { exchange.tell(.conversationClosed) }
    show(nil, with: .nobody)
    exchange.record.conversationClosed(&course, at: now)
    closings &+= 1
    if facts.flags.contains(.returns) { planReturn() }
    return isDone && !isLeaving
  }

  /// Whether it is gone for good is looked at again when all that happens at this instant has happened.
  @inline(never)
  func looksAgain() {
    isLeaving = true
    exchange.leaves(self)
  }

  /// Goes for good, for nothing else happens at this instant.
  @inline(__always)
  func goesAtOnce(at now: Instant) { exchange.letGo(self, at: now) }

  /// Closed without an answer: there is nothing to wait for any more.
  @inline(never)
  private func closedUnanswered() {
    state.needsAgent = false
    withdraw()
    state.asked = .distantPast
    state.questionsLeft = 0
    kernel.cancel(patience)
  }

  @inline(never)
  private func planReturn() {
    guard let returns = exchange.plan.model.populations[population].returns,
      state.questionsLeft <= 1, !peculiarity.isBlocked, !peculiarity.isSecond
    else { return }
    var chance = exchange.streams.stream(.returns, of: entity, turn: closings)
    guard chance.chance(returns.chance) else { return }
    var stream = exchange.streams.stream(.returnDelay, of: entity, turn: closings)
    let delay = returns.after.sampleNanoseconds(&stream)
    guard delay != SampledTime.never else { return }
    pending += 1
    kernel.schedule(
      Event(to: target, kind: ContactEvent.returns.rawValue, subject: number.raw),
      afterNanoseconds: delay)
  }

  /// The contact has something to say again.
  func comesBack() {
    pending -= 1
    // Whose messages nobody sees any more is gone.
    if peculiarity.isBlocked { return exchange.letGoIfDone(self) }
    // Who still waits for an answer, or is about to write, says it after that.
    if state.isAsking || isThinking {
      state.questionsLeft += 1
      return
    }
    // Meanwhile a reply to a workflow may have opened a conversation: it is said in there.
    if state.isOpen {
      state.questionsLeft = 1
      state.question &+= 1
      state.hasGivenUp = false
      return write()
    }
    visitNumber &+= 1
    startVisit()
    write()
  }
}

extension Contact {
  /// The contact entered a workflow.
  @inline(__always)
  func runStarted() { runs &+= 1 }

  /// The contact left a workflow.
  ///
  /// True if nothing is left to come.
  @inline(__always)
  func runEnded() -> Bool {
    runs &-= 1
    return isDone && !isLeaving
  }
}
