import Sampling
import World

extension Campaign.Failure {
  /// Why there is no result, in a line or a few, for whoever asked.
  public var lines: [String] {
    switch self {
    case .invariant(let strategy, let replication, let seed, let what):
      [
        "strategy '\(strategy)', replication \(replication + 1), seed \(seed): "
          + what.prefix(3).joined(separator: "; ")
      ]
    case .engine(let strategy, let replication, let failure):
      ["strategy '\(strategy)', replication \(replication + 1): \(failure.what)"]
        + (failure.lastLines.isEmpty ? [] : ["its last lines:"])
        + failure.lastLines.map { "  " + $0 }
    case .ended(let strategy, let replication, let ending):
      ["strategy '\(strategy)', replication \(replication + 1): \(ending)"]
    case .tooManyReplications:
      [
        "more replications than there are random streams for: \(RandomStreams.replicationLimit)"
      ]
    case .shared: ["the runs are shared between machines, and not all are here"]
    }
  }
}
