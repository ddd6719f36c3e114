import Sampling
import Testing

@Suite struct `Random streams` {
  private func streams(seed: UInt64 = 1, _ replication: Int = 0) throws -> RandomStreams {
    try RandomStreams(seed: seed, replication: replication)
  }

  @Test func `the counter holds every part of the name side by side`() throws {
    let stream = try streams(3).stream(.patience, of: 0x0123_4567_89AB_CDEF, turn: 2)
    #expect(
      stream.counter
        == Philox.Words(
          2 << 16, 0x89AB_CDEF, 0x0123_4567, 3 << 10 | UInt32(Purpose.patience.rawValue)))
  }

  @Test func `different names never share a counter`() throws {
    // The ends of every field and their neighbours: where fields would run into each other.
    let replications = [0, 1, 2, 1023, 1024, RandomStreams.replicationLimit - 1]
    let entities: [UInt64] = [0, 1, 0xFFFF_FFFF, 0x1_0000_0000, .max - 1, .max]
    let turns: [UInt16] = [0, 1, .max]
    var seen: Set<Philox.Words> = []
    var count = 0
    for replication in replications {
      let streams = try streams(replication)
      for purpose in Purpose.allCases {
        for entity in entities {
          for turn in turns {
            var stream = streams.stream(purpose, of: entity, turn: turn)
            for _ in 0..<3 {
              seen.insert(stream.counter)
              count += 1
              _ = (stream.bits(), stream.bits())
            }
          }
        }
      }
    }
    #expect(seen.count == count)
  }

  @Test func `purposes fit into ten bits and keep their numbers`() {
    #expect(Purpose.allCases.allSatisfy { $0.rawValue < 1024 })
    // A changed number would change every result of every seed.
    let numbers = Purpose.allCases.map { Int($0.rawValue) }.sorted()
    #expect(
      numbers == [1, 2, 3, 4] + Array(16...35) + Array(40...43) + Array(56...62)
        + Array(72...78) + Array(84...91) + Array(96...100) + Array(104...114) + [1023])
  }

  @Test(arguments: [-1, 1 << 22, Int.max, Int.min])
  func `a replication without room is refused`(replication: Int) {
    let error = #expect(throws: ImpossibleParameter.self) {
      try RandomStreams(seed: 1, replication: replication)
    }
    #expect(error?.description.hasPrefix("replication must be from 0 to 4194303, got ") == true)
  }

  @Test func `a stream is a function of its name alone`() throws {
    var first = try streams().stream(.replyTime, of: 7)
    var again = try streams().stream(.replyTime, of: 7)
    var other = try streams().stream(.replyTime, of: 8)
    let values = (0..<5).map { _ in
      _ = other.bits()
      return first.bits()
    }
    #expect(values == (0..<5).map { _ in again.bits() })
    var otherSeed = try streams(seed: 2).stream(.replyTime, of: 7)
    var otherReplication = try streams(1).stream(.replyTime, of: 7)
    #expect(otherSeed.bits() != values[0])
    #expect(otherReplication.bits() != values[0])
  }

  @Test func `the draws of seed 1 stay what they are`() throws {
    // From an implementation of its own in another language: two blocks, low words first.
    var stream = try streams(2).stream(.arrivals, of: 5)
    #expect(
      (0..<4).map { _ in stream.bits() } == [
        0x291d_186c_b1e1_75d5, 0x637e_66db_b740_8c64, 0x2a7f_95fe_a228_0e5c,
        0xfe1e_3bfc_b95e_ee75,
      ])
    var again = try streams(2).stream(.arrivals, of: 5)
    #expect(
      (0..<4).map { _ in again.uniform() } == [
        0.1606002107017782, 0.38864748825221984, 0.16600930658947288, 0.9926488391878326,
      ])
  }

  @Test func `policy seeds differ between seeds and replications`() throws {
    let seeds = try [(1, 0), (1, 1), (2, 0), (2, 1)].map {
      try streams(seed: $0.0, $0.1).policySeed
    }
    #expect(Set(seeds).count == 4)
  }

  @Test func `uniform numbers are strictly between 0 and 1 and spread evenly`() throws {
    // Chi-square over 64 cells, level 0.001, fixed seed.
    let level = TestLevel(family: 0.001, checks: 1)
    var stream = try streams().stream(.other, of: 1)
    var cells = Array(repeating: 0, count: 64)
    for _ in 0..<(isLongRun ? 10_000_000 : 64_000) {
      let u = stream.uniform()
      try #require(u > 0 && u < 1)
      cells[Int(u * 64)] += 1
    }
    #expect(
      try level.accepts(counts: cells, probabilities: Array(repeating: 1.0 / 64, count: 64)))
  }

  @Test func `whole numbers below a bound are equally likely`() throws {
    // Chi-square over 7 cells, level 0.001, fixed seed.
    let level = TestLevel(family: 0.001, checks: 1)
    var stream = try streams().stream(.other, of: 2)
    var cells = Array(repeating: 0, count: 7)
    for _ in 0..<70_000 { cells[stream.integer(below: 7)] += 1 }
    #expect(try level.accepts(counts: cells, probabilities: Array(repeating: 1.0 / 7, count: 7)))
    #expect((0..<10).allSatisfy { _ in stream.integer(below: 1) == 0 })
    #expect((0..<10).allSatisfy { _ in stream.integer(below: .max) >= 0 })
  }

  @Test func `chances of 0 and 1 are certain`() throws {
    var stream = try streams().stream(.other, of: 3)
    #expect((0..<1000).allSatisfy { _ in !stream.chance(0) })
    #expect((0..<1000).allSatisfy { _ in stream.chance(1) })
  }

  @Test func `neighbouring streams are not correlated`() throws {
    // First draws of neighbours by entity: the correlation's z at level 0.001, fixed seed.
    let level = TestLevel(family: 0.001, checks: 1)
    let streams = try streams()
    let count = 20_000
    let firsts = (0...count).map { entity in
      var stream = streams.stream(.other, of: UInt64(entity))
      return stream.uniform() - 0.5
    }
    let sum = zip(firsts, firsts.dropFirst()).reduce(0.0) { $0 + $1.0 * $1.1 }
    #expect(level.accepts(z: sum * 12 / Double(count).squareRoot()))
  }
}

