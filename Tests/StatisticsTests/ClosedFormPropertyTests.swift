import Foundation
import Testing

@testable import Statistics

@Suite("Closed forms at their edges")
struct ClosedFormPropertyTests {
  @Test func `agree with each other where models coincide`() throws {
    // Round robin over one agent is M/M/k; random dispatch over one agent too.
    let pooled = try #require(ErlangC(servers: 7, arrivalRate: 5.5, meanService: 1.1))
    let cyclic = try #require(
      RoundRobinDispatch(agents: 1, slots: 7, arrivalRate: 5.5, meanService: 1.1))
    #expect(error(cyclic.wait.pWait, pooled.pWait) < 1e-12)
    #expect(error(cyclic.wait.mean, pooled.meanWait) < 1e-12)
    // Patience of a century is no patience needed.
    let patient = try #require(
      ErlangA(servers: 7, arrivalRate: 5.5, meanService: 1.1, meanPatience: 1e9))
    #expect(error(patient.pWait, pooled.pWait) < 1e-6)
    #expect(error(patient.pServed(within: 0.3), pooled.serviceLevel(within: 0.3)) < 1e-6)
    // M/D/1 is Pollaczek and Khinchine with a second moment of 1.
    let constant = try #require(DeterministicService(servers: 1, arrivalRate: 0.999, service: 1))
    let general = try #require(
      PollaczekKhinchine(arrivalRate: 0.999, meanService: 1, secondMoment: 1))
    #expect(error(constant.meanWait, general.meanWait) < 1e-11)
  }

  @Test func `both ways to M/D/c meet`() throws {
    // 500 terms of the series are the border: just above and just below it, the waits follow on.
    for (servers, load) in [(2, 0.72), (2, 0.73), (2, 0.74), (2, 0.75)] {
      let c = Double(servers)
      let model = try #require(
        DeterministicService(servers: servers, arrivalRate: c * load, service: 1))
      // Crommelin's sum in its plain form, term by term.
      var sum = 0.0
      for i in 1...4_000 {
        let mean = Double(i) * c * load
        var term = exp(-mean)
        var tail = 1.0
        for n in 0..<(i * servers) {
          tail -= term
          term *= mean / Double(n + 1)
        }
        let added = tail - (tail - term) / load
        sum += added
        if abs(added) < 1e-15 || mean > 600 { break }
      }
      #expect(abs(model.meanWait - sum) < 1e-10, "load \(load)")
    }
  }

  @Test(arguments: [1_000, 5_000, 20_000])
  func `stay finite and ordered for thousands of servers`(_ servers: Int) throws {
    let c = Double(servers)
    for load in [0.01, 0.5, 0.95, 0.999] {
      let pooled = try #require(ErlangC(servers: servers, arrivalRate: load * c, meanService: 1))
      #expect((0...1).contains(pooled.pWait) && pooled.meanWait.isFinite)
      let constant = try #require(
        DeterministicService(servers: servers, arrivalRate: load * c, service: 1))
      // Constant service at least halves the wait of exponential service, and never undercuts 0.
      #expect(constant.meanWait >= 0 && constant.meanWait <= pooled.meanWait)
    }
    for load in [0.5, 1, 1.3, 5] {
      let model = try #require(
        ErlangA(servers: servers, arrivalRate: load * c, meanService: 1, meanPatience: 2))
      #expect((0...1).contains(model.pAbandon))
      #expect(model.utilisation <= 1 + 1e-12)
      // Those who do not give up are served: lambda (1 - P(abandon)) = mean busy.
      #expect(error(load * c * (1 - model.pAbandon), model.meanBusy) < 1e-9)
      #expect((0...1).contains(model.pServed(within: 0.2)))
    }
    let halves = try #require(
      RoundRobinDispatch(agents: 5, slots: servers, arrivalRate: 4.9 * c, meanService: 1))
    let pooled = try #require(
      ErlangC(servers: servers, arrivalRate: 0.98 * c, meanService: 1))
    #expect(halves.wait.mean > 0 && halves.wait.mean < pooled.meanWait)
  }

  @Test func `the share within a time grows from the share at once to all`() throws {
    let model = try #require(
      ErlangA(servers: 20, arrivalRate: 22, meanService: 1, meanPatience: 1.5))
    #expect(error(model.pServed(within: 0), model.pImmediate) < 1e-14)
    #expect(error(model.pServed(within: 1e6), 1 - model.pAbandon) < 1e-12)
    #expect(model.pServed(within: .infinity) <= 1)
    #expect(model.pServed(within: -1) == 0)
    let values = (0...50).map { model.pServed(within: Double($0) / 20) }
    #expect(values == values.sorted())
  }

  @Test func `the fewest servers meet a level and one fewer does not`() throws {
    let count = try #require(
      ErlangC.fewestServers(
        arrivalRate: 10, meanService: 5, serviceLevel: 0.8, within: 1.0 / 3))
    func level(_ servers: Int) -> Double? {
      ErlangC(servers: servers, arrivalRate: 10, meanService: 5)?.serviceLevel(within: 1.0 / 3)
    }
    #expect(try #require(level(count)) >= 0.8)
    #expect(level(count - 1).map { $0 < 0.8 } ?? true)
    #expect(
      ErlangC.fewestServers(arrivalRate: 10, meanService: 5, serviceLevel: 1, within: 1) == nil)
    #expect(
      ErlangC.fewestServers(arrivalRate: -1, meanService: 5, serviceLevel: 0.8, within: 1) == nil)
    #expect(SquareRootStaffing.servers(offeredLoad: 100, beta: 0.5) == 105)
  }

  static let impossible: [Double] = [0, -1, .nan, .infinity, -.infinity]

  @Test(arguments: impossible)
  func `are refused for impossible rates and times`(_ value: Double) {
    #expect(ErlangC(servers: 2, arrivalRate: value, meanService: 1) == nil)
    #expect(ErlangC(servers: 2, arrivalRate: 1, meanService: value) == nil)
    #expect(ErlangA(servers: 2, arrivalRate: value, meanService: 1, meanPatience: 1) == nil)
    #expect(ErlangA(servers: 2, arrivalRate: 1, meanService: value, meanPatience: 1) == nil)
    #expect(ErlangA(servers: 2, arrivalRate: 1, meanService: 1, meanPatience: value) == nil)
    #expect(DeterministicService(servers: 2, arrivalRate: value, service: 1) == nil)
    #expect(DeterministicService(servers: 2, arrivalRate: 1, service: value) == nil)
    #expect(PollaczekKhinchine(arrivalRate: value, meanService: 1, secondMoment: 2) == nil)
    #expect(PollaczekKhinchine(arrivalRate: 0.5, meanService: 1, secondMoment: value) == nil)
    #expect(
      PollaczekKhinchine(
        arrivalRate: 0.5, meanService: 1, secondMoment: 2, thirdMoment: value) == nil)
    #expect(RoundRobinDispatch(agents: 2, slots: 2, arrivalRate: value, meanService: 1) == nil)
    #expect(RoundRobinDispatch(agents: 2, slots: 2, arrivalRate: 1, meanService: value) == nil)
    #expect(RandomDispatch(agents: 2, slots: 2, arrivalRate: value, meanService: 1) == nil)
    #expect(SquareRootStaffing.pWait(beta: value) == nil)
    #expect(SquareRootStaffing.pWait(beta: 1, patienceRatio: value) == nil)
    #expect(Supermarket.meanTime(load: 0.5, choices: Int(value.isFinite ? value : 0)) == nil)
  }

  @Test func `are refused for loads of 1 and for no servers`() {
    #expect(ErlangC(servers: 2, arrivalRate: 2, meanService: 1) == nil)
    #expect(DeterministicService(servers: 2, arrivalRate: 2, service: 1) == nil)
    #expect(PollaczekKhinchine(arrivalRate: 1, meanService: 1, secondMoment: 2) == nil)
    #expect(RoundRobinDispatch(agents: 2, slots: 3, arrivalRate: 6, meanService: 1) == nil)
    #expect(RandomDispatch(agents: 2, slots: 3, arrivalRate: 6.5, meanService: 1) == nil)
    #expect(ErlangC(servers: 0, arrivalRate: 2, meanService: 1) == nil)
    #expect(ErlangA(servers: 0, arrivalRate: 2, meanService: 1, meanPatience: 1) == nil)
    #expect(ErlangA(servers: 1, arrivalRate: 1e9, meanService: 1, meanPatience: 1e9) == nil)
    #expect(RoundRobinDispatch(agents: 0, slots: 3, arrivalRate: 6, meanService: 1) == nil)
    #expect(ErlangB.blocking(servers: -1, offeredLoad: 3) == nil)
    #expect(ErlangB.blocking(servers: 0, offeredLoad: 3) == 1)
    #expect(Supermarket.meanTime(load: 1, choices: 2) == nil)
    // A second moment below the squared mean belongs to no distribution.
    #expect(PollaczekKhinchine(arrivalRate: 0.5, meanService: 1, secondMoment: 0.9) == nil)
  }
}
