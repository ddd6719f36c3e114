import Engine
import Measurement
import Scenarios
import Statistics
import Testing
import World

@testable import Experiments

@Suite struct `A grid of agents, hours and times` {
  /// Two hours, the second busier; customers give up, and the hours are not those of midnight.
  private static func scenario(
    _ agents: Int, replyTime: String = "{exponential: 3 min}", more: String = ""
  ) throws -> Scenario {
    try Scenario.read(
      SourceFile(
        name: "two hours",
        text: """
          name: Two hours
          seed: 11
          start: 2026-11-23 08:30
          duration: 2 h
          contacts:
            people:
              arrivals: {profile: {"08:00": 20 per hour, "09:30": 60 per hour}, shape: step}
              patience: {exponential: 20 min}
              questions: 2
          teams: {desk: {agents: \(agents), picks: oldest, reply_time: \(replyTime)\(more)}}
          goals:
            - 'between 08:30 and 09:30: first_response.within(5 min) >= 80%'
            - 'between 09:30 and 10:30: first_response.within(5 min) >= 80%'
            - 'first_response.within(5 min) >= 80%'
          """))
  }

  private static func runs() throws -> StaffingRuns {
    let any = try scenario(1)
    let grid = try #require(PeriodGrid(length: 3_600, start: any.start, duration: any.duration))
    return StaffingRuns(
      grid: grid, duration: any.duration.nanoseconds, bounds: [60, 300], seed: any.seed, threads: 2
    ) { agents in
      guard let scenario = try? scenario(max(1, agents.max() ?? 1)) else { return nil }
      var plan = WorldPlan(scenario, scenario.standard)
      plan.staff(0, agents, by: grid)
      return plan
    }
  }

  @Test func `says of an hour what the scenario's own goal says, with as many agents`() throws {
    let search = StaffingSearch(runs: try Self.runs(), present: 5, share: 0.5, bound: 1)
    var told: [Int] = []
    let grid = try search.grid(interruption: Interruption()) { done, all in
      #expect(done <= all)
      told.append(done)
    }
    #expect(told.last == grid.counts.count * StaffingRuns.replications)
    #expect(grid.periods.map(\.begin) == ["08:30", "09:30"])
    #expect(grid.periods.map(\.end) == ["09:30", "10:30"])
    #expect(grid.counts.contains(4) && grid.counts == grid.counts.sorted())
    let scenario = try Self.scenario(4)
    let plain = try Campaign(
      entries: [.init(name: "plain", plan: WorldPlan(scenario, scenario.standard))],
      seed: scenario.seed, replications: StaffingRuns.replications, threads: 2
    ).run().outcomes[0].result
    let place = try #require(grid.place(of: 4))
    for period in 0..<2 {
      let found = try #require(plain.summary(of: scenario.goals[period].metric))
      let cell = grid.reach(place, period, 1)
      #expect(cell.value == found.mean)
      #expect(cell.low == found.low && cell.high == found.high)
    }
    // Nearly all wait longer than a minute: the writing alone takes three.
    #expect((grid.reach(place, 0, 0).value ?? 1) < (grid.reach(place, 0, 1).value ?? 0))
    let customers = grid.periods.map(\.customers)
    #expect(abs(customers[0] - 20) < 4 && abs(customers[1] - 60) < 7)
  }

  @Test func `a day is run on other customers than those who chose it`() throws {
    let runs = try Self.runs()
    let days = try #require(try runs.day([4, 4], interruption: Interruption()))
    let columns = try runs.columns(of: [4], interruption: Interruption()) { _ in }
    #expect(days.count == 2 && days[1].periods.count == 2)
    #expect(days[1].periods[1] != columns[0].tally.reached[1][1])
    let (low, high) = (try #require(days[1].whole.low), try #require(days[1].whole.high))
    let whole = try #require(days[1].whole.value)
    #expect(low < whole && whole < high)
  }

  @Test func `nothing is told once nobody wants it`() throws {
    let interruption = Interruption()
    let search = StaffingSearch(runs: try Self.runs(), present: 5, share: 0.8, bound: 1)
    #expect(throws: Trials.Failure.self) {
      try search.grid(interruption: interruption) { done, _ in
        if done == 3 { interruption.set() }
        #expect(done < 8)
      }
    }
  }

  @Test func `begins around the present number, at most sixteen of them`() {
    #expect(StaffingSearch.counts(around: 12) == Array(5...20))
    #expect(StaffingSearch.counts(around: 1) == [1, 2, 3, 4])
    for present in 1...400 {
      let counts = StaffingSearch.counts(around: present)
      #expect(counts.count <= 16 && counts.contains { $0 <= present } && counts.max()! > present)
      #expect(counts == counts.sorted() && Set(counts).count == counts.count)
    }
  }

