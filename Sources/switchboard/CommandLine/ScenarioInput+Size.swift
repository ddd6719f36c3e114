import Reporting
import World

extension ScenarioInput {
  /// Whether the runs can be borne; what speaks against it goes to standard error.
  ///
  /// With `--allow-huge` everything is, and nothing is bounded.
  func isBearable(_ plans: inout [WorldPlan], _ arguments: Arguments, atOnce: Int) -> Bool {
    if arguments.has(.allowHuge) {
      for index in plans.indices { plans[index].mostContacts = .max }
      return true
    }
    let estimates = plans.map { WorkEstimate($0) }
    var reasons: [String] = []
    if let most = estimates.max(by: { $0.events < $1.events }),
      most.events > WorkEstimate.mostEvents, let part = most.busiest
    {
      reasons.append(
        "a run would have about \(Self.rough(most.events)) events, the most is "
          + "\(Self.rough(WorkEstimate.mostEvents)); most of them come of '\(part.key)'")
    }
    if let most = estimates.max(by: { $0.bytes < $1.bytes }), let part = most.largest,
      most.bytes * Double(atOnce) > WorkEstimate.mostBytes
    {
      let together = atOnce > 1 ? "\(atOnce) runs at once" : "a run"
      reasons.append(
        "\(together) would take about \(Self.rough(most.bytes * Double(atOnce) / 1e9)) GB of memory, "
          + "the most is \(Self.rough(WorkEstimate.mostBytes / 1e9)); most of it is for '\(part.key)'"
          + (atOnce > 1 ? "; --threads 1 takes less" : ""))
    }
    for reason in reasons {
      complain("\(printable(path)): error: \(printable(reason))")
    }
    guard reasons.isEmpty else {
      complain("nothing was run; --allow-huge runs it all the same")
      return false
    }
    return true
  }

  /// `3600`, `2 billion`: as many digits as a guess has.
  private static func rough(_ value: Double) -> String {
    switch value {
    case ..<1e6: "\(Int64(max(0, value.rounded())))"
    case ..<1e9: "\(Int64((value / 1e6).rounded())) million"
    case ..<1e12: "\(Int64((value / 1e9).rounded())) billion"
    default: "more than a thousand billion"
    }
  }
}
