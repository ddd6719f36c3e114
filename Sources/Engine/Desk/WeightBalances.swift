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
    var heap: [SeatNumber] = []
  }

  /// The filter for which groups are formed.
  private(set) var filter: PoolFilter?
  /// What each seat has; for members of a group, what it had besides the group's gain.
  private var own: [Int64] = []
  /// The group of each seat, or none.
  private var groupOf: [RowNumber<Group>] = []
  /// Where each seat stands in its group's heap.
  private var places: [Int] = []
  private var groups: [Group] = []
  /// What all members gain in one decision.
  private var totalGain: Int64 = 0

  /// The balance of a seat.
  func balance(of seat: SeatNumber) -> Int64 {
    guard seat.index < own.count else { return 0 }
    let group = groupOf[seat.index]
    return group == .none ? own[seat.index] : own[seat.index] &+ groups[group].gained
  }

  /// The balances of so many seats, as they are written down.
  func balances(count: Int) -> [Int64] { (0..<count).map { balance(of: SeatNumber($0)) } }

  /// Balances as they were written down; nobody is in a group yet.
  init(balances: [Int64] = []) {
    own = balances
    groupOf = Array(repeating: .none, count: balances.count)
    places = Array(repeating: 0, count: balances.count)
  }

  /// Gives up the groups and prepares for the members of another filter.
  mutating func startGroups(for filter: PoolFilter, seatCount: Int) {
    let kept = balances(count: seatCount)
    self = WeightBalances(balances: kept)
    self.filter = filter
  }

  /// Notes whether a seat takes part, and with which weight.
  mutating func set(_ seat: SeatNumber, weight: Int32, takesPart: Bool) {
    while own.count <= seat.index {
      own.append(0)
      groupOf.append(.none)
      places.append(0)
    }
    let old = groupOf[seat.index]
    if old != .none, takesPart, groups[old].weight == Int64(weight) { return }
    if old != .none { leave(seat, old.index) }
    if takesPart { enter(seat, Int64(weight)) }
  }

  private mutating func enter(_ seat: SeatNumber, _ weight: Int64) {
    var group = 0
    while group < groups.count, groups[group].weight != weight { group += 1 }
    if group == groups.count { groups.append(Group(weight: weight)) }
    own[seat.index] &-= groups[group].gained
    groupOf[seat.index] = RowNumber(group)
    groups[group].heap.append(seat)
    places[seat.index] = groups[group].heap.count - 1
    totalGain &+= weight
    siftUp(seat, group)
  }

  private mutating func leave(_ seat: SeatNumber, _ group: Int) {
    own[seat.index] &+= groups[group].gained
    groupOf[seat.index] = .none
    totalGain &-= groups[group].weight
    let place = places[seat.index]
    let last = groups[group].heap.removeLast()
    guard last != seat else { return }
    put(last, at: place, group)
    siftUp(last, group)
    siftDown(last, group)
  }

  /// The seat with most after everybody gained his weight, the first of the list among equals.
  func richest(excluding excluded: SeatNumber) -> SeatNumber {
    var best = SeatNumber.none
    var most = Int64.min
    for group in groups.indices {
      let seat = top(group, excluding: excluded)
      guard seat != .none else { continue }
      let balance = own[seat.index] &+ groups[group].gained &+ groups[group].weight
      if best == .none || balance > most || balance == most && seat < best {
        best = seat
        most = balance
      }
    }
    return best
  }

  private func top(_ group: Int, excluding excluded: SeatNumber) -> SeatNumber {
    let heap = groups[group].heap
    guard let first = heap.first else { return .none }
    guard first == excluded else { return first }
    guard heap.count > 1 else { return .none }
    guard heap.count > 2, isRicher(heap[2], than: heap[1]) else { return heap[1] }
    return heap[2]
  }

  /// Everybody but the excluded one gains his weight, and one pays for all.
  mutating func pay(_ seat: SeatNumber, excluding excluded: SeatNumber) {
    var price = totalGain
    for group in groups.indices { groups[group].gained &+= groups[group].weight }
    if excluded != .none, excluded.index < groupOf.count, groupOf[excluded.index] != .none {
      let group = groupOf[excluded.index].index
      own[excluded.index] &-= groups[group].weight
      price &-= groups[group].weight
      siftDown(excluded, group)
    }
    own[seat.index] &-= price
    siftDown(seat, groupOf[seat.index].index)
  }

  // MARK: Heap

  private func isRicher(_ seat: SeatNumber, than other: SeatNumber) -> Bool {
    own[seat.index] > own[other.index] || own[seat.index] == own[other.index] && seat < other
  }

  private mutating func put(_ seat: SeatNumber, at place: Int, _ group: Int) {
    groups[group].heap[place] = seat
    places[seat.index] = place
  }

  private mutating func siftUp(_ seat: SeatNumber, _ group: Int) {
    var place = places[seat.index]
    while place > 0 {
      let parent = groups[group].heap[(place - 1) / 2]
      guard isRicher(seat, than: parent) else { break }
      put(parent, at: place, group)
      place = (place - 1) / 2
    }
    put(seat, at: place, group)
  }

  private mutating func siftDown(_ seat: SeatNumber, _ group: Int) {
    var place = places[seat.index]
    let count = groups[group].heap.count
    while 2 * place + 1 < count {
      var child = 2 * place + 1
      let left = groups[group].heap[child]
      var best = left
      if child + 1 < count {
        let right = groups[group].heap[child + 1]
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
