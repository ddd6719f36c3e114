/// What a desk writes down: users, seats, turns and waiting contacts.
///
/// Indexes, lines and heaps are built again, so a snapshot is small and cannot contradict itself.
private struct DeskSnapshot: Equatable, Codable {
  var policies: Policies
  var policySeed: UInt64
  var users: [UserSnapshot]
  var pools: [PoolSnapshot]
  var entries: [EntrySnapshot]
  var freePlaces: [Int]
  var nextSequence: UInt64
  var assignmentCount: Int64
  var preferences: [Preference]
}

private struct UserSnapshot: Equatable, Codable {
  var record: UserRecord
  var facts: UserFacts
}

private struct PoolSnapshot: Equatable, Codable {
  /// The user on each seat, nil where nobody sits.
  var seats: [UserID?]
  var pointers: [Int32]
  var stepPointers: [KeyedPointer]
  var turns: [TurnOrder]
  var stepTurns: [KeyedPointer]
  var balances: [Int64]
  var isWoken: Bool
}

private struct KeyedPointer: Equatable, Codable {
  var step: UInt64
  var value: Int32
}

/// A place in the queue; without a request it is free.
private struct EntrySnapshot: Equatable, Codable {
  var generation: UInt32
  var sequence: UInt64
  var token: UInt64
  var request: AssignmentRequest?
  /// Whether it waits for one user alone, and that he may be free.
  var isDedicated: Bool
  var isWoken: Bool
}

extension AssignmentDesk: Codable {
  /// Writes the desk down, so that the copy goes on exactly as this one would.
  public func encode(to encoder: any Encoder) throws {
    try snapshot.encode(to: encoder)
  }

  /// Which part of a desk would be written down otherwise than another's; nil if none would.
  func difference(from other: AssignmentDesk) -> String? {
    let one = snapshot
    let other = other.snapshot
    let parts: [(name: String, agrees: Bool)] = [
      ("users at the desk", one.users == other.users),
      ("seats and turns of pools", one.pools == other.pools),
      ("entries in queues", one.entries == other.entries && one.freePlaces == other.freePlaces),
      ("numbers of entries", one.nextSequence == other.nextSequence),
      ("assignments counted", one.assignmentCount == other.assignmentCount),
      ("users to come back to", one.preferences == other.preferences),
    ]
    return parts.first { !$0.agrees }?.name
  }

  private var snapshot: DeskSnapshot {
    func pairs(_ table: [UInt64: Int32]) -> [KeyedPointer] {
      table.map { KeyedPointer(step: $0.key, value: $0.value) }.sorted { $0.step < $1.step }
    }
    return DeskSnapshot(
      policies: policies, policySeed: policySeed,
      users: users.records.indices.map {
        UserSnapshot(record: users.records[$0], facts: users.facts[$0])
      },
      pools: pools.indices.map { index in
        let pool = pools[index]
        return PoolSnapshot(
          seats: pool.seats.list.map { $0.user == Pool.Seat.vacant ? nil : UserID($0.user) },
          pointers: pool.pointers.list.map(\.raw),
          stepPointers: pairs(pool.stepPointers.mapValues(\.raw)), turns: pool.turns,
          stepTurns: pairs(pool.stepTurns.mapValues { Int32($0) }),
          balances: pool.weights.balances(count: pool.seats.count), isWoken: pool.isWoken)
      },
      entries: queue.entries.map { entry in
        let line = entry.line == .none ? nil : queue.lines[entry.line]
        return EntrySnapshot(
          generation: entry.generation, sequence: entry.sequence, token: entry.token,
          request: line == nil ? nil : entry.request, isDedicated: line?.isDedicated ?? false,
          isWoken: line?.isWoken ?? false)
      },
      freePlaces: queue.freePlaces.map(\.index), nextSequence: queue.upcomingSequence,
      assignmentCount: assignmentCount, preferences: preferences)
  }

