import Sampling

/// Random numbers for what a fit needs, each from a stream named by the seed and its use.
struct Draws {
  private let streams: RandomStreams?
  private let base: UInt64

  /// The streams of a quantity; equal names and seeds give equal numbers.
  init(seed: UInt64, name: String) {
    streams = try? RandomStreams(seed: seed, replication: 0)
    // FNV-1a: the name decides, not the order in which quantities are fitted.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    base = hash
  }

  /// The stream for one use, such as a resample.
  func stream(_ use: Int) -> RandomStream? {
    streams?.stream(.resampling, of: base &+ UInt64(truncatingIfNeeded: use))
  }
}
