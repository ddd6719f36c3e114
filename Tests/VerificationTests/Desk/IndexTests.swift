import Foundation
import Testing

@testable import Engine
@testable import Verification

@Suite struct `The indexes of a pool` {
  /// A seat by number; none for nil.
  private func number(_ seat: Int?) -> SeatNumber { seat.map { SeatNumber($0) } ?? .none }

  @Test(arguments: [64, 128, 4_096, 8_192, 524_288])
  func `sets of seats find the next, and the one of a rank`(capacity: Int) {
    // Against a sorted list, with few and with many seats taken; ranks are asked for halfway.
    var numbers = TrialNumbers(seed: UInt64(capacity))
    var sets = SeatSets(capacity: capacity)
    _ = sets.addRow()
    let row = sets.addRow()
    var list: [Int] = []
    for round in 0..<300 {
      let seat = numbers.happens(20) ? capacity - 1 - numbers.pick(3) : numbers.pick(capacity)
      if let place = list.firstIndex(of: seat) {
        list.remove(at: place)
        sets.set(SeatNumber(seat), row: row, to: false)
      } else {
        list.insert(seat, at: list.firstIndex { $0 > seat } ?? list.count)
        sets.set(SeatNumber(seat), row: row, to: true)
      }
      if round == 150 { sets.keepRanks() }
      let start = numbers.pick(capacity)
      #expect(sets.first(from: start, row: row) == number(list.first { $0 >= start }))
      let excluded = list.randomElement(using: &numbers)
      let cycle = list.filter { $0 > start } + list.filter { $0 <= start }
      let next = sets.next(
        after: SeatNumber(start), row: row, excluding: number(excluded))
      #expect(next == number(cycle.first { $0 != excluded }))
      #expect(sets.isEmpty(row: row) == list.isEmpty && sets.isEmpty(row: 0))
      guard round > 150, !list.isEmpty else { continue }
      let rank = numbers.pick(list.count)
      #expect(sets.seat(ranked: rank, row: row) == SeatNumber(list[rank]))
      #expect(sets.count(row: row) == list.count)
    }
    #expect(!list.isEmpty)
  }

  @Test func `moving a seat between sets is leaving one and entering the other`() {
    for capacity in [64, 256, 8_192, 524_288] {
      var numbers = TrialNumbers(seed: UInt64(capacity))
      var moved = SeatSets(capacity: capacity)
      var plain = SeatSets(capacity: capacity)
      for _ in 0..<3 { _ = (moved.addRow(), plain.addRow()) }
      var rows: [Int: Int] = [:]
      for _ in 0..<400 {
        let seat = numbers.pick(8) * (capacity / 8) + numbers.pick(2)
        let row = numbers.pick(3)
        guard let old = rows[seat] else {
          moved.set(SeatNumber(seat), row: row, to: true)
          plain.set(SeatNumber(seat), row: row, to: true)
          rows[seat] = row
          continue
        }
        guard old != row else { continue }
        let isEmptied = moved.move(SeatNumber(seat), from: old, to: row)
        plain.set(SeatNumber(seat), row: old, to: false)
        plain.set(SeatNumber(seat), row: row, to: true)
        rows[seat] = row
        #expect(isEmptied == plain.isEmpty(row: old))
        for row in 0..<3 {
          #expect(moved.isEmpty(row: row) == plain.isEmpty(row: row))
          #expect(moved.first(from: seat, row: row) == plain.first(from: seat, row: row))
          #expect(moved.first(from: 0, row: row) == plain.first(from: 0, row: row))
        }
      }
    }
  }

  @Test(arguments: [false, true], [64, 512, 8_192])
  func `a ranking finds the next of the lowest`(keepsTies: Bool, capacity: Int) {
    var numbers = TrialNumbers(seed: UInt64(capacity))
    var ranking = SeatRanking(capacity: capacity, keepsTies: keepsTies)
    var ranks = [Int64](repeating: SeatRanking.absent, count: capacity)
    for _ in 0..<300 {
      let seat = numbers.happens(30) ? numbers.pick(20) : numbers.pick(capacity)
      let rank = numbers.happens(25) ? SeatRanking.absent : Int64(numbers.pick(6)) - 3
      ranks[seat] = rank
      ranking.set(SeatNumber(seat), to: rank)
      let lowest = ranks.min() ?? SeatRanking.absent
      #expect(ranking.lowest == lowest)
      guard lowest != SeatRanking.absent else {
        #expect(ranking.nextLowest(after: SeatNumber(5)) == .none)
        continue
      }
      let ties = ranks.indices.filter { ranks[$0] == lowest }
      let pointer = numbers.pick(capacity) - 1
      let next = ties.first { $0 > pointer } ?? ties[0]
      #expect(ranking.nextLowest(after: SeatNumber(pointer)) == SeatNumber(next))
      guard keepsTies else { continue }
      let place = numbers.pick(ties.count)
      #expect(ranking.tieCount == ties.count)
      #expect(ranking.lowest(ranked: place) == SeatNumber(ties[place]))
    }
  }

