import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// Conversations that do not begin with a message of the contact: an ad, a widget, another system, an
/// agent who writes first.
extension Contact {
  /// A new customer comes, or is written to, in the way of the population.
  func comesOtherwise() {
    guard let opening = exchange.plan.model.populations[population].opening else { return write() }
    exchange.introducedCount &+= 1
    let new = exchange.nextContact()
    id = new
    exchange.enter(new, as: number)
    lastHeard = kernel.now
    if !facts.flags.contains(.profile) {
      exchange.reports?.added(on: channel.index, by: opening.way.source.number)
    }
    if opening.contactBegins {
      comes(through: opening, as: new)
    } else {
      exchange.broughtCount += 1
      enters(broughtBy: opening, as: new)
    }
    exchange.letGoIfDone(self)
  }

  /// The contact comes through an ad or a widget, and writes at once, later or never.
  private func comes(through opening: Population.Opening, as new: ContactID) {
    if let profile = profile() { exchange.handle(.contactAdded(new, profile)) }
    if case .ad(let ad) = opening.way {
      exchange.handle(.contactClicksAd(new, on: channel, ad: ad))
    } else {
      exchange.handle(.contactUsesWidget(new, on: channel))
    }
    guard let delay = delayOfWriting(opening) else { return }
    if delay == 0 { return write() }
    writesLater(after: delay)
  }

  /// The contact is in the address book, and somebody else makes the first move.
  private func enters(broughtBy opening: Population.Opening, as new: ContactID) {
    var profile = profile() ?? ContactProfile()
    profile.isArriving = false
    profile.channel = channel
    exchange.handle(.contactAdded(new, profile))
    peculiarity.outreach = .ahead
    switch opening.way {
    case .ad, .widget: break
    case .webhook(let name, let payload):
      exchange.handle(.webhookArrives(new, name: name, payload: payload))
    case .program(let source): opensThroughAPI(as: source)
    case .user(let team):
      // Until it is written to there is no conversation that would keep it.
      pending += 1
      if state.assignee == .nobody {
        state.assignee = exchange.nextWriter(of: population, in: team)
      }
      state.needsAgent = true
      requestPlacement()
    }
  }

  /// Since when the contact waits for an agent: since the message or, as nothing was heard of it, since
  /// somebody is to write first.
  var wantedSince: Instant {
    !state.isAsking && peculiarity.outreach == .ahead ? lastHeard : state.asked
  }

  /// How long until the contact writes, in nanoseconds; nil for who never does.
  private func delayOfWriting(_ opening: Population.Opening) -> Int64? {
    var chance = exchange.streams.stream(.writing, of: entity)
    guard opening.writing > 0, chance.chance(opening.writing) else { return nil }
    var stream = exchange.streams.stream(.writingDelay, of: entity)
    let delay = opening.after.sampleNanoseconds(&stream)
    return delay == SampledTime.never ? nil : delay
  }

  private func writesLater(after delay: Int64) {
    pending += 1
    kernel.schedule(
      Event(to: target, kind: ContactEvent.writesAfterOpening.rawValue, subject: number.raw),
      afterNanoseconds: delay)
  }

  /// A message of the platform reached somebody who was written to first: some write back.
  func hears() {
    guard peculiarity.outreach == .ahead || peculiarity.outreach == .written,
      let opening = exchange.plan.model.populations[population].opening
    else { return }
    if peculiarity.outreach == .written { peculiarity.outreach = .none }
    guard !peculiarity.willWrite, let delay = delayOfWriting(opening) else { return }
    peculiarity.willWrite = true
    writesLater(after: delay)
  }

  /// The contact writes: from here on it is a conversation like any.
  func writesAfterOpening() {
    pending -= 1
    // What an agent is about to write first is an answer by now.
    peculiarity.outreach = .none
    if peculiarity.willWrite, lastReplier.isSomebody { count(\.replied) }
    if !state.isOpen, openings > 0 {
      visitNumber &+= 1
      startVisit()
    }
    write()
  }

