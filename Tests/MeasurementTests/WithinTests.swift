import Statistics
import Testing

@testable import Measurement

/// Shares within a bound: of all whose fate is known, not of those alone who were answered.
@Suite("Within a bound")
struct WithinTests {
  private static let bound = "first_response.within(60 s)"

  /// Answered in time, answered late, given up early, given up late, closed unanswered.
  private static func fates(_ metrics: [String]) throws -> History {
    var history = try History(metrics: metrics)
    for slot in 0..<5 { history.opens(slot, 0) }
    history.answers(0, by: 0, from: 50, to: 60)
    history.answers(1, by: 0, from: 55, to: 61)
    history.abandons(2, 20)
    history.closes(2, 20)
    history.abandons(3, 400)
    history.closes(3, 400)
    history.closes(4, 30)
    return history
  }

  @Test func `who gives up, or is closed without an answer, is missed`() throws {
    let history = try Self.fates([Self.bound, "first_response.answered.within(60 s)"])
    #expect(try history.value(of: Self.bound) == 0.2)
    #expect(try history.value(of: "first_response.answered.within(60 s)") == 0.5)
    #expect(try history.value(of: "wait.within(60 s)") == 0.4)
  }

  @Test func `a desk that drives customers away does not look better for it`() throws {
    var patient = try History(metrics: [Self.bound])
    for slot in 0..<4 {
      patient.opens(slot, 0)
      patient.answers(slot, by: 0, from: 0, to: slot < 2 ? 30 : 90)
    }
    var hasty = try History(metrics: [Self.bound])
    for slot in 0..<4 {
      hasty.opens(slot, 0)
      if slot < 2 { hasty.answers(slot, by: 0, from: 0, to: 30) } else { hasty.abandons(slot, 40) }
    }
    #expect(try patient.value(of: Self.bound) == 0.5)
    #expect(try hasty.value(of: Self.bound) == 0.5)
  }

  @Test func `what is too young at the end is left out, what is older is missed`() throws {
    var history = try Self.fates([Self.bound])
    history.opens(5, 930)
    history.opens(6, 950)
    // Answered, however young.
    history.opens(7, 990)
    history.answers(7, by: 0, from: 990, to: 995)
    // 5 + the older one + the answered one, of which two are within.
    #expect(try history.value(of: Self.bound) == 2.0 / 7)
    let result = history.result()
    #expect(result.fates.unfinished.firstResponse.count == 2)
  }

  @Test func `nothing is said where nothing is known`() throws {
    var history = try History(metrics: [Self.bound])
    #expect(try history.value(of: Self.bound) == nil)
    history.opens(0, 990)
    #expect(try history.value(of: Self.bound) == nil)
    history.opens(1, 0)
    #expect(try history.value(of: Self.bound) == 0)
  }

  @Test func `an answer after giving up comes too late, one before stands`() throws {
    var history = try History(metrics: [Self.bound, "response.within(60 s)"])
    history.opens(0, 0)
    history.abandons(0, 10)
    history.answers(0, by: 0, from: 20, to: 30)
    history.opens(1, 0)
    history.answers(1, by: 0, from: 20, to: 30)
    history.writes(1, 100)
    history.abandons(1, 110)
    #expect(try history.value(of: Self.bound) == 0.5)
    // Three messages: one answered in time, one too late, one never.
    #expect(try history.value(of: "response.within(60 s)") == 1.0 / 3)
    #expect(history.result().times.response.count == 2)
  }

  @Test func `who gives up while being worked on, or later, has waited and is in wait`() throws {
    var history = try History(metrics: ["wait.within(60 s)"])
    // Patience until the answer: an agent had started.
    history.opens(0, 0)
    history.starts(0, 40)
    history.abandons(0, 50)
    history.stops(0, 50)
    history.closes(0, 50)
    // A later question.
    history.opens(1, 0)
    history.answers(1, by: 0, from: 20, to: 30)
    history.writes(1, 100)
    history.abandons(1, 200)
    history.closes(1, 200)
    #expect(try history.value(of: "wait.mean") == 30)
    #expect(try history.value(of: "wait.within(60 s)") == 1)
    #expect(try history.value(of: "abandoned") == 1)
  }

