import Testing

@testable import Sampling

@Suite struct `Draws ahead` {
  @Test func `the first draws of entities in turn are those of their streams`() throws {
    let streams = try RandomStreams(seed: 0x1234_5678_9ABC_DEF0, replication: 3)
    // Up to where the low half of the entity's number is over, and with jumps to and fro.
    for step in [1, 256, 0xFFFF_FFFF] as [UInt64] {
      var ahead = DrawsAhead(streams, .replyTime, step: step)
      for start in [0, 0xFFFF_FE00, 0, 7, .max - 5] as [UInt64] {
        for turn in 0..<7 as Range<UInt64> {
          let entity = start &+ turn &* step
          let draws = ahead.next(entity)
          var stream = streams.stream(.replyTime, of: entity)
          let expected = [stream.bits(), stream.bits()]
          #expect([draws.first, draws.second] == expected)
        }
      }
    }
  }

  @Test func `an entity asked for twice gets the same draws twice`() throws {
    var ahead = DrawsAhead(try RandomStreams(seed: 1, replication: 0), .replyTime, step: 1)
    let draws = [ahead.next(5), ahead.next(5), ahead.next(6), ahead.next(5)]
    #expect(draws[0] == draws[1] && draws[0] == draws[3] && draws[0] != draws[2])
  }

  @Test func `a stream read in one go has the numbers of the stream`() throws {
    var plain = try RandomStreams(seed: 7, replication: 1).stream(.arrivals, of: 1 << 40 | 9)
    // A little before its end, where it begins anew.
    plain.draw = .max - 5
    var sequential = SequentialStream(plain)
    let drawn = (0..<50).map { _ in sequential.bits() }
    let expected = (0..<50).map { _ in plain.bits() }
    #expect(drawn == expected)
  }
}

@Suite struct `Times that were drawn` {
  @Test func `are rounded half away from zero, short or long`() {
    let seconds: [Double] = [
      0, -1, 1e-10, 4.999e-10, 5e-10, 1.5e-9, 2.5e-9, 0.1, 1 / 3, 1, 1.000_000_000_5, 4_503_599.627,
      4_503_599.627_370_495, 4_503_599.627_370_496, 4_503_600, 1e8, SampledTime.longest,
      SampledTime.longest.nextUp, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
      0x1p51 / 1e9, 0.5.nextDown * 1e-9, 0.5.nextUp * 1e-9,
    ]
    for value in seconds {
      #expect(SampledTime.nanoseconds(value) == SampledTime.longNanoseconds(value), "\(value)")
    }
    // Halves that a double holds exactly, down to the last bit that a whole number leaves.
    for whole in [0, 1, 2, 3, 1_000_001, 1 << 50, 1 << 51] as [Int64] {
      let half = Double(whole) + 0.5
      for seconds in [half / 1e9, (half / 1e9).nextUp, (half / 1e9).nextDown] {
        let exact = seconds * 1e9
        #expect(SampledTime.nanoseconds(seconds) == Int64(exact.rounded()), "\(whole)")
      }
    }
  }
}
