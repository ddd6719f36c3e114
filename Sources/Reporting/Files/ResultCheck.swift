import Measurement

/// What a saved result must fulfil before anything is made from it: it may have been changed by hand.
///
/// Kinds and missing keys are found while it is decoded. Here are the numbers that arithmetic relies
/// on: finite and of a size that occurs, counts that are none below nought, steps that lead forward,
/// places in lists that exist.
struct ResultCheck {
  /// Where the first number stands that cannot be; nil if all can.
  private(set) var problem: String?

  /// No time, count or amount of a result is larger: 1e15 seconds are 30 million years.
  private static let largest = 1e15
  /// As many replications as there are random streams for.
  private static let replicationLimit = 1 << 22

  init(_ document: ResultDocument) {
    check("replications", (0...Self.replicationLimit).contains(document.replications))
    count("runs", document.runs)
    count("events", document.events)
    scenario(document.scenario)
    for (index, metric) in document.metrics.enumerated() {
      let place = "metrics.[\(index)]"
      number(place + ".shown_factor", metric.shownFactor)
      check(place + ".shown_factor", metric.shownFactor > 0)
      check(place + ".decimals", (0...15).contains(metric.decimals))
    }
    for (index, goal) in document.goals.enumerated() {
      number("goals.[\(index)].limit", goal.limit)
    }
    // Tables put the populations of all strategies side by side.
    let kinds = document.strategies.map { $0.populations?.map(\.name) }
    for (index, kind) in kinds.enumerated() {
      check("strategies.[\(index)].populations", kind == kinds[0])
    }
    for (index, strategy) in document.strategies.enumerated() {
      self.strategy("strategies.[\(index)]", strategy, document)
    }
    if let comparison = document.comparison { self.comparison(comparison, document) }
    if let frame = document.timeline {
      number("timeline.step", frame.step)
      check("timeline.step", frame.step > 0)
    }
    for (index, window) in document.lanes.enumerated() { lanes("lanes.[\(index)]", window) }
    if let sanity = document.sanity { self.sanity(sanity) }
    if let precision = document.precision {
      number("precision.within", precision.within)
      number("precision.reached", precision.reached)
    }
    if let partial = document.partial {
      count("partial.finished_runs", partial.finishedRuns)
      count("partial.requested_runs", partial.requestedRuns)
      count("partial.requested_replications", partial.requestedReplications)
    }
  }

  // MARK: - Parts

  private mutating func scenario(_ scenario: ResultDocument.Scenario) {
    length("scenario.duration", scenario.duration)
    length("scenario.warmup", scenario.warmup)
    check("scenario.start_of_day", (0..<86_400).contains(scenario.startOfDay ?? 0))
    count("scenario.agent_count", scenario.agentCount)
    length("scenario.conversations_per_run", scenario.conversationsPerRun)
  }

