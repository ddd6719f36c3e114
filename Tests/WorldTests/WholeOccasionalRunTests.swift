import Engine
import Scenarios
import Testing
import VirtualTime

@testable import Measurement
@testable import World

/// What holds in every run holds too with broadcasts, junk, merges, managers and agents who grab.
@Suite struct WholeOccasionalRunTests {
  /// The busy desk with everything that only some worlds have on top.
  static func busy(_ leaving: String, _ finishes: Bool) -> String {
    var text = WholeRunTests.busy(leaving, finishes)
    func put(_ additions: String..., after line: String) {
      let lines = additions.map { "\n    " + $0 }.joined()
      #expect(text.contains(line), "the busy desk has the line \(line)")
      text = text.replacing(line, with: line + lines, maxReplacements: 1)
    }
    put(
      "spam: {share: 10%, recognition: {exponential: 1 min}, blocked: 60%}",
      "second_channel: {share: 90%, channel: mail, after: {exponential: 2 min}, noticed: 70%}",
      after: "answers: {valid: 70%, after: {exponential: 40 s}, never: 10%}")
    put(
      "grabs: {chance: 15%, after: {lognormal: {median: 20 s, p90: 4 min}}}",
      after: "wrap_up: 20 s")
    text = text.replacing(
      "picks: oldest, role: manager}",
      with: """
        picks: oldest, role: manager, supervises:
              {every: {exponential: 5 min}, waiting: 3 min, overloaded: 3, unassigned: true, at_most: 4}}
        """)
    text = text.replacing("duration: 6 h", with: "duration: 4 h")
    return text + """

      broadcasts:
        news:
          recipients: 700
          population: everyday
          channel: whatsapp
          at: 30 min
          replies: {share: 12%, after: {lognormal: {median: 8 min, p90: 2 h}}}
        letter: {recipients: 400, population: hasty, channel: web, at: 2 h, pace: 5 per minute}
      """
  }

  @Test(arguments: ["finish_first", "preempt", "hand_back"], [false, true])
  func `everything adds up whatever happens`(leaving: String, finishes: Bool) throws {
    var plan = try world(Self.busy(leaving, finishes))
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    let counts = try #require(result.measured.occasional)
    #expect(counts.spam > 20 && counts.merged > 10 && counts.quickHandovers > 10)
    #expect(counts.broadcasts.sent == 1_100)
    #expect(counts.broadcasts.failed > 0 && counts.broadcasts.replied > 20)
    let ledger = try #require(result.ledger)
    #expect(ledger.conversations.count { $0.closedBy == .merge } == counts.merged)
    #expect(ledger.conversations.count { $0.category == "spam" } == counts.spam)
    #expect(
      ledger.conversations.count == result.measured.closed.conversations
        + result.measured.openAtEnd)
  }

  @Test func `one and eight threads find the same`() throws {
    let plan = try world(Self.busy("hand_back", true))
    let once = try runs(plan, count: 3, threads: 1).map { try $0.get() }
    let again = try runs(plan, count: 3, threads: 8).map { try $0.get() }
    #expect(again.map(\.ending.fingerprint) == once.map(\.ending.fingerprint))
    #expect(again.map(\.measured) == once.map(\.measured))
    #expect(Set(once.map(\.ending.fingerprint)).count == 3)
  }

  @Test func `the resolved scenario is the same world`() throws {
    let scenario = try readScenario(Self.busy("preempt", false))
    let resolved = try readScenario(scenario.resolved)
    let left = try run(WorldPlan(scenario, scenario.standard))
    let right = try run(WorldPlan(resolved, resolved.standard))
    #expect(left.ending.fingerprint == right.ending.fingerprint)
    #expect(left.measured == right.measured)
  }

  @Test func `a world without any of it carries no trace of it`() throws {
    let result = try run(world(WholeRunTests.busy("preempt", false))).measured
    #expect(result.occasional == nil)
    #expect(result.value(of: try MetricReference("spam")) == nil)
  }
}
