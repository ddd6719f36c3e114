/// Philox 4x32-10: a random number is a function of where it stands, not of what came before.
///
/// Ten rounds of multiplication mix a 128-bit counter under a 64-bit key (Salmon, Moraes, Dror and
/// Shaw, 2011). Nothing has to be stored or skipped to reach the millionth number of a stream.
public enum Philox {
  /// Four 32-bit words: a counter on the way in, random bits on the way out.
  @frozen
  public struct Words: Hashable, Sendable, BitwiseCopyable {
    /// Word 0, the lowest.
    public var w0: UInt32
    /// Word 1.
    public var w1: UInt32
    /// Word 2.
    public var w2: UInt32
    /// Word 3, the highest.
    public var w3: UInt32

    /// Makes a block from its words, the lowest first.
    @inlinable
    public init(_ w0: UInt32, _ w1: UInt32, _ w2: UInt32, _ w3: UInt32) {
      self.w0 = w0
      self.w1 = w1
      self.w2 = w2
      self.w3 = w3
    }
  }

  /// The random block at `counter` under `key`.
  @inlinable
  public static func block(at counter: Words, key: UInt64) -> Words {
    var x = counter
    var k0 = UInt32(truncatingIfNeeded: key)
    var k1 = UInt32(truncatingIfNeeded: key &>> 32)
    var round = 0
    while round < 10 {
      let a = 0xD251_1F53 &* UInt64(x.w0)
      let b = 0xCD9E_8D57 &* UInt64(x.w2)
      x = Words(
        UInt32(truncatingIfNeeded: b &>> 32) ^ x.w1 ^ k0,
        UInt32(truncatingIfNeeded: b),
        UInt32(truncatingIfNeeded: a &>> 32) ^ x.w3 ^ k1,
        UInt32(truncatingIfNeeded: a))
      k0 = k0 &+ 0x9E37_79B9
      k1 = k1 &+ 0xBB67_AE85
      round &+= 1
    }
    return x
  }

  /// Four blocks as draws of 64 bits: words 0 and 1 of two blocks, words 2 and 3 of the same two, and
  /// so with the other two.
  ///
  /// Each block for itself would be of more use; but Swift takes them apart within the rounds then.
  struct Four {
    let low: (SIMD2<UInt64>, SIMD2<UInt64>)
    let high: (SIMD2<UInt64>, SIMD2<UInt64>)

    /// The blocks one after the other, each of two draws.
    @inline(__always) var blocks: InlineArray<4, SIMD2<UInt64>> {
      [
        SIMD2(low.0.x, high.0.x), SIMD2(low.0.y, high.0.y),
        SIMD2(low.1.x, high.1.x), SIMD2(low.1.y, high.1.y),
      ]
    }
  }

  /// The blocks at four counters under one key, in less than the time of two.
  ///
  /// From one counter to the next, draw (word 0) and entity (words 1 and 2) grow by their steps.
  /// A round waits for the one before it; blocks beside each other fill the waiting, and a vector
  /// multiplies a word of two of them at once.
  @inline(never)
  static func four(
    fromDraw draw: UInt32, by drawStep: UInt32, entity: UInt64, by entityStep: UInt64,
    lane: UInt32, key: UInt64
  ) -> Four {
    let draws = SIMD2(UInt64(draw), UInt64(draw) &+ UInt64(drawStep))
    let entities = SIMD2(entity, entity &+ entityStep)
    var one = Pair(draws, entities, lane: lane)
    var two = Pair(
      draws &+ SIMD2(repeating: 2 &* UInt64(drawStep)),
      entities &+ SIMD2(repeating: 2 &* entityStep), lane: lane)
    var k0 = SIMD2(repeating: key & 0xFFFF_FFFF)
    var k1 = SIMD2(repeating: key &>> 32)
    var round = 0
    while round < 10 {
      one.mix(k0, k1)
      two.mix(k0, k1)
      k0 = k0 &+ SIMD2(repeating: 0x9E37_79B9)
      k1 = k1 &+ SIMD2(repeating: 0xBB67_AE85)
      // Two rounds at once: less is moved from one register to another.
      one.mix(k0, k1)
      two.mix(k0, k1)
      k0 = k0 &+ SIMD2(repeating: 0x9E37_79B9)
      k1 = k1 &+ SIMD2(repeating: 0xBB67_AE85)
      round &+= 2
    }
    return Four(low: (one.low, two.low), high: (one.high, two.high))
  }

  /// Two blocks, word for word beside each other; only the low halves of the lanes mean anything.
  private struct Pair {
    private var w0: SIMD2<UInt64>
    private var w1: SIMD2<UInt64>
    private var w2: SIMD2<UInt64>
    private var w3: SIMD2<UInt64>

    @inline(__always)
    init(_ draws: SIMD2<UInt64>, _ entities: SIMD2<UInt64>, lane: UInt32) {
      w0 = draws
      w1 = entities
      w2 = entities &>> 32
      w3 = SIMD2(repeating: UInt64(lane))
    }

    @inline(__always) mutating func mix(_ k0: SIMD2<UInt64>, _ k1: SIMD2<UInt64>) {
      let a = (w0 & 0xFFFF_FFFF) &* SIMD2(repeating: 0xD251_1F53)
      let b = (w2 & 0xFFFF_FFFF) &* SIMD2(repeating: 0xCD9E_8D57)
      w0 = (b &>> 32) ^ w1 ^ k0
      w2 = (a &>> 32) ^ w3 ^ k1
      w1 = b
      w3 = a
    }

    @inline(__always) var low: SIMD2<UInt64> { w0 & 0xFFFF_FFFF | w1 &<< 32 }
    @inline(__always) var high: SIMD2<UInt64> { w2 & 0xFFFF_FFFF | w3 &<< 32 }
  }
}
