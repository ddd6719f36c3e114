import Measurement
import Statistics

extension Handbook {
  static let metrics = Topic(
    "metrics", "Metrics and goals", "What is measured, and how a goal asks for it",
    [
      .text(
        "A goal is `METRIC OPERATOR VALUE`, such as `first_response.within(5 min) >= 80%`. It is judged "
          + "on the 95 % interval: met, missed or inconclusive.")
    ]
      + MetricDefinition.Group.allCases.flatMap { group -> [Topic.Block] in
        let metrics = (MetricDefinition.everything + MetricDefinition.load).filter {
          $0.group == group
        }
        return metrics.isEmpty
          ? [] : [.heading(group.rawValue), .entries(metrics.map { Topic.Entry($0) })]
      } + [
        .heading("Of a time"),
        .text("Every metric that is a time needs one of these behind it."),
        .entries([
          Topic.Entry(".mean", "The mean."),
          Topic.Entry(".sd", "The standard deviation."),
          Topic.Entry(".p50", "The median; likewise `.p75 .p90 .p95 .p99 .p999`."),
          Topic.Entry(".max", "The longest."),
          Topic.Entry(
            ".within(T)",
            "The share that ended within T, of all whose fate is known: who gave up is missed."),
          Topic.Entry(".answered.within(T)", "The share within T of those that ended at all."),
        ]),
        .heading("Views"),
        .entries([
          Topic.Entry(
            ".office", "Before the statistic: the clock stands still outside `office_hours`."),
          Topic.Entry(
            ".closed_only", "Only closed conversations, as the platform's own reports have it."),
        ]),
        .heading("Parts"),
        .text(
          "In front of a metric of conversations, with a colon: `team sales: first_response.p90`."),
        .entries([
          Topic.Entry("population NAME", "The conversations of one kind of contacts."),
          Topic.Entry("team NAME", "Those first answered by somebody of a team."),
          Topic.Entry("channel NAME", "Those opened on one channel."),
          Topic.Entry("between HH:MM and HH:MM", "Those opened in a stretch of each day."),
        ]),
      ])
}

extension Topic.Entry {
  fileprivate init(_ metric: MetricDefinition) {
    let better =
      switch metric.polarity {
      case .lower: "lower is better"
      case .higher: "higher is better"
      case .neither: "neither way is better"
      }
    let unit = metric.unit.isEmpty ? "" : metric.unit + "; "
    let occasional = metric.isOccasional ? " Only where a scenario has such things." : ""
    self.init(metric.name, takes: unit + better, metric.meaning + occasional)
  }
}
