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

  /// The random blocks at two counters under one key, in little more than the time of one.
  ///
  /// A round waits for the one before it; two blocks beside each other fill the waiting. Words 0 and 2
  /// of a block, which are multiplied, lie in two lanes, and so do words 1 and 3.
  public static func pair(
    at first: Words, _ second: Words, key: UInt64
  ) -> (first: Words, second: Words) {
    var (one, two) = (Lanes(first), Lanes(second))
    var key = SIMD2(key & 0xFFFF_FFFF, key &>> 32)
    var round = 0
    while round < 10 {
      one.mix(key)
      two.mix(key)
      key = key &+ SIMD2(0x9E37_79B9, 0xBB67_AE85)
      round &+= 1
    }
    return (one.words, two.words)
  }

  /// A block in two vectors; only the low halves of their lanes mean anything.
  private struct Lanes {
    private var multiplied: SIMD2<UInt64>
    private var mixedIn: SIMD2<UInt64>

    @inline(__always) init(_ words: Words) {
      multiplied = SIMD2(UInt64(words.w0), UInt64(words.w2))
      mixedIn = SIMD2(UInt64(words.w1), UInt64(words.w3))
    }

    @inline(__always) mutating func mix(_ key: SIMD2<UInt64>) {
      let product = (multiplied & 0xFFFF_FFFF) &* SIMD2(0xD251_1F53, 0xCD9E_8D57)
      let swapped = SIMD2(product.y, product.x)
      multiplied = (swapped &>> 32) ^ mixedIn ^ key
      mixedIn = swapped
    }

    @inline(__always) var words: Words {
      Words(
        UInt32(truncatingIfNeeded: multiplied.x), UInt32(truncatingIfNeeded: mixedIn.x),
        UInt32(truncatingIfNeeded: multiplied.y), UInt32(truncatingIfNeeded: mixedIn.y))
    }
  }
}
