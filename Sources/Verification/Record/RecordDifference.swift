import Measurement

/// What is otherwise than a record says, most telling first.
public struct RecordDifference: Sendable {
  /// What changed.
  public enum Kind: String, Sendable {
    /// A goal that was met, or open, is missed now; or the other way.
    case goal
    /// A metric moved.
    case metric
    /// A strategy, seed or number of runs is another.
    case setting
    /// The first choice or event that differs.
    case first
    /// Only the fingerprint differs.
    case fingerprint
  }

  /// What changed.
  public let kind: Kind
  /// The strategy; empty where it concerns all.
  public let strategy: String
  /// What of it: a metric, a goal, `decision 5 at 12 min`.
  public let subject: String
  /// What the record says.
  public let recorded: String
  /// What it is now.
  public let now: String
  /// More lines, where there is more to say.
  public var account: [String] = []
  /// How many half-widths of the recorded interval a metric moved.
  public var widths: Double?

  /// The difference in one line.
  public var line: String {
    (strategy.isEmpty ? "" : "\(strategy): ") + "\(subject): recorded \(recorded), now \(now)"
  }
}

extension ScenarioRecord {
  /// What differs in figures, but for the choices.
  func differences(from recorded: ScenarioRecord) -> [RecordDifference] {
    var found: [RecordDifference] = []
    func differ<T: Equatable>(_ subject: String, _ old: T, _ new: T) {
      guard old != new else { return }
      found.append(
        RecordDifference(
          kind: .setting, strategy: "", subject: subject, recorded: "\(old)", now: "\(new)"))
    }
    differ("seed", recorded.seed, seed)
    differ("strategies", recorded.strategies.map(\.name), strategies.map(\.name))
    for strategy in strategies {
      guard let old = recorded.strategies.first(where: { $0.name == strategy.name }) else {
        continue
      }
      found += strategy.goalChanges(from: old) + strategy.metricChanges(from: old)
    }
    return found
  }
}

extension ScenarioRecord.Strategy {
  fileprivate func goalChanges(from old: Self) -> [RecordDifference] {
    goals.compactMap { goal, result in
      let before = old.goals.first { $0.goal == goal }?.result.rawValue ?? "not there"
      guard before != result.rawValue else { return nil }
      return RecordDifference(
        kind: .goal, strategy: name, subject: goal, recorded: before, now: result.rawValue)
    }
  }

  /// The metrics that moved, those first that moved most of their own interval.
  fileprivate func metricChanges(from old: Self) -> [RecordDifference] {
    var found: [RecordDifference] = []
    for (metric, now) in metrics {
      let before = old.metrics.first { $0.name == metric }?.estimate
      guard before != now else { continue }
      var difference = RecordDifference(
        kind: .metric, strategy: name, subject: metric, recorded: before?.words ?? "no value",
        now: now.words)
      if let before {
        let width = before.halfWidth ?? 0
        let moved = (now.mean - before.mean).magnitude
        difference.widths = width > 0 ? moved / width : moved > 0 ? .infinity : 0
      } else {
        difference.widths = .infinity
      }
      found.append(difference)
    }
    for (metric, before) in old.metrics where !metrics.contains(where: { $0.name == metric }) {
      found.append(
        RecordDifference(
          kind: .metric, strategy: name, subject: metric, recorded: before.words, now: "no value",
          widths: .infinity))
    }
    return found.sorted { ($0.widths ?? 0) > ($1.widths ?? 0) }
  }
}

extension ScenarioRecord.Estimate {
  /// `312.4 (300.1 to 324.7)`.
  var words: String {
    guard let low, let high else { return shortest(mean) }
    return "\(shortest(mean)) (\(shortest(low)) to \(shortest(high)))"
  }
}
