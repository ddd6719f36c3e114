import CPlainLoops
import VirtualTime

extension Benchmark {
  static let timerCancel = timers("timer-cancel")

  private static func timers(_ name: String) -> Benchmark {
    let live = 10_000
    let summary = "a 15-minute timer a customer, cancelled by the answer, \(live) live"
    return Benchmark(name: name, summary: summary) { settings in
      [
        race(
          name, settings,
          kernel: {
            Patience.run(live: live, customers: settings.customers)
          },
          plain: {
            let result = plain_timer_cancel(live, settings.customers, 1)
            return Outcome(events: result.events, check: result.check)
          })
      ]
    }
  }
}

/// Customers who wait for an answer under a timer, and are replaced when they get it.
private actor Patience: EventTarget {
  nonisolated let kernel: Kernel
  private let customers: Int
  @safe @exclusivity(unchecked) private var draws: Draws
  @safe @exclusivity(unchecked) private var timers: [TimerHandle]
  @safe @exclusivity(unchecked) private var answered = 0
  private(set) var fired = 0
  @safe @exclusivity(unchecked) private var target = Target.nobody

  static func run(live: Int, customers: Int) -> Outcome {
    let kernel = Kernel(seed: 1)
    let patience = Patience(kernel: kernel, live: live, customers: customers)
    let door = Near(patience, of: kernel)
    door(kernel.register(patience)) { $0.begin($1) }
    let ending = kernel.run()
    return withExtendedLifetime(patience) {
      Outcome(
        events: ending.events, check: Double(door { $0.fired }) / Double(customers))
    }
  }

  init(kernel: Kernel, live: Int, customers: Int) {
    self.kernel = kernel
    self.customers = customers
    draws = Draws(seed: kernel.seed)
    timers = Array(repeating: .none, count: live)
  }

  func begin(_ target: Target) {
    self.target = target
    for customer in 0..<timers.count { arrive(UInt32(customer)) }
  }

  func receive(_ event: Event) {
    if event.kind == 1 {
      fired += 1
      return
    }
    answered += 1
    if answered == customers { kernel.stop() }
    kernel.cancel(timers[Int(event.subject)])
    arrive(event.subject)
  }

  private func arrive(_ customer: UInt32) {
    let timer = Event(to: target, kind: 1, subject: customer)
    timers[Int(customer)] =
      kernel.arm(timer, afterNanoseconds: 900_000_000_000)
    kernel.schedule(
      Event(to: target, kind: 0, subject: customer),
      afterNanoseconds: draws.exponential(meanSeconds: 360))
  }
}
