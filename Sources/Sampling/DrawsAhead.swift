/// The first draws of streams of one purpose, for entities that come one after the other.
///
/// Four blocks are drawn at a time, which takes less than two alone. The numbers are those that
/// each stream gives by itself: what is drawn ahead and never used changes nothing.
public struct DrawsAhead: Sendable {
  private let streams: RandomStreams
  private let purpose: Purpose
  /// From one entity to the next.
  @usableFromInline let step: UInt64
  /// The entity that the next of the blocks at hand belongs to.
  @usableFromInline var upcoming: UInt64 = 0
  /// How many of the blocks at hand were used.
  @usableFromInline var used = 4
  @usableFromInline var draws: InlineArray<4, SIMD2<UInt64>>

  /// Nothing drawn yet, for entities that are `step` apart.
  public init(_ streams: RandomStreams, _ purpose: Purpose, step: UInt64) {
    self.streams = streams
    self.purpose = purpose
    self.step = step
    draws = InlineArray(repeating: SIMD2())
  }

  /// The first draws of the next entity, which is `step` after the one asked for before.
  @inlinable @inline(__always)
  public mutating func next(_ entity: UInt64) -> RandomStream.Draws {
    if used == 4 || entity != upcoming { draw(from: entity) }
    let block = draws[used]
    used &+= 1
    upcoming = entity &+ step
    return RandomStream.Draws(first: block.x, second: block.y)
  }

  @usableFromInline @inline(never) mutating func draw(from entity: UInt64) {
    let first = streams.stream(purpose, of: entity)
    let four = Philox.four(
      fromDraw: first.draw, by: 0, entity: entity, by: step, lane: first.lane, key: first.seed)
    draws = four.blocks
    used = 0
  }
}

/// A stream that is read from its beginning to its end: four blocks at a time are drawn ahead.
struct SequentialStream: Sendable {
  private let seed: UInt64
  private let entity: UInt64
  private let lane: UInt32
  private var draw: UInt32
  private var draws: InlineArray<4, SIMD2<UInt64>>
  private var used = 8

  init(_ stream: RandomStream) {
    (seed, entity, lane, draw) = (stream.seed, stream.entity, stream.lane, stream.draw)
    draws = InlineArray(repeating: SIMD2())
  }

  @inline(__always)
  mutating func bits() -> UInt64 {
    if used == 8 { refill() }
    let bits = draws[used &>> 1][used & 1]
    used &+= 1
    return bits
  }

  @inline(never)
  private mutating func refill() {
    let four = Philox.four(
      fromDraw: draw, by: 1, entity: entity, by: 0, lane: lane, key: seed)
    draw &+= 4
    draws = four.blocks
    used = 0
  }
}

extension SequentialStream: RandomBits {}
