/// The seats of a pool ordered by a number each, lowest first, with the ties at hand.
///
/// A tournament of eights: above every eight numbers stands the least of them, in one line of the
/// processor's cache. A change climbs only as far as a least number changes, and "the next of the
/// lowest after this seat" is found on the way up and down, so that ties can be taken in turn. Six
/// levels are enough for 262,144 seats.
struct SeatRanking: Sendable {
  /// The rank of a seat that takes no part.
  static let absent = Int64.max

  private let capacity: Int
  /// Where each level begins in `ranks`; the last level is one number.
  ///
  /// Ten levels are a billion.
  private let levels: InlineArray<11, Int>
  private let levelCount: Int
  private var ranks: [Int64]
  /// How many seats share the rank above them, kept only where ties are drawn by lot.
  private var ties: [Int32]
  private var keepsTies: Bool { !ties.isEmpty }

  /// Makes room for so many seats, a multiple of eight; none takes part yet.
  init(capacity: Int, keepsTies: Bool) {
    self.capacity = capacity
    var levels = InlineArray<11, Int>(repeating: 0)
    var levelCount = 1
    var size = capacity
    var total = size
    while size > 1 {
      levels[levelCount] = total
      levelCount += 1
      size = Self.levelSize(above: size)
      total += size
    }
    self.levels = levels
    self.levelCount = levelCount
    ranks = [Int64](repeating: Self.absent, count: total)
    ties = keepsTies ? [Int32](repeating: 0, count: total) : []
  }

  /// The lowest rank of all, or `absent`.
  var lowest: Int64 { ranks[ranks.count &- 1] }

  /// How many seats share the lowest rank; known only where ties are kept.
  var tieCount: Int { lowest == Self.absent ? 0 : Int(ties[ties.count &- 1]) }

  /// The rank of a seat.
  subscript(seat: SeatNumber) -> Int64 { ranks[seat.index] }

  /// Gives a seat a rank.
  mutating func set(_ number: SeatNumber, to rank: Int64) {
    let seat = number.index
    let old = ranks[seat]
    guard old != rank else { return }
    guard keepsTies else {
      climb(from: seat, old: old, new: rank)
      return
    }
    ranks[seat] = rank
    ties[seat] = rank == Self.absent ? 0 : 1
    climbCountingTies(from: seat)
  }

  private mutating func climb(from seat: Int, old: Int64, new: Int64) {
    var size = capacity
    var ranks = ranks.mutableSpan
    ranks[seat] = new
    var index = seat
    var old = old
    var new = new
    var base = 0
    while size > 1 {
      let first = base &+ index & ~7
      index &>>= 3
      base &+= size
      size = Self.levelSize(above: size)
      let held = ranks[base &+ index]
      if new >= held {
        // The least number above changes only if it was this seat's.
        guard old == held else { return }
        new = Self.least(in: ranks.span, ofEightFrom: first)
        guard new != held else { return }
      }
      ranks[base &+ index] = new
      old = held
    }
  }

  /// How many numbers stand above so many: levels are padded to whole eights, all but the last.
  @inline(__always) private static func levelSize(above size: Int) -> Int {
    size > 8 ? (size &>> 3 &+ 7) & ~7 : 1
  }

  /// The least of eight that stand together.
  @inline(__always) private static func least(
    in ranks: Span<Int64>, ofEightFrom first: Int
  ) -> Int64 {
    precondition(first >= 0 && first &+ 8 <= ranks.count, "eight ranks stand together")
    var least = unsafe ranks[unchecked: first]
    for lane in 1..<8 {
      // One check above stands for all eight.
      least = unsafe min(least, ranks[unchecked: first &+ lane])
    }
    return least
  }

  /// Which of eight that stand together is the first from `lane` on to have a rank, or 8.
  @inline(__always) private func lane(
    of wanted: Int64, inEightFrom first: Int, from start: Int
  ) -> Int {
    let ranks = ranks.span
    precondition(first >= 0 && first &+ 8 <= ranks.count, "eight ranks stand together")
    var lane = start
    while lane < 8 {
      // One check above stands for all eight.
      if unsafe ranks[unchecked: first &+ lane] == wanted { break }
      lane &+= 1
    }
    return lane
  }

  private mutating func climbCountingTies(from seat: Int) {
    var index = seat
    for level in 1..<levelCount {
      let first = levels[level - 1] + index & ~7
      index >>= 3
      let above = levels[level] + index
      let least = Self.least(in: ranks.span, ofEightFrom: first)
      var count: Int32 = 0
      for child in first..<first + 8 where ranks[child] == least { count += ties[child] }
      if ranks[above] == least, ties[above] == count { return }
      ranks[above] = least
      ties[above] = count
    }
  }

  /// The first seat at or after `start` that has the lowest rank, or none.
  private func firstLowest(from start: Int) -> SeatNumber {
    let wanted = lowest
    guard wanted != Self.absent, start < capacity else { return .none }
    var index = start
    var level = 0
    var size = capacity
    while size > 1 {
      let first = index & ~7
      let lane = self.lane(of: wanted, inEightFrom: levels[level] &+ first, from: index & 7)
      if lane < 8 { return descend(to: wanted, from: first &+ lane, level: level) }
      // Nobody to the right below this node: go on to the right of the node itself.
      index = index &>> 3 &+ 1
      level &+= 1
      size = Self.levelSize(above: size)
      if index >= size { return .none }
    }
    return .none
  }

  private func descend(to wanted: Int64, from start: Int, level above: Int) -> SeatNumber {
    var index = start
    var level = above
    while level > 0 {
      level &-= 1
      index = index &<< 3 &+ lane(of: wanted, inEightFrom: levels[level] &+ index &<< 3, from: 0)
    }
    return SeatNumber(index)
  }

  /// The next seat with the lowest rank after `pointer`, going round, or none.
  func nextLowest(after pointer: SeatNumber) -> SeatNumber {
    let seat = firstLowest(from: pointer.following)
    return seat != .none ? seat : firstLowest()
  }

  /// The first seat with the lowest rank, or none.
  func firstLowest() -> SeatNumber {
    let wanted = lowest
    return wanted == Self.absent ? .none : descend(to: wanted, from: 0, level: levelCount &- 1)
  }

  /// The seat that has exactly `rank` of the lowest before it; ties must be kept.
  func lowest(ranked rank: Int) -> SeatNumber {
    let wanted = lowest
    var left = Int32(rank)
    var index = 0
    for level in stride(from: levelCount - 2, through: 0, by: -1) {
      index <<= 3
      let base = levels[level]
      while ranks[base + index] != wanted || ties[base + index] <= left {
        if ranks[base + index] == wanted { left -= ties[base + index] }
        index += 1
      }
    }
    return SeatNumber(index)
  }
}
