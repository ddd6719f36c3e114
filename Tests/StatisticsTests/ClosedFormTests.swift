import Testing

@testable import Statistics

/// The closed forms against tables of 15 digits.
///
/// A rate given to 15 digits is off by up to 5e-16 of itself, which a load of 0.99 magnifies a
/// hundredfold in the wait: 1e-12 leaves that and the rounding of the formulas, and nothing else.
private let tolerance = 1e-12

@Suite("Closed forms")
struct ClosedFormTests {
  @Test(arguments: ReferenceTable.rows("erlang_c"))
  func `Erlang C agrees with the reference`(_ row: ReferenceRow) throws {
    let model = try #require(
      ErlangC(
        servers: row.integer("servers"), arrivalRate: row.number("arrival_rate_per_min"),
        meanService: row.number("mean_service_min")))
    func check(_ value: Double?, _ column: String) throws {
      #expect(error(value, try row.number(column)) < tolerance, "\(column)")
    }
    try check(model.load, "rho")
    try check(model.pWait, "p_wait")
    try check(model.meanWait, "mean_wait_min")
    try check(model.wait.meanGivenWait, "mean_wait_given_wait_min")
    try check(model.wait.standardDeviation, "sd_wait_min")
    for percent in [50, 90, 95, 99] {
      try check(model.wait.quantile(Double(percent) / 100), "wait_p\(percent)_min")
    }
    let target = try row.number("target_T_min")
    try check(model.serviceLevel(within: target), "service_level_within_T")
    try check(model.meanQueue, "mean_queue_length")
    try check(model.meanInSystem, "mean_in_system")
  }

  @Test(arguments: ReferenceTable.rows("erlang_a"))
  func `Erlang A agrees with the reference`(_ row: ReferenceRow) throws {
    let model = try #require(
      ErlangA(
        servers: row.integer("servers"), arrivalRate: row.number("arrival_rate_per_min"),
        meanService: row.number("mean_service_min"),
        meanPatience: row.number("mean_patience_min")))
    func check(_ value: Double?, _ column: String) throws {
      #expect(error(value, try row.number(column)) < tolerance, "\(column)")
    }
    try check(model.pWait, "p_wait_gt0")
    try check(model.pAbandon, "p_abandon")
    try check(model.meanWait, "mean_wait_all_min")
    try check(model.meanWaitServed, "mean_wait_served_min")
    try check(model.meanWaitAbandoned, "mean_wait_abandoned_min")
    try check(model.meanQueue, "mean_queue_length")
    try check(model.meanBusy, "mean_busy")
    try check(model.utilisation, "utilisation")
    try check(model.pImmediate, "p_served_immediately")
    let target = try row.number("target_T_min")
    try check(model.pServed(within: target), "p_served_within_T_of_all")
    try check(model.pWithin(target), "p_served_within_T_of_served")
  }

  @Test(arguments: ReferenceTable.rows("mg1"))
  func `Pollaczek and Khinchine agree with the reference`(_ row: ReferenceRow) throws {
    let model = try #require(
      PollaczekKhinchine(
        arrivalRate: row.number("arrival_rate"), meanService: row.number("service_mean"),
        secondMoment: row.number("service_m2"), thirdMoment: row.number("service_m3")))
    #expect(error(model.load, try row.number("p_wait")) < tolerance)
    #expect(error(model.meanWait, try row.number("mean_wait")) < tolerance)
    #expect(error(model.standardDeviation, try row.number("sd_wait")) < tolerance)
    #expect(error(model.meanQueue, try row.number("mean_queue_length")) < tolerance)
  }

  @Test(arguments: ReferenceTable.rows("round_robin"))
  func `round robin agrees with the reference`(_ row: ReferenceRow) throws {
    let model = try #require(
      RoundRobinDispatch(
        agents: row.integer("agents_n"), slots: row.integer("slots_k"),
        arrivalRate: row.number("total_arrival_rate"), meanService: row.number("mean_service")))
    func check(_ value: Double?, _ column: String) throws {
      #expect(error(value, try row.number(column)) < tolerance, "\(column)")
    }
    try check(model.sigma, "sigma")
    try check(model.meanWaiting, "mean_total_waiting")
    try checkWait(model.wait, row)
  }

  @Test(arguments: ReferenceTable.rows("random_dispatch"))
  func `random dispatch agrees with the reference`(_ row: ReferenceRow) throws {
    let model = try #require(
      RandomDispatch(
        agents: row.integer("agents_n"), slots: row.integer("slots_k"),
        arrivalRate: row.number("total_arrival_rate"), meanService: row.number("mean_service")))
    #expect(error(model.meanWaiting, try row.number("mean_total_waiting")) < tolerance)
    try checkWait(model.wait, row)
    let pooled = try #require(
      ErlangC(
        servers: row.integer("agents_n") * row.integer("slots_k"),
        arrivalRate: row.number("total_arrival_rate"), meanService: row.number("mean_service")))
    #expect(error(pooled.meanWait, try row.number("mean_wait_pooled_mmc")) < tolerance)
  }

  private func checkWait(_ wait: WaitLaw, _ row: ReferenceRow) throws {
    #expect(error(wait.pWait, try row.number("p_wait")) < tolerance)
    #expect(error(wait.mean, try row.number("mean_wait")) < tolerance)
    #expect(error(wait.meanGivenWait, try row.number("mean_wait_given_wait")) < tolerance)
    #expect(error(wait.standardDeviation, try row.number("sd_wait")) < tolerance)
    for percent in [50, 90, 95, 99] {
      let exact = try row.number("wait_p\(percent)")
      #expect(error(wait.quantile(Double(percent) / 100), exact) < tolerance)
    }
  }

  @Test(arguments: ReferenceTable.rows("mdc"))
  func `constant service agrees with the reference`(_ row: ReferenceRow) throws {
    let model = try #require(
      DeterministicService(
        servers: row.integer("servers"), arrivalRate: row.number("arrival_rate"), service: 1))
    let exact = try row.number("mean_wait_in_service_times")
    #expect(error(model.meanWait, exact) < tolerance)
    #expect(error(model.meanQueue, try row.number("mean_queue_length")) < tolerance)
  }

  @Test(arguments: ReferenceTable.rows("halfin_whitt"))
  func `square-root staffing agrees with the reference`(_ row: ReferenceRow) throws {
    let beta = try row.number("beta")
    let offered = try row.number("offered_load")
    let servers = try row.integer("servers")
    if row.text("model") == "HW" {
      let approximate = SquareRootStaffing.pWait(beta: beta)
      #expect(error(approximate, try row.number("p_wait_approx")) < tolerance)
      let fromLoad = SquareRootStaffing.pWait(
        beta: (1 - offered / Double(servers)) * Double(servers).squareRoot())
      #expect(error(fromLoad, try row.number("p_wait_approx_beta_from_rho")) < tolerance)
      let wait = SquareRootStaffing.meanWait(beta: beta, offeredLoad: offered)
      #expect(error(wait, try row.number("mean_wait_approx_in_service_times")) < tolerance)
      let exact = ErlangC(servers: servers, arrivalRate: offered, meanService: 1)
      #expect(error(exact?.pWait, try row.number("p_wait_exact")) < tolerance)
      let inverse = SquareRootStaffing.beta(pWait: try #require(approximate))
      #expect(error(inverse, beta) < 1e-10)
    } else {
      let ratio = try row.number("theta_over_mu")
      let approximate = SquareRootStaffing.pWait(beta: beta, patienceRatio: ratio)
      #expect(error(approximate, try row.number("p_wait_approx")) < tolerance)
      let gaveUp = SquareRootStaffing.pAbandon(
        beta: beta, patienceRatio: ratio, offeredLoad: offered)
      #expect(error(gaveUp, try row.number("p_abandon_approx")) < tolerance)
      let exact = ErlangA(
        servers: servers, arrivalRate: offered, meanService: 1, meanPatience: 1 / ratio)
      #expect(error(exact?.pWait, try row.number("p_wait_exact")) < tolerance)
      #expect(error(exact?.pAbandon, try row.number("p_abandon_exact")) < tolerance)
    }
  }
}
