import Engine
import Measurement
import VirtualTime

/// What the engine's effects do to the actors.
extension Exchange {
  /// Carries out everything that the event at hand set off, in order.
  @inline(never)
  func settle() {
    if !features.isDisjoint(with: [.foreignEngine, .reports]) { return settleWatched() }
    settle { _ in }
  }

  /// The same, and somebody is told of each effect before it is carried out.
  @inline(__always)
  func settle(telling tell: (EffectRecord) -> Void) {
    // Time stands still until everything is settled.
    let now = kernel.now
    while true {
      carryOutEffects(at: now, telling: tell)
      if errands.isEmpty { return }
      runErrand(at: now)
    }
  }

  /// Carries out the effects that there are, and those that come with it, and tells each before.
  @inline(__always)
  func carryOutEffects(at now: Instant, telling tell: (EffectRecord) -> Void) {
    var place = engine({ $0.effectPlaces.lowerBound })
    guard place < engine({ $0.effectPlaces.upperBound }) else { return }
    repeat {
      let effect = engine(place, { $0.record(at: $1) })
      tell(effect)
      carryOut(effect, place, at: now)
      place &+= 1
    } while place < engine({ $0.effectPlaces.upperBound })
    engine { $0.removeEffects() }
  }

  @inline(never)
  private func settleWatched() {
    if features.contains(.foreignEngine), let foreignDesk {
      settleWithForeignDesk(foreignDesk)
    } else {
      settle { report($0) }
    }
  }

  @inline(__always)
  func runErrand(at now: Instant) {
    switch errands.next() {
    case .place(let contact): contacts[contact](now) { $0.placed(at: $1) }
    case .wake(let agent): agents[agent.index]({ $0.picks() })
    case .leave(let contact): contacts[contact](now) { $0.leaves(at: $1) }
    }
  }

  /// Carries out the effect at a place of the engine's.
  @inline(__always)
  func carryOut(_ effect: EffectRecord, _ place: Int, at now: Instant) {
    switch effect.kind {
    case .opened:
      with(effect.contact) { contact in
        contact((AgentNumber(effect.assignee), now)) { $0.opened(with: $1.0, at: $1.1) }
      }
    case .openedForUser:
      with(effect.contact) { contact in
        contact((AgentNumber(effect.assignee), now)) { $0.opened(for: $1.0, at: $1.1) }
      }
    case .closed:
      with(effect.contact) { contact in
        let isDone = contact(now) { $0.closed(at: $1) }
        if isDone { letGo(contact, after: place, at: now) }
      }
    case .answeredAndClosed:
      with(effect.contact) { contact in
        let isDone = contact(now) { $0.answeredAndClosed(at: $1) }
        if isDone { letGo(contact, after: place, at: now) }
      }
    case .assigned:
      with(effect.contact) { contact in
        contact((AgentNumber(effect.assignee), now)) { $0.assigned(to: $1.0, at: $1.1) }
      }
    case .sentByUser:
      if !looksAtReplies, channelTraits[Int(effect.channel)].contains(.transparent) {
        with(effect.contact) { contact in contact { $0.sentAtOnce() } }
      } else {
        carryOutRarer(effect, at: now)
      }
    case .runWaits:
      let timer = engine(effect) { $0.timer(of: $1) }
      timers.arm(timer.key, at: Instant(nanoseconds: timer.at.nanoseconds))
      with(effect.contact) { contact in contact { $0.runStarted() } }
    case .runStarted: with(effect.contact) { contact in contact { $0.runStarted() } }
    case .runEnded:
      with(effect.contact) { contact in
        let isDone = contact { $0.runEnded() }
        if isDone { letGo(contact, after: place, at: now) }
      }
    case .timerArmed:
      let timer = engine(effect) { $0.timer(of: $1) }
      timers.arm(timer.key, at: Instant(nanoseconds: timer.at.nanoseconds))
    case .timerCancelled, .sent, .other: carryOutRarer(effect, at: now)
    }
  }

