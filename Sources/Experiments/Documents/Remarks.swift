import Measurement
import Scenarios

/// What a careful reader must know before believing the numbers, in sentences.
struct Remarks {
  let scenario: Scenario
  let result: Campaign.Result

  /// The sentences, what concerns the scenario first.
  var sentences: [String] {
    scenario.hasOfferedStrategies
      ? ["The scenario names no strategies: " + DocumentBuilder.offeredStrategies + "."] : []
  }
}

extension DocumentBuilder {
  /// What is compared where a scenario names no strategies.
  public static let offeredStrategies =
    "compared are the two logics that the platform offers, round robin and least open"
}
