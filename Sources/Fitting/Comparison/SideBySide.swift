public import Measurement
import Statistics

/// History and simulation, number by number.
public struct SideBySide: Sendable {
  /// One number.
  public struct Row: Sendable {
    /// The metric's name.
    public var metric: String
    /// `s`, `share` or `count`.
    public var unit: String
    /// In the export.
    public var export: Double
    /// In the simulation, the mean over runs.
    public var simulated: Double
    /// Half of the 95 % interval of that mean.
    public var halfWidth: Double
    /// Half of the interval by which an export of this length differs from its own mean by chance, as the
    /// runs differ from each other.
    public var exportHalfWidth: Double
    /// Whether they agree.
    public var verdict: FitDocument.Agreement
  }

  /// Many numbers of one kind: hours, agents.
  public struct Cells: Sendable {
    /// What each is, such as `mon 09:00`, or an agent's name.
    public var names: [String]
    /// In the export, the mean of a stretch.
    public var export: [Double]
    /// In the simulation, the mean over runs.
    public var simulated: [Double]
    /// Half of each interval at 95 %.
    public var halfWidths: [Double]

    /// How many of the export's numbers lie inside.
    public var inside: Int {
      export.indices.count { abs(export[$0] - simulated[$0]) <= halfWidths[$0] }
    }

    /// By how much the share inside may differ from 95 % if the scenario is right: 5 % upwards, and
    /// downwards what chance leaves out in 99 of 100 histories.
    public var tolerance: Double {
      guard !export.isEmpty else { return 1 }
      return max(0.05, Double(Self.mostOutside(of: export.count)) / Double(export.count) - 0.05)
    }

    /// Whether no more lie outside than chance would have in 99 of 100 histories.
    public var agrees: Bool { export.count - inside <= Self.mostOutside(of: export.count) }

    /// The 99 % quantile of a binomial law: so many of so many lie outside of intervals at 95 %.
    static func mostOutside(of count: Int) -> Int {
      var probability = 1.0
      for _ in 0..<count { probability *= 0.95 }
      var sum = 0.0
      for number in 0..<count {
        sum += probability
        if sum >= 0.99 { return number }
        probability *= Double(count - number) / Double(number + 1) * 0.05 / 0.95
      }
      return count
    }
  }

  /// Single numbers.
  public var rows: [Row] = []
  /// Conversations opened, hour by hour of a run.
  public var hours: Cells
  /// Conversations answered by each agent in a run.
  public var agents: Cells
  /// Conversations opened in each hour of the day, a day.
  public var hourly: [FitDocument.HourCheck] = []
  /// How many runs.
  public var runs: Int
}

extension SideBySide.Cells {
  /// Adds a cell; counts vary by no less than a Poisson variable of half a conversation does.
  mutating func add(
    _ name: String, _ export: Double, _ mean: Double, _ variance: Double, _ runs: Int,
    _ stretches: Double
  ) {
    let t = StudentT.critical(level: 0.95, freedom: Double(max(1, runs - 1))) ?? 1.96
    let spread = max(variance, mean, 0.5)
    names.append(name)
    self.export.append(export)
    simulated.append(mean)
    halfWidths.append(t * (spread * (1 / Double(runs) + 1 / stretches)).squareRoot())
  }
}
