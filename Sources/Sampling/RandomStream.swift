/// One endless sequence of random numbers, named by what it is for and whom it belongs to.
///
/// A stream is some fifty bytes made on the spot: nothing is allocated, warmed up or shared. Its numbers
/// are a function of its name alone, so it does not matter who else draws, or in which order.
/// It repeats itself after 2^33 numbers and never meets another stream.
@frozen
public struct RandomStream: Sendable {
  /// The key of the generator: the seed of the run.
  public let seed: UInt64
  /// The conversation, agent or population that the stream belongs to.
  public let entity: UInt64
  /// The replication in the high 22 bits, the purpose in the low 10.
  public let lane: UInt32
  /// The number of the next block of two draws.
  @usableFromInline internal var draw: UInt32
  /// The latest block, and how many of its two draws are left.
  @usableFromInline internal var block: Draws
  @usableFromInline internal var left: UInt8

  @inlinable
  internal init(seed: UInt64, entity: UInt64, lane: UInt32, draw: UInt32) {
    self.seed = seed
    self.entity = entity
    self.lane = lane
    self.draw = draw
    block = Draws(first: 0, second: 0)
    left = 0
  }

  /// The two draws of a block.
  @frozen
  public struct Draws: Hashable, Sendable, BitwiseCopyable {
    /// The first 64 bits.
    public var first: UInt64
    /// The other 64 bits.
    public var second: UInt64

    @inlinable
    internal init(first: UInt64, second: UInt64) {
      self.first = first
      self.second = second
    }

    @inlinable
    internal init(_ block: Philox.Words) {
      first = UInt64(block.w0) | UInt64(block.w1) &<< 32
      second = UInt64(block.w2) | UInt64(block.w3) &<< 32
    }
  }

  /// Where the next block stands: draw (32 bits), entity (64), purpose (10) and replication (22).
  @inlinable
  public var counter: Philox.Words {
    Philox.Words(
      draw, UInt32(truncatingIfNeeded: entity), UInt32(truncatingIfNeeded: entity &>> 32), lane)
  }

  /// The next 64 random bits.
  @inlinable @inline(__always)
  public mutating func bits() -> UInt64 {
    if left == 1 {
      left = 0
      return block.second
    }
    if left == 0 { drawBlock() }
    left = 1
    return block.first
  }

  /// The next 64 random bits, where some of the latest block are left.
  @inline(__always)
  var atHand: UInt64 { left == 1 ? block.second : block.first }

  @usableFromInline @inline(never)
  internal mutating func drawBlock() {
    block = Draws(Philox.block(at: counter, key: seed))
    draw = draw &+ 1
  }

  /// A number strictly between 0 and 1.
  ///
  /// The numerator has 53 bits, the last of them set: neither end can come, one half is the exact
  /// mean, and `1 - u` is exact.
  @inlinable
  public mutating func uniform() -> Double {
    Double(Int64(truncatingIfNeeded: bits() &>> 11 | 1)) * 0x1p-53
  }

  /// A whole number from 0 up to, not including, `bound`, each equally likely.
  @inlinable
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "a random whole number needs a bound above 0")
    // Lemire's method: the high half of a product; the few low halves that would favour some
    // numbers are drawn again.
    let bound = UInt64(bound)
    var product = bits().multipliedFullWidth(by: bound)
    if product.low < bound {
      let unfair = (0 &- bound) % bound
      while product.low < unfair { product = bits().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// True with the given probability: never at 0 or below, always at 1 or above.
  @inlinable
  public mutating func chance(_ probability: Double) -> Bool {
    uniform() < probability
  }
}
