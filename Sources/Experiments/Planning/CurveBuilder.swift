import Engine
public import Measurement
import Sampling
import Scenarios
import Statistics
import World

/// Turns what a search for a curve found into its part of the document, with what formulas say beside it.
public struct CurveBuilder: Sendable {
  /// The search.
  public var search: CurveSearch
  /// The strategy.
  public var strategy: String
  /// The position of the team whose agents are counted.
  public var team: Int

  /// Names what was searched.
  public init(search: CurveSearch, strategy: String, team: Int) {
    self.search = search
    self.strategy = strategy
    self.team = team
  }

  /// A first guess, rather too low: Erlang's numbers for what a run with the most agents shows.
  public func guess(
    _ ground: inout CurveSearch.Ground
  ) throws(Trials.Failure) -> CurveSearch.Curve? {
    let most = Array(repeating: search.bounds.upperBound, count: search.grid.count)
    guard
      let pilot = try search.simulate(
        most, &ground, CurveSearch.Stage(.search, min(5, search.replications)))
    else { return nil }
    guard let formulas = formulas(pilot) else { return most.map { _ in search.bounds.lowerBound } }
    return rates(pilot).map { rate in
      search.clamped(formulas.erlangA(rate: rate) ?? formulas.erlangC(rate: rate) ?? 0)
    }
  }

  /// The curve with its neighbours and the formulas' plans, all simulated on the customers of the
  /// verification.
  public func curve(
    _ found: CurveSearch.Found, _ ground: inout CurveSearch.Ground
  ) throws(Trials.Failure) -> PlanDocument.Curve {
    let agents = found.verified.agents
    let rates = rates(found.verified)
    let fewer = try search.changed(agents, by: -1, &ground)
    let more = try search.changed(agents, by: 1, &ground)
    let formulas = formulas(found.verified)
    var plans = [plan(.needed, found.verified)]
    var asked: [(PlanDocument.Plan.Kind, CurveSearch.Curve?)] = [
      (.fewer, agents.map { max(0, $0 - 1) }), (.more, agents.map { $0 + 1 }),
    ]
    if let formulas {
      asked += [
        (.erlangC, Self.all(rates.map(formulas.erlangC(rate:)))),
        (.erlangA, Self.all(rates.map(formulas.erlangA(rate:)))),
        (.squareRoot, Self.all(rates.map(formulas.squareRoot(rate:)))),
      ]
    }
    for (kind, curve) in asked {
      guard let curve,
        let simulated = try search.simulate(
          curve, &ground, search.verification)
      else { continue }
      plans.append(plan(kind, simulated))
    }
    let length = Double(search.grid.length)
    let periods = agents.indices.map { period in
      PlanDocument.Period(
        begin: begin(period), arrivals: rates[period] * length, needed: agents[period],
        fewer: fewer[period].map(share), more: more[period].map(share))
    }
    let model = found.verified.plan.model
    let cost = model.teams[team].members.first.flatMap { model.style(of: model.agents[$0]).cost }
    return PlanDocument.Curve(
      strategy: strategy, team: model.teams[team].name, length: length, noun: noun,
      isWeekly: isWeekly, goal: search.goal.text, bound: Double(search.goal.bound) / 1e9,
      share: search.goal.share, meanService: formulas?.meanService ?? 0,
      meanPatience: formulas?.meanPatience,
      slots: model.teams[team].members.map { model.style(of: model.agents[$0]).attention.slots }
        .max() ?? 1,
      replications: search.replications, verification: search.verification.replications,
      periods: periods, plans: plans, costPerHour: cost.map { $0.perSecond * 3_600 },
      unmet: found.unmet)
  }

  private static func all(_ counts: [Int?]) -> CurveSearch.Curve? {
    let known = counts.compactMap { $0 }
    return known.count == counts.count ? known : nil
  }

  private func plan(
    _ kind: PlanDocument.Plan.Kind, _ simulated: CurveSearch.Simulated
  ) -> PlanDocument.Plan {
    let hours = zip(simulated.agents, seconds(simulated)).reduce(0.0) { sum, period in
      sum + Double(period.0) * period.1 / 3_600
    }
    return PlanDocument.Plan(
      kind: kind, agents: simulated.agents, shares: simulated.shares.map(share), hours: hours)
  }

  private func share(_ share: ShareOfRuns) -> PlanDocument.Share {
    let interval = share.interval(level: search.level)
    return PlanDocument.Share(
      value: share.value, low: interval?.low, high: interval?.high,
      result: search.goal.outcome(share, level: search.level))
  }

  /// Seconds of each period in a run.
  private func seconds(_ simulated: CurveSearch.Simulated) -> [Double] {
    search.grid.seconds(ofRun: simulated.plan.duration)
  }

  /// Conversations a second in each period.
  private func rates(_ simulated: CurveSearch.Simulated) -> [Double] {
    var arrivals = Array(repeating: 0.0, count: search.grid.count)
    for (step, summary) in simulated.result.steps.enumerated() {
      arrivals[search.grid.period(ofStep: step)] += summary.arrivals.mean ?? 0
    }
    return zip(arrivals, seconds(simulated)).map { $1 > 0 ? $0 / $1 : 0 }
  }

  private func formulas(_ simulated: CurveSearch.Simulated) -> StaffingFormulas? {
    let result = simulated.result
    let runs = Double(result.replications.count)
    let conversations = Double(result.counts.conversations - result.counts.abandoned)
    let worked = result.agents.reduce(0.0) { $0 + ($1.busySeconds.mean ?? 0) } * runs
    guard conversations > 0, worked > 0 else { return nil }
    return StaffingFormulas(
      meanService: worked / conversations, meanPatience: meanPatience(simulated),
      share: search.goal.share, bound: Double(search.goal.bound) / 1e9)
  }

  /// The mean patience over customers; nil where some never give up.
  private func meanPatience(_ simulated: CurveSearch.Simulated) -> Double? {
    let populations = simulated.plan.model.populations
    var (sum, count) = (0.0, 0.0)
    for (index, population) in populations.enumerated() {
      guard let mean = population.patience?.mean, mean.isFinite, mean > 0 else { return nil }
      let weight =
        simulated.result.populations.indices.contains(index)
        ? Double(simulated.result.populations[index].opened) : 1
      sum += mean * weight
      count += weight
    }
    return count > 0 ? sum / count : nil
  }

  private var isWeekly: Bool { search.grid.length * Int64(search.grid.count) > 86_400 }

  private var noun: String {
    switch search.grid.length {
    case 900: "quarter of an hour"
    case 1_800: "half hour"
    case 3_600: "hour"
    case 86_400: "day"
    default: "period"
    }
  }

  private func begin(_ period: Int) -> String {
    let local = search.grid.begin(of: period)
    let day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][Int(local.weekday.rawValue)]
    let clock = local.clock
    guard isWeekly else { return clock }
    return search.grid.length == 86_400 && local.secondOfDay < 60 ? day : "\(day) \(clock)"
  }
}
