import Foundation
import Testing

@testable import Engine

/// The ways in and out that are made for hosts in a hurry say and do what the others do.
@Suite struct EntranceTests {
  @Test func `the ways straight in do what the events of their names do`() throws {
    for seed in 0..<UInt64(RandomStoryTests.seeds / 20) {
      var direct: EngineCore?
      let core = RandomStoryTests.tell(seed, journal: true) { core, event, effects in
        var other = direct ?? EngineCore(settings: core.settings)
        if direct == nil { other.keepJournal() }
        enter(event, at: core.now, into: &other)
        var heard: [EngineEffect] = []
        while let effect = other.next() { heard.append(effect) }
        #expect(heard == effects, "seed \(seed), \(event)")
        direct = other
      }
      let other = try #require(direct)
      #expect(other.events == core.events, "seed \(seed)")
      let bytes = try RandomStoryTests.bytes(of: other)
      #expect(try bytes == RandomStoryTests.bytes(of: core), "seed \(seed)")
    }
  }

  private func enter(_ event: EngineEvent, at now: EngineTime, into core: inout EngineCore) {
    if case .contactWrites(let id, let channel, let text) = event, id == core.nextContact {
      #expect(core.newContactWrites(on: channel, text: text, at: now) == id)
    } else {
      core.enter(event, at: now)
    }
  }

  @Test func `what is omitted is missing and nothing else changes`() {
    for seed in 0..<UInt64(RandomStoryTests.seeds / 20) {
      var sparing: EngineCore?
      _ = RandomStoryTests.tell(seed) { core, event, effects in
        var other = sparing ?? EngineCore(settings: core.settings)
        other.omit([.contacts, .queues, .statuses, .accounts, .texts])
        other.handle(event, at: core.now)
        #expect(drained(&other) == effects.compactMap(spared), "seed \(seed), \(event)")
        #expect(other.decisionCount == core.decisionCount)
        sparing = other
      }
    }
  }

