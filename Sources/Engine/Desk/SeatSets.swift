/// Sets of seats of one pool, all of one capacity, in one flat table of bits.
///
/// A summary bit above each word says whether the word holds anything, a second summary stands
/// above the first: the next seat after a given one is found by looking at no more than five
/// words, whether the pool has ten seats or a hundred thousand.
struct SeatSets: Sendable {
  /// How many seats a set can hold: 64 times a power of two.
  let capacity: Int
  /// How many sets there are.
  private(set) var rowCount = 0
  /// Words of bits, of their summary, and of the summary's summary, in this order in each row.
  private let wordCount: Int
  private let summaryCount: Int
  private let topCount: Int
  private let stride: Int
  private var words = RawTable<UInt64>()
  /// How many seats lie where, kept only once somebody asked for a rank.
  private var counts: SeatCounts
  private var keepsRanks = false

  /// Makes room for sets of at most `capacity` seats; there are none yet.
  init(capacity: Int) {
    self.capacity = capacity
    wordCount = capacity / 64
    summaryCount = wordCount > 1 ? (wordCount + 63) / 64 : 0
    topCount = summaryCount > 1 ? (summaryCount + 63) / 64 : 0
    stride = wordCount + summaryCount + topCount
    counts = SeatCounts(wordCount: wordCount)
  }

  /// Appends an empty set and returns its row.
  mutating func addRow() -> Int {
    for _ in 0..<stride { words.append(0) }
    if keepsRanks { counts.addRow() }
    rowCount += 1
    return rowCount - 1
  }

  /// Goes on in memory of its own.
  mutating func separate() {
    words.separate()
    counts.separate()
  }

  /// Empties a set.
  mutating func clear(row: Int) {
    for index in row * stride..<(row + 1) * stride { words[index] = 0 }
    if keepsRanks { counts.clear(row: row) }
  }

  /// Whether a seat is in a set.
  @inline(__always) func contains(_ seat: SeatNumber, row: Int) -> Bool {
    words[row &* stride &+ seat.index &>> 6] & Self.bit(seat.index) != 0
  }

  /// Whether nobody is in a set.
  @inline(__always) func isEmpty(row: Int) -> Bool {
    // The last level of a row; more than one word only beyond 262,144 seats.
    var index = (row &+ 1) &* stride &- 1
    guard topCount > 1 else { return words[index] == 0 }
    for _ in 0..<topCount {
      if words[index] != 0 { return false }
      index &-= 1
    }
    return true
  }

  /// Puts a seat into a set or takes it out; nothing happens when that is so already.
  mutating func set(_ seat: SeatNumber, row: Int, to isMember: Bool) {
    let base = row &* stride
    let word = seat.index &>> 6
    let bit = Self.bit(seat.index)
    let before = words[base &+ word]
    let after = isMember ? before | bit : before & ~bit
    guard before != after else { return }
    words[base &+ word] = after
    if keepsRanks { counts.change(word: word, row: row, by: isMember ? 1 : -1) }
    if summaryCount > 0 { summarise(word: word, base: base, isHeld: after != 0) }
  }

  /// Takes a seat out of one set and puts it into another, in one go.
  ///
  /// Returns whether the first is empty now. The seat is in the first, and ranks are not kept.
  @inline(__always) mutating func move(_ seat: SeatNumber, from old: Int, to new: Int) -> Bool {
    guard isOneWord else { return moveAmongMany(seat, from: old, to: new) }
    return moveInWord(seat, from: old, to: new)
  }

  /// Whether each set is one word.
  @inline(__always) var isOneWord: Bool { wordCount == 1 }

  /// The same where each set is one word.
  @inline(__always) mutating func moveInWord(_ seat: SeatNumber, from old: Int, to new: Int) -> Bool
  {
    let left = words[old] & ~Self.bit(seat.index)
    words[old] = left
    words[new] |= Self.bit(seat.index)
    return left == 0
  }

  @inline(never)
  private mutating func moveAmongMany(_ seat: SeatNumber, from old: Int, to new: Int) -> Bool {
    let word = seat.index &>> 6
    let group = word &>> 6
    let from = old &* stride
    let to = new &* stride
    let summary = wordCount &+ group
    let top = wordCount &+ summaryCount &+ group &>> 6
    let left = words[from &+ word] & ~Self.bit(seat.index)
    words[from &+ word] = left
    words[to &+ word] |= Self.bit(seat.index)
    guard summaryCount > 0 else { return left == 0 }
    let held = words[from &+ summary] & ~Self.bit(word) | (left != 0 ? Self.bit(word) : 0)
    words[from &+ summary] = held
    words[to &+ summary] |= Self.bit(word)
    guard topCount > 0 else { return held == 0 }
    let topHeld = words[from &+ top] & ~Self.bit(group) | (held != 0 ? Self.bit(group) : 0)
    words[from &+ top] = topHeld
    words[to &+ top] |= Self.bit(group)
    return topHeld == 0 && isEmpty(row: old)
  }

  /// Writes the summaries whether they change or not: a branch would be a guess.
  private mutating func summarise(word: Int, base: Int, isHeld: Bool) {
    let group = word &>> 6
    let index = base &+ wordCount &+ group
    let top = index &- group &+ summaryCount &+ group &>> 6
    let hasTop = topCount > 0
    let summary = words[index] & ~Self.bit(word) | (isHeld ? Self.bit(word) : 0)
    words[index] = summary
    guard hasTop else { return }
    words[top] = words[top] & ~Self.bit(group) | (summary != 0 ? Self.bit(group) : 0)
  }

  @inline(__always) private static func bit(_ index: Int) -> UInt64 {
    1 &<< UInt64(truncatingIfNeeded: index & 63)
  }

