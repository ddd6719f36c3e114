extension Histogram: Codable {
  /// Writes one row of whole numbers: how many bounds there are, they and the counts within them, and, unless
  /// nothing was recorded, the durations of nothing, the shortest and the longest, the sums in words of 64
  /// bits, lowest first, and the buckets in use, each as its distance from the one before and its count.
  public func encode(to encoder: any Encoder) throws {
    var row = [bounds.count] + bounds.map { Int($0) } + within
    if storedCount > 0 {
      row += [zeros, Int(smallest), Int(largest)]
      row += words(sum) + words(squaresLow) + [Int(bitPattern: UInt(squaresHigh))]
      var before = 0
      for used in used {
        row.append(used.bucket - before)
        row.append(used.count)
        before = used.bucket
      }
    }
    var container = encoder.singleValueContainer()
    try container.encode(row)
  }

  private func words(_ number: UInt128) -> [Int] {
    [
      Int(bitPattern: UInt(truncatingIfNeeded: number)),
      Int(bitPattern: UInt(truncatingIfNeeded: number >> 64)),
    ]
  }

  /// Reads what ``encode(to:)`` wrote, and refuses anything that cannot be a histogram.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let row = try container.decode([Int].self)
    guard let histogram = Histogram(row) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "these numbers are not those of one histogram")
    }
    self = histogram
  }

  /// The histogram that a row of numbers is; nil if it is none.
  private init?(_ row: [Int]) {
    guard let boundCount = row.first, boundCount >= 0, boundCount <= (row.count - 1) / 2 else {
      return nil
    }
    let bounds = row[1..<1 + boundCount].map { Int64($0) }
    self.init(bounds: bounds)
    within = Array(row[1 + boundCount..<1 + 2 * boundCount])
    guard self.bounds == bounds else { return nil }
    let start = 1 + 2 * boundCount
    guard row.count > start else {
      if within.contains(where: { $0 != 0 }) { return nil }
      return
    }
    guard row.count >= start + 8, (row.count - start).isMultiple(of: 2) else { return nil }
    func word(_ place: Int) -> UInt { UInt(bitPattern: row[start + place]) }
    func wide(_ place: Int) -> UInt128 { UInt128(word(place + 1)) << 64 | UInt128(word(place)) }
    zeros = row[start]
    smallest = Int64(row[start + 1])
    largest = Int64(row[start + 2])
    sum = wide(3)
    squaresLow = wide(5)
    squaresHigh = UInt64(word(7))
    guard zeros >= 0, 0 <= smallest, smallest <= largest, fill(row[(start + 8)...]),
      within.allSatisfy({ (0...storedCount).contains($0) }),
      sum <= UInt128(largest) * UInt128(storedCount)
    else { return nil }
  }

  /// Fills the list from distances and counts; false where these are no buckets.
  private mutating func fill(_ gaps: ArraySlice<Int>) -> Bool {
    list.reserveCapacity(gaps.count / 2)
    var (bucket, total) = (0, zeros)
    for place in stride(from: gaps.startIndex, to: gaps.endIndex, by: 2) {
      let (gap, count) = (gaps[place], gaps[place + 1])
      let (next, overflow) = total.addingReportingOverflow(count)
      guard gap > 0 || list.isEmpty && gap == 0, count > 0, !overflow,
        gap <= Self.bucketCount - 1 - bucket
      else { return false }
      (bucket, total) = (bucket + gap, next)
      list.append(UsedBucket(bucket: bucket, count: count))
    }
    storedCount = total
    return total > 0
  }
}
