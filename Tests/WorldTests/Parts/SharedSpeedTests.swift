import Testing
import VirtualTime

@testable import World

@Suite struct SharedSpeedTests {
  @Test func `one conversation runs at full speed`() {
    let speed = SharedSpeed([1, 1.5])
    speed.start(0, work: 600, at: 100)
    let end = speed.nextEnd(after: 100)
    #expect(end?.slot == 0)
    #expect(end?.at == 700)
  }

  @Test func `two share the total speed, and the rest speeds up when one is done`() {
    let speed = SharedSpeed([1, 1.5])
    speed.start(0, work: 600, at: 0)
    speed.start(1, work: 600, at: 120)
    // 480 left at 0.75 each: 640 more.
    #expect(speed.nextEnd(after: 120)?.slot == 0)
    #expect(speed.nextEnd(after: 120)?.at == 760)
    #expect(speed.stop(0, at: 760) == 0)
    // The second did 480 of its 600 meanwhile.
    #expect(speed.nextEnd(after: 760)?.at == 880)
  }

  @Test func `what is taken away tells what was left`() {
    let speed = SharedSpeed([1, 2])
    speed.start(0, work: 1_000, at: 0)
    speed.start(1, work: 500, at: 0)
    #expect(speed.stop(0, at: 300) == 700)
    #expect(speed.nextEnd(after: 300)?.at == 500)
    #expect(speed.stop(0, at: 400) == 0)
  }

  @Test func `of two that end together the lower slot is first`() {
    let speed = SharedSpeed([1, 2, 3])
    speed.start(2, work: 100, at: 0)
    speed.start(1, work: 100, at: 0)
    #expect(speed.nextEnd(after: 0)?.slot == 1)
  }

  @Test func `nothing in hand ends never`() {
    let speed = SharedSpeed([1])
    #expect(speed.nextEnd(after: 5) == nil)
    speed.start(0, work: .max, at: 0)
    #expect(speed.nextEnd(after: 0) == nil)
    #expect(speed.stop(0, at: 10) == .max)
    #expect(speed.nextEnd(after: 10) == nil)
  }

  @Test func `an end is never before its work is done`() {
    // A speed that divides nothing evenly: rounding must not leave work behind.
    let speed = SharedSpeed([1, 1.7, 2.5, 2.9])
    for slot in 0..<4 { speed.start(slot, work: 1_000_003 + Int64(slot), at: 0) }
    var now = Instant.start
    for slot in 0..<4 {
      let end = speed.nextEnd(after: now)
      #expect(end?.slot == slot)
      now = end?.at ?? now
      #expect(speed.stop(slot, at: now) == 0)
    }
    // All of them at full speed in turn would take 4,000,018; together they do 2.9, then 2.5 ...
    #expect((1_379_310...1_379_330).contains(now))
  }
}
