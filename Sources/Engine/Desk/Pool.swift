/// A seat of a pool, and a pool of a desk, by number.
typealias SeatNumber = RowNumber<Pool.Seat>
typealias PoolNumber = RowNumber<Pool>

/// The users among whom a choice is made, in order of joining, with an index for each question that
/// was ever asked of them.
///
/// An index is built when its question is first asked and kept right by every later event, so a
/// decision costs the same in a team of ten and in one of a hundred thousand. Indexes hold nothing
/// that cannot be computed again: what must outlive them (pointers, turns) stands beside them.
struct Pool: Sendable {
  /// A member's place.
  ///
  /// A seat keeps its number while others come and go; it is given up when its user leaves, and
  /// the rest close ranks once most seats are empty.
  struct Seat: Sendable {
    /// The user, or `vacant`.
    var user: UInt32
    /// The next of the user's seats in teams: a pool, or none, and the seat in it.
    var nextPool: PoolNumber
    var nextSeat: SeatNumber

    static let vacant = UInt32.max
  }

  /// The policies that choices follow, and the root of their chance.
  struct Customs: Sendable {
    var tie: Tie
    var form: RoundRobinForm
    var state: RoundRobinState
    var seed: UInt64
  }

  /// The policies that its choices follow.
  var customs: Customs
  /// In order of joining.
  private(set) var seats = RawTable<Seat>()
  /// How many seats are taken.
  private(set) var memberCount = 0

  /// The seat chosen last by each logic, or none.
  var pointers = RawTable<SeatNumber>(
    repeatElement(.none, count: Logic.Rule.allCases.count))
  /// The seat chosen last for each step, where each step keeps its own turn.
  var stepPointers: [UInt64: SeatNumber] = [:]
  /// Orders of round robin in rotation form, and which step has which.
  var turns: [TurnOrder] = []
  var stepTurns: [UInt64: Int] = [:]

  /// What each seat has in weighted round robin.
  var weights = WeightBalances()

  /// Who qualifies, one set for each filter.
  var sets = SeatSets(capacity: 64)
  var rosterFilters = RawTable<PoolFilter>()
  var nextEvictedRoster = 0
  /// Everybody by number of open contacts, one for each audience by its number.
  var openCountIndexes: InlineArray<3, OpenCountIndex>
  /// Everybody by rank, one for each logic and filter.
  var rankedIndexes: [RankedIndex] = []
  var nextEvictedRanking = 0

  /// The queue's groups of this pool.
  var groups: [WaitingQueue.GroupNumber] = []
  /// How many contacts wait in front of this pool.
  var waitingCount: Int32 = 0
  /// What is kept in order here when something changes about a member.
  private(set) var upkeep: Upkeep = [] {
    didSet { soleOpenCounts = upkeep.soleOpenCounts }
  }
  /// The audience whose order by number of open contacts is all that is kept; none is the third.
  private var soleOpenCounts = 3
  /// A bit for each logic that may be asked by `chooseAsUsual`.
  private let chosenAtOnce: UInt16
  /// Whether an event of a member has nothing to change here.
  @inline(__always) var isQuiet: Bool { upkeep.isEmpty && waitingCount == 0 }
  /// Whether somebody may have become eligible since the queue was last looked at.
  var isWoken = false

  /// The kinds of indexes: an order by number of open contacts has the bit of its audience.
  struct Upkeep: OptionSet, Sendable {
    let rawValue: UInt8
    static let rosters = Upkeep(rawValue: 8)
    /// Orders besides those by number of open contacts.
    static let rarerOrders = Upkeep(rawValue: 16)

    /// The orders by number of open contacts.
    static let allOpenCounts = Upkeep(rawValue: 7)

    /// The order of an audience by number of open contacts.
    static func openCounts(_ audience: Int) -> Upkeep { Upkeep(rawValue: 1 << UInt8(audience)) }

    /// The audience whose order by number of open contacts is all that is kept; none is the third.
    var soleOpenCounts: Int {
      rawValue < 8 && rawValue.nonzeroBitCount == 1 ? rawValue.trailingZeroBitCount : 3
    }
  }