  @Test func `looks further where the answer lies outside`() throws {
    let search = StaffingSearch(runs: try Self.runs(), present: 5, share: 0.8, bound: 0)
    func wider(_ reached: [Double]) -> [Int] {
      let counts = Array(4..<(4 + reached.count))
      let grid = StaffingGrid(
        periods: [.init(begin: "09:00", end: "10:00", hours: 1, customers: 5)], counts: counts,
        bounds: [60], runs: 30,
        reached: reached.map { [[StaffingReach(value: $0, low: $0 - 0.01, high: $0 + 0.01)]] })
      return search.wider(grid)
    }
    #expect(wider([0.5, 0.7, 0.85, 0.9]) == [])
    // The fewest are enough: fewer are tried. More still help: more are tried. They do not: none is.
    #expect(wider([0.9, 0.92, 0.93, 0.94]) == [1, 2, 3])
    #expect(wider([0.2, 0.3, 0.4, 0.5]).min() == 8)
    #expect(wider([0.70, 0.74, 0.748, 0.75]) == [])
  }

  @Test func `looks closer where the need lies between two numbers`() throws {
    let search = StaffingSearch(runs: try Self.runs(), present: 120, share: 0.8, bound: 0)
    func finer(_ counts: [Int], _ reached: [Double]) -> [Int] {
      search.finer(
        StaffingGrid(
          periods: [.init(begin: "09:00", end: "10:00", hours: 1, customers: 5)], counts: counts,
          bounds: [60], runs: 30,
          reached: reached.map { [[StaffingReach(value: $0, low: $0 - 0.01, high: $0 + 0.01)]] }))
    }
    #expect(finer([100, 110, 120], [0.7, 0.75, 0.85]) == Array(111...119))
    #expect(finer([100, 160, 170], [0.7, 0.85, 0.9]).count <= 16)
    #expect(finer([100, 101, 120], [0.7, 0.85, 0.9]) == [])
    // Nothing below the fewest, nothing where none is enough.
    #expect(finer([100, 110], [0.85, 0.9]) == [] && finer([100, 110], [0.6, 0.7]) == [])
  }

  // MARK: - Formulas

  @Test func `Erlang C adds the writing to the wait`() throws {
    let model = try Self.scenario(5, replyTime: "3 min").standard.model
    let formulas = try #require(WritingFormulas(model))
    // 60 customers an hour, two answers each of exactly three minutes: six agents' work. Within so many
    // seconds written means begun three minutes sooner.
    func begun(within time: Double) -> Int? {
      ErlangC.fewestServers(
        arrivalRate: 120.0 / 3_600, meanService: 180, serviceLevel: 0.8, within: time)
    }
    for within in [190.0, 240, 480] {
      #expect(
        formulas.erlangC(customersPerHour: 60, share: 0.8, within: within)
          == begun(within: within - 180))
    }
    #expect(begun(within: 10) != begun(within: 190))
    #expect(formulas.erlangC(customersPerHour: 0, share: 0.8, within: 480) == 0)
    // What takes three minutes is never done in two.
    #expect(formulas.erlangC(customersPerHour: 60, share: 0.8, within: 120) == nil)
    #expect(formulas.ceiling(within: 120) == 0 && formulas.ceiling(within: 180) == 1)
  }

  @Test func `absences ask for more agents, several at once for fewer`() throws {
    let model = try Self.scenario(
      5, replyTime: "{lognormal: {median: 130 s, p90: 6 min}}",
      more: ", attention: {shared: [1, 1.5]}, away: {after: 50 min, for: 10 min}"
    ).standard.model
    let formulas = try #require(WritingFormulas(model))
    let there = try #require(
      WritingFormulas(
        Self.scenario(5, replyTime: "{lognormal: {median: 130 s, p90: 6 min}}").standard.model)
    ).erlangC(customersPerHour: 60, share: 0.7, within: 300)
    let single = formulas.erlangC(customersPerHour: 60, share: 0.7, within: 300)
    #expect(single == there.map { Int((Double($0) * 6 / 5 - 1e-9).rounded(.up)) })
    #expect(formulas.gain == 1.5)
    let several = formulas.erlangC(customersPerHour: 60, share: 0.7, within: 300, each: 1.5)
    #expect(several == there.map { Int((Double($0) / 1.5 * 6 / 5 - 1e-9).rounded(.up)) })
    // Half of the answers are written within their median.
    #expect(abs(formulas.ceiling(within: 130) - 0.5) < 1e-12)
  }
}
