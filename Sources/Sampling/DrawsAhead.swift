/// The first draws of streams of one purpose, for entities that come one after the other.
///
/// Four blocks are drawn at a time, which takes little more than one alone. The numbers are those that
/// each stream gives by itself: what is drawn ahead and never used changes nothing.
public struct DrawsAhead: Sendable {
  private let streams: RandomStreams
  private let purpose: Purpose
  /// From one entity to the next.
  private let step: UInt64
  /// The entity of the first of the blocks at hand.
  private var start: UInt64 = 0
  private var count = 0
  private var draws: InlineArray<4, RandomStream.Draws>

  /// Nothing drawn yet, for entities that are `step` apart.
  public init(_ streams: RandomStreams, _ purpose: Purpose, step: UInt64) {
    self.streams = streams
    self.purpose = purpose
    self.step = step
    draws = InlineArray(repeating: RandomStream.Draws(first: 0, second: 0))
  }

  /// The first draws of the next entity, which is `step` after the one asked for before.
  public mutating func next(_ entity: UInt64) -> RandomStream.Draws {
    if count == 0 || count == draws.count || entity != start &+ UInt64(count) &* step {
      draw(from: entity)
    }
    count &+= 1
    return draws[count &- 1]
  }

  private mutating func draw(from entity: UInt64) {
    start = entity
    count = 0
    for index in stride(from: 0, to: draws.count, by: 2) {
      let first = streams.stream(purpose, of: entity &+ UInt64(index) &* step)
      let second = streams.stream(purpose, of: entity &+ UInt64(index + 1) &* step)
      let pair = Philox.pair(at: first.counter, second.counter, key: streams.seed)
      draws[index] = RandomStream.Draws(pair.first)
      draws[index + 1] = RandomStream.Draws(pair.second)
    }
  }
}

/// A stream that is read from its beginning to its end: two blocks at a time are drawn ahead.
struct SequentialStream: Sendable {
  private var stream: RandomStream
  private var draws: InlineArray<4, UInt64>
  private var next = 4

  init(_ stream: RandomStream) {
    self.stream = stream
    draws = InlineArray(repeating: 0)
  }

  @inline(__always)
  mutating func bits() -> UInt64 {
    if next == draws.count { refill() }
    next &+= 1
    return draws[next &- 1]
  }

  @inline(never)
  private mutating func refill() {
    var second = stream
    second.draw &+= 1
    let pair = Philox.pair(at: stream.counter, second.counter, key: stream.seed)
    stream.draw &+= 2
    let (one, two) = (RandomStream.Draws(pair.first), RandomStream.Draws(pair.second))
    draws = [one.first, one.second, two.first, two.second]
    next = 0
  }
}

extension SequentialStream: RandomBits {}
