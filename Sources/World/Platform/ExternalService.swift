import Engine
import Sampling
import Scenarios
import VirtualTime

/// An outside service that workflows call: takes its time, fails at times, answers what it knows.
actor ExternalService: EventTarget {
  nonisolated let kernel: Kernel
  let exchange: Exchange
  let plan: ServiceSettings
  @safe @exclusivity(unchecked) var target = Target.nobody
  @safe @exclusivity(unchecked) private var calls: ContiguousArray<Pending?> = []
  @safe @exclusivity(unchecked) private var freePlaces: ContiguousArray<UInt32> = []
  /// What goes wrong with it at present.
  @safe @exclusivity(unchecked) var troubles: [Trouble] = []

  /// A call that waits for its answer, and what names its draws.
  ///
  /// They belong to the contact it is about: whoever else calls changes nothing for this one.
  private struct Pending {
    var call: ServiceCall
    var entity: UInt64
    var turn: UInt16
    var fate = Fate.usual
  }

  init(_ plan: ServiceSettings, exchange: Exchange) {
    self.plan = plan
    self.exchange = exchange
    kernel = exchange.kernel
  }

  /// A run calls: the answer comes after the latency.
  func called(_ call: ServiceCall) {
    let (entity, turn) = exchange.nextCall(about: call.contact)
    var stream = exchange.streams.stream(.serviceLatency, of: entity, turn: turn)
    var latency = plan.latency.sampleNanoseconds(&stream)
    var fate = Fate.usual
    if !troubles.isEmpty { (latency, fate) = disturb(entity, turn, latency: latency) }
    guard latency != SampledTime.never else { return }
    let place = store(Pending(call: call, entity: entity, turn: turn, fate: fate))
    kernel.schedule(Event(to: target, kind: 0, subject: place), afterNanoseconds: latency)
  }

  func receive(_ event: Event) {
    if exchange.isDown {
      exchange.postpone(event)
      return
    }
    let place = Int(event.subject)
    if let pending = calls[place] {
      calls[place] = nil
      freePlaces.append(event.subject)
      answer(pending)
    }
    exchange.settle()
  }

  private func answer(_ pending: Pending) {
    let call = pending.call
    if pending.fate == .fails { return exchange.handle(.serviceFails(call.run)) }
    var failures = exchange.streams.stream(
      .serviceFailure, of: pending.entity, turn: pending.turn)
    var answers = exchange.streams.stream(.serviceAnswer, of: pending.entity, turn: pending.turn)
    if plan.failure > 0, failures.chance(plan.failure) {
      return exchange.handle(.serviceAnswers(call.run, status: 500, body: .null))
    }
    var members: [JSON.Member] = []
    for answer in plan.answers {
      switch answer.value {
      case .text(let text):
        members.append(JSON.Member(answer.name, .text(exchange.text(text, about: call.contact))))
      case .drawn(let distribution):
        members.append(JSON.Member(answer.name, .number(distribution.sample(&answers))))
      }
    }
    var body = JSON.object(members)
    if pending.fate == .isGarbled { body = garbage(instead: members, &answers) }
    exchange.handle(.serviceAnswers(call.run, status: 200, body: body))
  }

  private func store(_ call: Pending) -> UInt32 {
    if let place = freePlaces.popLast() {
      calls[Int(place)] = call
      return place
    }
    calls.append(call)
    return UInt32(calls.count - 1)
  }
}
