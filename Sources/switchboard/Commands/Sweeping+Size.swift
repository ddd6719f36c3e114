import Scenarios
import World

extension Sweeping {
  /// More settings than these are not read, unless somebody asks twice.
  private static let mostSettings = 10_000
  /// More events than these are not run, unless somebody asks twice: about a day's work.
  private static let mostEvents = 100 * WorkEstimate.mostEvents

  /// Whether there are not too many settings; what speaks against it is told.
  func isBearable(_ variations: [Variation], _ strategies: [String]) -> Bool {
    var count = strategies.count
    for variation in variations where count <= Self.mostSettings * 1_000 {
      count *= variation.values.count
    }
    guard count > Self.mostSettings, !arguments.has(.allowHuge) else { return true }
    let sizes = variations.map { "\($0.values.count) of \(printable($0.name))" }
    complain(
      "switchboard: error: \(sizes.joined(separator: " times "))"
        + (strategies.count > 1 ? " times \(strategies.count) strategies" : "")
        + " are more than \(Self.mostSettings) settings; give a range a step, such as "
        + "agents=10..100:5, or --allow-huge")
    return false
  }

  /// Whether all runs together can be borne; what speaks against it is told.
  func isBearable(
    _ plans: [WorldPlan], _ replications: Int, _ input: ScenarioInput
  ) -> Bool {
    guard !arguments.has(.allowHuge) else { return true }
    let events = plans.reduce(0.0) { $0 + WorkEstimate($1).events } * Double(replications)
    guard events > Self.mostEvents else { return true }
    complain(
      "\(printable(input.path)): error: \(plans.count) settings with \(replications) runs each would have "
        + "about \(Int64(min(events / 1e9, 1e15))) billion events, the most is "
        + "\(Int64(Self.mostEvents / 1e9)) billion; fewer values or --replications take less, "
        + "--allow-huge runs it all the same")
    return false
  }
}
