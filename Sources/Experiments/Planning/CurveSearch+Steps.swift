public import Measurement

extension CurveSearch {
  /// What a search found.
  public struct Found: Sendable {
    /// The curve, on customers that it was not chosen by.
    public var verified: Simulated
    /// Periods for which no number within the bounds was shown to suffice.
    public var unmet: [Int]
  }

  /// Finds the curve, beginning with a guess that is rather too low; nil where no world can be made.
  public func find(
    from guess: Curve, _ ground: inout Ground
  ) throws(Trials.Failure) -> Found? {
    var curve = guess.map(clamped)
    // Few runs first, judged by what they show, then more, judged by what is certain.
    guard
      try raise(&curve, &ground, Stage(.search, min(10, replications), isCertain: false)) != nil,
      try raise(&curve, &ground, Stage(.search, replications)) != nil
    else { return nil }
    try trim(&curve, &ground, Stage(.search, replications))
    // Whoever takes the best of many is too hopeful: what was chosen on some customers is raised, trimmed
    // and at last verified on others.
    let checked = Stage(.check, replications * 4)
    guard try raise(&curve, &ground, checked) != nil else { return nil }
    try trim(&curve, &ground, checked)
    guard let verified = try raise(&curve, &ground, verification) else { return nil }
    let outcomes = outcomes(verified)
    return Found(
      verified: verified, unmet: outcomes.indices.filter { outcomes[$0] != .met })
  }

  /// On whose customers, and how often.
  struct Stage {
    var customers: Ground.Customers
    var replications: Int
    /// Whether a period must be shown to keep its goal; else its share decides.
    var isCertain: Bool

    init(_ customers: Ground.Customers, _ replications: Int, isCertain: Bool = true) {
      self.customers = customers
      self.replications = replications
      self.isCertain = isCertain
    }
  }

  /// The runs by which plans are told apart at the end.
  var verification: Stage { Stage(.fresh, replications * 4) }

  func clamped(_ count: Int) -> Int { min(max(count, bounds.lowerBound), bounds.upperBound) }

  /// More wherever the goal is not kept, until it is everywhere or nothing can be added.
  ///
  /// What one period leaves undone spoils the next: of periods in a row the first is given more, and the
  /// others only when that was not enough. Where one has all that it may, the one before is given more.
  private func raise(
    _ curve: inout Curve, _ ground: inout Ground, _ stage: Stage
  ) throws(Trials.Failure) -> Simulated? {
    for _ in 0..<500 {
      guard let now = try simulate(curve, &ground, stage) else { return nil }
      let lacks = now.shares.map { lack($0, stage) }
      var next = curve
      for period in curve.indices where lacks[period] != nil {
        // A run of periods is mended from its begin.
        if period > 0, lacks[period - 1] != nil, next[period - 1] > curve[period - 1] { continue }
        if curve[period] < bounds.upperBound {
          next[period] = clamped(curve[period] + step(lacks[period] ?? 0, curve[period]))
        } else if let before = (0..<period).last(where: { curve[$0] < bounds.upperBound }),
          next[before] == curve[before], period - before <= Self.apart
        {
          next[before] += 1
        }
      }
      if next == curve { return now }
      curve = next
    }
    return try simulate(curve, &ground, stage)
  }

  /// How much of the share is missing; nil where the goal is kept.
  private func lack(_ share: ShareOfRuns, _ stage: Stage) -> Double? {
    let apart = goal.share - (share.value ?? 1)
    if stage.isCertain { return goal.outcome(share, level: level) == .met ? nil : max(0, apart) }
    return apart > 0 ? apart : nil
  }

  private func step(_ lack: Double, _ count: Int) -> Int {
    let part = lack > 0.3 ? 0.15 : lack > 0.1 ? 0.07 : 0
    return max(1, Int((Double(count) * part).rounded()))
  }

  /// Periods so far apart that taking an agent from one is hardly felt in the other.
  static let apart = 4

  /// One fewer wherever every period still keeps its goal; periods far apart are tried together.
  private func trim(
    _ curve: inout Curve, _ ground: inout Ground, _ stage: Stage
  ) throws(Trials.Failure) {
    var canFall = Array(repeating: true, count: grid.count)
    while canFall.contains(true) {
      for first in 0..<min(Self.apart, grid.count) {
        let tried = stride(from: first, to: grid.count, by: Self.apart).filter {
          canFall[$0] && curve[$0] > bounds.lowerBound
        }
        for period in stride(from: first, to: grid.count, by: Self.apart) {
          canFall[period] = false
        }
        guard !tried.isEmpty else { continue }
        var next = curve
        for period in tried { next[period] -= 1 }
        guard let now = try simulate(next, &ground, stage) else { return }
        let outcomes = outcomes(now)
        for period in tried {
          // What a period lacks is felt in it and in those that follow.
          let isKept = (period..<min(period + Self.apart, grid.count))
            .allSatisfy { outcomes[$0] == .met }
          if isKept {
            curve[period] -= 1
            canFall[period] = true
          }
        }
      }
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
        let now = try simulate(next, &ground, verification)
      else { continue }
      for period in tried { shares[period] = now.shares[period] }
    }
    return shares
  }
}
