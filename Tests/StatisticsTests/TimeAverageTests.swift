import Testing

@testable import Statistics

@Suite("Time average")
struct TimeAverageTests {
  @Test func `of the reference step function`() throws {
    var level = TimeAverage()
    level.set(2, at: 3)
    level.change(by: 3, at: 4)
    level.change(by: -4, at: 10)
    level.advance(to: 20)
    let row = try #require(ReferenceTable.tools("time_average").first)
    #expect(level.mean == (try row.number("value")))
    #expect(level.maximum == 5)
    #expect(level.duration == 20)
  }

  @Test func `forgets what was before the warm-up ended and keeps the level`() {
    var level = TimeAverage()
    level.change(by: 9, at: 0)
    level.change(by: -7, at: 5)
    level.reset(at: 10)
    #expect(level.mean == nil)
    #expect(level.maximum == 2)
    level.change(by: 2, at: 14)
    level.advance(to: 20)
    // 2 for 4 and 4 for 6 of 10 nanoseconds.
    #expect(level.mean == 3.2)
    #expect(level.maximum == 4)
  }

  @Test func `of parts merged weighs them by their time`() {
    var first = TimeAverage(level: 1)
    first.advance(to: 30)
    var second = TimeAverage(level: 5)
    second.advance(to: 10)
    first.merge(second)
    #expect(first.mean == 2)
    #expect(first.maximum == 5)
    #expect(first.levelSeconds == 80e-9)
  }

  @Test func `stays exact where doubles do not`() {
    // A million agents for a hundred years and one more for a nanosecond.
    let century: Int64 = 3_155_760_000_000_000_000
    var level = TimeAverage(level: 1_000_000)
    level.set(1, at: century)
    level.advance(to: century + 1)
    var same = TimeAverage(level: 1_000_000)
    same.advance(to: century)
    var other = TimeAverage(level: 1)
    other.advance(to: 1)
    same.merge(other)
    #expect(same.levelSeconds == level.levelSeconds)
    #expect(same.mean == level.mean)
  }

  @Test func `of no time is nothing`() {
    #expect(TimeAverage(level: 7, from: 5).mean == nil)
  }
}
