import Engine
import VirtualTime

/// The engine's clock shows what the kernel's shows: both count nanoseconds from the start of the run.
extension EngineTime {
  /// What the engine's clock shows at an instant of the run.
  @inline(__always)
  init(_ instant: Instant) { self.init(nanoseconds: instant.nanoseconds) }
}
