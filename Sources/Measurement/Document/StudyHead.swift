/// What every study of a scenario says of itself: what was asked, of what, and how to repeat it.
///
/// A study is the result of a command that asks more than `run` and `compare` do: `sweep`, `plan`, `fit`.
public struct StudyHead: Codable, Sendable, Equatable {
  /// The layout of the study's document; raised when it changes.
  public static let currentFormat = 1

  /// The layout that this one has.
  public var format = StudyHead.currentFormat
  /// The version of the program.
  public var version: String
  /// The command: `sweep`, `plan`, `fit`.
  public var command: String
  /// The scenario's name.
  public var scenario: String
  /// What the scenario asks; may be empty.
  public var description: String
  /// The file as it was given on the command line.
  public var path: String
  /// A digest of the resolved scenario, before anything was varied.
  public var digest: String
  /// The root of all randomness.
  public var seed: UInt64
  /// The fingerprint over all runs that count, in their order.
  public var fingerprint: String
  /// The words that repeat the command, the program's name first.
  public var repeatedBy: [String]
  /// Strategies that were run.
  public var strategies: Int
  /// The most runs of one setting under one strategy.
  public var replications: Int
  /// Runs of all settings and strategies.
  public var runs: Int
  /// Events of all runs.
  public var events: Int
  /// What was left when the command was interrupted, in words such as `after 7 of 20 settings`; nil
  /// if it came to its end.
  public var partial: String?
  /// What a reader must know, as sentences.
  public var remarks: [String]

  /// Puts the facts together.
  public init(
    version: String, command: String, scenario: String, description: String, path: String,
    digest: String, seed: UInt64, fingerprint: String, repeatedBy: [String], strategies: Int,
    replications: Int, runs: Int, events: Int, partial: String? = nil, remarks: [String] = []
  ) {
    self.version = version
    self.command = command
    self.scenario = scenario
    self.description = description
    self.path = path
    self.digest = digest
    self.seed = seed
    self.fingerprint = fingerprint
    self.repeatedBy = repeatedBy
    self.strategies = strategies
    self.replications = replications
    self.runs = runs
    self.events = events
    self.partial = partial
    self.remarks = remarks
  }
}
