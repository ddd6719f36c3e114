import CPlainLoops
import VirtualTime

extension Benchmark {
  static let sleepers = Benchmark(
    name: "sleepers", summary: "100000 processes that sleep on the clock, each again and again"
  ) { settings in
    let pending = 100_000
    let steps = max(1, settings.customers / pending)
    return [
      race(
        "sleepers", settings,
        kernel: {
          let kernel = Kernel(seed: 1)
          let clock = kernel.clock
          for number in 0..<pending {
            kernel.spawn(name: "sleeper") {
              var draws = Draws(seed: UInt64(number))
              for _ in 0..<steps {
                try? await clock.sleep(
                  for: .nanoseconds(1 + draws.exponential(meanSeconds: 1)))
              }
            }
          }
          return Outcome(events: kernel.run().events, check: 0)
        },
        plain: {
          Outcome(events: plain_hold(pending, pending * steps, 1).events, check: 0)
        })
    ]
  }
}
