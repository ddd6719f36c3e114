import Experiments
import Fitting
import Scenarios
import World

/// What `run --conversations` writes, made in one's own process.
enum SimulatedExport {
  /// The export of one run of a scenario.
  static func csv(_ scenario: String, seed: UInt64) throws -> String {
    let scenario = try Scenario.read(SourceFile(name: "known.yaml", text: scenario))
    var plan = WorldPlan(scenario, scenario.standard)
    plan.recordsConversations = true
    let campaign = Campaign(
      entries: [Campaign.Entry(name: "default", plan: plan)], seed: seed, replications: 1,
      threads: 1)
    let ledgers = try campaign.run().outcomes[0].ledgers
    let rows =
      [ConversationExport.columns.map(\.key)] + ConversationExport(ledgers[0], scenario).rows
    return rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  /// What `fit` makes of it.
  static func fit(_ scenario: String, seed: UInt64) throws -> HistoryFit {
    let file = try TestFile(try csv(scenario, seed: seed))
    return HistoryFit(try file.history().history, seed: seed)
  }

  /// A desk of which the export tells everything: one question each, one conversation at a time.
  static let desk = """
    name: A desk
    start: 2026-11-23 09:00
    duration: 8 h
    contacts:
      everyday: {arrivals: {poisson: 60 per hour}, patience: {exponential: 20 min}}
    teams:
      support: {agents: 10, reply_time: {lognormal: {median: 5 min, p90: 12 min}}, wrap_up: 20 s}
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps: [assign_to: {team: support, logic: round_robin, only_online: true}]

    """
}
