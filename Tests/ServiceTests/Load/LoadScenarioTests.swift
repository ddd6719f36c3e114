import Engine
import Measurement
import Sampling
import Scenarios
import Testing
import World

@testable import Service

@Suite struct `How a scenario wants to be driven` {
  private func settings(_ block: String) throws -> LoadSettings? {
    try deskScenario(extra: "load:\n" + block).load
  }

  @Test func `stages, warm-up, speed and goals are read`() throws {
    let load = try #require(
      try settings(
        """
          stages:
            - {rate: 1000 per second, for: 10 s}
            - {from: 1000 per second, to: 60000 per minute, for: 1 min}
          warmup: 2 s
          speed: 60
          goals: [latency.p99 <= 5 ms, achieved >= 99.9%]
        """))
    #expect(load.stages.map(\.length) == [10, 60])
    #expect(load.stages.map(\.from) == [1_000, 1_000])
    #expect(load.stages.map(\.to) == [1_000, 1_000])
    #expect(load.warmup == 2 && load.speed == 60)
    #expect(load.goals.map(\.text) == ["latency.p99 <= 5 ms", "achieved >= 99.9%"])
  }

  @Test func `a scenario without the block has none`() throws {
    #expect(try deskScenario().load == nil)
  }

  @Test(
    arguments: [
      ("  stages: []", "at least one stage"),
      ("  stages: [{for: 3 s}]", "either 'rate' or both"),
      ("  stages: [{rate: 5 per second, from: 3 per second, for: 3 s}]", "either 'rate' or both"),
      ("  stages: [{rate: 0 per second, for: 3 s}]", "more than 0"),
      ("  stages: [{rate: 5 per second, for: 0 s}]", "some time"),
      ("  stages: [{rate: 5 per second}]", "'for'"),
      ("  stages: [{rate: 5 per second, for: 3 s}]\n  warmup: 3 s", "leaves nothing"),
      ("  stages: [{rate: 5 per second, for: 3 s}]\n  speed: 0", "from 0.001"),
      ("  stages: [{rate: 5 per second, for: 3 s}]\n  goals: [wait.p99 <= 5 s]", "unknown metric"),
      ("  stages: [{rate: 5 per second, for: 3 s}]\n  sped: 3", "did you mean 'speed'"),
    ])
  func `what makes no sense is told where it stands`(block: String, told: String) throws {
    do {
      _ = try settings(block)
      Issue.record("it was taken")
    } catch let problems as Diagnostics {
      #expect(problems.all.contains { $0.description.contains(told) }, "\(problems.all)")
    }
  }

  /// 100 an hour who ask twice are answered twice and closed: 500 events an hour, so that 5,000 a second are
  /// 36,000 times as many.
  @Test func `people live as much faster as the rate wants`() throws {
    let plan = LoadPlan(
      world: try desk(), seed: 1, course: .constant(5_000, for: 1), warmup: 0)
    #expect(abs(plan.naturalRate - 100.0 / 3_600) < 1e-12)
    #expect(plan.eventsPerConversation == 5)
    #expect(abs(plan.effectiveSpeed - 36_000) < 1e-6)
  }

  @Test func `profiles are every combination of fields, known and new`() throws {
    let scenario = try deskScenario(
      people: """
            known: {share: 25%}
            fields:
              tier: {gold: 50%, none: 50%}
        """)
    let table = ProfileTable(scenario.standard.model)
    #expect(table.profiles.count == 4)
    #expect(table.choices.first?.shares?.count == 4)
    let known = table.profiles.compactMap(\.self).filter { $0.earlierConversations > 0 }
    #expect(known.count == 2)
  }
}