  /// The conversation is there that an agent is to begin, or has begun.
  @inline(never)
  func openedForAgent(at now: Instant) {
    switch peculiarity.outreach {
    case .ahead:
      exchange.record.agentWanted(&course, at: now)
      guard !state.needsAgent else { return }
      lastHeard = now
      state.needsAgent = true
      requestPlacement()
    case .written:
      // Whoever opened it by writing was at work on it, and has written.
      lastReplier = peculiarity.writer
      exchange.record.workStarted(&course, at: now)
      exchange.record.humanMessage(&course, by: lastReplier, isResponse: false, at: now)
      exchange.record.workStopped(&course, at: now)
    case .none: break
    }
  }

  /// Whether what an agent works on is a message that nobody asked for.
  var isWrittenToFirst: Bool { peculiarity.outreach == .ahead && !state.isAsking }

  /// An agent has the first words ready: who they are for, if there is still somebody to write to.
  func firstWords(by agent: AgentNumber, opening: UInt32, at now: Instant) -> ContactID? {
    // Until the agent lets go, this actor must not become another customer.
    pending += 1
    guard state.needsAgent, openings == opening, let id else { return nil }
    let isOpen = state.isOpen
    state.needsAgent = false
    state.workLeft = -1
    if state.place == .inHand, state.holder == agent {
      state.place = .nowhere
    } else {
      withdraw()
    }
    state.attempts = 0
    state.isAnswering = true
    peculiarity.outreach = .written
    peculiarity.writer = agent
    count(\.sent)
    if isOpen {
      lastReplier = agent
      exchange.record.humanMessage(
        &course, by: agent, isResponse: !exchange.repliesMayFail, at: now)
      workStops(at: now)
    } else {
      // The hold of who had no conversation yet: the message opens one.
      pending -= 1
    }
    show(.customer, with: agent)
    return id
  }

  private func count(_ path: WritableKeyPath<OutboundCounts, Int>) {
    if exchange.isCounting {
      exchange.people.outbound[keyPath: path] += 1
    }
  }
}

/// How far somebody is who did not begin the conversation.
enum Outreach: UInt8 {
  /// It goes on as any.
  case none
  /// Somebody is to write first.
  case ahead
  /// An agent has written, and the message is on its way.
  case written
}

extension Exchange {
  /// Who writes first to the next contact of a population: each of a team in turn, of those who are there
  /// or, if nobody is, of all.
  func nextWriter(of population: Int, in team: TeamID?) -> AgentNumber {
    let model = plan.model
    let (founders, latecomers) = model.candidates(of: team)
    let last = writers[population] ?? -1
    let start = max(founders.lowerBound, last + 1)
    func next(where isMeant: (Int) -> Bool) -> Int? {
      (start..<max(start, founders.upperBound)).first(where: isMeant)
        ?? latecomers.first { $0 > last && isMeant($0) } ?? founders.first(where: isMeant)
        ?? latecomers.first(where: isMeant)
    }
    func isMeant(_ agent: Int, _ isThere: (Presence) -> Bool) -> Bool {
      (team != nil || model.agents[agent].role == .agent) && isThere(agents[agent]({ $0.presence }))
    }
    let chosen =
      next { isMeant($0, { $0 == .present }) } ?? next { isMeant($0, { $0 != .outside }) }
      ?? founders.first ?? 0
    writers[population] = chosen
    return AgentNumber(chosen)
  }

  /// An agent writes first to a contact, which opens the conversation unless something else has.
  func writesFirst(_ contact: Near<Contact>, opening: UInt32, by user: UserID, at now: Instant) {
    guard
      let id = contact(
        (AgentNumber(user), opening, now),
        {
          $0.firstWords(by: $1.0, opening: $1.1, at: $1.2)
        })
    else { return }
    answers(id, by: user, at: now)
  }
}

extension Agent {
  /// What is in this slot is a message that nobody asked for: it goes out, and the conversation goes on.
  func writesFirst(_ slot: Int, _ contact: Near<Contact>, at now: Instant) {
    slots[slot].phase = .sent
    exchange.writesFirst(contact, opening: slots[slot].opening, by: user, at: now)
    release(slot)
  }
}
