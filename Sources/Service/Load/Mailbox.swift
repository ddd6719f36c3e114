import Synchronization
import VirtualTime

/// Batches of plain records from one thread to another.
final class Mailbox<Item: BitwiseCopyable & Sendable>: Sendable {
  private let items = Mutex<ContiguousArray<Item>>([])
  private let hasItems = Atomic<Bool>(false)
  private let sleeps = Atomic<Bool>(false)
  private let alarm = Alarm()

  /// Leaves a batch; the sender's array is empty afterwards and keeps its room.
  func put(_ batch: inout ContiguousArray<Item>) {
    guard !batch.isEmpty else { return }
    items.withLock { $0.append(contentsOf: batch) }
    batch.removeAll(keepingCapacity: true)
    hasItems.store(true, ordering: .sequentiallyConsistent)
    if sleeps.load(ordering: .sequentiallyConsistent) { alarm.ring() }
  }

  /// Takes all that is there, in the order in which it came.
  func take(into batch: inout ContiguousArray<Item>) {
    batch.removeAll(keepingCapacity: true)
    guard hasItems.load(ordering: .acquiring) else { return }
    items.withLock { items in
      hasItems.store(false, ordering: .sequentiallyConsistent)
      // The emptied array goes back, so that neither side allocates.
      swap(&items, &batch)
    }
  }

  /// Wakes the receiver though nothing is there.
  func ring() { alarm.ring() }

  /// Waits until something is there, or this moment has come.
  ///
  /// For the last stretch the receiver looks again and again: to be woken takes a system tens of microseconds.
  func wait(until wall: Int64, lookingFor stretch: Int64) {
    let begin = Alarm.now()
    while true {
      let now = Alarm.now()
      if hasItems.load(ordering: .acquiring) || now >= wall { return }
      if now &- begin >= stretch, wall &- now > stretch { break }
    }
    sleeps.store(true, ordering: .sequentiallyConsistent)
    // Whoever put something before that did not ring.
    if !hasItems.load(ordering: .sequentiallyConsistent) {
      alarm.wait(nanoseconds: max(1, wall &- stretch &- Alarm.now()))
    }
    sleeps.store(false, ordering: .sequentiallyConsistent)
  }
}
