/// The seats of a pool by number of open contacts.
///
/// Numbers below 64, all that a desk in order ever sees, have a set of seats each: the lowest number
/// held is a count of trailing zeros, and so is the next seat that holds it. Whoever has more stands
/// in a ranking, so that a desk in disorder costs a logarithm and no memory.
struct OpenCountIndex: Sendable {
  /// Numbers from here on are ranked.
  private static let rankedFrom: Int32 = 64
  private static let absent: Int32 = -1

  /// Whose activity status is right.
  let audience: PoolFilter.Audience
  private let capacity: Int
  /// Ties drawn by lot need to be counted: then everything is ranked.
  private let keepsTies: Bool
  /// A row of seats for each number; rows are added as numbers appear.
  private var sets: SeatSets
  /// Which rows hold somebody.
  private var occupied: UInt64 = 0
  /// Up to where numbers have a set each and nothing else is to be kept.
  private var simpleCount: Int32 = 0
  private var ranking: SeatRanking?
  /// Whether somebody ever asked for this order, which is kept only then.
  private(set) var isKept = false

  /// Makes room for so many seats; nobody stands anywhere yet.
  init(audience: PoolFilter.Audience, capacity: Int, keepsTies: Bool) {
    self.audience = audience
    self.capacity = capacity
    self.keepsTies = keepsTies
    sets = SeatSets(capacity: capacity)
  }

  /// Keeps the order from now on.
  mutating func keep() { isKept = true }

  /// Goes on in memory of its own.
  mutating func separate() { sets.separate() }

  /// Puts the user on a seat where he belongs: nowhere, if his own limit or his status forbids it.
  mutating func place(_ seat: SeatNumber, _ user: UserRecord) {
    move(seat, from: number(of: seat), to: place(of: user, with: user.openContacts))
  }

  /// Moves the user on a seat who had `old` open contacts and is otherwise what he was.
  @inline(__always) mutating func move(
    _ seat: SeatNumber, _ user: RowHandle<UserRecord>, from old: Int32
  ) {
    guard isIn(user.row.status) else { return }
    let number = user.row.openContacts
    let limit = user.row.limit
    // Nearly always somebody has one more or one fewer, and few.
    if max(old, number) < min(simpleCount, limit) {
      note(old, isEmptied: sets.move(seat, from: Int(old), to: Int(number)), number)
    } else {
      move(
        seat, from: old < limit ? old : Self.absent, to: number < limit ? number : Self.absent)
    }
  }

  /// Does the same for most pools, which are small.
  @inline(__always)
  mutating func movesAsUsual(
    _ seat: SeatNumber, _ user: RowHandle<UserRecord>, from old: Int32, isMore: Bool
  ) -> UsualWay {
    let number = user.row.openContacts
    let larger = isMore ? number : old
    guard larger < simpleCount, larger < user.row.limit, sets.isOneWord, isIn(user.row.status)
    else { return .declined }
    note(old, isEmptied: sets.moveInWord(seat, from: Int(old), to: Int(number)), number)
    return .taken
  }

  /// Notes which of two rows hold somebody after a seat moved from one to the other.
  @inline(__always)
  private mutating func note(_ old: Int32, isEmptied: Bool, _ number: Int32) {
    // Without a branch, which would be a guess.
    let emptied: UInt64 = isEmptied ? 1 : 0
    occupied = occupied & ~(emptied &<< UInt64(truncatingIfNeeded: old)) | Self.bit(number)
  }

  /// Whether users of an activity status belong here.
  @inline(__always) private func isIn(_ status: ActivityStatus) -> Bool {
    PoolFilter(audience: audience, below: UserRecord.unlimited).welcomes(status)
  }

  /// Takes a seat out.
  mutating func remove(_ seat: SeatNumber) { move(seat, from: number(of: seat), to: Self.absent) }

  /// Where a user with so many open contacts belongs.
  @inline(__always) private func place(of user: UserRecord, with openContacts: Int32) -> Int32 {
    openContacts < user.limit && isIn(user.status) ? openContacts : Self.absent
  }