  /// The first seat of a set at or after `start`, or none.
  func first(from start: Int, row: Int) -> SeatNumber {
    guard start < capacity else { return .none }
    let word = start &>> 6
    let rest = words[row &* stride &+ word] &>> UInt64(truncatingIfNeeded: start & 63)
    if rest != 0 { return SeatNumber(start &+ rest.trailingZeroBitCount) }
    return summaryCount > 0 ? first(afterWord: word, row: row) : .none
  }

  private func first(afterWord word: Int, row: Int) -> SeatNumber {
    let base = row &* stride
    guard let next = firstWord(after: word, base: base) else { return .none }
    return SeatNumber(next &<< 6 &+ words[base &+ next].trailingZeroBitCount)
  }

  private func firstWord(after word: Int, base: Int) -> Int? {
    let start = word &+ 1
    guard start < wordCount else { return nil }
    let summary = base &+ wordCount
    var group = start &>> 6
    let rest = words[summary &+ group] &>> UInt64(truncatingIfNeeded: start & 63)
    if rest != 0 { return start &+ rest.trailingZeroBitCount }
    guard topCount > 0 else { return nil }
    group &+= 1
    guard group < summaryCount else { return nil }
    let top = summary &+ summaryCount
    var index = group &>> 6
    var bits = words[top &+ index] &>> UInt64(truncatingIfNeeded: group & 63)
    if bits != 0 {
      group &+= bits.trailingZeroBitCount
    } else {
      // A top word stands for 262,144 seats: this loop ends at once in any pool of this world.
      repeat {
        index &+= 1
        guard index < topCount else { return nil }
        bits = words[top &+ index]
      } while bits == 0
      group = index &<< 6 &+ bits.trailingZeroBitCount
    }
    return group &<< 6 &+ words[summary &+ group].trailingZeroBitCount
  }

  // Only looks, but is `mutating`: where a mutating method calls one that is not, all is copied.
  /// The next seat of a set after `pointer`, going round, leaving out `excluded`; or none.
  @inline(__always)
  mutating func next(after pointer: SeatNumber, row: Int, excluding excluded: SeatNumber)
    -> SeatNumber
  {
    guard isOneWord else { return nextRound(after: pointer, row: row, excluding: excluded) }
    return nextInWord(after: pointer, row: row, excluding: excluded)
  }

  /// The same where each set is one word.
  @inline(__always)
  mutating func nextInWord(after pointer: SeatNumber, row: Int, excluding excluded: SeatNumber)
    -> SeatNumber
  {
    var seats = words[row]
    if excluded != .none { seats &= ~Self.bit(excluded.index) }
    guard seats != 0 else { return .none }
    // Those after the pointer; all, where it stands on the last seat of all.
    let later = seats & (UInt64.max &<< UInt64(truncatingIfNeeded: pointer.following))
    return SeatNumber((later != 0 ? later : seats).trailingZeroBitCount)
  }

  @inline(never)
  private mutating func nextRound(
    after pointer: SeatNumber, row: Int, excluding excluded: SeatNumber
  ) -> SeatNumber {
    var seat = first(from: pointer.following, row: row)
    if seat != .none, seat == excluded { seat = first(from: seat.following, row: row) }
    if seat != .none { return seat }
    seat = first(from: 0, row: row)
    if seat != .none, seat == excluded { seat = first(from: seat.following, row: row) }
    return seat
  }

  /// Summaries that say something else than the words below them, and counts that do.
  var contradictions: [String] {
    var found: [String] = []
    for row in 0..<rowCount {
      let base = row * stride
      var seats = 0
      for word in 0..<wordCount {
        seats += words[base + word].nonzeroBitCount
        guard summaryCount > 0 else { continue }
        let summary = words[base + wordCount + word / 64]
        if (words[base + word] != 0) != (summary & Self.bit(word) != 0) {
          found.append("set \(row): the summary is wrong about word \(word)")
        }
      }
      if topCount > 0 {
        for group in 0..<summaryCount {
          let top = words[base + wordCount + summaryCount + group / 64]
          if (words[base + wordCount + group] != 0) != (top & Self.bit(group) != 0) {
            found.append("set \(row): the summary of summaries is wrong about \(group)")
          }
        }
      }
      if keepsRanks, counts.total(row: row) != seats {
        found.append("set \(row) holds \(seats) seats and counts \(counts.total(row: row))")
      }
    }
    return found
  }

  // MARK: Ranks

  /// Prepares for `seat(ranked:row:)`, at the price of three additions in every later change.
  mutating func keepRanks() {
    guard !keepsRanks else { return }
    keepsRanks = true
    for row in 0..<rowCount {
      counts.addRow()
      for word in 0..<wordCount {
        let held = words[row * stride + word].nonzeroBitCount
        if held > 0 { counts.change(word: word, row: row, by: Int32(held)) }
      }
    }
  }

  /// How many seats are in a set; ranks must be kept.
  func count(row: Int) -> Int { counts.total(row: row) }

  /// The seat that has exactly `rank` seats of the set before it; the set holds more than `rank`.
  func seat(ranked rank: Int, row: Int) -> SeatNumber {
    let base = row &* stride
    var (word, left) = wordCount == 1 ? (0, rank) : counts.group(ofRank: rank, row: row)
    var bits = words[base &+ word]
    var held = bits.nonzeroBitCount
    while left >= held {
      left &-= held
      word &+= 1
      bits = words[base &+ word]
      held = bits.nonzeroBitCount
    }
    return SeatNumber(word &<< 6 &+ bits.position(ofSetBit: left))
  }
}
