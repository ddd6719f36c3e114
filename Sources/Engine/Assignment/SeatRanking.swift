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
  private let levels: [Int]
  private var ranks: [Int64]
  /// How many seats share the rank above them, kept only where ties are drawn by lot.
  private var ties: [Int32]
  private var keepsTies: Bool { !ties.isEmpty }

  /// Makes room for so many seats; none takes part yet.
  init(capacity: Int, keepsTies: Bool) {
    self.capacity = capacity
    var levels = [0]
    var size = (capacity + 7) / 8 * 8
    var total = size
    while size > 1 {
      levels.append(total)
      size /= 8
      // Levels are padded to whole eights, all but the last.
      if size > 1 { size = (size + 7) / 8 * 8 } else { size = 1 }
      total += size
    }
    self.levels = levels
    ranks = [Int64](repeating: Self.absent, count: total)
    ties = keepsTies ? [Int32](repeating: 0, count: total) : []
  }

  /// The lowest rank of all, or `absent`.
  var lowest: Int64 { ranks[ranks.count &- 1] }

  /// How many seats share the lowest rank; known only where ties are kept.
  var tieCount: Int { lowest == Self.absent ? 0 : Int(ties[ties.count &- 1]) }

  /// The rank of a seat.
  subscript(seat: Int) -> Int64 { ranks[seat] }

  /// Gives a seat a rank.
  mutating func set(_ seat: Int, to rank: Int64) {
    let old = ranks[seat]
    guard old != rank else { return }
    ranks[seat] = rank
    if keepsTies {
      ties[seat] = rank == Self.absent ? 0 : 1
      climbCountingTies(from: seat)
    } else {
      climb(from: seat, old: old, new: rank)
    }
  }

  private mutating func climb(from seat: Int, old: Int64, new: Int64) {
    var index = seat
    var old = old
    var new = new
    var level = 1
    while level < levels.count {
      let first = levels[level &- 1] &+ index & ~7
      index &>>= 3
      let above = levels[level] &+ index
      let held = ranks[above]
      if new < held {
        ranks[above] = new
      } else if old == held {
        new = least(ofEightFrom: first)
        if new == held { return }
        ranks[above] = new
      } else {
        return
      }
      old = held
      level &+= 1
    }
  }

  private func least(ofEightFrom first: Int) -> Int64 {
    var least = ranks[first]
    for index in first &+ 1..<first &+ 8 { least = min(least, ranks[index]) }
    return least
  }

  private mutating func climbCountingTies(from seat: Int) {
    var index = seat
    for level in 1..<levels.count {
      let first = levels[level - 1] + index & ~7
      index >>= 3
      let above = levels[level] + index
      let least = least(ofEightFrom: first)
      var count: Int32 = 0
      for child in first..<first + 8 where ranks[child] == least { count += ties[child] }
      if ranks[above] == least, ties[above] == count { return }
      ranks[above] = least
      ties[above] = count
    }
  }

  /// The first seat at or after `start` that has the lowest rank, or -1.
  func firstLowest(from start: Int) -> Int {
    let wanted = lowest
    guard wanted != Self.absent, start < capacity else { return -1 }
    var index = start
    var level = 0
    while level < levels.count &- 1 {
      let base = levels[level]
      let end = index | 7
      while index <= end {
        if ranks[base &+ index] == wanted { return descend(to: wanted, from: index, level: level) }
        index &+= 1
      }
      index &>>= 3
      level &+= 1
      if levels[level] &+ index >= self.end(ofLevel: level) { return -1 }
    }
    return -1
  }

  private func end(ofLevel level: Int) -> Int {
    level &+ 1 < levels.count ? levels[level &+ 1] : ranks.count
  }

  private func descend(to wanted: Int64, from start: Int, level above: Int) -> Int {
    var index = start
    var level = above
    while level > 0 {
      level &-= 1
      index &<<= 3
      let base = levels[level]
      while ranks[base &+ index] != wanted { index &+= 1 }
    }
    return index
  }

  /// The next seat with the lowest rank after `pointer`, going round, or -1.
  func nextLowest(after pointer: Int) -> Int {
    let seat = firstLowest(from: pointer &+ 1)
    return seat >= 0 ? seat : firstLowest(from: 0)
  }

  /// The seat that has exactly `rank` of the lowest before it; ties must be kept.
  func lowest(ranked rank: Int) -> Int {
    let wanted = lowest
    var left = Int32(rank)
    var index = 0
    for level in stride(from: levels.count - 2, through: 0, by: -1) {
      index <<= 3
      let base = levels[level]
      while ranks[base + index] != wanted || ties[base + index] <= left {
        if ranks[base + index] == wanted { left -= ties[base + index] }
        index += 1
      }
    }
    return index
  }
}
