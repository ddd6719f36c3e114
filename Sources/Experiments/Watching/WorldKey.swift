public import Measurement
public import Scenarios
import World

/// What runs of a strategy depend on, as a text: equal keys, equal runs.
///
/// Names, goals and the other strategies are not part of it, so that changing those runs nothing again.
public struct WorldKey: Hashable, Sendable {
  private let text: String

  /// Keys at the top that no run depends on; parameters count as the strategy sets them.
  private static let indifferent: Set<Substring> = [
    "name", "description", "replications", "precision", "strategies", "goals", "parameters", "load",
    "roster",
  ]

  /// The key of a strategy of a scenario whose runs are to be asked for these metrics.
  public init(
    _ scenario: Scenario, _ strategy: Scenario.Strategy, metrics: [MetricReference]
  ) {
    var lines: [Substring] = []
    var isKept = true
    for line in scenario.resolved.split(separator: "\n") {
      if let first = line.first, first != " ", first != "-" {
        isKept = !Self.indifferent.contains(line.prefix { $0 != ":" })
      }
      if isKept { lines.append(line) }
    }
    var text = lines.joined(separator: "\n")
    for parameter in strategy.parameters { text += "\n\(parameter.name)=\(parameter.value)" }
    if let engine = strategy.model.engine { text += "\nengine=\(engine.text)" }
    // What is recorded follows from the metrics; a run that recorded less cannot answer for more.
    for metric in metrics { text += "\n?\(metric)" }
    self.text = text
  }
}
