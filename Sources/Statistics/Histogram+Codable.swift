extension Histogram: Codable {
  private enum Key: String, CodingKey {
    case bounds, within, zeros, smallest, largest, sum, squares, buckets
  }

  /// Writes the buckets in use alone, as index and count in turn; wide sums as hexadecimal text.
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
    try container.encode(sparse, forKey: .buckets)
  }

  /// Reads what ``encode(to:)`` wrote and refuses anything that cannot be a histogram.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(bounds: try container.decode([Int64].self, forKey: .bounds))
    let within = try container.decode([Int].self, forKey: .within)
    let zeros = try container.decode(Int.self, forKey: .zeros)
    let sparse = try container.decode([Int].self, forKey: .buckets)
    let squares = try container.decode([String].self, forKey: .squares)
    guard
      within.count == bounds.count, zeros >= 0, sparse.count.isMultiple(of: 2),
      squares.count == 2,
      let sum = UInt128(try container.decode(String.self, forKey: .sum), radix: 16),
      let high = UInt64(squares[0], radix: 16), let low = UInt128(squares[1], radix: 16)
    else { throw Self.corrupted(container) }
    var total = zeros
    for position in stride(from: 0, to: sparse.count, by: 2) {
      let bucket = sparse[position]
      let count = sparse[position + 1]
      let (next, overflow) = total.addingReportingOverflow(count)
      guard count > 0, !overflow, bucket >= 0, bucket <= Buckets.index(of: .max) else {
        throw Self.corrupted(container)
      }
      total = next
      if UInt(bitPattern: bucket - first) >= UInt(bitPattern: counts.count) { widen(to: bucket) }
      counts[bucket - first] = count
    }
    guard within.allSatisfy({ (0...total).contains($0) }) else { throw Self.corrupted(container) }
    self.within = within
    self.zeros = zeros
    storedCount = total
    let smallest = try container.decode(Int64.self, forKey: .smallest)
    self.smallest = total > 0 ? smallest : .max
    largest = try container.decode(Int64.self, forKey: .largest)
    guard largest >= 0, total == 0 || (smallest >= 0 && smallest <= largest) else {
      throw Self.corrupted(container)
    }
    self.sum = sum
    squaresLow = low
    squaresHigh = high
    guard sum <= UInt128(largest) * UInt128(total) else { throw Self.corrupted(container) }
  }

  private static func corrupted(_ container: KeyedDecodingContainer<Key>) -> DecodingError {
    .dataCorrupted(
      DecodingError.Context(
        codingPath: container.codingPath,
        debugDescription: "these numbers are not those of one histogram"))
  }
}
