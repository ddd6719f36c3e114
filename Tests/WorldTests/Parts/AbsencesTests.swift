import Engine
import Sampling
import Scenarios
import Testing

@testable import World

@Suite struct AbsencesTests {
  /// The absences of an agent, made alone, in one replication of seed 9.
  private func absences(_ name: String, _ keys: String, replication: Int = 0) throws -> Absences {
    let plan = try world(
      """
      name: absences
      start: 2026-11-23 08:00
      duration: 1 d
      contacts: {all: {arrivals: {poisson: 1 per hour}}}
      teams: {all: {agents: 1, reply_time: 1 min\(keys)}}
      """)
    return Absences(
      name, AgentTraits(plan.model.style(of: plan.model.agents[0])),
      streams: try RandomStreams(seed: 9, replication: replication),
      clock: WallClock(plan.model.settings))
  }

  private let away = ", away: {after: {exponential: 50 min}, for: {exponential: 8 min}}"

  private func draws(_ absences: Absences) -> [Int64?] {
    (0..<20).map { $0 % 2 == 0 ? absences.nextDelay() : absences.nextLength() }
  }

  @Test func `who is never away draws nothing`() throws {
    let absences = try absences("ana", "")
    #expect(absences.nextDelay() == nil)
    #expect(absences.nextLength() == nil)
    #expect(absences.firstChange(atSecond: 0) == nil)
  }

  @Test func `absences belong to a name and a replication`() throws {
    let ana = draws(try absences("ana", away))
    #expect(draws(try absences("ana", away)) == ana)
    #expect(draws(try absences("ben", away)) != ana)
    #expect(draws(try absences("ana", away, replication: 1)) != ana)
    #expect(Set(ana).count == 20)
  }

  @Test func `how often somebody is away does not change how long`() throws {
    let left = try absences("ana", away)
    let right = try absences("ana", away)
    for _ in 0..<7 { _ = right.nextDelay() }
    #expect(left.nextLength() == right.nextLength())
  }

  @Test func `the shift says where the day begins and what comes next`() throws {
    let early = try absences("ana", ", shift: {hours: [\"09:00-17:00\"]}")
    #expect(early.firstChange(atSecond: 0)?.isOn == false)
    #expect(early.firstChange(atSecond: 0)?.next == 3_600)
    #expect(early.change(atSecond: 3_600).isOn)
    #expect(early.change(atSecond: 3_600).next == Int64(32_400))
  }
}
