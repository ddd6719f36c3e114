import Statistics
import Testing

@testable import Measurement

/// The definitions of PLATFORM.md 6.2, each on a history short enough to count by hand.
@Suite("Times of conversations")
struct TimesTests {
  @Test func `wait ends when an agent starts, the first response with the first message`() throws {
    var history = try History()
    history.opens(0, 10)
    history.assigns(0, 1, 20)
    history.answers(0, by: 1, from: 40, to: 100)
    history.closes(0, 130)
    #expect(try history.value(of: "wait.mean") == 30)
    #expect(try history.value(of: "time_to_assignment.mean") == 10)
    #expect(try history.value(of: "first_response.mean") == 90)
    #expect(try history.value(of: "response.mean") == 90)
    #expect(try history.value(of: "resolution.mean") == 120)
    #expect(try history.value(of: "resolution.max") == 120)
  }

  @Test func `a greeting is the first response and leaves the answer owed`() throws {
    var history = try History()
    history.opens(0, 0)
    history.starts(0, 50)
    history.replies(0, by: 0, 50, answers: false)
    history.stops(0, 60)
    // Interrupted from 60 to 80: nobody works on it and the answer is owed.
    history.starts(0, 80)
    history.replies(0, by: 0, 100)
    history.stops(0, 100)
    #expect(try history.value(of: "first_response.mean") == 50)
    #expect(try history.value(of: "response.mean") == 50)
    #expect(try history.value(of: "waiting", at: 100) == 0.7)
  }

  @Test func `an answer that ends the conversation at once is all three times, each in its bounds`()
    throws
  {
    let metrics = [
      "first_response.within(20 s)", "response.within(40 s)", "resolution.within(60 s)",
      "resolution.within(40 s)",
    ]
    var history = try History(metrics: metrics)
    // Answered and closed after 10, 30 and 50 s; at once; and one that lasts on after its answer.
    for (slot, length) in [Int64(10), 30, 50, 0].enumerated() {
      history.opens(slot, 0)
      history.answers(slot, by: 0, from: 0, to: length)
      history.closes(slot, length)
    }
    history.opens(4, 0)
    history.answers(4, by: 0, from: 0, to: 10)
    history.closes(4, 100)
    // Two answers: neither is the resolution.
    history.opens(5, 0)
    history.answers(5, by: 0, from: 0, to: 10)
    history.writes(5, 20)
    history.answers(5, by: 0, from: 20, to: 50)
    history.closes(5, 50)
    let times = history.result().times
    func seconds(_ histogram: Histogram) -> UInt128 { histogram.total / 1_000_000_000 }
    #expect(times.firstResponse.count == 6)
    #expect(seconds(times.firstResponse) == 10 + 30 + 50 + 0 + 10 + 10)
    #expect(times.response.count == 7)
    #expect(seconds(times.response) == 10 + 30 + 50 + 0 + 10 + 10 + 30)
    #expect(times.resolution.count == 6)
    #expect(seconds(times.resolution) == 10 + 30 + 50 + 0 + 100 + 50)
    #expect(times.firstResponse.minimum == 0 && times.resolution.minimum == 0)
    #expect(try history.value(of: metrics[0]) == 4.0 / 6)
    #expect(try history.value(of: metrics[1]) == 6.0 / 7)
    #expect(try history.value(of: metrics[2]) == 5.0 / 6)
    #expect(try history.value(of: metrics[3]) == 3.0 / 6)
  }

  @Test func `only the first start ends the wait`() throws {
    var history = try History()
    history.opens(0, 0)
    history.starts(0, 30)
    history.stops(0, 40)
    history.answers(0, by: 1, from: 70, to: 90)
    #expect(try history.value(of: "wait.mean") == 30)
  }

  @Test func `a response answers the first of several messages`() throws {
    var history = try History()
    history.opens(0, 0)
    history.writes(0, 20)
    history.replies(0, by: 0, 50)
    // A second message of the agent answers nothing.
    history.replies(0, by: 0, 55)
    history.writes(0, 100)
    history.replies(0, by: 0, 110)
    #expect(try history.value(of: "response.mean") == 30)
    #expect(history.result().times.response.count == 2)
    #expect(history.result().agents[0].replies == 3)
  }