  private mutating func strategy(
    _ place: String, _ strategy: ResultDocument.Strategy, _ document: ResultDocument
  ) {
    for (index, goal) in strategy.goals.enumerated() {
      let here = "\(place).goals.[\(index)]"
      numbers(here, goal.value, goal.low, goal.high)
    }
    for (index, value) in strategy.values.enumerated() {
      let here = "\(place).values.[\(index)]"
      numbers(here, value.mean, value.low, value.high)
      numbers(here, value.halfWidth, value.sd)
      check(
        here + ".replications",
        value.replications >= 0 && value.replications <= document.replications)
      check(here + ".samples", value.samples.count <= document.replications)
      for sample in value.samples { number(here + ".samples", sample) }
    }
    for (index, row) in strategy.agents.enumerated() {
      let here = "\(place).agents.[\(index)]"
      for value in [
        row.conversations, row.replies, row.online, row.busy, row.openMean, row.openMax,
      ] {
        length(here, value)
      }
      for value in [row.reassignedIn, row.reassignedOut] { length(here, value) }
      numbers(here, row.conversationsHalfWidth, row.busyRatio, row.busyRatioHalfWidth)
      number(here, row.firstResponseMean)
    }
    for (index, row) in strategy.timeline.enumerated() {
      let here = "\(place).timeline.[\(index)]"
      length(here + ".start", row.start)
      for estimate in [
        row.arrivals, row.open, row.waiting, row.agentsOnline, row.busyRatio, row.firstResponse,
      ] { self.estimate(here, estimate) }
      for part in [row.within, row.assigned, row.unassigned] { estimate(here, part) }
      number(here + ".known", row.known)
    }
    check(place + ".timeline", Self.ascends(strategy.timeline.map(\.start)))
    check(place + ".waits.unanswered", Self.ascends((strategy.waits?.unanswered ?? []).map(\.time)))
    check(place + ".waits.tail", Self.ascends((strategy.waits?.tail ?? []).map(\.time)))
    for point in (strategy.waits?.unanswered ?? []) + (strategy.waits?.tail ?? []) {
      length(place + ".waits", point.time)
      numbers(place + ".waits", point.share, point.low, point.high)
    }
    if let moves = strategy.moves {
      for estimate in [moves.helped, moves.noSooner, moves.unjudged, moves.pingPong] {
        self.estimate(place + ".moves", estimate)
      }
      for share in moves.distribution { number(place + ".moves.distribution", share) }
    }
    for (index, row) in (strategy.populations ?? []).enumerated() {
      length("\(place).populations.[\(index)].conversations", row.conversations)
      for figure in row.figures { number("\(place).populations.[\(index)]", figure.value) }
    }
    if let reports = strategy.reports { self.reports(place + ".reports", reports) }
    if let overload = strategy.overload {
      number(place + ".overload.growth_per_hour", overload.growthPerHour)
      for (index, row) in overload.places.enumerated() {
        let here = "\(place).overload.places.[\(index)]"
        for value in [row.from, row.to, row.offered, row.available] { length(here, value) }
        count(here + ".enough", row.enough ?? 0)
      }
    }
  }

  private mutating func reports(_ place: String, _ reports: ResultDocument.Reports) {
    func counts(_ values: Int?...) { for value in values { count(place, value ?? 0) } }
    func lengths(_ values: Double?...) { for value in values { length(place, value ?? 0) } }
    for row in reports.conversations { counts(row.opened, row.closed) }
    for row in reports.responses {
      check(place + ".responses.buckets", row.buckets.count == 7)
      for bucket in row.buckets { count(place, bucket) }
      counts(row.conversations, row.responses)
      lengths(row.mean)
    }
    for row in reports.resolutions {
      counts(row.closed)
      lengths(row.share, row.resolution, row.longest, row.timeToFirstAssignment)
      lengths(row.firstAssignmentToClose, row.lastAssignmentToClose)
    }
    for row in reports.messages { counts(row.incoming, row.outgoing, row.delivered, row.failed) }
    for row in reports.contacts { counts(row.added, row.deleted, row.merged) }
    for row in reports.assignments {
      counts(row.assignments)
      lengths(row.share)
    }
    for row in reports.users + reports.teams {
      counts(row.assigned, row.closed, row.uniqueContacts, row.messages, row.comments)
      lengths(row.firstResponse, row.firstAssignmentToFirstResponse)
      lengths(row.resolution, row.longestResolution)
    }
    for row in reports.broadcasts {
      counts(row.counts.sent, row.counts.delivered, row.counts.failed, row.counts.replied)
      counts(row.counts.read)
    }
  }

