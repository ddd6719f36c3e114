/// The chance that stories are drawn with (SplitMix64): small, good enough, the same everywhere.
struct Dice {
  private var state: UInt64

  /// The seed is mixed first: neighbouring seeds would otherwise draw one sequence, one place apart.
  init(_ seed: UInt64) { state = Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// One of `count` numbers from 0.
  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }

  /// Whether something happens that does in so many of a hundred.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// One of a list, which is not empty.
  mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }
}
