extension Histogram: Codable {
  private enum Key: String, CodingKey {
    case bounds, within, zeros, smallest, largest, sum, squares, buckets
  }

  /// Writes the buckets in use alone, each as its distance from the one before and its count; wide sums as
  /// hexadecimal text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(bounds, forKey: .bounds)
    try container.encode(within, forKey: .within)
    try container.encode(zeros, forKey: .zeros)
    try container.encode(storedCount > 0 ? smallest : 0, forKey: .smallest)
    try container.encode(largest, forKey: .largest)
    try container.encode(String(sum, radix: 16), forKey: .sum)
    let squares = [String(squaresHigh, radix: 16), String(squaresLow, radix: 16)]
    try container.encode(squares, forKey: .squares)
    try container.encode(gaps, forKey: .buckets)
  }

  /// The buckets in use: how far each is from the one before, and its count, in turn.
  private var gaps: [Int] {
    var gaps: [Int] = []
    var before = 0
    let counts = counts.span
    for offset in counts.indices where counts[offset] != 0 {
      gaps.append(first + offset - before)
      gaps.append(counts[offset])
      before = first + offset
    }
    return gaps
  }

  /// Reads what ``encode(to:)`` wrote, in the same order, and refuses anything that cannot be a histogram.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(bounds: try container.decode([Int64].self, forKey: .bounds))
    let within = try container.decode([Int].self, forKey: .within)
    zeros = try container.decode(Int.self, forKey: .zeros)
    let smallest = try container.decode(Int64.self, forKey: .smallest)
    largest = try container.decode(Int64.self, forKey: .largest)
    let sum = UInt128(try container.decode(String.self, forKey: .sum), radix: 16)
    let squares = try container.decode([String].self, forKey: .squares)
    let gaps = try container.decode([Int].self, forKey: .buckets)
    guard
      within.count == bounds.count, zeros >= 0, largest >= 0, squares.count == 2, let sum,
      let high = UInt64(squares[0], radix: 16), let low = UInt128(squares[1], radix: 16),
      let total = fill(gaps), within.allSatisfy({ (0...total).contains($0) }),
      total == 0 || (smallest >= 0 && smallest <= largest),
      sum <= UInt128(largest) * UInt128(total)
    else { throw Self.corrupted(container) }
    self.within = within
    storedCount = total
    self.smallest = total > 0 ? smallest : .max
    self.sum = sum
    squaresLow = low
    squaresHigh = high
  }

  /// Fills the buckets from their distances and counts; how many durations there are then, or nil where
  /// these are no buckets.
  private mutating func fill(_ gaps: [Int]) -> Int? {
    guard gaps.count.isMultiple(of: 2) else { return nil }
    var (last, total) = (0, zeros)
    for place in stride(from: 0, to: gaps.count, by: 2) {
      let (gap, count) = (gaps[place], gaps[place + 1])
      let (next, overflow) = total.addingReportingOverflow(count)
      guard gap > 0 || place == 0 && gap == 0, count > 0, !overflow,
        gap <= Self.bucketCount - 1 - last
      else { return nil }
      (last, total) = (last + gap, next)
    }
    guard let lowest = gaps.first else { return total }
    widen(to: lowest, through: last)
    var bucket = -first
    for place in stride(from: 0, to: gaps.count, by: 2) {
      bucket += gaps[place]
      counts[bucket] = gaps[place + 1]
    }
    return total
  }

  private static func corrupted(_ container: KeyedDecodingContainer<Key>) -> DecodingError {
    .dataCorrupted(
      DecodingError.Context(
        codingPath: container.codingPath,
        debugDescription: "these numbers are not those of one histogram"))
  }
}
