/// How many seats each set of a `SeatSets` holds, in pieces, so that the seat of a rank is found
/// without counting from the start.
///
/// Eight words make a group, sixteen groups a block: a change adds to three numbers, and looking for
/// a rank reads a dozen of them, whether the pool has ten seats or a hundred thousand. (A Fenwick tree
/// changes and reads a logarithm of both, each step a guess for the processor.)
struct SeatCounts: Sendable {
  private let groupCount: Int
  private let stride: Int
  /// The groups of a row, then its blocks, then the whole row.
  private var counts = RawTable<Int32>()

  private static let groupShift = 3
  private static let blockShift = 7

  /// Prepares for rows of so many words.
  init(wordCount: Int) {
    groupCount = (wordCount + 7) >> Self.groupShift
    stride = groupCount + (wordCount + 127) >> Self.blockShift + 1
  }

  /// Appends an empty row.
  mutating func addRow() { for _ in 0..<stride { counts.append(0) } }

  /// Goes on in memory of its own.
  mutating func separate() { counts.separate() }

  /// Empties a row.
  mutating func clear(row: Int) {
    for index in row * stride..<(row + 1) * stride { counts[index] = 0 }
  }

  /// Notes that a word holds so many more.
  mutating func change(word: Int, row: Int, by change: Int32) {
    let base = row &* stride
    counts[base &+ word &>> Self.groupShift] &+= change
    counts[base &+ groupCount &+ word &>> Self.blockShift] &+= change
    counts[base &+ stride &- 1] &+= change
  }

  /// How many seats a row holds.
  func total(row: Int) -> Int { Int(counts[(row &+ 1) &* stride &- 1]) }

  /// The first word of the group in which the seat of a rank lies, and its rank there.
  func group(ofRank rank: Int, row: Int) -> (word: Int, rank: Int) {
    let base = row &* stride
    var left = Int32(truncatingIfNeeded: rank)
    var index = base &+ groupCount
    var held = counts[index]
    while left >= held {
      left &-= held
      index &+= 1
      held = counts[index]
    }
    index = base &+ (index &- base &- groupCount) &<< (Self.blockShift &- Self.groupShift)
    held = counts[index]
    while left >= held {
      left &-= held
      index &+= 1
      held = counts[index]
    }
    return ((index &- base) &<< Self.groupShift, Int(left))
  }
}

extension UInt64 {
  /// Where the set bit stands that has `rank` set bits below it; there are more than `rank`.
  func position(ofSetBit rank: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    // The bits of each byte, and by the product of each byte and all below it (Vigna 2008).
    var bytes = self &- (self &>> 1 & 0x5555_5555_5555_5555)
    bytes = (bytes & 0x3333_3333_3333_3333) &+ (bytes &>> 2 & 0x3333_3333_3333_3333)
    bytes = ((bytes &+ bytes &>> 4) & 0x0f0f_0f0f_0f0f_0f0f) &* ones
    // One high bit for each byte that ends at or before the rank: they are as many as to be passed.
    let passed = ((UInt64(rank) &* ones | ones &<< 7) &- bytes) & ones &<< 7
    let shift = (((passed &>> 7) &* ones) &>> 56) &<< 3
    let before = (bytes &<< 8) &>> shift & 0xff
    var bits = self &>> shift
    for _ in 0..<(UInt64(rank) &- before) { bits &= bits &- 1 }
    return Int(shift) &+ bits.trailingZeroBitCount
  }
}