  @Test func `every set bit of a word has a rank`() {
    var numbers = TrialNumbers(seed: 3)
    for _ in 0..<200 {
      let word = numbers.next() & numbers.next() | 1 << UInt64(numbers.pick(64))
      let set = (0..<64).filter { word >> UInt64($0) & 1 == 1 }
      for (rank, position) in set.enumerated() {
        #expect(word.position(ofSetBit: rank) == position)
      }
    }
    #expect(UInt64.max.position(ofSetBit: 63) == 63)
  }

  @Test func `more filters and logics than are kept at once change no answer`() {
    // 80 limits by turns, each with a ranked logic too: indexes are given up and built again.
    for seed in 0..<6 as Range<UInt64> {
      var policies = Policies()
      policies.roundRobinForm = seed % 2 == 0 ? .pointer : .rotation
      var trial = DeskTrial(
        seed: seed, logics: [.roundRobin, .leastOpen, Logic(.random), Logic(.fewestHandled)],
        policies: policies)
      trial.filters = (1...80).map { Int32($0) }
      trial.run(steps: 400)
    }
  }

  @Test func `a pool that shrank closes ranks and keeps its turns`() {
    for form in RoundRobinForm.allCases {
      var policies = Policies()
      policies.roundRobinForm = form
      var desk = AssignmentDesk(policies: policies, policySeed: 1)
      var reference = PlainDesk(policies: policies, policySeed: 1)
      let logics: [Logic] = [.roundRobin, .leastOpen, Logic(.weightedRoundRobin)]
      func request(_ round: Int) -> AssignmentRequest {
        AssignmentRequest(
          pool: .workspace, logic: logics[round % 3], onlyOnline: true, contact: ContactID(0))
      }
      var numbers = TrialNumbers(seed: 5)
      var left: [UserID] = []
      for index in 0..<400 {
        let user = UserID(index: index)
        desk.addUser(user, weight: Int32(1 + index % 4), status: .online)
        reference.addUser(user, weight: Int32(1 + index % 4), limit: nil, status: .online)
        left.append(user)
      }
      for round in 0..<395 {
        let user = left.remove(at: numbers.pick(left.count))
        desk.removeUser(user)
        reference.removeUser(user)
        for turn in 0..<3 {
          let chosen = desk.choose(request(round + turn), decision: 0)
          let expected = reference.choose(request(round + turn), decision: 0)
          #expect(chosen == expected)
        }
      }
      #expect(desk.memberCount(of: .workspace) == 5)
    }
  }
}

@Suite struct `A desk that was written down` {
  @Test func `is refused when it contradicts itself`() throws {
    var desk = AssignmentDesk(policies: Policies(), policySeed: 1)
    for user in 0..<3 as Range<UInt32> { desk.addUser(UserID(user), status: .offline) }
    let request = AssignmentRequest(
      pool: .workspace, logic: .leastOpen, onlyOnline: true, exclude: UserID(1),
      contact: ContactID(0))
    _ = desk.enqueue(request, token: 5)
    let text = String(decoding: try JSONEncoder().encode(desk), as: UTF8.self)
    let sound = try JSONDecoder().decode(AssignmentDesk.self, from: Data(text.utf8))
    #expect(sound.waiting(in: .workspace) == [5])
    let errors = [
      ("\"seats\":[0,1,2]", "\"seats\":[0,1,7]"), ("\"seats\":[0,1,2]", "\"seats\":[0,1,1]"),
      ("\"pointers\":[-1", "\"pointers\":[9"), ("\"openContacts\":0", "\"openContacts\":-4"),
      ("\"weight\":1", "\"weight\":0"), ("\"freePlaces\":[]", "\"freePlaces\":[0]"),
      ("\"balances\":[0,0,0]", "\"balances\":[0]"), ("\"nextSequence\":1", "\"nextSequence\":0"),
      ("\"poolIndex\":0", "\"poolIndex\":4"), ("\"poolIndex\":0", "\"poolIndex\":-1"),
      ("\"excludeNumber\":1", "\"excludeNumber\":77"),
    ]
    for (part, error) in errors {
      #expect(text.contains(part), "the snapshot has no \(part)")
      let broken = text.replacing(part, with: error)
      #expect(throws: DecodingError.self, "\(error)") {
        try JSONDecoder().decode(AssignmentDesk.self, from: Data(broken.utf8))
      }
    }
  }
}
