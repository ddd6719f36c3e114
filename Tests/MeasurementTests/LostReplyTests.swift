import Measurement
import Testing

/// PLATFORM.md 10.17: where messages may be lost, a user's message is a response once it will arrive.
@Suite("Replies that may be lost")
struct LostReplyTests {
  @Test func `a lost reply is no response, and the next one answers from the first message on`()
    throws
  {
    var history = try History()
    history.opens(0, 0)
    history.starts(0, 10)
    // Sent at 40 and lost; sent again at 70, which arrives.
    history.replies(0, by: 0, 40, isResponse: false)
    history.stops(0, 40)
    history.responds(0, by: 1, 70)
    history.closes(0, 100)
    #expect(try history.value(of: "first_response.mean") == 70)
    #expect(try history.value(of: "response.mean") == 70)
    #expect(try history.value(of: "resolution.mean") == 100)
    // The work was done: nobody waits for it any more.
    #expect(try history.value(of: "wait.mean") == 10)
  }

  @Test func `who was never reached has no response`() throws {
    var history = try History(metrics: ["first_response.within(1 min)"])
    history.opens(0, 0)
    history.answers(0, by: 0, from: 0, to: 30, isResponse: false)
    history.closes(0, 30)
    history.opens(1, 0)
    history.answers(1, by: 0, from: 0, to: 30)
    history.closes(1, 30)
    #expect(try history.value(of: "first_response.within(1 min)") == 0.5)
    #expect(try history.value(of: "first_response.mean") == 30)
  }

  @Test func `a message that will arrive is what a message of the usual kind is`() throws {
    let metrics = ["first_response.within(20 s)", "response.within(40 s)", "response.mean"]
    func told(_ isSplit: Bool) throws -> [Double?] {
      var history = try History(metrics: metrics)
      history.opens(0, 0)
      for (second, agent) in [(Int64(10), 0), (30, 1), (90, 0)] {
        history.starts(0, second)
        history.replies(0, by: agent, second, isResponse: !isSplit)
        if isSplit { history.responds(0, by: agent, second) }
        history.stops(0, second)
        history.writes(0, second + 5)
      }
      history.closes(0, 200)
      return try metrics.map { try history.value(of: $0) }
    }
    #expect(try told(true) == told(false))
  }
}
