import Sampling
import Scenarios
import VirtualTime

/// The customers of one population: makes them arrive, one after the other, never a list of the day.
actor Crowd: EventTarget {
  nonisolated let kernel: Kernel
  let exchange: Exchange
  let index: Int
  /// What the streams of its customers are named by.
  private let streamCode: UInt64
  @safe @exclusivity(unchecked) var target = Target.nobody
  @safe @exclusivity(unchecked) private var arrivals: ArrivalGenerator
  @safe @exclusivity(unchecked) private var ordinal: UInt64 = 0
  /// The work of the customers to come, which is drawn ahead.
  @safe @exclusivity(unchecked) private var work: DrawsAhead

  init(_ index: Int, exchange: Exchange) {
    self.index = index
    self.exchange = exchange
    streamCode = exchange.streamCodes[index]
    kernel = exchange.kernel
    let plan = exchange.plan.model.populations[index]
    arrivals = plan.arrivals.generator(
      exchange.streams, population: nameCode(plan.name), start: exchange.clock.startOfWeek,
      changes: exchange.clock.changes)
    work = DrawsAhead(exchange.streams, .replyTime, step: Contact.entityStep)
  }

  /// Schedules the first arrival.
  func begin() { scheduleNext() }

  @inline(__always) private func scheduleNext() {
    guard let next = arrivals.next() else { return }
    kernel.schedule(
      Event(to: target, kind: 0, subject: UInt32(truncatingIfNeeded: index)),
      at: Instant(nanoseconds: next))
  }

  func receive(_ event: Event) {
    scheduleNext()
    ordinal &+= 1
    exchange.arrivedCount &+= 1
    let entity = Contact.entity(streamCode, ordinal: ordinal, visit: 0)
    exchange.contactActor()((index, ordinal, entity, work.next(entity))) {
      $0.begin(population: $1.0, ordinal: $1.1, entity: $1.2, work: $1.3)
    }
    exchange.settle()
  }
}
