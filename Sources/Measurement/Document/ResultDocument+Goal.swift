extension ResultDocument {
  /// A promise of the scenario.
  public struct Goal: Codable, Sendable, Equatable {
    /// The goal as written, such as `first_response.within(5 min) >= 80%`.
    public var text: String
    /// The metric it speaks of.
    public var metric: String
    /// Which side of the limit is good.
    public var relation: Measurement.Goal.Relation
    /// The limit in the metric's file unit.
    public var limit: Double
    /// The unit that the limit was written in, such as `min` or `%`; empty for a plain number.
    public var unit: String
    /// What part of the customers, agents or day it speaks of; nil for all of them.
    public var scope: Scope?

    /// Puts the parts together.
    public init(
      text: String, metric: String, relation: Measurement.Goal.Relation, limit: Double,
      unit: String = "",
      scope: Scope? = nil
    ) {
      self.text = text
      self.metric = metric
      self.relation = relation
      self.limit = limit
      self.unit = unit
      self.scope = scope
    }
  }

  /// One goal under one strategy.
  public struct GoalOutcome: Codable, Sendable, Equatable {
    /// The goal as written.
    public var goal: String
    /// Mean over runs, in the metric's file unit.
    public var value: Double?
    /// Lower end of the 95 % interval.
    public var low: Double?
    /// Upper end of the 95 % interval.
    public var high: Double?
    /// What became of it.
    public var result: Measurement.Goal.Outcome

    /// Puts the parts together.
    public init(
      goal: String, value: Double? = nil, low: Double? = nil, high: Double? = nil,
      result: Measurement.Goal.Outcome
    ) {
      self.goal = goal
      self.value = value
      self.low = low
      self.high = high
      self.result = result
    }
  }
}

extension ResultDocument.Goal {
  /// A goal as a document has it.
  public init(_ goal: Measurement.Goal) {
    self.init(
      text: goal.text, metric: goal.metric.description, relation: goal.relation,
      limit: goal.limit, unit: goal.unit)
  }
}
