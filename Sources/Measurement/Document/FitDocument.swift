/// What `fit` found in an export: the laws of its times and numbers, and how the scenario made of them
/// compares with the export itself.
public struct FitDocument: Codable, Sendable, Equatable {
  /// What was asked, of what, and how to repeat it; the path is the export's.
  public var head: StudyHead
  /// What was read.
  public var source: Source
  /// When conversations of the largest population open; nil where the export does not tell.
  public var arrivals: Arrivals?
  /// The same of every other population, the larger first; absent where there is one.
  public var otherArrivals: [Arrivals]?
  /// Times and numbers, in the order of the answer.
  public var quantities: [Fitted]
  /// Who worked when, in the order of the names.
  public var people: [Person]
  /// Export and simulation side by side; empty where nothing was run.
  public var checks: [Check]
  /// Arrivals by hour of the day, of the export and of the simulation.
  public var hourly: [HourCheck]
  /// What the data cannot tell and which assumption stands in its place.
  public var assumptions: [Assumption]

  /// Puts the parts together.
  public init(
    head: StudyHead, source: Source, arrivals: Arrivals? = nil, otherArrivals: [Arrivals]? = nil,
    quantities: [Fitted] = [], people: [Person] = [], checks: [Check] = [],
    hourly: [HourCheck] = [],
    assumptions: [Assumption] = []
  ) {
    self.head = head
    self.source = source
    self.arrivals = arrivals
    self.otherArrivals = otherArrivals
    self.quantities = quantities
    self.people = people
    self.checks = checks
    self.hourly = hourly
    self.assumptions = assumptions
  }

  /// The arrivals of all populations that have any, the largest first.
  public var allArrivals: [Arrivals] { (arrivals.map { [$0] } ?? []) + (otherArrivals ?? []) }

  /// What was read, and what was made of it.
  public struct Source: Codable, Sendable, Equatable {
    /// The export's name as it was given.
    public var file: String
    /// Where the scenario was written, as it is shown; nil if it was not.
    public var scenario: String?
    /// Rows of the file, without its head.
    public var rows: Int
    /// Conversations that were used.
    public var conversations: Int
    /// Days that count.
    public var days: Int
    /// People who did something.
    public var agents: Int
    /// The first and the last day, such as `1999-10-01`.
    public var firstDay: String
    /// The last day.
    public var lastDay: String
    /// Rows left out, by reason, the most frequent first.
    public var leftOut: [LeftOut]
    /// Runs of the scenario beside the export.
    public var runs: Int

    /// Puts the facts together.
    public init(
      file: String, scenario: String? = nil, rows: Int, conversations: Int, days: Int, agents: Int,
      firstDay: String, lastDay: String, leftOut: [LeftOut] = [], runs: Int = 0
    ) {
      self.file = file
      self.scenario = scenario
      self.rows = rows
      self.conversations = conversations
      self.days = days
      self.agents = agents
      self.firstDay = firstDay
      self.lastDay = lastDay
      self.leftOut = leftOut
      self.runs = runs
    }
  }

  /// Rows that could not be used.
  public struct LeftOut: Codable, Sendable, Equatable {
    /// Why, such as `closed before opened`.
    public var reason: String
    /// How many.
    public var count: Int

    /// Names a reason.
    public init(reason: String, count: Int) {
      self.reason = reason
      self.count = count
    }
  }

  /// Something that the export does not tell.
  public struct Assumption: Codable, Sendable, Equatable {
    /// What it does not tell, such as `who gave up`.
    public var unknown: String
    /// What is assumed instead, as a sentence.
    public var instead: String

    /// Names both.
    public init(unknown: String, instead: String) {
      self.unknown = unknown
      self.instead = instead
    }
  }

  /// A person of the export.
  public struct Person: Codable, Sendable, Equatable {
    /// The name.
    public var name: String
    /// Conversations handled.
    public var handled: Int
    /// Days on which the person did something.
    public var days: Int
    /// When, in words such as `mon-fri 08:30 to 17:00`.
    public var shift: String
    /// How many conversations at once, on average while at work; nil if it is not known.
    public var atOnce: Double?
    /// The median time of a reply or service in seconds; nil if it is not known.
    public var median: Double?

    /// Puts the facts together.
    public init(
      name: String, handled: Int, days: Int, shift: String, atOnce: Double? = nil,
      median: Double? = nil
    ) {
      self.name = name
      self.handled = handled
      self.days = days
      self.shift = shift
      self.atOnce = atOnce
      self.median = median
    }
  }
}