  private mutating func comparison(
    _ comparison: ResultDocument.Comparison, _ document: ResultDocument
  ) {
    count("comparison.comparison_count", comparison.comparisonCount)
    differences("comparison.differences", comparison.differences)
    differences("comparison.all_pairs", comparison.allPairs)
    if let best = comparison.best {
      number("comparison.best.indifference", best.indifference)
      for row in best.rows {
        numbers("comparison.best.rows", row.mean, row.low, row.high)
        count("comparison.best.rows.replications", row.replications)
      }
    }
    for row in comparison.robustness?.rows ?? [] {
      differences("comparison.robustness.rows", row.differences)
    }
  }

  private mutating func differences(_ place: String, _ rows: [ResultDocument.Difference]) {
    for (index, row) in rows.enumerated() {
      let here = "\(place).[\(index)]"
      numbers(here, row.baselineMean, row.mean, row.change)
      numbers(here, row.low, row.high)
      numbers(here, row.pValue, row.correlation)
      count(here + ".settling", row.settling?.atLeast ?? 0)
      count(here + ".settling", row.settling?.atMost ?? 0)
    }
  }

  private mutating func lanes(_ place: String, _ window: ResultDocument.LaneWindow) {
    length(place + ".from", window.from)
    length(place + ".to", window.to)
    check(place + ".to", window.to > window.from)
    count(place + ".replication", window.replication)
    let lanes = window.agents.indices
    for span in window.spans {
      check(place + ".spans.lane", lanes.contains(span.lane))
      length(place + ".spans.from", span.from)
      length(place + ".spans.to", span.to)
    }
    for transfer in window.transfers {
      for lane in [transfer.fromLane, transfer.toLane].compactMap({ $0 }) {
        check(place + ".transfers", lanes.contains(lane))
      }
      length(place + ".transfers.at", transfer.at)
    }
    for departure in window.departures {
      length(place + ".departures.at", departure.at)
      check(place + ".departures.lane", departure.lane.map(lanes.contains) ?? true)
    }
  }

  private mutating func sanity(_ sanity: ResultDocument.Sanity) {
    for (index, row) in sanity.formulas.enumerated() {
      let here = "sanity.formulas.[\(index)]"
      number(here + ".formula", row.formula)
      estimate(here + ".simulation", row.simulation)
      check(here + ".decimals", (0...15).contains(row.decimals))
    }
    if let warmup = sanity.warmup {
      check("sanity.warmup.points", Self.ascends(warmup.points.map(\.time)))
      length("sanity.warmup.dropped", warmup.dropped)
      for point in warmup.points {
        length("sanity.warmup.points", point.time)
        number("sanity.warmup.points", point.value)
      }
    }
    for curve in sanity.convergence?.curves ?? [] {
      check("sanity.convergence", Self.ascends(curve.points.map { Double($0.replications) }))
      for point in curve.points {
        count("sanity.convergence", point.replications)
        estimate("sanity.convergence", point.estimate)
      }
    }
  }

  // MARK: - Rules

  private mutating func check(_ place: @autoclosure () -> String, _ holds: Bool) {
    if !holds, problem == nil { problem = place() }
  }

  private mutating func number(_ place: @autoclosure () -> String, _ value: Double?) {
    if let value { check(place(), value.magnitude <= Self.largest) }
  }

  private mutating func numbers(
    _ place: @autoclosure () -> String, _ one: Double?, _ two: Double?, _ three: Double? = nil
  ) {
    number(place(), one)
    number(place(), two)
    number(place(), three)
  }

  /// Whether each is larger than the one before.
  private static func ascends(_ values: [Double]) -> Bool {
    zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// A time or an amount, which is never below nought.
  private mutating func length(_ place: @autoclosure () -> String, _ value: Double) {
    check(place(), value >= 0 && value <= Self.largest)
  }

  private mutating func count(_ place: @autoclosure () -> String, _ value: Int) {
    check(place(), value >= 0 && Double(value) <= Self.largest)
  }

  private mutating func estimate(
    _ place: @autoclosure () -> String, _ estimate: ResultDocument.Estimate?
  ) {
    numbers(place(), estimate?.mean, estimate?.low, estimate?.high)
  }
}
