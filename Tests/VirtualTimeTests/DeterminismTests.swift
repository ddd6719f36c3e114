import Testing

@testable import VirtualTime

@Suite struct `Determinism` {
  @Test func `fingerprints are the same on one, two and eight threads`() {
    let expected = inParallel(count: 16, threads: 1) { Carousel.run(seed: UInt64($0)) }
    #expect(Set(expected.map(\.fingerprint)).count == 16)
    for threads in [2, 8] {
      #expect(
        inParallel(count: 16, threads: threads) { Carousel.run(seed: UInt64($0)) } == expected)
    }
  }

  @Test func `a fingerprint is the same in debug and release, and on every run of the program`() {
    let ending = Carousel.run(seed: 1)
    #expect(ending.fingerprint == 10_172_531_164_819_518_226)
    #expect(ending.events == 3_442 && ending.instant == Instant(nanoseconds: 35_900))
  }

  @Test(arguments: [0, 1, 2, 3])
  func `a fingerprint tells instant, order, kind and subject apart`(change: Int) {
    func fingerprint(_ changed: Int?) -> UInt64 {
      let bench = Bench()
      let at = changed == 0 ? Instant(nanoseconds: 11) : Instant(nanoseconds: 10)
      if changed == 1 { bench.kernel.cancel(bench.kernel.arm(bench.event(1), at: at)) }
      bench.kernel.arm(bench.event(changed == 3 ? 2 : 1, kind: changed == 2 ? 1 : 0), at: at)
      return bench.kernel.run().fingerprint
    }
    #expect(fingerprint(nil) == fingerprint(nil))
    #expect(fingerprint(change) != fingerprint(nil))
  }
}

/// Events, timers and processes in a small model that keeps itself going for a while.
private enum Carousel {
  static func run(seed: UInt64) -> Ending {
    let kernel = Kernel(seed: seed)
    let wheel = Wheel(kernel: kernel)
    let target = kernel.register(wheel)
    wheel.assumeIsolated { $0.begin(target) }
    kernel.spawn(name: "passenger") {
      for _ in 0..<50 {
        try? await kernel.clock.sleep(for: .nanoseconds(700))
        await wheel.push()
      }
    }
    return kernel.run()
  }

  private actor Wheel: EventTarget {
    nonisolated let kernel: Kernel
    private var dice: SplitMix
    private var target = Target.nobody
    private var timers: [TimerHandle] = []
    private var turns = 0

    init(kernel: Kernel) {
      self.kernel = kernel
      dice = SplitMix(state: kernel.seed)
    }

    func begin(_ target: Target) {
      self.target = target
      for _ in 0..<20 { push() }
    }

    func push() {
      let event = Event(to: target, kind: 1, subject: UInt32(dice.below(1_000)))
      timers.append(kernel.arm(event, afterNanoseconds: 900))
      kernel.schedule(event, afterNanoseconds: Int64(dice.below(500)))
    }

    func receive(_ event: Event) {
      turns += 1
      guard turns < 2_000, !timers.isEmpty else { return }
      let chosen = dice.below(timers.count)
      if dice.below(2) == 0 {
        kernel.cancel(timers.remove(at: chosen))
      } else {
        timers[chosen] = kernel.rearm(timers[chosen], afterNanoseconds: Int64(dice.below(300)))
      }
      push()
    }
  }
}
