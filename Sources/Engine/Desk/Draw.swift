/// The chance of one decision: numbers that are a function of policy seed, decision and index.
///
/// Nothing is remembered between decisions, so a decision can be recomputed alone.
public struct Draw: Sendable {
  private let seed: UInt64
  private let decision: UInt64

  /// The chance of a decision, by its number; the seed is the root of all chance in the desk.
  public init(seed: UInt64, decision: UInt64) {
    self.seed = seed
    self.decision = decision
  }

  /// One of `count` numbers from 0, each as likely; `index` tells the draws of a decision apart.
  public func number(below count: Int, index: UInt64 = 0) -> Int {
    // Lemire (2019) without the rejection: the bias is below count / 2^64.
    Int(truncatingIfNeeded: bits(index).multipliedFullWidth(by: UInt64(count)).high)
  }

  private func bits(_ index: UInt64) -> UInt64 {
    let root = Self.mixed(seed &+ decision &* 0x9e37_79b9_7f4a_7c15)
    return Self.mixed(root &+ (index &+ 1) &* 0xd1b5_4a32_d192_ed03)
  }

  /// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
    return bits ^ bits >> 31
  }
}

extension Choice {
  /// The chance of this decision.
  func draw(_ customs: Pool.Customs) -> Draw { Draw(seed: customs.seed, decision: decision) }
}