@Suite struct `Alternatives by shares` {
  @Test func `alternatives come as often as their weights say`() throws {
    // Chi-square over 4 alternatives, level 0.001, fixed seed.
    let level = TestLevel(family: 0.001, checks: 1)
    let shares = try Shares([5, 0, 35, 50, 10])
    #expect((shares[2] - 0.35).magnitude < 1e-15)
    var stream = try RandomStreams(seed: 4, replication: 0).stream(.channel, of: 1)
    var counts = Array(repeating: 0, count: shares.count)
    for _ in 0..<40_000 { counts[shares.choose(&stream)] += 1 }
    #expect(counts[1] == 0)
    counts.remove(at: 1)
    #expect(try level.accepts(counts: counts, probabilities: [0.05, 0.35, 0.5, 0.1]))
  }

  @Test func `an alternative without weight is never chosen, not even at the end`() throws {
    let shares = try Shares([0, 0.1, 0.2, 0, 0])
    var stream = try RandomStreams(seed: 4, replication: 0).stream(.channel, of: 2)
    let chosen = Set((0..<5000).map { _ in shares.choose(&stream) })
    #expect(chosen == [1, 2])
  }

  @Test(
    arguments: [
      ([], "the number of shares must be at least 1, got 0"),
      ([0.5, -0.1], "every share must be at least 0, got -10%"),
      ([0, 0], "the sum of the shares must be greater than 0%, got 0%"),
      ([.nan], "every share must be a finite number, got nan%"),
    ] as [([Double], String)])
  func `impossible weights are refused`(weights: [Double], message: String) {
    let error = #expect(throws: ImpossibleParameter.self) { try Shares(weights) }
    #expect(error?.description == message)
  }
}
