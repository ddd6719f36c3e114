import Measurement
import Statistics

/// The files of `run` and `compare` with all their columns; means are over runs.
enum ResultFiles {
  /// All of them, for the reference.
  static var written: [WrittenFile] {
    [
      WrittenFile(summary), WrittenFile(comparison), WrittenFile(replications), WrittenFile(goals),
      WrittenFile(agents), WrittenFile(timeline),
    ]
  }

  /// A metric of a strategy.
  struct Metric: Sendable {
    var strategy: String
    var value: ResultDocument.MetricValue
    var unit: String
  }

  static let summary = FileTable<Metric>(
    name: "summary.csv", about: "Every metric of every strategy, with its 95 % interval.",
    columns: [
      .init("strategy", "The strategy.") { .text($0.strategy) },
      .init("metric", "The metric.") { .text($0.value.metric) },
      .init("unit", "Its unit; empty for counts and pure numbers.") { .text($0.unit) },
      .init("mean", "Its value over all runs.") { .number($0.value.mean) },
      .init("low", "The lower end of its 95 % interval.") { .number($0.value.low) },
      .init("high", "The upper end of its 95 % interval.") { .number($0.value.high) },
      .init("half_width", "Half the width of that interval.") { .number($0.value.halfWidth) },
      .init("sd", "The standard deviation over runs.") { .number($0.value.sd) },
      .init("replications", "Runs in which it exists.") { .count($0.value.replications) },
    ])

  /// A metric of a strategy in one run, counted from 0.
  struct Sample: Sendable {
    var strategy: String
    var run: Int
    var value: ResultDocument.MetricValue
  }

  static let replications = FileTable<Sample>(
    name: "replications.csv", about: "Every metric of every run.",
    columns: [
      .init("strategy", "The strategy.") { .text($0.strategy) },
      .init("replication", "The run, counted from 1.") { .count($0.run + 1) },
      .init("metric", "The metric.") { .text($0.value.metric) },
      .init("value", "Its value in the run; empty where it does not exist.") {
        .number($0.value.samples[$0.run])
      },
    ])

  /// A goal under a strategy.
  struct Goal: Sendable {
    var strategy: String
    var outcome: ResultDocument.GoalOutcome
    var scope: ResultDocument.Scope?
    var unit: String
  }

  static let goals = FileTable<Goal>(
    name: "goals.csv", about: "Every goal under every strategy.",
    columns: [
      .init("strategy", "The strategy.") { .text($0.strategy) },
      .init("goal", "The goal as it stands in the scenario.") { .text($0.outcome.goal) },
      .init("value", "What was reached.") { .number($0.outcome.value) },
      .init("low", "The lower end of its 95 % interval.") { .number($0.outcome.low) },
      .init("high", "The upper end of its 95 % interval.") { .number($0.outcome.high) },
      .init("result", "met, missed or inconclusive; empty where the metric does not exist.") {
        $0.outcome.value == nil ? .empty : .text($0.outcome.result.rawValue)
      },
      .init("unit", "The unit of the metric.") { .text($0.unit) },
      .init("scope", "The part of the conversations it is about; empty for all.") {
        .text($0.scope.map { "\($0.kind.rawValue) \($0.name)" } ?? "")
      },
    ])

  /// The load of an agent.
  struct Agent: Sendable {
    var strategy: String
    var row: ResultDocument.AgentRow
  }

