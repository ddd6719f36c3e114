extension ResultDocument {
  /// What was simulated, as far as a reader of the answer needs it.
  public struct Scenario: Codable, Sendable, Equatable {
    /// The scenario's name.
    public var name: String
    /// What the scenario is for, in its author's words.
    public var description: String
    /// The file as it was given, relative to where the command ran.
    public var path: String
    /// A digest of the resolved scenario.
    public var digest: String
    /// Simulated seconds.
    public var duration: Double
    /// Seconds at the start that do not count.
    public var warmup: Double
    /// Whether the warm-up was found by the program and not given.
    public var hasDetectedWarmup: Bool
    /// The date at virtual zero, such as `2026-11-23`; nil if the scenario has none.
    public var startDate: String?
    /// Seconds from midnight to virtual zero, in the workspace's time zone; nil counts from zero.
    public var startOfDay: Int?
    /// Agents of all teams together.
    public var agentCount: Int
    /// Names of the channels, in file order.
    public var channels: [String]
    /// Conversations opened in a run, mean over all runs.
    public var conversationsPerRun: Double
    /// The assumptions in plain words, in reading order.
    public var inputs: [Input]
    /// The scenario file as text.
    public var source: String

    /// Puts the parts together.
    public init(
      name: String, description: String = "", path: String, digest: String, duration: Double,
      warmup: Double = 0, hasDetectedWarmup: Bool = false, startDate: String? = nil,
      startOfDay: Int? = nil, agentCount: Int, channels: [String], conversationsPerRun: Double,
      inputs: [Input] = [], source: String = ""
    ) {
      self.name = name
      self.description = description
      self.path = path
      self.digest = digest
      self.duration = duration
      self.warmup = warmup
      self.hasDetectedWarmup = hasDetectedWarmup
      self.startDate = startDate
      self.startOfDay = startOfDay
      self.agentCount = agentCount
      self.channels = channels
      self.conversationsPerRun = conversationsPerRun
      self.inputs = inputs
      self.source = source
    }
  }

  /// One assumption in plain words.
  public struct Input: Codable, Sendable, Equatable {
    /// What it is about, such as `Customers`.
    public var title: String
    /// What was assumed.
    public var text: String

    /// Puts the parts together.
    public init(title: String, text: String) {
      self.title = title
      self.text = text
    }
  }
}
