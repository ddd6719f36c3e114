import CPlainLoops
import VirtualTime

/// The generator of the plain C loops: both sides draw the same numbers at the same price.
struct Draws {
  private var generator = plain_generator()

  init(seed: UInt64) {
    unsafe plain_seed(&generator, seed)
  }

  /// An exponential variate of that mean, in nanoseconds.
  @inline(__always) mutating func exponential(meanSeconds: Double) -> Int64 {
    Instant.nanoseconds(fromSeconds: unsafe plain_exponential(&generator) * meanSeconds)
  }
}
