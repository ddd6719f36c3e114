import Experiments
import Scenarios
import World

extension ScenarioInput {
  /// Fills in a warm-up that is to be found: on the first strategy, used for all.
  ///
  /// What stands in the way is said, and how the program ends is given back; nil if all is well.
  func findWarmup(
    _ plans: inout [WorldPlan], threads: Int, interruption: Interruption
  ) -> ExitCode? {
    guard scenario.warmup == .automatic, let baseline = plans.first else { return nil }
    let search = WarmUpSearch(plan: baseline, seed: scenario.seed, threads: threads)
    do {
      switch try search.outcome(interruption: interruption) {
      case .found(let warmup):
        for index in plans.indices { plans[index].warmup = warmup }
        return nil
      case .tooShort:
        complain("switchboard: error: \(printable(path)): \(WarmUpSearch.advice)")
        return .invalidInput
      case .interrupted:
        complain("switchboard: interrupted before the first run was complete; nothing is written")
        return .interrupted
      }
    } catch {
      complain("switchboard: error: \(SimulationCommand.text(error))")
      return .failed
    }
  }
}
