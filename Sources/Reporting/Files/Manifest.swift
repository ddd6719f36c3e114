import FoundationEssentials
public import Measurement

/// `manifest.json`: what a result folder is, and where and how it was made.
///
/// Everything outside `environment` is the same on every machine and every number of threads.
public struct Manifest: Codable, Sendable, Equatable {
  /// The name of the file.
  public static let fileName = "manifest.json"
  /// Marks a folder as ours.
  var tool: String = Manifest.toolName
  /// The version of the program.
  public var version: String
  /// The command.
  public var command: String
  /// The scenario's name.
  public var scenario: String
  /// A digest of the resolved scenario.
  var scenarioDigest: String
  /// The root of all randomness.
  public var seed: UInt64
  /// The fingerprint of all runs.
  public var fingerprint: String
  /// How much was simulated.
  public var counts: Counts
  /// Whether the runs were interrupted.
  public var partial: Bool
  /// The files beside this one, in alphabetical order.
  public var files: [String]
  /// What differs from machine to machine and from day to day.
  public var environment: Environment?

  static let toolName = "switchboard"

  /// How much was simulated.
  public struct Counts: Codable, Sendable, Equatable {
    /// Strategies.
    public var strategies: Int
    /// Runs of each strategy.
    public var replications: Int
    /// Runs of all strategies.
    public var runs: Int
    /// Events of all runs.
    public var events: Int

    /// Puts the counts together.
    public init(strategies: Int, replications: Int, runs: Int, events: Int) {
      self.strategies = strategies
      self.replications = replications
      self.runs = runs
      self.events = events
    }
  }

  /// What differs from machine to machine and from day to day.
  public struct Environment: Codable, Sendable, Equatable {
    /// The command line as it was given.
    public var commandLine: [String]
    /// Seconds that it took.
    public var wallTime: Double
    /// Threads that worked on it.
    public var threads: Int
    /// The day and time of its end.
    public var date: String
    /// A digest of the maths library.
    public var libmDigest: String
    /// The version or digest of GSL.
    public var gslDigest: String
    /// A digest of the time-zone data.
    public var timeZoneDigest: String

    /// Puts the facts together.
    public init(
      commandLine: [String], wallTime: Double, threads: Int, date: String, libmDigest: String,
      gslDigest: String, timeZoneDigest: String
    ) {
      self.commandLine = commandLine
      self.wallTime = wallTime
      self.threads = threads
      self.date = date
      self.libmDigest = libmDigest
      self.gslDigest = gslDigest
      self.timeZoneDigest = timeZoneDigest
    }
  }

  /// The manifest of a folder; `OutputFolder` fills in the files when it is complete.
  public init(
    version: String, command: String, scenario: String, scenarioDigest: String, seed: UInt64,
    fingerprint: String, counts: Counts, partial: Bool = false, environment: Environment? = nil
  ) {
    self.version = version
    self.command = command
    self.scenario = scenario
    self.scenarioDigest = scenarioDigest
    self.seed = seed
    self.fingerprint = fingerprint
    self.counts = counts
    self.partial = partial
    self.files = []
    self.environment = environment
  }

  /// The manifest of a result.
  public init(of document: ResultDocument, environment: Environment?) {
    self.init(
      version: document.version, command: document.command.rawValue,
      scenario: document.scenario.name, scenarioDigest: document.scenario.digest,
      seed: document.seed, fingerprint: document.fingerprint,
      counts: Counts(
        strategies: document.strategies.count, replications: document.replications,
        runs: document.runs, events: document.events),
      partial: document.partial != nil, environment: environment)
  }

  /// The manifest of a study.
  public init(of head: StudyHead, environment: Environment?) {
    self.init(
      version: head.version, command: head.command, scenario: head.scenario,
      scenarioDigest: head.digest, seed: head.seed, fingerprint: head.fingerprint,
      counts: Counts(
        strategies: head.strategies, replications: head.replications, runs: head.runs,
        events: head.events),
      partial: head.partial != nil, environment: environment)
  }

  /// The manifest as text, a line a fact.
  public var text: String {
    var safe = self
    // The only number here that arithmetic makes; JSON knows no infinity.
    if let wallTime = environment?.wallTime, !wallTime.isFinite { safe.environment?.wallTime = 0 }
    guard let text = try? ResultJSON.text(encoding: safe, isPretty: true) else {
      preconditionFailure("a manifest holds only finite numbers and texts")
    }
    return text
  }

  /// The manifest in a text; nil if it is none of ours.
  public init?(_ text: String) {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let found = try? decoder.decode(Manifest.self, from: Data(text.utf8)),
      found.tool == Manifest.toolName
    else { return nil }
    self = found
  }

  /// Whether a text marks a folder as ours, whatever the version that wrote it.
  static func marksOurs(_ text: String) -> Bool {
    struct Mark: Decodable {
      var tool: String
    }
    let mark = try? JSONDecoder().decode(Mark.self, from: Data(text.utf8))
    return mark?.tool == toolName
  }
}