  /// The most filters, and the most rankings, that are kept in order at once.
  ///
  /// One that is needed beyond that takes the place of another, which is built again when it is
  /// asked for.
  static let rosterLimit = 64
  static let rankingLimit = 24

  /// Opens a pool without members.
  init(_ customs: Customs) {
    self.customs = customs
    // Ties in turn, and turns that are the pool's own.
    let leastOpen: UInt16 = customs.tie == .rotation ? Logic.Rule.leastOpen.bit : 0
    let isPlainTurn = customs.form == .pointer && customs.state == .pool
    chosenAtOnce = leastOpen | (isPlainTurn ? Logic.Rule.roundRobin.bit : 0)
    openCountIndexes = Self.emptyOpenCounts(customs, capacity: 64)
  }

  private static func emptyOpenCounts(
    _ customs: Customs, capacity: Int
  ) -> InlineArray<3, OpenCountIndex> {
    let keepsTies = customs.tie == .random
    return [
      OpenCountIndex(audience: .everyone, capacity: capacity, keepsTies: keepsTies),
      OpenCountIndex(audience: .online, capacity: capacity, keepsTies: keepsTies),
      OpenCountIndex(audience: .busy, capacity: capacity, keepsTies: keepsTies),
    ]
  }

  /// Goes on in memory of its own.
  mutating func separate() {
    seats.separate()
    pointers.separate()
    rosterFilters.separate()
    sets.separate()
    for index in openCountIndexes.indices { openCountIndexes[index].separate() }
  }

  /// Seats a user at the end and returns the seat.
  mutating func append(_ user: Int, nextPool: PoolNumber, nextSeat: SeatNumber) -> SeatNumber {
    seats.append(
      Seat(user: UInt32(truncatingIfNeeded: user), nextPool: nextPool, nextSeat: nextSeat))
    memberCount += 1
    for turn in turns.indices { turns[turn].append() }
    if seats.count > sets.capacity { dropIndexes(capacity: sets.capacity * 2) }
    return SeatNumber(seats.count - 1)
  }

  /// Gives up a seat; everybody else keeps theirs.
  mutating func vacate(_ seat: SeatNumber) {
    seats[seat].user = Seat.vacant
    memberCount -= 1
    withdraw(seat)
  }

  /// The user on a seat that is taken.
  @inline(__always) func user(on seat: SeatNumber) -> Int { Int(seats[seat].user) }

  /// The number of open contacts of the user on a seat.
  func openContacts(on seat: SeatNumber, _ users: UserTable) -> Int32 {
    users.records[user(on: seat)].openContacts
  }

  /// Sets where the next of a user's seats is.
  mutating func link(_ seat: SeatNumber, toPool pool: PoolNumber, seat next: SeatNumber) {
    seats[seat].nextPool = pool
    seats[seat].nextSeat = next
  }

  /// The seats on which somebody sits, in order.
  var taken: [SeatNumber] { seats.numbers.filter { seats[$0].user != Seat.vacant } }

  /// Whether most seats are empty.
  var isSparse: Bool { seats.count > 2 * memberCount + 64 }

  /// Closes ranks: the members keep their order, pointers stay between the same two members.
  mutating func compact() {
    // Where each seat goes; an empty one goes to the member before it, or nowhere.
    var moved: [SeatNumber] = []
    var kept: [Seat] = []
    for seat in seats.indices {
      if seats[seat].user != Seat.vacant { kept.append(seats[seat]) }
      moved.append(SeatNumber(kept.count - 1))
    }
    let taken = self.taken
    for turn in turns.indices { turns[turn].keep(taken) }
    weights = WeightBalances(balances: taken.map(weights.balance))
    func followed(_ pointer: SeatNumber) -> SeatNumber {
      pointer == .none ? pointer : moved[pointer.index]
    }
    pointers = RawTable(pointers.list.map(followed))
    stepPointers = stepPointers.mapValues(followed)
    seats = RawTable(kept)
    var capacity = 64
    while capacity < seats.count { capacity *= 2 }
    dropIndexes(capacity: capacity)
  }

