extension ResultDocument {
  /// What one kind of customers met with, all runs together.
  public struct PopulationRow: Codable, Sendable, Equatable {
    /// The population's name in the scenario.
    public var name: String
    /// Conversations a run.
    public var conversations: Double
    /// Mean time to the first response in seconds; nil if there was none.
    public var firstResponse: Double?
    /// Mean time to the closing in seconds; nil if none closed.
    public var resolution: Double?
    /// Share of conversations in which the customer gave up; nil without conversations.
    public var abandoned: Double?
    /// Share of conversations that changed hands; nil without conversations.
    public var reassigned: Double?

    /// The figures that tables show, by the names of the metrics whose words and units they take.
    public var figures: [(metric: String, value: Double?)] {
      [
        ("first_response.mean", firstResponse), ("resolution.mean", resolution),
        ("abandoned", abandoned), ("reassigned", reassigned),
      ]
    }
  }
}
