import VirtualTime
import World

extension Campaign {
  /// What is run between two looks at whether it is enough, where machines share the runs: else nobody need wait.
  func batches(_ total: Int) -> [Range<Int>] {
    guard sharing != nil, precision != nil else { return [0..<total] }
    var batches: [Range<Int>] = []
    var (done, next) = (0, 2 * PrecisionRule.first)
    while done < total {
      batches.append(done..<min(next, total))
      (done, next) = (min(next, total), next * 2)
    }
    return batches
  }

  /// The round that a batch is, where machines share the runs; makes this one's share of it, and ends.
  func round(
    _ batch: Range<Int>, _ interruption: Interruption,
    _ progress: (_ done: Int, _ total: Int) -> Void
  ) throws(Failure) -> SharedRuns.Round? {
    guard let sharing else { return nil }
    let entries = entries
    return try sharing.begin(
      pieces: batch.count * entries.count, threads: threads, progress: progress
    ) { piece in
      let (place, index) = piece.quotientAndRemainder(dividingBy: entries.count)
      let number = batch.lowerBound + place
      // Its reports are for whoever merges, who runs it anyway.
      if isReported(entries[index], number) { return .success(nil) }
      return replicate(entries[index], number, interruption)?.map(\.kept)
    }
  }

  /// Whether a run tells the platform's reports: the first replication does, where they are asked for.
  private func isReported(_ entry: Entry, _ number: Int) -> Bool {
    entry.plan.recordsReports && number == 0
  }

  /// One replication of one strategy; nil if it was interrupted before its end.
  ///
  /// A run of a round that was made elsewhere is read, not made.
  func replicate(
    _ entry: Entry, _ number: Int, _ interruption: Interruption,
    madeAs made: (round: SharedRuns.Round, piece: Int)? = nil
  ) -> Swift.Result<FinishedRun, Failure>? {
    guard !interruption.isSet else { return nil }
    var plan = entry.plan
    // The first replication alone tells what the reports ask for, and begins with a workspace of its own.
    let isReported = isReported(entry, number)
    plan.recordsReports = isReported
    if let made, !isReported {
      return made.round.run(made.piece).map { .success(FinishedRun($0)) }
        ?? .failure(.shared(.pieceMissing(round: made.round.number, piece: made.piece)))
    }
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
