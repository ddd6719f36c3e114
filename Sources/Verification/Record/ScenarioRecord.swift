import Measurement

/// What a scenario came to when it was recorded: kept beside it, so that any change of behaviour shows.
struct ScenarioRecord: Sendable {
  /// The layout of the file.
  static let format = 1

  /// The scenario's name.
  var scenario: String
  /// A digest of the scenario with all its defaults: whether it was this one.
  var digest: String
  var seed: UInt64
  /// How many runs of each strategy.
  var replications: Int
  /// The fingerprint of all runs.
  var fingerprint: String
  var strategies: [Strategy]

  /// What a strategy came to.
  struct Strategy: Sendable {
    var name: String
    /// What became of each goal.
    var goals: [(goal: String, result: Goal.Outcome)]
    /// Every metric that has a value.
    var metrics: [(name: String, estimate: Estimate)]
    /// The choices of the first run.
    var trail: ChoiceTrail
  }

  /// A metric's mean over the runs and its interval, to six digits.
  struct Estimate: Sendable, Equatable {
    var mean: Double
    var low: Double?
    var high: Double?

    var halfWidth: Double? {
      guard let low, let high else { return nil }
      return (high - low) / 2
    }
  }

  init(
    scenario: String, digest: String, seed: UInt64, replications: Int, fingerprint: String,
    strategies: [Strategy]
  ) {
    self.scenario = scenario
    self.digest = digest
    self.seed = seed
    self.replications = replications
    self.fingerprint = fingerprint
    self.strategies = strategies
  }

  /// The record of a result whose first runs were followed.
  init(_ document: ResultDocument, trails: [ChoiceTrail]) {
    self.init(
      scenario: document.scenario.name, digest: document.scenario.digest, seed: document.seed,
      replications: document.replications, fingerprint: document.fingerprint,
      strategies: zip(document.strategies, trails).map { strategy, trail in
        Strategy(
          name: strategy.name, goals: strategy.goals.map { ($0.goal, $0.result) },
          metrics: strategy.values.compactMap { value in
            value.mean.map { mean in
              let estimate = Estimate(
                mean: rounded(mean), low: value.low.map { rounded($0) },
                high: value.high.map { rounded($0) })
              return (value.metric, estimate)
            }
          }, trail: trail)
      })
  }
}
