import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// An endpoint that is told what happens: it takes its time, answers other than 200 at times, and after too
/// many of these in a row is told nothing more.
///
/// It only listens: nothing of it reaches the engine, a contact or an agent.
actor Webhook: EventTarget {
  nonisolated let kernel: Kernel
  let exchange: Exchange
  let plan: WebhookSettings
  @safe @exclusivity(unchecked) var target = Target.nobody
  private let code: UInt64
  private var calls: UInt64 = 0
  private var failuresInRow = 0
  private var isDisabled = false

  private enum Answer: UInt16 {
    case fine, failed
  }

  init(_ plan: WebhookSettings, exchange: Exchange) {
    self.plan = plan
    self.exchange = exchange
    kernel = exchange.kernel
    code = nameCode("webhook/" + plan.name)
  }

  /// Something happened.
  func hears(_ event: WebhookEvent) {
    guard !isDisabled, plan.events.contains(event) else { return }
    // Each call has draws of its own, by its number.
    let entity = code &+ calls &* 0x9E37_79B9_7F4A_7C15
    calls += 1
    if exchange.isCounting { exchange.links.webhooksSent += 1 }
    var failures = exchange.streams.stream(.webhookFailure, of: entity)
    var latencies = exchange.streams.stream(.webhookLatency, of: entity)
    let answer = failures.chance(plan.failure) ? Answer.failed : .fine
    let latency = plan.latency.sampleNanoseconds(&latencies)
    guard latency > 0 else { return answers(answer) }
    guard latency != SampledTime.never else { return }
    kernel.schedule(Event(to: target, kind: answer.rawValue), afterNanoseconds: latency)
  }

  func receive(_ event: Event) {
    guard let answer = Answer(rawValue: event.kind) else {
      preconditionFailure("a webhook gets only its own kinds of events")
    }
    answers(answer)
  }

  private func answers(_ answer: Answer) {
    guard answer == .failed else {
      failuresInRow = 0
      return
    }
    failuresInRow += 1
    if exchange.isCounting { exchange.links.webhooksFailed += 1 }
    guard let most = plan.disabledAfter, failuresInRow >= most, !isDisabled else { return }
    isDisabled = true
    if exchange.isCounting { exchange.links.webhooksDisabled += 1 }
  }
}

extension Exchange {
  /// Tells the endpoints what happened; asked for only where there are any.
  @inline(never)
  func tell(_ event: WebhookEvent) {
    for webhook in webhooks { webhook(event) { $0.hears($1) } }
  }
}