  /// The number at which a seat stands, or `absent`; it is looked for, as it is seldom asked for.
  private func number(of seat: SeatNumber) -> Int32 {
    for row in 0..<sets.rowCount where sets.contains(seat, row: row) { return Int32(row) }
    guard let rank = ranking?[seat], rank != SeatRanking.absent else { return Self.absent }
    return Int32(truncatingIfNeeded: rank)
  }

  /// Whether a seat stands where its user belongs.
  func stands(_ seat: SeatNumber, _ user: UserRecord) -> Bool {
    number(of: seat) == place(of: user, with: user.openContacts)
  }

  /// Rows that hold somebody and are not noted, or the other way round.
  var contradictions: [String] {
    let wrong = (0..<sets.rowCount).filter {
      sets.isEmpty(row: $0) == (occupied & Self.bit(Int32($0)) != 0)
    }
    return sets.contradictions
      + wrong.map { "whether somebody has \($0) open contacts is noted wrongly" }
  }

  @inline(never)
  private mutating func move(_ seat: SeatNumber, from old: Int32, to number: Int32) {
    guard old != number else { return }
    if old >= 0 { leave(seat, old) }
    if number >= 0 { enter(seat, number) }
  }

  private mutating func leave(_ seat: SeatNumber, _ number: Int32) {
    guard number < Self.rankedFrom, !keepsTies else {
      ranking?.set(seat, to: SeatRanking.absent)
      return
    }
    sets.set(seat, row: Int(number), to: false)
    if sets.isEmpty(row: Int(number)) { occupied &= ~Self.bit(number) }
  }

  private mutating func enter(_ seat: SeatNumber, _ number: Int32) {
    guard number < Self.rankedFrom, !keepsTies else {
      if ranking == nil { ranking = SeatRanking(capacity: capacity, keepsTies: keepsTies) }
      ranking?.set(seat, to: Int64(number))
      return
    }
    while sets.rowCount <= Int(number) { _ = sets.addRow() }
    simpleCount = Int32(truncatingIfNeeded: sets.rowCount)
    sets.set(seat, row: Int(number), to: true)
    occupied |= Self.bit(number)
  }

  @inline(__always) private static func bit(_ number: Int32) -> UInt64 {
    1 &<< UInt64(truncatingIfNeeded: number)
  }

  /// The seat with the fewest, fewer than the filter's number; or none.
  @inline(__always)
  mutating func choose(
    _ choice: Choice, after pointer: SeatNumber, _ customs: Pool.Customs
  ) -> SeatNumber {
    var rows = occupied
    while rows != 0 {
      let row = rows.trailingZeroBitCount
      guard Int32(truncatingIfNeeded: row) < choice.filter.below else { return .none }
      let seat = sets.next(after: pointer, row: row, excluding: choice.excluded)
      if seat != .none { return seat }
      // Only the excluded one stands here.
      rows &= rows &- 1
    }
    return ranking == nil ? .none : chooseRanked(choice, after: pointer, customs)
  }

  /// The same for most pools, which are small; none where `choose` has to look closer.
  @inline(__always)
  mutating func lowestAtOnce(below limit: Int32, after pointer: SeatNumber) -> SeatNumber {
    guard occupied != 0, sets.isOneWord else { return .none }
    let row = occupied.trailingZeroBitCount
    guard Int32(truncatingIfNeeded: row) < limit else { return .none }
    return sets.nextInWord(after: pointer, row: row, excluding: .none)
  }

  @inline(never)
  private mutating func chooseRanked(
    _ choice: Choice, after pointer: SeatNumber, _ customs: Pool.Customs
  ) -> SeatNumber {
    let seat = ranking?.choose(choice, after: pointer, customs) ?? .none
    guard seat != .none, let number = ranking?[seat] else { return .none }
    return number < choice.filter.below ? seat : .none
  }
}
