import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// One import: all its contacts come into the address book at one instant, and have no conversation.
actor ContactsImport: EventTarget {
  nonisolated let kernel: Kernel
  let exchange: Exchange
  let number: Int
  @safe @exclusivity(unchecked) var target = Target.nobody

  init(_ number: Int, exchange: Exchange) {
    self.number = number
    self.exchange = exchange
    kernel = exchange.kernel
  }

  /// Schedules the import.
  func begin() {
    let at = exchange.plan.model.imports[number].at
    kernel.schedule(Event(to: target, kind: 0), at: Instant(nanoseconds: at.nanoseconds))
  }

  func receive(_ event: Event) {
    if exchange.isDown {
      exchange.postpone(event)
      return
    }
    for ordinal in 0..<exchange.plan.model.imports[number].count {
      exchange.contactActor()((number, UInt64(ordinal) + 1)) {
        $0.imported(by: $1.0, ordinal: $1.1)
      }
      exchange.settle()
    }
  }
}

extension Contact {
  /// A row of an import makes the contact; a few write of themselves later.
  func imported(by number: Int, ordinal: UInt64) {
    let plan = exchange.plan.model.imports[number]
    becomes(
      population: plan.population, ordinal: ordinal, source: exchange.source(ofImport: number))
    startVisit()
    uses(channel: plan.channel)
    let new = exchange.nextContact()
    id = new
    exchange.enter(new, as: self.number)
    let own = profile()?.fields.filter { entry in
      !plan.fields.contains { $0.field == entry.field }
    }
    // Nobody has known them before.
    state.assignee = .nobody
    exchange.handle(
      .imports(
        new, ContactImport(fields: (own ?? []) + plan.fields, tags: plan.tags), by: .program(.api)))
    var chance = exchange.streams.stream(.writing, of: entity)
    guard plan.writing > 0, chance.chance(plan.writing) else { return }
    var stream = exchange.streams.stream(.writingDelay, of: entity)
    let delay = plan.after.sampleNanoseconds(&stream)
    guard delay != SampledTime.never else { return }
    pending += 1
    kernel.schedule(
      Event(to: target, kind: ContactEvent.returns.rawValue, subject: self.number.raw),
      afterNanoseconds: delay)
  }

  /// A broadcast goes to a contact of the address book, with or without a conversation; nothing happens
  /// to who has the last one still under way.
  func addressedInBook(by number: Int) {
    guard let id, peculiarity.broadcast != .underWay else { return }
    let plan = exchange.plan.model.broadcasts[number]
    uses(channel: plan.channel)
    begins(broadcast: number)
    exchange.handle(.broadcasts(id, on: plan.channel, text: "News for you."))
  }
}

extension Exchange {
  /// The place of an import among what has streams.
  func source(ofImport number: Int) -> Int {
    2 * plan.model.populations.count + plan.model.broadcasts.count + number
  }

  /// The contacts of a segment now, in the order in which they came; whoever is blocked is left out.
  func contacts(in segment: Conditions) -> [ContactID] {
    engine((segment, now)) { engine, what in
      engine.core.contacts(in: what.0, at: what.1)
    }.filter { id in engine(id) { $0.contact($1)?.isBlocked == false } }
  }

  /// A broadcast goes to a contact, if the engine still knows it.
  func address(_ id: ContactID, by broadcast: Int) {
    guard engine(id, { $0.contact($1) }) != nil else { return }
    with(id) { contact in contact(broadcast) { $0.addressedInBook(by: $1) } }
  }
}
