import Measurement
import Testing

@testable import Service

@Suite struct `Rates and their course` {
  @Test(
    arguments: [
      ("50000/s", 50_000), ("50k/s", 50_000), ("3000/min", 50), ("2M/s", 2e6),
      ("7200 per hour", 2), ("1.5/s", 1.5),
    ] as [(String, Double)])
  func `a rate is read`(text: String, rate: Double) throws {
    #expect(try RateText.parse(text) == rate)
  }

  @Test(arguments: [
    "", "fast", "50000", "-3/s", "0/s", "5/fortnight", "1e9/s", "9999M/s", "/s", "k/s",
  ])
  func `what is no rate is refused in words`(text: String) throws {
    do {
      _ = try RateText.parse(text)
      Issue.record("'\(text)' was taken for a rate")
    } catch {
      #expect(error.message.contains("rate"), "\(error)")
    }
  }

  @Test func `a range is two rates`() throws {
    let (from, to) = try RateText.range("1000/s..100k/s")
    #expect(from == 1_000 && to == 100_000)
    #expect(throws: GrammarError.self) { _ = try RateText.range("1000/s") }
    #expect(throws: GrammarError.self) { _ = try RateText.range("1/s..2/s..3/s") }
  }

  /// What is due by a moment is the integral of the rate: the moment is the inverse of it.
  @Test func `moments invert the integral of the rate`() throws {
    let course = RateCourse(
      shape: "stages",
      pieces: [
        .init(length: 2, from: 10, to: 10), .init(length: 4, from: 10, to: 50),
        .init(length: 1, from: 0, to: 0), .init(length: 3, from: 50, to: 0),
      ])
    #expect(course.total == 20 + 120 + 0 + 75)
    #expect(course.length == 10 && course.highest == 50)
    func due(_ moment: Double) -> Double {
      var (left, count) = (moment, 0.0)
      for piece in course.pieces {
        let time = min(left, piece.length)
        count += piece.from * time + (piece.to - piece.from) / piece.length * time * time / 2
        left -= time
      }
      return count
    }
    var place = RateCourse.Place()
    var last = 0.0
    for count in stride(from: 0.5, to: 215, by: 0.5) {
      let moment = try #require(course.moment(after: count, startingIn: &place))
      #expect(moment >= last)
      #expect(abs(due(moment) - count) < 1e-9)
      last = moment
    }
    #expect(course.moment(after: 216, startingIn: &place) == nil)
  }

  @Test func `a course of nothing has no moments`() {
    var place = RateCourse.Place()
    let course = RateCourse.constant(5, for: 0)
    #expect(course.pieces.isEmpty)
    #expect(course.moment(after: 0.1, startingIn: &place) == nil)
  }
}
