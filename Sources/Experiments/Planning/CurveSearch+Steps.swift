public import Measurement

extension CurveSearch {
  /// What a search found.
  public struct Found: Sendable {
    /// The curve, on the customers of the search.
    public var found: Simulated
    /// The same on other customers.
    public var verified: Simulated
    /// Periods for which no number within the bounds was shown to suffice.
    public var unmet: [Int]
  }

  /// Finds the curve, beginning with a guess; nil where no world can be made.
  public func find(
    from guess: Curve, _ ground: inout Ground
  ) throws(Trials.Failure) -> Found? {
    var curve = guess.map(clamped)
    guard try approach(&curve, &ground), try raise(&curve, &ground, fresh: false) != nil else {
      return nil
    }
    try trim(&curve, &ground)
    guard let verified = try raise(&curve, &ground, fresh: true),
      let found = try simulate(curve, &ground, replications: replications)
    else { return nil }
    let unmet = outcomes(verified).indices.filter { outcomes(verified)[$0] != .met }
    return Found(found: found, verified: verified, unmet: unmet)
  }

  func clamped(_ count: Int) -> Int { min(max(count, bounds.lowerBound), bounds.upperBound) }

  /// Few runs and large steps: each period up or down by what its share lacks or has to spare.
  private func approach(
    _ curve: inout Curve, _ ground: inout Ground
  ) throws(Trials.Failure) -> Bool {
    // A period that has been up and down stays: its answer lies there.
    var lowest = Array(repeating: bounds.lowerBound, count: grid.count)
    for _ in 0..<12 {
      guard let now = try simulate(curve, &ground, replications: min(10, replications)) else {
        return false
      }
      var next = curve
      for period in curve.indices {
        guard let share = now.shares[period].value else {
          next[period] = bounds.lowerBound
          continue
        }
        let count = curve[period]
        let size = max(1, Int((Double(count) * 0.1).rounded()))
        if share < goal.share {
          lowest[period] = max(lowest[period], clamped(count + 1))
          next[period] = clamped(count + (share < goal.share - 0.2 ? size : 1))
        } else if share > (1 + goal.share) / 2 + 0.02 {
          next[period] = max(lowest[period], clamped(count - size))
        }
      }
      if next == curve { return true }
      curve = next
    }
    return true
  }

  /// One more wherever the goal is not shown to be kept, until it is everywhere or nothing can be added.
  ///
  /// Where one period has all that it may, the one before it is given one more: what it leaves over is less.
  private func raise(
    _ curve: inout Curve, _ ground: inout Ground, fresh: Bool
  ) throws(Trials.Failure) -> Simulated? {
    let count = fresh ? replications * 4 : replications
    for _ in 0..<200 {
      guard let now = try simulate(curve, &ground, replications: count, fresh: fresh) else {
        return nil
      }
      var next = curve
      for (period, outcome) in outcomes(now).enumerated() where outcome != .met {
        if curve[period] < bounds.upperBound {
          next[period] += 1
        } else if period > 0, next[period - 1] < bounds.upperBound,
          next[period - 1] == curve[period - 1]
        {
          next[period - 1] += 1
        }
      }
      if next == curve { return now }
      curve = next
    }
    return try simulate(curve, &ground, replications: count, fresh: fresh)
  }

  /// Periods so far apart that taking an agent from one is hardly felt in the other.
  static let apart = 4

  /// One fewer wherever every period still keeps its goal; periods far apart are tried together.
  private func trim(_ curve: inout Curve, _ ground: inout Ground) throws(Trials.Failure) {
    var canFall = Array(repeating: true, count: grid.count)
    for _ in 0..<8 {
      var hasFallen = false
      for first in 0..<min(Self.apart, grid.count) {
        let tried = stride(from: first, to: grid.count, by: Self.apart).filter {
          canFall[$0] && curve[$0] > bounds.lowerBound
        }
        guard !tried.isEmpty else { continue }
        var next = curve
        for period in tried { next[period] -= 1 }
        guard let now = try simulate(next, &ground, replications: replications) else { return }
        let outcomes = outcomes(now)
        for period in tried {
          // What a period lacks is felt in it and in the next.
          let isKept = (period..<min(period + 2, grid.count)).allSatisfy { outcomes[$0] == .met }
          if isKept {
            curve[period] -= 1
            hasFallen = true
          } else {
            canFall[period] = false
          }
        }
      }
      if !hasFallen { break }
    }
  }

  /// The curve with one agent more or fewer in single periods: what the goal's share becomes there.
  ///
  /// Up to so many periods are tried each by itself, more of them far apart from each other together.
  public func changed(
    _ curve: Curve, by delta: Int, _ ground: inout Ground
  ) throws(Trials.Failure) -> [ShareOfRuns?] {
    var shares: [ShareOfRuns?] = Array(repeating: nil, count: grid.count)
    let distance = grid.count <= 30 ? grid.count : Self.apart * 2
    for first in 0..<distance {
      var next = curve
      let tried = stride(from: first, to: grid.count, by: distance).filter {
        curve[$0] + delta >= 1
      }
      for period in tried { next[period] += delta }
      guard !tried.isEmpty,
        let now = try simulate(next, &ground, replications: replications * 4, fresh: true)
      else { continue }
      for period in tried { shares[period] = now.shares[period] }
    }
    return shares
  }
}
