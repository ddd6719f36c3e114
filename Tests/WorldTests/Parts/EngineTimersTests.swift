import Engine
import Testing
import VirtualTime

@testable import World

@Suite struct EngineTimersTests {
  /// An actor that writes down which of the engine's timers fired, and when.
  private actor Clockwork: EventTarget {
    nonisolated let kernel: Kernel
    var timers: EngineTimers
    var fired: [(key: TimerKey?, at: Int64)] = []

    init(_ kernel: Kernel) {
      self.kernel = kernel
      timers = EngineTimers(kernel)
    }

    func wire(to target: Target) { timers.wire(to: target) }
    func arm(_ key: TimerKey, at deadline: Int64) {
      timers.arm(key, at: Instant(nanoseconds: deadline))
    }
    func cancel(_ key: TimerKey) { timers.cancel(key) }
    func receive(_ event: Event) {
      fired.append((timers.key(of: event), kernel.now.nanoseconds))
    }
  }

  private struct Setting {
    let kernel = Kernel()
    let clockwork: Clockwork

    init() {
      let kernel = kernel
      clockwork = Clockwork(kernel)
      let target = kernel.register(clockwork)
      clockwork.assumeIsolated { $0.wire(to: target) }
    }

    func arm(_ key: TimerKey, _ deadline: Int64) {
      clockwork.assumeIsolated { $0.arm(key, at: deadline) }
    }
    func cancel(_ key: TimerKey) { clockwork.assumeIsolated { $0.cancel(key) } }
    var keys: [TimerKey?] { clockwork.assumeIsolated { $0.fired.map(\.key) } }
    var instants: [Int64] { clockwork.assumeIsolated { $0.fired.map(\.at) } }
  }

  private func run(_ slot: Int, _ generation: UInt32 = 0) -> TimerKey {
    .run(RunID(slot: slot, generation: generation))
  }

  @Test func `every kind of timer fires with its own key`() {
    let setting = Setting()
    let contact = ContactID(slot: 3, generation: 2)
    let keys: [TimerKey] = [
      run(5, 1), .autoClose(contact), .snooze(contact), .inactivity(UserID(9)), .queues,
    ]
    for (index, key) in keys.enumerated() { setting.arm(key, Int64(index + 1) * 100) }
    setting.kernel.run()
    #expect(setting.keys == keys)
    #expect(setting.instants == [100, 200, 300, 400, 500])
  }

  @Test func `a timer that is armed again replaces the one before`() {
    let setting = Setting()
    setting.arm(run(0), 100)
    setting.arm(run(0), 50)
    setting.kernel.run()
    #expect(setting.instants == [50])
  }

  @Test func `a cancelled timer is silent, and no other`() {
    let setting = Setting()
    for slot in 0..<3 { setting.arm(run(slot), 900) }
    setting.cancel(run(1))
    setting.cancel(run(7))
    setting.kernel.run()
    #expect(setting.keys == [run(0), run(2)])
  }

  @Test func `the run that has a slot now is not cancelled in the name of the one before`() {
    let setting = Setting()
    setting.arm(run(0, 0), 100)
    setting.cancel(run(0, 0))
    setting.arm(run(0, 1), 200)
    setting.cancel(run(0, 0))
    setting.kernel.run()
    #expect(setting.keys == [run(0, 1)])
  }

  @Test func `a timer for the end of all time never fires`() {
    let setting = Setting()
    setting.arm(run(0), .max)
    setting.arm(run(1), 100)
    setting.kernel.run()
    #expect(setting.keys == [run(1)])
  }

  @Test func `many lengths fire in the order of their deadlines`() {
    let setting = Setting()
    for slot in 0..<200 { setting.arm(run(slot), Int64(1 + slot * 37 % 41)) }
    setting.kernel.run()
    #expect(setting.keys.count == 200)
    #expect(setting.instants == setting.instants.sorted())
  }
}
