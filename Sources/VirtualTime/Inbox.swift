import Glibc
import Synchronization

/// What other threads leave for a kernel, and the bell that tells it to look.
final class Inbox: Sendable {
  enum Item: Sendable {
    case event(Event)
    case job(UnownedJob, ReadyJobs.Kind)
    case stop
  }

  private let items = Mutex<[Item]>([])
  /// Whether something lies here; read without the lock between batches of events.
  private let bell = Atomic<Bool>(false)
  private let alarm = Alarm()

  var hasMail: Bool { bell.load(ordering: .acquiring) }

  func put(_ item: Item) {
    items.withLock { $0.append(item) }
    bell.store(true, ordering: .releasing)
    alarm.ring()
  }

  /// Takes everything, in the order in which it came.
  func take() -> [Item] {
    bell.store(false, ordering: .sequentiallyConsistent)
    return items.withLock { items in
      let taken = items
      items = []
      return taken
    }
  }

  /// Waits until something is here, or that many nanoseconds have passed.
  func wait(nanoseconds: Int64?) {
    alarm.wait(nanoseconds: nanoseconds)
  }
}
