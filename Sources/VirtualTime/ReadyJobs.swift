/// Jobs of the Swift runtime that can go on now, first in first out.
///
/// Priorities are ignored: they would reorder work.
struct ReadyJobs {
  /// Which of the kernel's executors a job was sent to; it must be run under the same one.
  enum Kind: Sendable {
    /// An actor of the replication.
    case actor
    /// A process outside any actor.
    case process
    /// A sleeper whose time has come.
    case sleeper
  }

  private var jobs: [(UnownedJob, Kind)] = []
  private var head = 0

  var isEmpty: Bool { head == jobs.count }

  mutating func append(_ job: UnownedJob, _ kind: Kind) {
    jobs.append((job, kind))
  }

  mutating func removeFirst() -> (UnownedJob, Kind)? {
    guard head < jobs.count else { return nil }
    let first = jobs[head]
    head += 1
    if head == jobs.count {
      jobs.removeAll(keepingCapacity: true)
      head = 0
    } else if head >= 1024 && head * 2 > jobs.count {
      jobs.removeFirst(head)
      head = 0
    }
    return first
  }
}
