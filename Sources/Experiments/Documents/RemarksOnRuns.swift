import Measurement

/// What a careful reader must know of the runs before believing intervals and verdicts.
struct RemarksOnRuns {
  /// The sentences.
  let sentences: [String]

  /// With fewer runs than these an interval is a rough guess: it was tested with five and more.
  static let fewest = 5

  init(_ document: ResultDocument) {
    sentences = Self.few(document) + Self.unknown(document) + Self.warmup(document.scenario)
  }

  private static func few(_ document: ResultDocument) -> [String] {
    let runs = document.replications
    let each = document.strategies.count > 1 ? " of each strategy" : ""
    switch runs {
    case 1: return ["One run\(each) says nothing about chance: there are no intervals."]
    case 2..<fewest:
      return [
        "\(runs) runs\(each) are few: intervals and verdicts are rough. "
          + "They were tested with \(fewest) runs and more."
      ]
    default: return []
    }
  }

  /// Quantiles whose upper limit would lie beyond the longest time that was seen.
  private static func unknown(_ document: ResultDocument) -> [String] {
    guard document.replications > 1 else { return [] }
    let names = document.metrics.filter { metric in
      metric.isShown && metric.name.contains(".p")
        && document.strategies.contains { strategy in
          strategy.values.contains { $0.metric == metric.name && $0.mean != nil && $0.low == nil }
        }
    }.map(\.label)
    guard !names.isEmpty else { return [] }
    return [
      "\(document.replications) runs are too few to say how far off may be: "
        + names.joined(separator: "; ")
        + ". The true value may lie beyond the longest time that was seen, so there is no interval."
    ]
  }

  private static func warmup(_ scenario: ResultDocument.Scenario) -> [String] {
    guard scenario.hasDetectedWarmup, scenario.warmup > 0, scenario.duration > 0 else { return [] }
    let share = scenario.warmup / scenario.duration
    let percent = Int((share * 100).rounded())
    let cut =
      "warmup: auto left out the first \(DurationText.format(Int64(scenario.warmup * 1e9))) of every run, "
      + "\(percent) % of it, because the number of conversations that need an agent had not settled "
      + "before (MSER-5)."
    guard share >= 0.25 else { return [cut] }
    return [cut + " So large a part says that the run may be too short to settle: make it longer."]
  }
}