  /// Notes that there is an index of a kind from now on.
  mutating func noteIndex(_ kind: Upkeep) { upkeep.formUnion(kind) }

  /// Forgets every index; the next question builds the one it needs.
  private mutating func dropIndexes(capacity: Int) {
    sets = SeatSets(capacity: capacity)
    rosterFilters = RawTable()
    nextEvictedRoster = 0
    openCountIndexes = Self.emptyOpenCounts(customs, capacity: capacity)
    rankedIndexes = []
    nextEvictedRanking = 0
    upkeep = weights.filter != nil ? .rarerOrders : []
  }

  /// Takes in what changed about the user on a seat.
  mutating func refresh(_ seat: SeatNumber, users: inout UserTable) {
    let user = users.records[user(on: seat)]
    for row in rosterFilters.indices {
      sets.set(seat, row: row, to: rosterFilters[row].admits(user))
    }
    for index in openCountIndexes.indices where openCountIndexes[index].isKept {
      openCountIndexes[index].place(seat, user)
    }
    refreshRanks(seat, users: &users)
    refreshWeight(seat, users: &users)
  }

  /// Takes in that the user on a seat had `old` open contacts and now has what the row says.
  ///
  /// The busiest of all events: most of them make nobody eligible who was not.
  @inline(__always) mutating func refreshOpenContacts(
    _ seat: SeatNumber, _ user: RowHandle<UserRecord>, from old: Int32, users: inout UserTable
  ) {
    if upkeep.contains(.rosters) { refreshRosters(seat, user, from: old) }
    if !upkeep.isDisjoint(with: .allOpenCounts) {
      for index in openCountIndexes.indices where openCountIndexes[index].isKept {
        openCountIndexes[index].move(seat, user, from: old)
      }
    }
    if upkeep.contains(.rarerOrders) { refreshOrders(seat, user.row, from: old, users: &users) }
  }

  /// Does the same for most pools, which are small and ordered in one way.
  @inline(__always) mutating func refreshesAsUsual(
    _ seat: SeatNumber, _ user: RowHandle<UserRecord>, from old: Int32, isMore: Bool
  ) -> UsualWay {
    let sole = soleOpenCounts
    if UInt(bitPattern: sole) < 3 {
      return openCountIndexes[sole].movesAsUsual(seat, user, from: old, isMore: isMore)
    }
    // Where only one filter was ever asked for, nearly everybody stays on his side of it.
    guard upkeep == .rosters, rosterFilters.count == 1 else {
      return upkeep.isEmpty ? .taken : .declined
    }
    return rosterFilters.handle(0).row.isCrossed(by: user.row, from: old) ? .declined : .taken
  }

  /// The user whom a logic chooses and who has his turn now; nil where the logic has to look closer.
  @inline(__always) mutating func chooseAsUsual(_ rule: Logic.Rule, _ filter: PoolFilter) -> Int? {
    guard chosenAtOnce & rule.bit != 0 else { return nil }
    let pointer = pointers[Int(rule.rawValue)]
    var seat = SeatNumber.none
    if rule == .leastOpen {
      seat = openCountIndexes[Int(filter.audience.rawValue)].lowestAtOnce(
        below: filter.below, after: pointer)
    } else if rosterFilters.count > 0, rosterFilters[0] == filter, sets.isOneWord {
      seat = sets.nextInWord(after: pointer, row: 0, excluding: .none)
    }
    guard seat != .none else { return nil }
    pointers[Int(rule.rawValue)] = seat
    return user(on: seat)
  }

  private mutating func refreshRosters(
    _ seat: SeatNumber, _ user: RowHandle<UserRecord>, from old: Int32
  ) {
    var row = 0
    while row < rosterFilters.count {
      let filter = rosterFilters.handle(row)
      if filter.row.isCrossed(by: user.row, from: old) {
        sets.set(seat, row: row, to: filter.row.admits(user.row))
      }
      row &+= 1
    }
  }