  /// A customer who seems gone for good goes: at once, where nothing else is left to do at this instant.
  @inline(__always)
  private func letGo(_ contact: Near<Contact>, after place: Int, at now: Instant) {
    if errands.isEmpty, place &+ 1 == engine({ $0.effectPlaces.upperBound }) {
      contact(now) { $0.goesAtOnce(at: $1) }
    } else {
      contact { $0.looksAgain() }
    }
  }

  /// The effects of which the record does not tell enough.
  @inline(never)
  private func carryOutRarer(_ effect: EffectRecord, at now: Instant) {
    switch effect.kind {
    case .timerCancelled: timers.cancel(engine(effect) { $0.timer(of: $1) }.key)
    case .sent, .sentByUser: send(engine(effect) { $0.message(of: $1) }, at: now)
    default: carryOut(engine(effect) { $0.effect(of: $1) }, at: now)
    }
  }

  /// What the ledger and the reports write down, where details are asked for because there is one.
  private func carryOutWritten(_ effect: EngineEffect, at now: Instant) {
    switch effect {
    case .conversationOpened(let opening):
      reports?.opened(opening.contact.slot, assignee: opening.assignee?.index)
      with(opening.contact) { contact in
        contact((AgentNumber(opening.assignee), now)) { $0.opened(with: $1.0, at: $1.1) }
      }
    case .conversationClosed(let id, _, let account):
      if keepsAccounts {
        let record = closedConversation(account, of: id)
        ledger?.conversations.append(record)
        reportClosed(record)
      }
      with(id) { contact in if contact(now, { $0.closed(at: $1) }) { contact { $0.looksAgain() } } }
    case .assigneeChanged(let entry):
      ledger?.assignments.append(
        Ledger.Assignment(at: EngineTime(now), entry: entry))
      reports?.assigned(
        entry.contact.slot, to: entry.to?.index, source: entry.source.number,
        by: entry.actor.userNumber)
      with(entry.contact) { contact in
        contact((AgentNumber(entry.to), now)) { $0.assigned(to: $1.0, at: $1.1) }
      }
    case .runStarted(_, _, let id): with(id) { contact in contact { $0.runStarted() } }
    case .runEnded(_, _, let id, _):
      with(id) { contact in if contact({ $0.runEnded() }) { contact { $0.looksAgain() } } }
    default: break
    }
  }

  /// The effects of which there are few, and which carry more than numbers.
  private func carryOut(_ effect: EngineEffect, at now: Instant) {
    switch effect {
    case .statusChanged(let user, _, let status):
      // Told too where only a program of somebody else's asks for it.
      if watchesInactivity { agents[user.index](status) { $0.statusBecomes($1) } }
    case .callService(let call): services[call.service.index](call) { $0.called($1) }
    case .messageRefused(let message, let failure):
      with(message.contact) { contact in
        contact((message, failure)) { $0.refused($1.0, $1.1) }
      }
    case .askAIAgent(let run, let id, let key):
      assistants?((run, id, key)) { $0.asked($1.0, about: $1.1, key: $1.2) }
    case .contactMerged(let id, _):
      reports?.merged()
      forgetMerged(id)
    case .commentAdded(let id, _, let actor):
      if let user = actor.userNumber { reports?.commented(id.slot, by: user) }
    case .refused(let refusal): notes.refused(refusal, inMerges: features.contains(.secondChannels))
    case .invariantBroken(let violation): notes.violations.append(violation.description)
    case .conversationOpened, .conversationClosed, .assigneeChanged, .runStarted, .runEnded:
      carryOutWritten(effect, at: now)
    default: break
    }
  }

  @inline(__always)
  func with(_ id: ContactID, _ body: (Near<Contact>) -> Void) {
    if let contact = known[id.slot] { body(contact) }
  }
}