  @Test func `what the customer gave up on is not resolved`() throws {
    var history = try History(metrics: ["resolution.within(60 s)"])
    history.opens(0, 0)
    history.answers(0, by: 0, from: 0, to: 20)
    history.closes(0, 30)
    history.opens(1, 0)
    history.abandons(1, 20)
    history.closes(1, 20)
    history.opens(2, 0)
    #expect(try history.value(of: "resolution.within(60 s)") == 1.0 / 3)
    #expect(try history.value(of: "resolution.answered.within(60 s)") == 1)
  }

  @Test func `a contact who is somebody's already has no time to assignment`() throws {
    var history = try History(metrics: ["time_to_assignment.within(60 s)"])
    history.opens(0, 0, assignee: 1)
    history.opens(1, 0)
    history.assigns(1, 0, 30)
    history.opens(2, 0)
    history.opens(3, 0)
    history.assigns(3, 0, 61)
    history.opens(4, 999)
    #expect(try history.value(of: "time_to_assignment.within(60 s)") == 1.0 / 3)
  }

  @Test func `the office clock and the platform's view have the same denominators`() throws {
    let asked = [
      "first_response.office.within(60 s)", "first_response.closed_only.within(60 s)",
      "first_response.office.closed_only.within(60 s)",
    ]
    var history = try History(metrics: asked, office: [0..<30, 600..<1_000])
    for slot in 0..<4 { history.opens(slot, 0) }
    // After 30 + 20 s of office time.
    history.answers(0, by: 0, from: 600, to: 620)
    history.closes(0, 620)
    history.abandons(1, 100)
    history.closes(1, 100)
    // Open: older than a minute of office time at the end; and one that is not.
    history.opens(5, 970)
    // Closed unanswered, and an answered one that is still open.
    history.closes(2, 10)
    history.answers(3, by: 0, from: 10, to: 20)
    #expect(try history.value(of: asked[0]) == 0.5)
    #expect(try history.value(of: asked[1]) == 0)
    #expect(try history.value(of: asked[2]) == 1.0 / 3)
  }

  @Test func `the curve of those without an answer is the rest of the share within`() throws {
    let metrics = [Self.bound, "first_response.within(61 s)", "first_response.within(7 s)"]
    var history = try Self.fates(metrics)
    history.opens(5, 930)
    history.opens(6, 950)
    var result = StrategyResult(metrics: try metrics.map { try MetricReference($0) })
    result.add(history.result())
    for metric in result.metrics {
      let bound = try #require(metric.statistic?.bound)
      let point = try #require(result.waits.points.firstIndex(of: bound))
      let left = try #require(result.waits.unanswered[point].ratio)
      let within = try #require(result.summary(of: metric)?.mean)
      #expect(abs(left - (1 - within)) < 1e-12)
    }
    let left = result.waits.unanswered.compactMap(\.ratio)
    #expect(left == left.sorted(by: >))
  }

  @Test func `the words name the denominator`() throws {
    let all = try MetricReference("first_response.within(5 min)")
    let answered = try MetricReference(" first_response.office.answered.within(300 s)")
    #expect(all.label == "first response in 5 min")
    #expect(answered.description == "first_response.office.answered.within(5 min)")
    #expect(
      answered.label == "first response in office hours in 5 min, of those answered")
    #expect(answered.shortLabel == "in 5 min if answered")
    #expect(
      try MetricReference("wait.answered.within(1 s)").label == "wait in 1 s, of those started")
    #expect(answered.unit == "ratio" && answered.isShare && answered.polarity == .higher)
    #expect(MetricDefinition.firstResponse.meaning.contains("of all conversations opened"))
    #expect(throws: GrammarError.self) { try MetricReference("first_response.answered.p90") }
  }
}
