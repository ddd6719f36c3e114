import Engine
import Testing

@testable import Service

@Suite struct `Timers of a live engine` {
  private func run(_ slot: Int, _ generation: UInt32 = 0) -> TimerKey {
    .run(RunID(UInt64(generation) << 32 | UInt64(slot)))
  }

  /// What is due by then, in order, as keys.
  private func due(_ timers: inout LiveTimers, by time: Int64) -> [TimerKey] {
    var keys: [TimerKey] = []
    while let (_, what) = timers.pop(until: time) {
      if case .timer(let key) = what { keys.append(key) }
    }
    return keys
  }

  @Test func `timers come in the order of their times, ties as armed`() {
    var timers = LiveTimers()
    let keys: [TimerKey] = [
      run(0), .autoClose(ContactID(slot: 3, generation: 1)), .inactivity(UserID(index: 2)),
      .snooze(ContactID(slot: 3, generation: 1)), .queues,
    ]
    for (place, key) in keys.enumerated() { timers.arm(key, at: [50, 10, 10, 40, 30][place]) }
    #expect(timers.next() == 10)
    #expect(due(&timers, by: 9).isEmpty)
    #expect(due(&timers, by: 40) == [keys[1], keys[2], keys[4], keys[3]])
    #expect(timers.next() == 50)
    #expect(due(&timers, by: 50) == [keys[0]])
    #expect(timers.next() == nil)
  }

  @Test func `arming again replaces, cancelling takes away, a stranger's id does neither`() {
    var timers = LiveTimers()
    for key in [
      run(0), .autoClose(ContactID(slot: 0, generation: 0)), .inactivity(UserID(index: 0)),
    ] {
      timers.arm(key, at: 10)
      timers.arm(key, at: 20)
      #expect(due(&timers, by: 19).isEmpty)
      timers.cancel(key)
      #expect(due(&timers, by: 100).isEmpty)
    }
    timers.arm(run(1, 1), at: 10)
    timers.cancel(run(1, 2))
    #expect(due(&timers, by: 10) == [run(1, 1)])
  }

  @Test func `a place in memory that another run has keeps no timer of the one before`() {
    var timers = LiveTimers()
    timers.arm(run(4, 1), at: 10)
    timers.cancel(run(4, 1))
    timers.arm(run(4, 2), at: 20)
    #expect(due(&timers, by: 30) == [run(4, 2)])
  }

  @Test func `a timer that never comes is none`() {
    var timers = LiveTimers()
    timers.arm(run(0), at: .max)
    timers.arm(.queues, at: .max)
    #expect(timers.next() == nil)
  }

  @Test func `a promised event comes among the timers`() {
    var timers = LiveTimers()
    timers.arm(run(0), at: 10)
    timers.promise(.acts(UserID(index: 1)), at: 5)
    guard case (5, .event(let event))? = timers.pop(until: 10) else {
      Issue.record("the promise did not come first")
      return
    }
    #expect(event == .acts(UserID(index: 1)))
    #expect(due(&timers, by: 10) == [run(0)])
  }
}
