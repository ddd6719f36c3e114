/// Something that is written by chance (xorshift): a seed always writes the same.
protocol DrawnByChance {
  /// What the next number is made from; never 0.
  var state: UInt64 { get set }
}

extension DrawnByChance {
  private mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func below(_ count: Int) -> Int { Int(next() >> 11) % count }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }
}
