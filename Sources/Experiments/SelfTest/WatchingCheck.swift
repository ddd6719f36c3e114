import Measurement
import Scenarios
import Statistics
import World

/// Shows that watching claims no more than waiting: many sittings in which nothing differs.
///
/// A sitting is what a user does who watches runs come in: a look after 10, 20, 40, 80 and 160 of them, all planned
/// looks corrected for, in the code that the page uses. Both strategies are the same, on customers of their own; a
/// sitting that shows "better", "worse" or "differs" at any look has shown a sign that is false.
enum WatchingCheck {
  /// Runs of each strategy, as far as a sitting goes here; the correction is for all looks that are planned.
  private static let runs = 160

  private static let claims: Set<Verdict> = [.better, .worse, .differs]

  private static let text = """
    name: Nothing differs
    duration: 150 min
    parameters: {logic: round_robin}
    strategies: {one: {}, other: {}}
    contacts: {people: {arrivals: {poisson: 1.2 per minute}}}
    teams: {desk: {agents: 3, reply_time: {exponential: 1.6 min}}}
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps: [assign_to: {team: desk, logic: $logic}]
    """

  /// The share of sittings that ever show a false sign.
  static func rows(seed: UInt64, sittings: Int, threads: Int) throws -> [ValidityCheck.Row] {
    guard let scenario = try? Scenario.read(SourceFile(name: "watching", text: text)) else {
      throw ValidityCheck.Impossible()
    }
    let entries = scenario.strategies.enumerated().map { number, strategy in
      var plan = WorldPlan(scenario, strategy)
      plan.streamShift = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
      return Campaign.Entry(name: strategy.name, plan: plan)
    }
    let builder = DocumentBuilder(version: "", path: "", repeatedBy: [])
    var failure: Campaign.Failure?
    var falseSigns = 0
    Replications.run(count: sittings, threads: threads) { number in
      sitting(seed: seed &* 1_000_000 &+ UInt64(number), entries, scenario, builder)
    } take: { _, found in
      switch found {
      case .success(let hasSign): falseSigns += hasSign ? 1 : 0
      case .failure(let reason): failure = reason
      }
      return failure == nil
    }
    if let failure { throw failure }
    let interval = ConfidenceInterval.clopperPearson(
      successes: falseSigns, trials: sittings, level: 0.98)
    return [
      ValidityCheck.Row(
        name: "sittings that ever show a false sign while runs come in", promise: "at most 5 %",
        count: falseSigns, experiments: sittings, holds: interval.map { $0.low <= 0.05 } ?? false)
    ]
  }

  private static func sitting(
    seed: UInt64, _ entries: [Campaign.Entry], _ scenario: Scenario, _ builder: DocumentBuilder
  ) -> Result<Bool, Campaign.Failure> {
    let campaign = Campaign(entries: entries, seed: seed, replications: runs, threads: 1)
    let looks = Looks(asked: nil)
    var words = WatchedWords(looks)
    var hasSign = false
    do throws(Campaign.Failure) {
      _ = try campaign.run(isEnough: { result in
        guard looks.planned.contains(result.replications) else { return false }
        let document = words.document(builder, scenario, campaign, result)
        let shown = document.shownMetrics
        let signs = (document.comparison?.differences ?? []).filter {
          shown.contains($0.metric) && claims.contains($0.verdict)
        }
        hasSign = hasSign || !signs.isEmpty
        return hasSign
      })
      return .success(hasSign)
    } catch {
      return .failure(error)
    }
  }
}