  @Test func `an owner who vouches for his core and asks for little hears the same`() throws {
    // All that may be omitted, so that the frequent events go straight on: as the omission wants it,
    // a story ends here where workflows are published or auto-close is set after its opening.
    var events = 0
    var answers = 0
    var closings = 0
    var arrivals = 0
    for seed in 0..<UInt64(RandomStoryTests.seeds / 5) {
      var sparing: EngineCore?
      var isOver = false
      _ = RandomStoryTests.tell(seed, settings: RandomStory.usualSettings(seed)) {
        core, event, effects in
        switch event {
        case .workflowsPublished where core.openedCount > 0, .autoCloseSet: isOver = true
        default: break
        }
        guard !isOver else { return }
        var other = sparing ?? EngineCore(settings: core.settings)
        other.omit([
          .contacts, .queues, .statuses, .accounts, .texts, .unreadWords, .passingRuns, .details,
        ])
        other.keepToOwner()
        enter(event, at: core.now, into: &other)
        other.mayBeCopied()
        if case .contactWrites(let id, _, _) = event, other.nextContact != id,
          other.concerns.isDisjoint(with: .anyOfArrivals), other.workflows.passedStep != nil
        {
          arrivals += 1
        }
        #expect(heard(&other) == heard(of: effects), "seed \(seed), \(event)")
        #expect(other.checkInvariants().isEmpty, "seed \(seed), \(event)")
        #expect(other.eventCount == core.eventCount && other.nextContact == core.nextContact)
        #expect(other.decisionCount == core.decisionCount)
        events += 1
        if case .sends = event, other.concerns.isDisjoint(with: .anyOfAnswers) { answers += 1 }
        if case .closes = event, other.concerns.isDisjoint(with: .anyOfClosings) { closings += 1 }
        sparing = other
      }
    }
    #expect(
      events > 1_000 && answers > 100 && closings > 50 && arrivals > 20,
      "\(events), \(answers), \(closings), \(arrivals)")
  }

  /// What a host reads that asks for records only; runs are left out, for those that pass are not told.
  private func heard(_ core: inout EngineCore) -> [Heard] {
    let heard = core.effects.records.places.flatMap { place -> [Heard] in
      let record = core.effects.records.element(at: place)
      switch record.kind {
      case .runStarted, .runEnded: return []
      case .opened: return [.opened(record.contact, record.assignee)]
      case .openedForUser:
        return [.opened(record.contact, nil), .assigned(record.contact, record.assignee)]
      case .closed: return [.closed(record.contact)]
      case .assigned: return [.assigned(record.contact, record.assignee)]
      case .runWaits:
        let order = core.effects.timers.element(at: Int(record.number))
        return [.whole(.armTimer(order.key, at: order.at))]
      case .answeredAndClosed:
        Issue.record("answers and closings came one by one")
        return []
      case .sentByUser, .sent, .timerArmed, .timerCancelled, .other:
        return [.whole(core.effects.whole(record))]
      }
    }
    core.removeEffects()
    #expect(core.effects.isEmpty && !core.effects.leavesMore && core.next() == nil)
    return heard
  }

  private func heard(of effects: [EngineEffect]) -> [Heard] {
    effects.compactMap { effect in
      switch effect {
      case .conversationOpened(let opening): .opened(opening.contact, opening.assignee)
      case .conversationClosed(let contact, _, _): .closed(contact)
      case .assigneeChanged(let entry): .assigned(entry.contact, entry.to)
      case .runStarted, .runEnded: nil
      default: spared(effect).map { .whole($0) }
      }
    }
  }

  private enum Heard: Equatable {
    case opened(ContactID, UserID?)
    case closed(ContactID)
    case assigned(ContactID, UserID?)
    case whole(EngineEffect)
  }

  @Test func `a copy stays as it was whatever the frequent events do to the core`() {
    var core = EngineCore(settings: WorkspaceSettings())
    core.omit([.contacts, .accounts, .texts, .unreadWords])
    core.keepToOwner()
    let ana = UserID(0)
    core.handle(.userAdded(ana, UserProfile(name: "ana")), at: .zero)
    let contact = core.nextContact
    core.contactWrites(contact, on: ChannelID(0), text: "hello", at: .zero)
    core.sends(contact, text: "hi", by: .user(ana), at: .zero)
    core.mayBeCopied()
    var copy = core
    core.closes(contact, by: .user(ana), note: nil, at: .zero)
    core.forget(contact, at: .zero)
    #expect(copy.assignee(of: contact) == ana && copy.openContacts(of: ana) == 1)
    #expect(copy.openConversationCount == 1 && copy.checkInvariants().isEmpty)
    #expect(core.contactCount == 0 && core.checkInvariants().isEmpty)
    // The copy goes on in memory of its own too.
    copy.closes(contact, by: .user(ana), note: nil, at: .zero)
    #expect(copy.openContacts(of: ana) == 0 && copy.checkInvariants().isEmpty)
  }

  private func drained(_ core: inout EngineCore) -> [EngineEffect] {
    var heard: [EngineEffect] = []
    while let effect = core.next() { heard.append(withoutPlace(effect)) }
    return heard
  }

  @Test func `runs that only pass need not be told and others are told when they wait`() {
    var waiting = 0
    for seed in 0..<UInt64(RandomStoryTests.seeds / 20) {
      var sparing: EngineCore?
      var going: Set<RunID> = []
      _ = RandomStoryTests.tell(seed) { core, event, effects in
        var other = sparing ?? EngineCore(settings: core.settings)
        other.omit(.passingRuns)
        other.handle(event, at: core.now)
        var heard: [EngineEffect] = []
        while let effect = other.next() {
          switch effect {
          case .runStarted(let run, _, _): #expect(going.insert(run).inserted, "seed \(seed)")
          case .runEnded(let run, _, _, _): #expect(going.remove(run) != nil, "seed \(seed)")
          default: heard.append(effect)
          }
        }
        #expect(heard == effects.filter { !isAboutRun($0) }, "seed \(seed), \(event)")
        #expect(going.count == core.runCount && other.runCount == core.runCount)
        waiting += going.count
        sparing = other
      }
    }
    #expect(waiting > 100)
  }

  private func isAboutRun(_ effect: EngineEffect) -> Bool {
    switch effect {
    case .runStarted, .runEnded: true
    default: false
    }
  }

  /// An effect as a host hears it that omits all it can; nil for one that does not come.
  private func spared(_ effect: EngineEffect) -> EngineEffect? {
    switch effect {
    case .contactCreated, .contactForgotten, .enteredQueue, .leftQueue, .statusChanged: nil
    case .sendMessage(let message, _): .sendMessage(message, text: "")
    default: withoutPlace(effect)
    }
  }

  private func withoutPlace(_ effect: EngineEffect) -> EngineEffect {
    guard case .conversationClosed(let contact, let id, _) = effect else { return effect }
    return .conversationClosed(contact, id, ClosedConversation(place: -1))
  }
}