  @Test func `case a: closed without a message of a human has no first response`() throws {
    var history = try History()
    history.opens(0, 0)
    history.closes(0, 60)
    history.opens(0, 100)
    history.replies(0, by: 0, 110)
    history.closes(0, 120)
    #expect(try history.value(of: "first_response.mean") == 10)
    #expect(try history.value(of: "resolution.mean") == 40)
  }

  @Test func `case b: a contact who is assigned already has no time to assignment`() throws {
    var history = try History()
    history.opens(0, 0, assignee: 2)
    history.replies(0, by: 2, 30)
    history.closes(0, 40)
    #expect(try history.value(of: "time_to_assignment.mean") == nil)
    // An assignment that follows fills it.
    history.opens(0, 100, assignee: 2)
    history.assigns(0, 1, 125)
    #expect(try history.value(of: "time_to_assignment.mean") == 25)
  }

  @Test func `case c: a message of somebody else counts and is credited to the sender`() throws {
    var history = try History()
    history.opens(0, 0)
    history.assigns(0, 0, 0)
    history.replies(0, by: 2, 40)
    history.replies(0, by: 0, 60)
    history.closes(0, 80)
    let result = history.result()
    #expect(result.agents[2].firstResponses == 1)
    #expect(result.agents[2].firstResponseMean == 40)
    #expect(result.agents[0].firstResponses == 0)
    #expect(result.agents[0].firstResponseMean == nil)
    #expect(result.agents[0].conversations == 1)
    #expect(result.agents[2].conversations == 1)
  }

  @Test func `case d: an unassignment is no last assignment`() throws {
    var history = try History()
    history.opens(0, 0)
    history.assigns(0, 0, 10)
    history.assigns(0, nil, 20)
    // Back to the same user: not to a different one than the one before.
    history.assigns(0, 0, 30)
    history.assigns(0, nil, 40)
    history.assigns(0, 1, 50)
    #expect(try history.value(of: "reassignments") == 1)
    #expect(try history.value(of: "assignments") == 5)
    #expect(try history.value(of: "time_to_assignment.mean") == 10)
  }

  @Test func `case e: opened by a user, only what follows the contact's message is a response`()
    throws
  {
    var history = try History()
    history.opens(0, 0, writes: false)
    history.replies(0, by: 0, 0)
    #expect(try history.value(of: "first_response.mean") == nil)
    history.writes(0, 100)
    history.replies(0, by: 0, 130)
    #expect(try history.value(of: "first_response.mean") == 130)
    #expect(try history.value(of: "response.mean") == 30)
  }

  @Test func `what has not ended at the end is in no time but in the counts`() throws {
    var history = try History()
    history.opens(0, 0)
    history.opens(1, 0)
    history.answers(1, by: 0, from: 10, to: 20)
    history.closes(1, 20)
    history.opens(2, 30)
    history.starts(2, 50)
    let result = history.result(at: 100)
    #expect(result.times.wait.count == 2)
    #expect(result.times.firstResponse.count == 1)
    #expect(result.times.resolution.count == 1)
    #expect(result.all.conversations == 3)
    #expect(result.openAtEnd == 2)
    #expect(result.waitingAtEnd == 1)
    #expect(result.unassignedAtEnd == 2)
    // 0 waits for 100 s, 1 for 10, 2 for 20.
    #expect(try history.value(of: "waiting", at: 100) == 1.3)
  }

