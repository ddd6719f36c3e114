public import Measurement

extension SharedRuns {
  /// The pieces to be made here of a batch of something that is no campaign; nil where it is read.
  ///
  /// For an estimate a few are made by `body`, which adds what it found, and that is the end.
  public func share(
    of pieces: Int,
    sample body: (Int, inout Sample) throws(Campaign.Failure) -> Bool = { _, _ in false }
  ) throws(Campaign.Failure) -> Range<Int>? {
    switch try begin(pieces: pieces).task {
    case .read: return nil
    case .make(let range): return range
    case .estimate: throw estimate(pieces, body)
    }
  }

  /// What a command found out in a piece that is no run of a campaign, as bytes.
  public static func packed(_ found: some Encodable) throws -> [UInt8] {
    try PackedEncoder.bytes(of: found)
  }

  /// What these bytes say was found out; nil where they are something else.
  public static func unpacked<Found: Decodable>(_ type: Found.Type, _ bytes: [UInt8]) -> Found? {
    try? PackedDecoder.value(type, of: bytes)
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

  /// Makes one piece to tell what it costs; what is kept of its point in the end is smaller than the run.
  public func sample(
    _ piece: Int, _ sample: inout SharedRuns.Sample, interruption: Interruption
  ) throws(Campaign.Failure) -> Bool {
    switch Self.run(of: entries[piece / replications], piece % replications, interruption) {
    case nil: throw .shared(.interrupted)
    case .failure(let what): throw what
    case .success(let run):
      sample.conversations += run.measured.all.conversations
      sample.bytes += (try? SharedRuns.packed(run).count) ?? 0
      return true
    }
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
