import CPlainLoops
import VirtualTime

extension Benchmark {
  /// The hold model: so many events pending, each schedules itself again when it happens.
  static func hold(pending: Int) -> Benchmark {
    Benchmark(name: "hold-\(pending)", summary: "\(pending) events pending, each arms itself again")
    {
      settings in
      [
        race(
          "hold-\(pending)", settings,
          kernel: { Holder.run(pending: pending, events: settings.customers) },
          plain: {
            let result = plain_hold(pending, settings.customers, 1)
            return Outcome(events: result.events, check: result.check)
          })
      ]
    }
  }
}

/// Arms every event that it receives again.
private actor Holder: EventTarget {
  nonisolated let kernel: Kernel
  @safe @exclusivity(unchecked) private var draws: Draws

  static func run(pending: Int, events: Int) -> Outcome {
    let kernel = Kernel(seed: 1)
    kernel.eventLimit = UInt64(events)
    let holder = Holder(kernel: kernel)
    let door = Near(holder, of: kernel)
    let target = kernel.register(holder)
    for number in 0..<pending {
      door(Event(to: target, kind: 0, subject: UInt32(number))) { $0.receive($1) }
    }
    let ending = kernel.run()
    return withExtendedLifetime(holder) {
      Outcome(events: ending.events, check: ending.instant.seconds)
    }
  }

  init(kernel: Kernel) {
    self.kernel = kernel
    draws = Draws(seed: kernel.seed)
  }

  func receive(_ event: Event) {
    kernel.schedule(event, afterNanoseconds: draws.exponential(meanSeconds: 1))
  }
}
