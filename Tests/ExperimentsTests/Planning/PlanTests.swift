import Engine
import Measurement
import Scenarios
import Statistics
import Testing
import World

@testable import Experiments

@Suite struct `A plan` {
  @Test func `looks are shared out so that all of them together err no more than stated`() throws {
    let goal = try Goal("wait.within(20 s) >= 80%")
    let test = StagedTest([goal], confidence: 0.95, cap: 160)
    #expect(test.looks == [10, 20, 40, 80, 160])
    #expect(abs(test.level - 0.98) < 1e-12)
    #expect(StagedTest([goal], confidence: 0.9, cap: 10).looks == [10])
    #expect(StagedTest([goal], confidence: 0.9, cap: 1).looks == [2])
    #expect(StagedTest([goal], confidence: 0.9, cap: 50).looks == [10, 20, 40, 50])
  }

  @Test func `targets lie half a point clear of the limit on both sides, by the formula`() {
    for givesUp in [false, true] {
      let targets = PlanCheck.targets(givesUp: givesUp)
      #expect(targets.count == 20)
      for target in targets {
        let rate = target.load / 300
        func share(_ agents: Int) -> Double {
          givesUp
            ? ErlangA(servers: agents, arrivalRate: rate, meanService: 300, meanPatience: 600)?
              .pWithin(target.bound) ?? 0
            : ErlangC(servers: agents, arrivalRate: rate, meanService: 300)?
              .serviceLevel(within: target.bound) ?? 0
        }
        #expect(share(target.fewest) >= Double(target.limit) / 1_000 + 0.004_999)
        #expect(share(target.fewest - 1) <= Double(target.limit) / 1_000 - 0.004_999)
        #expect(target.range.contains(target.fewest))
        #expect(target.fewest <= 120)
      }
    }
  }

  @Test(arguments: [false, true])
  func `is the exact minimum of a small desk, in few runs`(givesUp: Bool) throws {
    let target = try #require(
      PlanCheck.Target(load: 2, bound: 60, givesUp: givesUp, most: 30, conversations: 1_500))
    let found = try PlanCheck.plan(target, seed: 7, cap: 80, threads: 2)
    #expect(found.chosen == target.fewest)
    #expect(found.runs * 5 <= found.exhaustive)
  }

  @Test func `is the same on one thread and on two`() throws {
    func fingerprint(_ threads: Int) throws -> UInt64 {
      let scenarios = try (1...8).map { try scenario($0) }
      let search = PlanSearch(
        sizes: [8], costs: (1...8).map(Double.init),
        test: StagedTest(scenarios[0].goals, confidence: 0.95, cap: 20)
      ) { WorldPlan(scenarios[$0], scenarios[$0].standard) }
      return try search.run(Trials(seed: 3, threads: threads), "plan").trials.fingerprint
    }
    #expect(try fingerprint(1) == fingerprint(2))
  }

  private func scenario(_ agents: Int) throws -> Scenario {
    try Scenario.read(
      SourceFile(
        name: "desk",
        text: """
          name: A desk
          duration: 2 h
          contacts: {people: {arrivals: {poisson: 24 per hour}}}
          teams: {desk: {agents: \(agents), picks: oldest, reply_time: {exponential: 5 min}}}
          goals: ['wait.within(60 s) >= 80%']
          """))
  }
}

@Suite struct `A run in periods` {
  private func grid(_ length: Int64, _ start: String, _ duration: String) throws -> PeriodGrid {
    let scenario = try Scenario.read(
      SourceFile(
        name: "grid",
        text: """
          name: A grid
          start: \(start)
          duration: \(duration)
          contacts: {people: {arrivals: {poisson: 1 per hour}}}
          teams: {desk: {agents: 1, picks: oldest, reply_time: 1 min}}
          """))
    return try #require(
      PeriodGrid(length: length, start: scenario.start, duration: scenario.duration))
  }

  @Test func `a day has its hours, a fortnight those of a week`() throws {
    let day = try grid(3_600, "2026-11-23 08:00", "12 h")
    #expect(day.count == 12 && day.steps == 12)
    let part = try grid(3_600, "2026-11-23 08:00", "90 min")
    #expect(part.count == 2)
    let weeks = try grid(3_600, "2026-11-23 00:00", "14 d")
    #expect(weeks.count == 168 && weeks.steps == 336)
    #expect(weeks.period(ofStep: 170) == 2)
    #expect(PeriodGrid(length: 3_601, start: day.start, duration: .seconds(60)) == nil)
    #expect(PeriodGrid(length: 50 * 60, start: day.start, duration: .seconds(60)) == nil)
  }

  @Test func `shifts hold in their periods and in no other`() throws {
    let grid = try grid(1_800, "2026-11-27 22:00", "1 d")
    let periods = [0, 1, 3, 4, 5, 9, 47]
    let shifts = grid.shifts(in: periods)
    for period in 0..<grid.count {
      for minute in 0..<30 {
        var local = grid.begin(of: period)
        local.seconds += Int64(minute * 60)
        #expect(shifts.contains { $0.holds(local) } == periods.contains(period))
      }
    }
    #expect(!grid.shifts(in: []).contains { $0.holds(grid.begin(of: 0)) })
  }
}

@Suite struct `Staffing formulas` {
  @Test func `ask for the fewest servers that keep the share`() throws {
    let formulas = StaffingFormulas(meanService: 300, meanPatience: 600, share: 0.8, bound: 20)
    for load in [0.5, 3, 10, 50] {
      let rate = load / 300
      let c = try #require(formulas.erlangC(rate: rate))
      let exact = ErlangC(servers: c, arrivalRate: rate, meanService: 300)
      #expect(try #require(exact).serviceLevel(within: 20) >= 0.8)
      let fewer = ErlangC(servers: c - 1, arrivalRate: rate, meanService: 300)
      #expect((fewer?.serviceLevel(within: 20) ?? 0) < 0.8)
      let a = try #require(formulas.erlangA(rate: rate))
      func served(_ servers: Int) -> Double {
        ErlangA(servers: servers, arrivalRate: rate, meanService: 300, meanPatience: 600)?
          .pServed(within: 20) ?? 0
      }
      #expect(served(a) >= 0.8)
      #expect(a == 1 || served(a - 1) < 0.8)
      // The rule is an approximation of Erlang C for many servers.
      let root = try #require(formulas.squareRoot(rate: rate))
      #expect(abs(root - c) <= 1)
    }
    #expect(formulas.erlangC(rate: 0) == 0)
    let patient = StaffingFormulas(meanService: 300, meanPatience: nil, share: 0.8, bound: 20)
    #expect(patient.erlangA(rate: 1) == nil)
  }
}
