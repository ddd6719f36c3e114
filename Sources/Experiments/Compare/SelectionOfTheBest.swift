import Statistics

/// Kim and Nelson's fully sequential selection (2001) of the strategy with the smallest mean.
///
/// After some first replications the spreads of all paired differences are known; from then on every
/// replication may drop strategies that have fallen too far behind another. Whenever the best leads
/// by the indifference, it is the one left with at least the stated probability; common random
/// numbers only make it quicker.
struct SelectionOfTheBest: Sendable {
  /// Replications from which the spreads are estimated; fixed beforehand, as the proof demands.
  static let first = 20
  /// The probability of the right choice.
  static let probability = 0.95

  /// Which strategies may still be the best.
  private(set) var isIn: [Bool]
  /// How many replications of each were looked at.
  private(set) var counts: [Int]
  /// The difference that does not matter; known after the first replications.
  private(set) var indifference: Double?
  /// The most replications that a decision can take; known after the first ones.
  private(set) var bound: Int?

  private let size: @Sendable ([Double]) -> Double
  private let constants: Selection.KimNelson?
  private var early: [[Double]] = []
  private var sums: [Double]
  private var variances: [[Double]] = []
  private var count = 0

  /// A selection among so many; `size` tells the indifference from the means of the first replications.
  init(strategies: Int, indifference size: @escaping @Sendable ([Double]) -> Double) {
    self.size = size
    isIn = Array(repeating: true, count: strategies)
    counts = Array(repeating: 0, count: strategies)
    sums = Array(repeating: 0, count: strategies)
    constants = Selection.KimNelson(
      strategies: strategies, first: Self.first, alpha: 1 - Self.probability)
  }

  /// Whether one is chosen with the promise of the procedure.
  var isDecided: Bool {
    if isIn.count(where: { $0 }) == 1 { return true }
    return bound.map { count >= $0 } ?? false
  }

  /// The one left; while several are, the one that is ahead, the first of equals.
  var leader: Int? {
    isIn.indices.filter { isIn[$0] }.min { (sums[$0], $0) < (sums[$1], $1) }
  }

  /// Takes in the next replication of all strategies that are still in; smaller is better.
  mutating func take(_ values: [Double]) {
    guard !isDecided else { return }
    count += 1
    for index in isIn.indices where isIn[index] {
      sums[index] += values[index]
      counts[index] += 1
    }
    if count <= Self.first { early.append(values) }
    if count == Self.first { begin() }
    if count >= Self.first { screen() }
  }

  private mutating func begin() {
    let margin = size(sums.map { $0 / Double(count) })
    indifference = margin
    variances = isIn.indices.map { one in
      isIn.indices.map { other in
        Moments(early.map { $0[one] - $0[other] }).variance ?? 0
      }
    }
    early = []
    let largest = variances.joined().max() ?? 0
    guard let constants, margin > 0 else { return }
    // Beyond this every continuation region is closed.
    let last = (constants.h2 * largest / (margin * margin)).rounded(.down) + 1
    bound = last < 1e9 ? max(Self.first, Int(last)) : nil
  }

  private mutating func screen() {
    guard let constants, let indifference, indifference > 0 else { return }
    // All are screened against those that were in before the replication.
    let candidates = isIn.indices.filter { isIn[$0] }
    for one in candidates {
      isIn[one] = candidates.allSatisfy { other in
        guard other != one else { return true }
        let room = constants.continuation(
          count: count, variance: variances[one][other], indifference: indifference)
        return sums[one] <= sums[other] + room
      }
    }
  }
}
