extension Pool {
  // MARK: Who qualifies

  /// The row in `sets` of those who pass a filter.
  @inline(__always) mutating func roster(
    _ filter: PoolFilter, users: inout UserTable
  ) -> Int {
    var row = 0
    while row < rosterFilters.count {
      if rosterFilters[row] == filter { return row }
      row &+= 1
    }
    return buildRoster(filter, users: &users)
  }

  private mutating func buildRoster(_ filter: PoolFilter, users: inout UserTable) -> Int {
    noteIndex(.rosters)
    let row: Int
    if rosterFilters.count < Self.rosterLimit {
      row = sets.addRow()
      rosterFilters.append(filter)
    } else {
      row = nextEvictedRoster
      nextEvictedRoster = (row + 1) % Self.rosterLimit
      sets.clear(row: row)
      rosterFilters[row] = filter
    }
    for seat in taken {
      sets.set(seat, row: row, to: filter.admits(users.records[user(on: seat)]))
    }
    return row
  }

  /// One of a roster by lot, or none; `index` tells the draws of a decision apart.
  mutating func drawn(
    row: Int, _ choice: Choice, index: UInt64, leavingOut one: SeatNumber,
    and other: SeatNumber = .none
  ) -> SeatNumber {
    sets.keepRanks()
    let first = min(one, other)
    let second = max(one, other)
    let skipsFirst = first != .none && sets.contains(first, row: row)
    let skipsSecond = second != .none && second != first && sets.contains(second, row: row)
    let count = sets.count(row: row) - (skipsFirst ? 1 : 0) - (skipsSecond ? 1 : 0)
    guard count > 0 else { return .none }
    // The drawn number counts those who take part: those left out before it push it on.
    var rank = choice.draw(customs).number(below: count, index: index)
    var seat = sets.seat(ranked: rank, row: row)
    if skipsFirst, seat >= first {
      rank += 1
      seat = sets.seat(ranked: rank, row: row)
    }
    if skipsSecond, seat >= second { seat = sets.seat(ranked: rank + 1, row: row) }
    return seat
  }

  // MARK: Pointers

  /// The seat that a logic chose last: of the pool, or of the step where round robin keeps it so.
  @inline(__always) func pointer(of choice: Choice) -> SeatNumber {
    if choice.rule == .roundRobin, customs.state == .step {
      return stepPointers[choice.step] ?? .none
    }
    return pointers[Int(choice.rule.rawValue)]
  }

  /// Remembers the seat that a logic chose.
  @inline(__always) mutating func setPointer(of choice: Choice, to seat: SeatNumber) {
    if choice.rule == .roundRobin, customs.state == .step {
      stepPointers[choice.step] = seat
    } else {
      pointers[Int(choice.rule.rawValue)] = seat
    }
  }

  /// The rotation of a step, or of the whole pool.
  mutating func turn(of choice: Choice) -> Int {
    if customs.state == .step {
      if let turn = stepTurns[choice.step] { return turn }
      stepTurns[choice.step] = turns.count
    } else {
      // The whole pool has one rotation, which is the first and the only one.
      if !turns.isEmpty { return 0 }
    }
    turns.append(TurnOrder(count: seats.count))
    return turns.count - 1
  }

  /// Sends the user on a seat to the back of a rotation.
  mutating func moveToBack(_ seat: SeatNumber, turn: Int, users: inout UserTable) {
    let place = turns[turn].moveToBack(seat)
    let user = users.records[user(on: seat)]
    for index in rankedIndexes.indices where rankedIndexes[index].turn == turn {
      guard rankedIndexes[index].filter.admits(user) else { continue }
      rankedIndexes[index].ranking.set(seat, to: place)
    }
  }

  // MARK: Order

  /// The index of an audience by number of open contacts.
  @inline(__always) mutating func openCounts(
    _ audience: PoolFilter.Audience, users: inout UserTable
  ) -> Int {
    let index = Int(audience.rawValue)
    if !openCountIndexes[index].isKept { buildOpenCounts(index, users: &users) }
    return index
  }

  @inline(never)
  private mutating func buildOpenCounts(_ index: Int, users: inout UserTable) {
    for seat in taken {
      openCountIndexes[index].place(seat, users.records[user(on: seat)])
    }
    openCountIndexes[index].keep()
    noteIndex(.openCounts(index))
  }

  /// The lowest by the order of a logic or a rotation, ties by policy; none when nobody qualifies.
  mutating func chooseLowest(
    _ choice: Choice, turn: Int?, users: inout UserTable
  ) -> SeatNumber {
    var index = 0
    while index < rankedIndexes.count {
      if rankedIndexes[index].rule == choice.rule, rankedIndexes[index].filter == choice.filter,
        rankedIndexes[index].turn == turn
      {
        break
      }
      index &+= 1
    }
    if index == rankedIndexes.count { index = buildRanking(choice, turn: turn, users: &users) }
    return rankedIndexes[index].ranking.choose(
      choice, after: pointers[Int(choice.rule.rawValue)], customs)
  }

  private mutating func buildRanking(
    _ choice: Choice, turn: Int?, users: inout UserTable
  ) -> Int {
    let index = RankedIndex(
      rule: choice.rule, filter: choice.filter, turn: turn,
      ranksOpenContacts: turn == nil && choice.rule.implementation.ranksOpenContacts,
      ranking: SeatRanking(capacity: sets.capacity, keepsTies: customs.tie == .random))
    noteIndex(.rarerOrders)
    var place = rankedIndexes.count
    if place < Self.rankingLimit {
      rankedIndexes.append(index)
    } else {
      place = nextEvictedRanking
      nextEvictedRanking = (place + 1) % Self.rankingLimit
      rankedIndexes[place] = index
    }
    for seat in taken {
      refreshRank(seat, at: place, users: &users)
    }
    return place
  }
}

extension SeatRanking {
  /// The lowest but for the excluded one, ties by policy; or none.
  mutating func choose(
    _ choice: Choice, after pointer: SeatNumber, _ customs: Pool.Customs
  ) -> SeatNumber {
    let excluded = choice.excluded
    let kept = excluded != .none ? self[excluded] : Self.absent
    if kept != Self.absent { set(excluded, to: Self.absent) }
    defer { if kept != Self.absent { set(excluded, to: kept) } }
    guard lowest != Self.absent else { return .none }
    return switch customs.tie {
    case .rotation: nextLowest(after: pointer)
    case .list: firstLowest()
    case .random: lowest(ranked: choice.draw(customs).number(below: tieCount))
    }
  }
}
