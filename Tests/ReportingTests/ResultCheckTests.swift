import Foundation
import Testing

@testable import Measurement
@testable import Reporting

/// A saved result may have been changed by hand: what no run can have is refused, never computed with.
@Suite struct `A tampered result` {
  private func problem(_ change: (inout ResultDocument) -> Void) -> String? {
    var document = Fixture.comparison()
    change(&document)
    return ResultCheck(document).problem
  }

  @Test func `as it was written has no problem`() {
    #expect(problem { _ in } == nil)
  }

  @Test func `is refused at the place of the first number that cannot be`() {
    #expect(problem { $0.replications = -1 } == "replications")
    #expect(problem { $0.replications = 1_000_000_000 } == "replications")
    #expect(problem { $0.timeline?.step = -3600 } == "timeline.step")
    #expect(problem { $0.timeline?.step = 0 } == "timeline.step")
    #expect(problem { $0.scenario.duration = 1e300 } == "scenario.duration")
    #expect(problem { $0.scenario.startOfDay = -1 } == "scenario.start_of_day")
    #expect(problem { $0.metrics[1].decimals = 99 } == "metrics.[1].decimals")
    #expect(problem { $0.strategies[0].waits?.tail[0].time = -.infinity } == "strategies.[0].waits")
    #expect(
      problem { $0.strategies[1].values[0].samples[0] = 1e16 }
        == "strategies.[1].values.[0].samples")
    #expect(
      problem { $0.comparison?.differences[2].low = .infinity } == "comparison.differences.[2]")
    #expect(problem { $0.lanes[0].spans[0].lane = 1_000 } == "lanes.[0].spans.lane")
    #expect(
      problem { $0.strategies[1].populations = [.init(name: "a", conversations: 1)] }
        == "strategies.[1].populations")
  }

  @Test func `is invalid input with its place in words`() throws {
    var document = Fixture.comparison()
    document.replications = -1
    let text = try ResultJSON.text(of: document)
    let error = #expect(throws: ResultJSONError.impossible(at: "replications")) {
      try ResultJSON.document(in: text)
    }
    #expect(error?.description.contains("'replications'") == true)
  }
}
