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
  @safe @exclusivity(unchecked) private var calls: ContiguousArray<ServiceCall?> = []
  @safe @exclusivity(unchecked) private var freePlaces: ContiguousArray<UInt32> = []
  @safe @exclusivity(unchecked) private var latencies: RandomStream
  @safe @exclusivity(unchecked) private var failures: RandomStream
  @safe @exclusivity(unchecked) private var answers: RandomStream

  init(_ plan: ServiceSettings, exchange: Exchange) {
    self.plan = plan
    self.exchange = exchange
    kernel = exchange.kernel
    let entity = nameCode(plan.name)
    latencies = exchange.streams.stream(.serviceLatency, of: entity)
    failures = exchange.streams.stream(.serviceFailure, of: entity)
    answers = exchange.streams.stream(.serviceAnswer, of: entity)
  }

  /// A run calls: the answer comes after the latency, and is decided now.
  func isCalled(_ call: ServiceCall) {
    let latency = plan.latency.sampleNanoseconds(&latencies)
    guard latency != SampledTime.never else { return }
    kernel.schedule(
      Event(to: target, kind: 0, subject: store(call)), afterNanoseconds: latency)
  }

  func receive(_ event: Event) {
    let place = Int(event.subject)
    if let call = calls[place] {
      calls[place] = nil
      freePlaces.append(event.subject)
      answer(call)
    }
    exchange.settle()
  }

  private func answer(_ call: ServiceCall) {
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
    exchange.handle(.serviceAnswers(call.run, status: 200, body: .object(members)))
  }

  private func store(_ call: ServiceCall) -> UInt32 {
    if let place = freePlaces.popLast() {
      calls[Int(place)] = call
      return place
    }
    calls.append(call)
    return UInt32(calls.count - 1)
  }
}
