import Experiments
import Measurement
import Scenarios
import World

/// What a text means: a scenario that can be run, or why it cannot.
struct DraftReading: Sendable {
  /// The scenario; nil if nothing can run.
  let scenario: Scenario?
  /// What is wrong or remarkable, in the order of lines.
  let problems: [Diagnostic]

  /// Reads a text as the file of a folder.
  init(text: String, name: String, folder: String) {
    let source = SourceFile(name: name, text: text)
    do {
      let found = try Scenario.read(source, folder: folder, offersStrategies: true)
      let refusal = Self.refusal(found, name)
      scenario = refusal == nil ? found : nil
      problems = found.warnings.all + [refusal].compactMap(\.self)
    } catch {
      scenario = nil
      problems = error.all
    }
  }

  /// The ways of assigning: those that the scenario names, or the one that it is.
  static func ways(of scenario: Scenario) -> [Scenario.Strategy] {
    scenario.strategies.isEmpty ? [scenario.standard] : scenario.strategies
  }

  /// What is not run from a page: programs of somebody else's, and what would never come to its end.
  private static func refusal(_ scenario: Scenario, _ name: String) -> Diagnostic? {
    for way in ways(of: scenario) {
      if let engine = way.model.engine {
        return Diagnostic(
          file: name,
          "'\(way.name)' runs the program '\(engine.text)' as its engine, and the page runs none",
          hint: "use 'switchboard compare' with --allow-command")
      }
      let estimate = WorkEstimate(WorldPlan(scenario, way))
      if estimate.events > mostEvents, let part = estimate.busiest {
        return Diagnostic(
          file: name,
          "one run would have about \(Int64(min(estimate.events, 9e15) / 1e6)) million events, most of them of "
            + "'\(part.key)'",
          hint: "use 'switchboard compare' for what takes so long")
      }
    }
    return nil
  }

  /// Half a minute's work: nobody waits longer for a page.
  private static let mostEvents = 1e8
}
