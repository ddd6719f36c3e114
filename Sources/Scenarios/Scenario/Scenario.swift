public import Engine
public import Measurement

/// A scenario: who writes, who answers, by which rules, for how long, and what is promised.
public struct Scenario: Sendable {
  /// The path of the file.
  public let file: String
  /// What people call it.
  public let name: String
  /// What it asks; may be empty.
  public let description: String
  /// The seed of everything that is drawn.
  public let seed: UInt64
  /// The clock on the wall at virtual zero.
  public let start: LocalTime
  /// The workspace's time zone.
  public let timeZone: TimeZoneRules
  /// How long a run lasts.
  public let duration: EngineDuration
  /// What is left out at the beginning.
  public let warmup: Warmup
  /// How often it is run.
  public let replications: Replications
  /// When the office is open, for metrics on office hours; nil means when anybody is on shift.
  public let officeHours: [Shift]?
  /// What is promised.
  public let goals: [Goal]
  /// The strategy that `run` uses: the parameters alone, called `default`.
  public let standard: Strategy
  /// What `compare` runs, the baseline first; empty if the file names none.
  public let strategies: [Strategy]
  /// Whether the file names no strategies and these are the platform's own two logics.
  public let hasOfferedStrategies: Bool
  /// The shifts from which `plan --roster` chooses; `run` and `compare` take the teams as they stand.
  public let roster: Roster?
  /// How `load` drives it; nil for as the command line says.
  public let load: LoadSettings?
  /// Remarks that stop nothing.
  public let warnings: Diagnostics
  /// Those of them that a reader of the results must know, as sentences.
  public let remarks: [String]
  /// The scenario with overrides put in and all defaults filled in, as YAML.
  public let resolved: String
  /// The files that the scenario names, by their names within its folder; `resolved` needs them too.
  public let files: [String]

  /// The moment of virtual zero: seconds since 1970-01-01 00:00 UTC.
  public var epoch: Int64 { timeZone.instant(of: start) }

  /// A strategy of either kind by name.
  public func strategy(named name: String) -> Strategy? {
    strategies.first { $0.name == name } ?? (name == standard.name ? standard : nil)
  }

  /// What is left out at the beginning of a run.
  public enum Warmup: Sendable, Hashable {
    /// What opened before this time is not counted.
    case fixed(EngineDuration)
    /// As much as MSER-5 finds on the baseline.
    case automatic
  }

  /// How often a scenario is run.
  public enum Replications: Sendable, Hashable {
    /// So often.
    case fixed(Int)
    /// Until an interval is narrow enough.
    case precision(Precision)
  }

  /// When there have been enough replications.
  public struct Precision: Sendable, Hashable {
    /// The metric whose interval must be narrow.
    public let metric: MetricReference
    /// The half-width, as a share of the mean.
    public let within: Double
    /// The most replications that are run.
    public let atMost: Int
  }

  /// A way of doing things: the parameters and what follows from them.
  public struct Strategy: Sendable {
    /// What people call it.
    public let name: String
    /// How it differs from the others, in a few words for legends; may be empty.
    public let description: String
    /// The parameters as it sets them, in the order of the file, as text.
    public let parameters: [Parameter]
    /// The world that they make.
    public let model: Model
  }

  /// A parameter with the value that a strategy gives it.
  public struct Parameter: Sendable, Hashable {
    /// The name, without `$`.
    public let name: String
    /// The value as it is written.
    public let value: String
  }
}
