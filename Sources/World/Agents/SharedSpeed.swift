import VirtualTime

/// Work that shares an agent's attention: with j conversations in hand each runs at its equal part of
/// the total speed for j.
///
/// Pure arithmetic over a few slots; the agent owns it and keeps one timer for the next end.
struct SharedSpeed {
  /// The total speed with each number of conversations in hand, from one.
  private let speeds: [Double]
  /// Work left in each slot, in nanoseconds at full speed; negative for a slot that is free.
  private var left: [Double]
  private var inHand = 0
  private var updated = Instant.start

  init(_ speeds: [Double]) {
    self.speeds = speeds
    left = Array(repeating: -1, count: speeds.count)
  }

  /// The speed of each conversation in hand now.
  private var speed: Double { inHand == 0 ? 0 : speeds[inHand - 1] / Double(inHand) }

  /// Counts the work done since the last change.
  private mutating func advance(to now: Instant) {
    let done = Double(now.nanoseconds(since: updated)) * speed
    updated = now
    guard done > 0 else { return }
    for slot in left.indices where left[slot] >= 0 { left[slot] = max(0, left[slot] - done) }
  }

  mutating func start(_ slot: Int, work: Int64, at now: Instant) {
    advance(to: now)
    left[slot] = Double(work)
    inHand += 1
  }

  /// Takes a conversation out of hand and tells what was left of its work.
  @discardableResult
  mutating func stop(_ slot: Int, at now: Instant) -> Int64 {
    advance(to: now)
    let rest = left[slot]
    guard rest >= 0 else { return 0 }
    left[slot] = -1
    inHand -= 1
    // Work that never ends is left as it was; the number itself may be beyond whole ones.
    return rest < 9e18 ? Int64(rest.rounded()) : .max
  }

  /// The slot that is done next, and when; the lower slot of two that are done together.
  func nextEnd(after now: Instant) -> (slot: Int, at: Instant)? {
    var best: Int?
    for slot in left.indices where left[slot] >= 0 {
      if let found = best, left[found] <= left[slot] { continue }
      best = slot
    }
    guard let best, speed > 0 else { return nil }
    let wait = (left[best] / speed).rounded(.up)
    guard wait < 9e18 else { return nil }
    let end = updated.advanced(byNanoseconds: Int64(wait))
    return end == .distantFuture ? nil : (best, max(now, end))
  }
}