  @inline(never)
  private mutating func refreshOrders(
    _ seat: SeatNumber, _ user: UserRecord, from old: Int32, users: inout UserTable
  ) {
    if let filter = weights.filter, filter.isCrossed(by: user, from: old) {
      refreshWeight(seat, users: &users)
    }
    var index = 0
    while index < rankedIndexes.count {
      let filter = rankedIndexes[index].filter
      // In the middle of the crowd only those ranks change that count open contacts.
      if filter.isCrossed(by: user, from: old)
        || rankedIndexes[index].ranksOpenContacts && filter.admits(user)
      {
        refreshRank(seat, at: index, users: &users)
      }
      index &+= 1
    }
  }

  /// Takes in what changed about the rank of the user on a seat.
  mutating func refreshRanks(_ seat: SeatNumber, users: inout UserTable) {
    for index in rankedIndexes.indices { refreshRank(seat, at: index, users: &users) }
  }

  /// Ranks the user on a seat in one index.
  mutating func refreshRank(_ seat: SeatNumber, at index: Int, users: inout UserTable) {
    let user = self.user(on: seat)
    let filter = rankedIndexes[index].filter
    let turn = rankedIndexes[index].turn
    let rank: Int64
    if !filter.admits(users.records[user]) {
      rank = SeatRanking.absent
    } else if let turn {
      rank = turns[turn].places[seat.index]
    } else {
      rank = rankedIndexes[index].rule.implementation.rank(
        of: users.records[user], users.facts[user], under: filter)
    }
    rankedIndexes[index].ranking.set(seat, to: rank)
  }

  /// Takes in what changed about the weight of the user on a seat, or whether he takes part.
  mutating func refreshWeight(_ seat: SeatNumber, users: inout UserTable) {
    guard let filter = weights.filter else { return }
    let user = self.user(on: seat)
    weights.set(
      seat, weight: users.facts[user].weight, takesPart: filter.admits(users.records[user]))
  }

  /// Puts the balances of weighted round robin in order for a filter.
  mutating func balanceWeights(for filter: PoolFilter, users: inout UserTable) {
    guard weights.filter != filter else { return }
    weights.startGroups(for: filter, seatCount: seats.count)
    noteIndex(.rarerOrders)
    for seat in taken {
      refreshWeight(seat, users: &users)
    }
  }

  private mutating func withdraw(_ seat: SeatNumber) {
    for row in rosterFilters.indices { sets.set(seat, row: row, to: false) }
    for index in openCountIndexes.indices where openCountIndexes[index].isKept {
      openCountIndexes[index].remove(seat)
    }
    for index in rankedIndexes.indices {
      rankedIndexes[index].ranking.set(seat, to: SeatRanking.absent)
    }
    weights.set(seat, weight: 1, takesPart: false)
  }
}

/// The order of a rotation: whoever has the lowest place is in front.
struct TurnOrder: Equatable, Sendable, Codable {
  /// The place of each seat.
  private(set) var places: [Int64]
  private var end: Int64

  /// Lines up the seats by number.
  init(count: Int) {
    places = (0..<Int64(count)).map { $0 }
    end = Int64(count)
  }

  /// Lets somebody in at the back.
  mutating func append() {
    places.append(end)
    end += 1
  }

  /// Sends the one on a seat to the back and returns the new place.
  mutating func moveToBack(_ seat: SeatNumber) -> Int64 {
    places[seat.index] = end
    end += 1
    return places[seat.index]
  }

  /// Whether every one of so many seats has a place of its own before the end, with room behind it.
  func isSound(for count: Int) -> Bool {
    places.count == count && Set(places).count == count && places.allSatisfy { $0 < end }
      && end < Int64.max / 2
  }

  /// Keeps these seats alone, which are numbered anew; the order stays.
  mutating func keep(_ seats: [SeatNumber]) {
    places = seats.map { places[$0.index] }
  }
}

/// The members who pass a filter in the order of a logic.
struct RankedIndex: Sendable {
  /// The logic that ranks.
  var rule: Logic.Rule
  /// Who takes part.
  var filter: PoolFilter
  /// The rotation that ranks instead of the logic; nil if none does.
  var turn: Int?
  /// Whether ranks change with the number of open contacts.
  var ranksOpenContacts: Bool
  /// The order.
  var ranking: SeatRanking
}
