/// The balances of smooth weighted round robin in one pool.
///
/// Gaining a weight each would touch everybody at every decision. Instead users of one weight form a
/// group, the gain is noted once for the group, and each group keeps its richest member on top of a
/// heap: a decision costs a look at each weight in use and a logarithm. Groups hold those who pass
/// one filter; a step with another filter in the same pool has them formed anew.
struct WeightBalances: Sendable {
  /// Users of one weight who qualify.
  private struct Group: Sendable {
    var weight: Int64
    /// What every member has gained since the group was formed.
    var gained: Int64 = 0
    /// Seats, the richest first, then the first of the list.
    var heap: [Int32] = []
  }

  private static let outside: Int32 = -1

  /// The filter for which groups are formed.
  private(set) var filter: PoolFilter?
  /// What each seat has; for members of a group, what it had besides the group's gain.
  private var own: [Int64] = []
  /// The group of each seat, or `outside`.
  private var groupOf: [Int32] = []
  /// Where each seat stands in its group's heap.
  private var places: [Int32] = []
  private var groups: [Group] = []
  /// What all members gain in one decision.
  private var totalGain: Int64 = 0

  /// The balance of a seat.
  func balance(of seat: Int) -> Int64 {
    guard seat < own.count else { return 0 }
    let group = groupOf[seat]
    return group < 0 ? own[seat] : own[seat] &+ groups[Int(group)].gained
  }

  /// The balances of so many seats, as they are written down.
  func balances(count: Int) -> [Int64] { (0..<count).map(balance) }

  /// Balances as they were written down; nobody is in a group yet.
  init(balances: [Int64] = []) {
    own = balances
    groupOf = [Int32](repeating: Self.outside, count: balances.count)
    places = groupOf
  }

  /// Gives up the groups and prepares for the members of another filter.
  mutating func startGroups(for filter: PoolFilter, seatCount: Int) {
    let kept = balances(count: seatCount)
    self = WeightBalances(balances: kept)
    self.filter = filter
  }

  /// Notes whether a seat takes part, and with which weight.
  mutating func set(_ seat: Int, weight: Int32, takesPart: Bool) {
    while own.count <= seat {
      own.append(0)
      groupOf.append(Self.outside)
      places.append(0)
    }
    let old = groupOf[seat]
    if old >= 0, takesPart, groups[Int(old)].weight == Int64(weight) { return }
    if old >= 0 { leave(seat, Int(old)) }
    if takesPart { enter(seat, Int64(weight)) }
  }

  private mutating func enter(_ seat: Int, _ weight: Int64) {
    var group = 0
    while group < groups.count, groups[group].weight != weight { group += 1 }
    if group == groups.count { groups.append(Group(weight: weight)) }
    own[seat] &-= groups[group].gained
    groupOf[seat] = Int32(group)
    groups[group].heap.append(Int32(seat))
    places[seat] = Int32(groups[group].heap.count - 1)
    totalGain &+= weight
    siftUp(seat, group)
  }

  private mutating func leave(_ seat: Int, _ group: Int) {
    own[seat] &+= groups[group].gained
    groupOf[seat] = Self.outside
    totalGain &-= groups[group].weight
    let place = Int(places[seat])
    let last = Int(groups[group].heap.removeLast())
    guard last != seat else { return }
    put(last, at: place, group)
    siftUp(last, group)
    siftDown(last, group)
  }

  /// The seat with most after everybody gained his weight, the first of the list among equals.
  func richest(excluding excluded: Int) -> Int {
    var best = -1
    var most = Int64.min
    for group in groups.indices {
      let seat = top(group, excluding: excluded)
      guard seat >= 0 else { continue }
      let balance = own[seat] &+ groups[group].gained &+ groups[group].weight
      if best < 0 || balance > most || balance == most && seat < best {
        best = seat
        most = balance
      }
    }
    return best
  }

  private func top(_ group: Int, excluding excluded: Int) -> Int {
    let heap = groups[group].heap
    guard let first = heap.first else { return -1 }
    guard Int(first) == excluded else { return Int(first) }
    guard heap.count > 1 else { return -1 }
    guard heap.count > 2, isRicher(Int(heap[2]), than: Int(heap[1])) else { return Int(heap[1]) }
    return Int(heap[2])
  }

  /// Everybody but the excluded one gains his weight, and one pays for all.
  mutating func pay(_ seat: Int, excluding excluded: Int) {
    var price = totalGain
    for group in groups.indices { groups[group].gained &+= groups[group].weight }
    if excluded >= 0, excluded < groupOf.count, groupOf[excluded] >= 0 {
      let group = Int(groupOf[excluded])
      own[excluded] &-= groups[group].weight
      price &-= groups[group].weight
      siftDown(excluded, group)
    }
    own[seat] &-= price
    siftDown(seat, Int(groupOf[seat]))
  }

  // MARK: Heap

  private func isRicher(_ seat: Int, than other: Int) -> Bool {
    own[seat] > own[other] || own[seat] == own[other] && seat < other
  }

  private mutating func put(_ seat: Int, at place: Int, _ group: Int) {
    groups[group].heap[place] = Int32(seat)
    places[seat] = Int32(place)
  }

  private mutating func siftUp(_ seat: Int, _ group: Int) {
    var place = Int(places[seat])
    while place > 0 {
      let parent = Int(groups[group].heap[(place - 1) / 2])
      guard isRicher(seat, than: parent) else { break }
      put(parent, at: place, group)
      place = (place - 1) / 2
    }
    put(seat, at: place, group)
  }

  private mutating func siftDown(_ seat: Int, _ group: Int) {
    var place = Int(places[seat])
    let count = groups[group].heap.count
    while 2 * place + 1 < count {
      var child = 2 * place + 1
      let left = Int(groups[group].heap[child])
      var best = left
      if child + 1 < count {
        let right = Int(groups[group].heap[child + 1])
        if isRicher(right, than: left) {
          best = right
          child += 1
        }
      }
      guard isRicher(best, than: seat) else { break }
      put(best, at: place, group)
      place = child
    }
    put(seat, at: place, group)
  }
}
