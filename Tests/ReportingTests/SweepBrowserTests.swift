import Foundation
import Measurement
import Testing

@testable import Reporting

/// The page of a sweep in a real browser, where one is installed.
@Suite(.serialized, .enabled(if: Browser.path != nil, "no chromium is installed"))
struct `The page of a sweep in a browser` {
  /// One name, two and three: sweeps of every shape.
  @Test(arguments: [(1, 400), (2, 400), (2, 1400), (3, 800)])
  func `is complete and fits its window`(factors: Int, width: Int) throws {
    let document = try #require(
      (0..<200).lazy.map { SweepFixture.random(UInt64($0)) }
        .first { $0.factors.count == factors && !$0.effects.isEmpty && !$0.goals.isEmpty })
    let found = try Browser.inspect(document.page.html(document.head), width: width)
    #expect(found.width == width)
    #expect(found.scrollWidth <= width, "wider than its window")
    #expect(found.empty == [], "figures without a drawing")
    #expect(found.overlaps == [], "texts that cover each other")
    #expect(found.figures >= 2)
  }
}