  /// Reads a desk; a snapshot that contradicts itself is refused.
  public init(from decoder: any Decoder) throws {
    let snapshot = try DeskSnapshot(from: decoder)
    func require(_ isSound: Bool, _ rule: String) throws {
      guard !isSound else { return }
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "assignment desk: \(rule)"))
    }
    self.init(policies: snapshot.policies, policySeed: snapshot.policySeed)
    for user in snapshot.users {
      try require(user.record.openContacts >= 0, "open contacts are counted from 0")
      try require(user.facts.weight >= 1, "a weight is at least 1")
      users.records.append(user.record)
      users.facts.append(user.facts)
    }
    assignmentCount = snapshot.assignmentCount
    preferences = snapshot.preferences
    try require(!snapshot.pools.isEmpty, "the workspace's pool is missing")
    try require(snapshot.nextSequence < UInt64.max / 2, "the queue has no numbers left")
    for (index, pool) in snapshot.pools.enumerated() {
      if index > 0 { pools.append(Pool(pools[0].customs)) }
      for user in pool.seats {
        if let user {
          try require(
            user.index < users.records.count && users.records[user.index].isPresent,
            "an unknown user has a seat")
          try require(seat(of: user, in: index) == .none, "a user has two seats in a pool")
        }
        restoreSeat(user, pool: index)
      }
      let seats = -1..<Int32(pool.seats.count)
      let turns = Int32(pool.turns.count)
      try require(
        pool.pointers.count == Logic.Rule.allCases.count && pool.pointers.allSatisfy(seats.contains)
          && pool.stepPointers.allSatisfy { seats.contains($0.value) }, "a pointer has no seat")
      try require(
        pool.turns.allSatisfy { $0.isSound(for: pool.seats.count) }
          && pool.stepTurns.allSatisfy { (0..<turns).contains($0.value) }, "a turn is incomplete")
      pools[index].pointers = RawTable(pool.pointers.map { SeatNumber(raw: $0) })
      for pair in pool.stepPointers {
        pools[index].stepPointers[pair.step] = SeatNumber(raw: pair.value)
      }
      try require(pool.balances.count == pool.seats.count, "a balance is missing")
      pools[index].weights = WeightBalances(balances: pool.balances)
      pools[index].turns = pool.turns
      for pair in pool.stepTurns { pools[index].stepTurns[pair.step] = Int(pair.value) }
    }
    try restoreQueue(snapshot, require)
    for (index, pool) in snapshot.pools.enumerated() where pool.isWoken { wake(pool: index) }
  }

  private mutating func restoreSeat(_ user: UserID?, pool: Int) {
    guard let user else {
      // An empty seat keeps its number, because a pointer may stand on it.
      let seat = pools[pool].append(0, nextPool: .none, nextSeat: .none)
      pools[pool].vacate(seat)
      return
    }
    _ = takeSeat(user, pool: pool)
  }

  private mutating func restoreQueue(
    _ snapshot: DeskSnapshot, _ require: (Bool, String) throws -> Void
  ) throws {
    var entries: [WaitingQueue.Entry] = []
    var waiting: [Int] = []
    let nobody = AssignmentRequest(pool: .workspace, logic: .roundRobin, contact: ContactID(0))
    for entry in snapshot.entries {
      if let request = entry.request {
        try require(
          pools.indices.contains(Int(request.poolIndex)) && entry.sequence < snapshot.nextSequence
            && (request.exclude.map { $0.index < users.records.count } ?? true)
            && (!entry.isDedicated
              || request.ownUser.map { $0.index < users.records.count } == true),
          "a waiting contact asks for what is not there")
        waiting.append(entries.count)
      }
      entries.append(
        WaitingQueue.Entry(
          request: entry.request ?? nobody, token: entry.token, sequence: entry.sequence,
          generation: entry.generation, line: .none, previous: .none, next: .none))
    }
    let places = (snapshot.freePlaces + waiting).sorted()
    try require(places.elementsEqual(entries.indices), "a place in the queue is lost")
    waiting.sort { entries[$0].sequence < entries[$1].sequence }
    queue = WaitingQueue(
      entries: entries, free: snapshot.freePlaces.map { WaitingQueue.EntryNumber($0) },
      nextSequence: snapshot.nextSequence)
    for slot in waiting {
      let request = entries[slot].request
      let pool = Int(request.poolIndex)
      let line: WaitingQueue.LineNumber
      if snapshot.entries[slot].isDedicated, let own = request.ownUser {
        line = dedicatedLine(for: own, group: group(for: request, pool: pool))
        if snapshot.entries[slot].isWoken { wake(line: line) }
      } else {
        line = self.line(for: request, pool: pool, isReleased: true)
      }
      queue.stand(WaitingQueue.EntryNumber(slot), in: line)
      pools[pool].waitingCount += 1
    }
  }
}
