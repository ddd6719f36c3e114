import VirtualTime
import World

extension Campaign {
  /// One replication of one strategy; nil if it was interrupted before its end.
  func replicate(
    _ entry: Entry, _ number: Int, _ interruption: Interruption
  ) -> Swift.Result<FinishedRun, Failure>? {
    guard !interruption.isSet else { return nil }
    var plan = entry.plan
    // The first replication alone tells what the reports ask for, and begins with a workspace of its own.
    let isReported = plan.recordsReports && number == 0
    plan.recordsReports = isReported
    let memory = isReported || plan.lanes != nil ? nil : entry.memory
    if let found = memory?.run(number) { return .success(found) }
    let opened = isReported ? nil : entry.opened.workspace(of: plan)
    guard let bench = try? Bench(plan, opened: opened, seed: seed, replication: number)
    else {
      return .failure(.tooManyReplications)
    }
    let found = interruption.watching(bench.kernel) { bench.run() }
    guard !interruption.isSet || found.ending.reason != .stopped else { return nil }
    if let failure = found.engineFailure {
      return .failure(.engine(strategy: entry.name, replication: number, failure))
    }
    guard found.violations.isEmpty else {
      return .failure(
        .invariant(
          strategy: entry.name, replication: number, seed: seed, what: found.violations))
    }
    guard found.ending.isOrderly else {
      return .failure(.ended(strategy: entry.name, replication: number, found.ending))
    }
    let run = FinishedRun(found)
    memory?.keep(run.kept, as: number)
    return .success(run)
  }
}

extension Campaign.Result {
  /// Takes in the fingerprint of a run that counts, in the order of replications.
  mutating func stir(_ ending: UInt64) { RunHash.stir(&fingerprint, ending) }
}

/// The rolling hash over the fingerprints of runs, in their order.
enum RunHash {
  /// The hash over no run.
  static let empty: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Takes in the fingerprint of the next run.
  static func stir(_ hash: inout UInt64, _ ending: UInt64) {
    let rotated = hash << 23 | hash >> 41
    hash = (rotated ^ ending) &* 0x2545_F491_4F6C_DD1D
  }
}
