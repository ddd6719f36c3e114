import Experiments

/// What all runs would cost, told from a few of them.
struct EstimateWords {
  let sample: SharedRuns.Sample
  /// How a piece of the work is called.
  let noun: String

  private var scale: Double {
    sample.made > 0 ? Double(sample.pieces) / Double(sample.made) : 0
  }

  /// Hours of one core for everything.
  private var coreHours: Double { sample.seconds * scale / 3_600 }

  /// A few lines.
  var text: String {
    guard sample.made > 0 else {
      return "nothing of it could be tried: there is nothing to estimate"
    }
    let each = sample.seconds / Double(sample.made)
    var lines = [
      "\(grouped(UInt64(sample.pieces))) \(noun)\(sample.pieces == 1 ? "" : "s") in the first round; "
        + "\(sample.made) \(sample.made == 1 ? "was" : "were") made to tell what all cost:",
      "  a \(noun) takes \(seconds(each)) of one core here, so all take \(time(coreHours))",
    ]
    if sample.conversations > 0 {
      lines.append("  about \(grouped(UInt64(Double(sample.conversations) * scale))) conversations")
    }
    if sample.bytes > 0 {
      lines.append("  about \(bytes(Double(sample.bytes) * scale)) of shares")
    }
    let cores = [8, 64, 512].filter { $0 <= sample.pieces }
    if !cores.isEmpty {
      lines.append(
        "  " + cores.map { "\($0) cores \(wall(coreHours / Double($0)))" }.joined(separator: ", "))
    }
    lines.append("Where runs decide how many more are wanted, later rounds come on top.")
    return lines.joined(separator: "\n")
  }

  private func seconds(_ value: Double) -> String {
    value < 0.1 ? "\(decimals(value * 1_000, 1)) ms" : "\(decimals(value, 2)) s"
  }

  private func time(_ hours: Double) -> String {
    hours < 0.1 ? wall(hours) : "\(decimals(hours, hours < 10 ? 1 : 0)) core-hours"
  }

  private func wall(_ hours: Double) -> String {
    switch hours * 3_600 {
    case ..<120: "\(decimals(hours * 3_600, hours * 3_600 < 10 ? 1 : 0)) s"
    case ..<7_200: "\(decimals(hours * 60, 0)) min"
    default: "\(decimals(hours, hours < 10 ? 1 : 0)) h"
    }
  }

  private func bytes(_ value: Double) -> String {
    switch value {
    case ..<1e6: "\(decimals(value / 1e3, 0)) kB"
    case ..<1e9: "\(decimals(value / 1e6, 0)) MB"
    default: "\(decimals(value / 1e9, 1)) GB"
    }
  }
}
