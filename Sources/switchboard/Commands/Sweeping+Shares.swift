import Experiments
import Measurement
import Reporting
import Scenarios

/// What stands in a share of a sweep: points of which it has all runs as they are kept on disk, and single runs of
/// the points at its ends.
extension Sweeping {
  private enum Mark {
    static let point = UInt8(ascii: "P")
    static let run = UInt8(ascii: "R")
  }

  /// Makes a share of the runs and writes it.
  func share(_ runner: SweepRunner, _ sharing: Sharing, _ input: ScenarioInput) -> ExitCode {
    sharing.make(input.stem, terminal) { progress in
      let range = try sharing.runs.share(of: runner.pieces) {
        (piece, sample) throws(Campaign.Failure) in
        try runner.sample(piece, &sample, interruption: interruption)
      }
      guard let range else { return }
      guard
        let made = try runner.share(range, interruption: interruption, progress: progress)
      else { throw Campaign.Failure.shared(.interrupted) }
      var pieces: [(piece: Int, bytes: [UInt8])] = []
      for (number, point) in made.points {
        let text = try PointFolder.file(of: point).contents
        pieces.append((number * runner.replications, [Mark.point] + Array(text.utf8)))
      }
      for (number, run) in made.runs {
        pieces.append((number, [Mark.run] + (try SharedRuns.packed(run))))
      }
      throw Campaign.Failure.shared(
        .made(
          SharedRuns.Share(
            pieces: runner.pieces, range: range, made: pieces.sorted { $0.piece < $1.piece })))
    }
  }

  /// What all shares have, as if it were known from an earlier sweep.
  func shared(
    _ runner: SweepRunner, _ sharing: Sharing
  ) -> Result<SweepRunner.Known, Campaign.Failure> {
    do throws(Campaign.Failure) {
      _ = try sharing.runs.share(of: runner.pieces)
    } catch {
      return .failure(error)
    }
    var known = SweepRunner.Known()
    for (index, entry) in runner.entries.enumerated() {
      let (point, runs) = parts(entry, from: index * runner.replications, runner, sharing)
      known.points.append(point)
      known.runs.append(runs)
      if point == nil, runs.count < runner.replications, sharing.missing == nil {
        return .failure(
          .shared(.pieceMissing(round: 1, piece: index * runner.replications + runs.count)))
      }
    }
    return .success(known)
  }

  private func parts(
    _ entry: SweepRunner.Entry, from first: Int, _ runner: SweepRunner, _ sharing: Sharing
  ) -> (SweptPoint?, [SweptRun]) {
    var runs: [SweptRun] = []
    for piece in first..<first + runner.replications {
      guard let bytes = sharing.set.bytes(1, piece), let mark = bytes.first else { continue }
      if mark == Mark.point, piece == first,
        let point = PointFolder.point(in: String(decoding: bytes.dropFirst(), as: UTF8.self)),
        point.stands(
          for: entry.key, replications: runner.replications, metrics: entry.metrics,
          goals: entry.goals.map(\.text))
      {
        return (point, [])
      }
      if mark == Mark.run, let run = SharedRuns.unpacked(SweptRun.self, Array(bytes.dropFirst())),
        run.belongs(to: entry.key, replications: runner.replications)
      {
        runs.append(run)
      }
    }
    return (nil, runs)
  }
}