  static let agents = FileTable<Agent>(
    name: "agents.csv", about: "The load of each agent, means over runs.",
    columns: [
      .init("strategy", "The strategy.") { .text($0.strategy) },
      .init("agent", "The agent's name.") { .text($0.row.agent) },
      .init("team", "The agent's team; empty without one.") { .text($0.row.team) },
      .init("conversations_count", "Conversations in which the agent wrote.") {
        .number($0.row.conversations)
      },
      .init("replies_count", "Messages of the agent.") { .number($0.row.replies) },
      .init("online_s", "Seconds online.") { .number($0.row.online) },
      .init("busy_s", "Seconds working.") { .number($0.row.busy) },
      .init("busy_ratio", "The share of online time spent working; empty if never online.") {
        .number($0.row.busyRatio)
      },
      .init("open_mean", "Open conversations of the agent, on average over time.") {
        .number($0.row.openMean)
      },
      .init("open_max", "The most of them at once.") { .number($0.row.openMax) },
      .init("reassigned_in_count", "Conversations that came from another agent.") {
        .number($0.row.reassignedIn)
      },
      .init("reassigned_out_count", "Conversations that went to another agent.") {
        .number($0.row.reassignedOut)
      },
      .init("first_response_mean_s", "Seconds to a first response by the agent; empty without any.")
      {
        .number($0.row.firstResponseMean)
      },
      .init("user_id", "The user's number in the export of conversations.") {
        .count($0.row.number)
      },
      .init("team_id", "The team's number there; empty without one.") { .count($0.row.teamNumber) },
    ])

  /// A step of the simulated time.
  struct Step: Sendable {
    var strategy: String
    var row: ResultDocument.TimelineRow
  }

  static let timeline = FileTable<Step>(
    name: "timeline.csv",
    about: "The simulated time in equal steps, the warm-up included; means over runs.",
    columns: [
      .init("strategy", "The strategy.") { .text($0.strategy) },
      .init("start_s", "When the step begins, in seconds since the start.") {
        .number($0.row.start)
      },
      .init("arrivals_count", "Conversations opened in the step.") {
        .number($0.row.arrivals.mean)
      },
      .init("open_mean", "Open conversations, on average over the step.") {
        .number($0.row.open.mean)
      },
      .init("waiting_mean", "Conversations that need an agent and have nobody working on them.") {
        .number($0.row.waiting.mean)
      },
      .init("agents_online_mean", "Agents online, on average over the step.") {
        .number($0.row.agentsOnline.mean)
      },
      .init("busy_ratio", "The share of online time spent working.") {
        .number($0.row.busyRatio.mean)
      },
      .init("first_response_mean_s", "Seconds to the first response of those opened in the step.") {
        .number($0.row.firstResponse.mean)
      },
      .init("start_clock", "What the workspace's clock shows when the step begins.") {
        $0.row.startClock.map { .text($0) } ?? .empty
      },
      .init("assigned_mean", "Open contacts that somebody has, as on the platform's dashboard.") {
        .number($0.row.assigned?.mean)
      },
      .init("unassigned_mean", "Open contacts that nobody has, as on the platform's dashboard.") {
        .number($0.row.unassigned?.mean)
      },
    ])

  /// A difference between two strategies.
  struct Difference: Sendable {
    var row: ResultDocument.Difference
    var unit: String
  }

  static let comparison = FileTable<Difference>(
    name: "comparison.csv",
    about: "Every difference between strategies, with its interval and verdict.",
    columns: [
      .init("baseline", "The strategy that is compared with.") { .text($0.row.baseline) },
      .init("strategy", "The strategy that is compared.") { .text($0.row.strategy) },
      .init("metric", "The metric.") { .text($0.row.metric) },
      .init("unit", "Its unit.") { .text($0.unit) },
      .init("baseline_mean", "The baseline's value.") { .number($0.row.baselineMean) },
      .init("mean", "The strategy's value.") { .number($0.row.mean) },
      .init("change", "The strategy's value less the baseline's.") { .number($0.row.change) },
      .init("low", "The lower end of the change's interval.") { .number($0.row.low) },
      .init("high", "The upper end of the change's interval.") { .number($0.row.high) },
      .init("p_value", "How likely a change so large is by chance alone.") {
        .number($0.row.pValue)
      },
      .init("verdict", "better, worse, differs, no_difference or inconclusive.") {
        $0.row.baselineMean == nil || $0.row.mean == nil ? .empty : .text($0.row.verdict.rawValue)
      },
      .init("family", "Which comparisons it is corrected with: shown, or other.") {
        $0.row.family.map { .text($0.rawValue) } ?? .empty
      },
    ])
}
