import VirtualTime

/// Work that shares an agent's attention: with j conversations in hand each runs at its equal part of
/// the total speed for j.
///
/// Pure arithmetic over a few slots; the agent owns it and keeps one timer for the next end.
final class SharedSpeed {
  /// The speed of each conversation with so many in hand, from none.
  private let speeds: FlatTable<Double>
  /// Work left in each slot, in nanoseconds at full speed; negative for a slot that is free.
  private let left: FlatTable<Double>
  @safe @exclusivity(unchecked) private var inHand = 0
  @safe @exclusivity(unchecked) private var updated = Instant.start

  /// - Parameter totals: The total speed with each number of conversations in hand, from one.
  init(_ totals: [Double]) {
    speeds = FlatTable(count: totals.count + 1)
    left = FlatTable(count: totals.count)
    for (slot, total) in totals.enumerated() {
      speeds[slot + 1] = total / Double(slot + 1)
      left[slot] = -1
    }
  }

  /// Counts the work done since the last change.
  private func advance(to now: Instant) {
    let done = Double(now.nanoseconds(since: updated)) * speeds[inHand]
    updated = now
    guard done > 0 else { return }
    for slot in 0..<left.capacity where left[slot] >= 0 { left[slot] = max(0, left[slot] - done) }
  }

  func start(_ slot: Int, work: Int64, at now: Instant) {
    advance(to: now)
    left[slot] = Double(work)
    inHand += 1
  }

  /// Takes a conversation out of hand and tells what was left of its work.
  @discardableResult
  func stop(_ slot: Int, at now: Instant) -> Int64 {
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
    var best = -1
    var least = Double.infinity
    for slot in 0..<left.capacity {
      let rest = left[slot]
      if rest >= 0, best < 0 || rest < least { (best, least) = (slot, rest) }
    }
    let speed = speeds[inHand]
    guard best >= 0, speed > 0 else { return nil }
    let wait = (least / speed).rounded(.up)
    guard wait < 9e18 else { return nil }
    let end = updated.advanced(byNanoseconds: Int64(wait))
    return end == .distantFuture ? nil : (best, max(now, end))
  }
}
