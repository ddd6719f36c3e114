/// What `plan` found: the cheapest setting that keeps all goals, and what its neighbours would change.
public struct PlanDocument: Codable, Sendable, Equatable {
  /// What was asked, of what, and how to repeat it.
  public var head: StudyHead
  /// How sure one can be that a chosen setting keeps the goals, such as 0.95.
  public var confidence: Double
  /// What was varied.
  public var names: [Name]
  /// The metrics of the goals.
  public var metrics: [ResultDocument.Metric]
  /// The goals.
  public var goals: [ResultDocument.Goal]
  /// Settings that there are; most of them were not run.
  public var settings: Int
  /// Runs that it would have taken to run every setting as often as the one that was run most.
  public var exhaustiveRuns: Int
  /// Whether agents cost money; else agent hours are counted.
  public var hasMoney: Bool
  /// How long a run lasts beyond its warm-up, in seconds.
  public var duration: Double
  /// An answer for each strategy.
  public var answers: [Answer]
  /// The staffing curve, if it was asked for.
  public var curve: Curve?

  /// A parameter or a path and its values in order.
  public struct Name: Codable, Sendable, Equatable {
    /// As `--vary` was given it.
    public var name: String
    /// The values.
    public var values: [String]

    /// Names values.
    public init(name: String, values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// What was found for one strategy.
  public struct Answer: Codable, Sendable, Equatable {
    /// The strategy.
    public var strategy: String
    /// The settings that were run, the cheapest first.
    public var tried: [Setting]
    /// The position in `tried` of the cheapest that keeps all goals with confidence; nil if none does.
    public var chosen: Int?
    /// The position in `tried` of what comes nearest, if none keeps all goals.
    public var nearest: Int?
    /// What a step more and a step less of each name would change.
    public var steps: [Step]

    /// Puts an answer together.
    public init(
      strategy: String, tried: [Setting], chosen: Int?, nearest: Int? = nil, steps: [Step] = []
    ) {
      self.strategy = strategy
      self.tried = tried
      self.chosen = chosen
      self.nearest = nearest
      self.steps = steps
    }
  }

  /// A setting that was run.
  public struct Setting: Codable, Sendable, Equatable {
    /// The position of each name's value.
    public var place: [Int]
    /// Money a run, or agent hours.
    public var cost: Double
    /// Agents of the scenario.
    public var agents: Int
    /// Replications.
    public var replications: Int
    /// What became of each goal, with 95 % intervals.
    public var goals: [ResultDocument.GoalOutcome]
    /// What is known of all goals together, at the stated confidence.
    public var result: Measurement.Goal.Outcome

    /// Puts a setting together.
    public init(
      place: [Int], cost: Double, agents: Int, replications: Int,
      goals: [ResultDocument.GoalOutcome], result: Measurement.Goal.Outcome
    ) {
      self.place = place
      self.cost = cost
      self.agents = agents
      self.replications = replications
      self.goals = goals
      self.result = result
    }
  }

  /// What another value of one name would change, on the same customers.
  public struct Step: Codable, Sendable, Equatable {
    /// The position in `names`.
    public var name: Int
    /// 1 for the next value, -1 for the one before.
    public var direction: Int
    /// The position in the answer's `tried`.
    public var setting: Int
    /// Each goal's metric: the paired change with its 95 % interval.
    public var changes: [Change]
    /// What it adds to the cost; negative where it saves.
    public var cost: Double

    /// Puts a step together.
    public init(name: Int, direction: Int, setting: Int, changes: [Change], cost: Double) {
      self.name = name
      self.direction = direction
      self.setting = setting
      self.changes = changes
      self.cost = cost
    }
  }

  /// A change of a goal's metric, in the metric's unit of files.
  public struct Change: Codable, Sendable, Equatable {
    /// The goal as written.
    public var goal: String
    /// The change; nil without a value on one side.
    public var change: Double?
    /// Half the width of its 95 % interval.
    public var halfWidth: Double?

    /// Puts a change together.
    public init(goal: String, change: Double?, halfWidth: Double?) {
      self.goal = goal
      self.change = change
      self.halfWidth = halfWidth
    }
  }

  /// Puts the parts together.
  public init(
    head: StudyHead, confidence: Double, names: [Name], metrics: [ResultDocument.Metric],
    goals: [ResultDocument.Goal], settings: Int, exhaustiveRuns: Int, hasMoney: Bool,
    duration: Double, answers: [Answer], curve: Curve? = nil
  ) {
    self.head = head
    self.confidence = confidence
    self.names = names
    self.metrics = metrics
    self.goals = goals
    self.settings = settings
    self.exhaustiveRuns = exhaustiveRuns
    self.hasMoney = hasMoney
    self.duration = duration
    self.answers = answers
    self.curve = curve
  }
}
