public import Measurement

extension SharedRuns {
  /// The pieces to be made here of a batch that has so many; nil where it is read.
  public func share(of pieces: Int) throws(Campaign.Failure) -> Range<Int>? {
    do throws(End) {
      return try begin(pieces: pieces).share
    } catch {
      throw .shared(error)
    }
  }

  /// A run of a sweep as bytes.
  public static func packed(_ run: SweptRun) throws -> [UInt8] { try PackedEncoder.bytes(of: run) }

  /// The run of a sweep that these bytes are; nil where they are none.
  public static func run(_ bytes: [UInt8]) -> SweptRun? {
    try? PackedDecoder.value(SweptRun.self, of: bytes)
  }
}

extension SweepRunner {
  /// How many runs the whole sweep has, point after point: what machines share.
  public var pieces: Int { entries.count * replications }

  /// A part of a sweep that one machine made.
  public struct Made: Sendable {
    /// Points of which all runs are in the share, by their numbers.
    public var points: [(number: Int, point: SweptPoint)] = []
    /// Runs of the points that reach over an end of the share, by their numbers.
    public var runs: [(number: Int, run: SweptRun)] = []
  }

  /// What follows from what is known, when nothing more is run.
  public func outcome(of known: Known) -> Outcome {
    var work = SweepWork(self, known)
    _ = work.completeAtOnce()
    return Outcome(points: work.points, isPartial: work.points.contains { $0 == nil })
  }

  /// Makes the runs of a share; nil if somebody wished to stop before it was complete.
  public func share(
    _ range: Range<Int>, interruption: Interruption,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(Campaign.Failure) -> Made? {
    let first = (range.lowerBound + replications - 1) / replications
    let last = max(first, range.upperBound / replications)
    // A share may lie within one point.
    let edges =
      first * replications > range.upperBound
      ? Array(range)
      : Array(range.lowerBound..<first * replications)
        + Array(min(last * replications, range.upperBound)..<range.upperBound)
    var made = Made()
    var failure: Campaign.Failure?
    let (entries, replications) = (entries, replications)
    Replications.run(count: edges.count, threads: threads) { place in
      let piece = edges[place]
      return Self.run(of: entries[piece / replications], piece % replications, interruption)
    } take: { place, found in
      switch found {
      case nil: failure = .shared(.interrupted)
      case .failure(let what): failure = what
      case .success(let run):
        made.runs.append((edges[place], run))
        progress(made.runs.count, range.count)
        return true
      }
      return false
    }
    if case .shared(.interrupted)? = failure { return nil }
    if let failure { throw failure }
    guard first < last else { return made }
    var inner = self
    inner.entries = Array(entries[first..<last])
    let outcome = try inner.run(
      interruption: interruption, progress: { done, _ in progress(edges.count + done, range.count) }
    )
    for (place, point) in outcome.points.enumerated() {
      guard let point else { return nil }
      made.points.append((first + place, point))
    }
    return made
  }
}
