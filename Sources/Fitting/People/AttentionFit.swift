/// How many conversations agents have in hand at once, and whether speed falls with it.
public struct AttentionFit: Sendable, Equatable {
  /// How work is shared between conversations in hand.
  public enum Attention: Sendable, Equatable {
    /// One at a time.
    case serial
    /// So many at once, each at full speed.
    case parallel(Int)
    /// The total speed by the number in hand, from one on.
    case shared([Double])
  }

  /// What is found.
  public var attention: Attention
  /// The total speed by the number in hand, from one on, with its interval, where enough is seen.
  public var speeds: [(speed: Double, low: Double, high: Double)]
  /// Answers or closings that it rests on.
  public var observations: Int
  /// The share of answers that went to the conversation that had waited longest with its agent.
  var inOrder: Double

  /// Whether two fits found the same.
  public static func == (a: Self, b: Self) -> Bool {
    a.attention == b.attention && a.observations == b.observations && a.inOrder == b.inOrder
  }

  /// Answers in a state that make its speed known well enough: half a width of about a third.
  static let enough = 30
  /// More at once than this is told as a number of slots, not speed by speed.
  static let mostSpeeds = 12

  init(_ finder: SpellFinder) {
    var tally = SpellWalk.Tally()
    let walk = SpellWalk(slots: Int.max, speeds: [1])
    for spells in finder.byAgent { _ = walk.walk(spells, &tally) }
    let ranks = tally.ranks
    let total = ranks.reduce(0, +)
    observations = total
    inOrder = total > 0 ? Double(ranks.count > 1 ? ranks[1] : 0) / Double(total) : 1
    let atOnce =
      finder.kind == .service
      ? Self.cover(tally.exposure, 0.99) : Self.cover(ranks.map { Double($0) }, 0.98)
    speeds = Self.speeds(tally, upTo: min(atOnce, Self.mostSpeeds))
    attention = Self.decide(atOnce, speeds)
  }

  /// The smallest number up to which so large a share lies.
  private static func cover(_ weights: [Double], _ share: Double) -> Int {
    let total = weights.reduce(0, +)
    var sum = 0.0
    for (number, weight) in weights.enumerated() {
      sum += weight
      if sum >= share * total { return max(1, number) }
    }
    return max(1, weights.count - 1)
  }

  /// Speeds as ratios of answers per time in hand, with intervals at 95 %.
  private static func speeds(
    _ tally: SpellWalk.Tally, upTo most: Int
  ) -> [(speed: Double, low: Double, high: Double)] {
    func rate(_ number: Int) -> (rate: Double, count: Int)? {
      guard number < tally.answers.count, number < tally.exposure.count,
        tally.answers[number] >= enough, tally.exposure[number] > 0
      else { return nil }
      return (Double(tally.answers[number]) / tally.exposure[number], tally.answers[number])
    }
    guard let alone = rate(1) else { return [] }
    var found = [(speed: 1.0, low: 1.0, high: 1.0)]
    for number in 2..<max(3, most + 1) {
      guard number <= most, let next = rate(number) else { break }
      let speed = next.rate / alone.rate
      // The relative error of a ratio of two counts.
      let error = (1 / Double(next.count) + 1 / Double(alone.count)).squareRoot()
      found.append((speed, speed / (1 + 1.96 * error), speed * (1 + 1.96 * error)))
    }
    return found
  }

  private static func decide(
    _ atOnce: Int, _ speeds: [(speed: Double, low: Double, high: Double)]
  ) -> Attention {
    guard atOnce > 1 else { return .serial }
    let isFull = speeds.enumerated().allSatisfy { number, speed in
      speed.high >= Double(number + 1) || speed.speed >= 0.95 * Double(number + 1)
    }
    if speeds.count < 2 || isFull { return .parallel(min(atOnce, 10_000)) }
    var highest = 0.0
    let rising = speeds.map { speed in
      highest = max(highest, speed.speed)
      return (highest * 100).rounded() / 100
    }
    return .shared(rising)
  }

  /// The walk that this attention makes.
  var walk: SpellWalk {
    switch attention {
    case .serial: SpellWalk(slots: 1, speeds: [1])
    case .parallel(let slots): SpellWalk(slots: slots, speeds: (1...slots).map { Double($0) })
    case .shared(let speeds): SpellWalk(slots: speeds.count, speeds: speeds)
    }
  }
}
