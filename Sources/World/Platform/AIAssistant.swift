import Engine
import Sampling
import Scenarios
import VirtualTime

/// The AI agents of all workflows: each talk takes its time and ends in one of its step's outcomes.
///
/// How it ends and how long it takes is drawn from streams of the contact, as with an outside service.
actor AIAssistant: EventTarget {
  nonisolated let kernel: Kernel
  let exchange: Exchange
  @safe @exclusivity(unchecked) var target = Target.nobody
  private var talks: ContiguousArray<Talk> = []
  private var freePlaces: ContiguousArray<UInt32> = []

  /// A talk and its end, which comes as an event.
  private struct Talk {
    var run: RunID
    var outcome: AIAgent.Outcome
  }

  init(exchange: Exchange) {
    self.exchange = exchange
    kernel = exchange.kernel
  }

  /// A run hands a contact over; a talk longer than the step's idle time ends there instead.
  func asked(_ run: RunID, about contact: ContactID, key: Int32) {
    let plan = exchange.plan.model.aiAgents[Int(key)]
    let (entity, turn) = exchange.nextCall(about: contact)
    var outcomes = exchange.streams.stream(.aiOutcome, of: entity, turn: turn)
    var latencies = exchange.streams.stream(.aiLatency, of: entity, turn: turn)
    let talk = Talk(run: run, outcome: plan.outcomes[plan.shares.choose(&outcomes)])
    let latency = plan.latency.sampleNanoseconds(&latencies)
    guard latency != SampledTime.never else { return }
    kernel.schedule(
      Event(to: target, kind: 0, subject: store(talk)), afterNanoseconds: latency)
  }

  func receive(_ event: Event) {
    if exchange.isDown {
      exchange.postpone(event)
      return
    }
    let talk = talks[Int(event.subject)]
    freePlaces.append(event.subject)
    exchange.handle(.aiAgentEnds(talk.run, talk.outcome))
    exchange.settle()
  }

  private func store(_ talk: Talk) -> UInt32 {
    if let place = freePlaces.popLast() {
      talks[Int(place)] = talk
      return place
    }
    talks.append(talk)
    return UInt32(talks.count - 1)
  }
}