  @Test func `who gives up before the start counts as abandoned and not as a wait`() throws {
    var history = try History()
    history.opens(0, 0)
    history.abandons(0, 40)
    history.closes(0, 40)
    history.opens(1, 0)
    history.answers(1, by: 0, from: 20, to: 30)
    // The second question was in vain: the wait of the first still counts.
    history.writes(1, 50)
    history.abandons(1, 90)
    history.closes(1, 90)
    history.opens(2, 0)
    history.abandons(2, 60)
    // It stays open, and somebody starts all the same.
    history.answers(2, by: 0, from: 100, to: 110)
    history.opens(3, 0)
    #expect(try history.value(of: "abandoned") == 0.75)
    #expect(try history.value(of: "wait.mean") == 20)
    #expect(history.result().times.wait.count == 1)
    // 40 + 20 + 40 + 60 + 110 until 110: who gave up does not wait.
    #expect(try history.value(of: "waiting", at: 110) == 270.0 / 110)
  }

  @Test func `exact bounds are exact and quantiles are of those that ended`() throws {
    var history = try History(metrics: ["wait.within(30 s)", "wait.p90"])
    for (slot, wait) in [29, 30, 31, 30].enumerated() {
      history.opens(slot, 0)
      history.starts(slot, Int64(wait))
      history.stops(slot, 31)
    }
    history.opens(9, 999)
    #expect(try history.value(of: "wait.within(30 s)") == 0.75)
    // Between the bounds there are buckets, of 1/1,024 of their values.
    let median = try #require(try history.value(of: "wait.p50"))
    #expect(abs(median / 30 - 1) < 1 / 2_048.0)
    #expect(try history.value(of: "wait.sd") == (2.0 / 3).squareRoot())
  }

  @Test func `the office clock stands still at night`() throws {
    let asked = ["first_response.office.mean", "response.office.max", "resolution.office.mean"]
    var history = try History(metrics: asked, office: [100..<200, 300..<400])
    history.opens(0, 50)
    history.starts(0, 350)
    history.replies(0, by: 0, 360)
    history.stops(0, 360)
    history.closes(0, 450)
    #expect(try history.value(of: "first_response.mean") == 310)
    #expect(try history.value(of: "first_response.office.mean") == 160)
    #expect(try history.value(of: "wait.office.mean") == 150)
    #expect(try history.value(of: "response.office.max") == 160)
    #expect(try history.value(of: "resolution.office.mean") == 200)
  }

  @Test func `the platform's view leaves out what is open`() throws {
    var history = try History(metrics: ["response.closed_only.mean", "reassigned.closed_only"])
    // Closed, with responses of 10 and 30: the platform counts their mean once.
    history.opens(0, 0)
    history.replies(0, by: 0, 10)
    history.writes(0, 20)
    history.replies(0, by: 0, 50)
    history.closes(0, 50)
    // Open, answered after 90, moved once.
    history.opens(1, 0)
    history.assigns(1, 0, 0)
    history.assigns(1, 1, 5)
    history.replies(1, by: 1, 90)
    #expect(try history.value(of: "first_response.mean") == 50)
    #expect(try history.value(of: "first_response.closed_only.mean") == 10)
    #expect(try history.value(of: "response.mean") == 130.0 / 3)
    #expect(try history.value(of: "response.closed_only.mean") == 20)
    #expect(history.result().closedTimes?.response.count == 1)
    #expect(try history.value(of: "reassigned") == 0.5)
    #expect(try history.value(of: "reassigned.closed_only") == 0)
    #expect(try history.value(of: "opened") == 2)
    #expect(try history.value(of: "closed") == 1)
    #expect(try history.value(of: "open_at_end") == 1)
  }
}

@Suite("Office hours")
struct OfficeHoursTests {
  @Test func `tell the office time between any two instants`() {
    let hours = OfficeHours([30..<40, 10..<20, 15..<25, 40..<45, 50..<50])
    // Open from 10 to 25 and from 30 to 45.
    for (from, to, expected) in [
      (0, 100, 30), (0, 10, 0), (12, 14, 2), (24, 31, 2), (26, 29, 0), (44, 60, 1), (20, 10, 0),
    ] as [(Int64, Int64, Int64)] {
      #expect(hours.elapsed(from: from, to: to) == expected, "\(from) to \(to)")
    }
    #expect(OfficeHours([]).elapsed(from: 0, to: 100) == 0)
  }
}
