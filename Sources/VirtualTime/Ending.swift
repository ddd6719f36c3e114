/// How a run ended, where, and what it takes to see it again.
public struct Ending: Hashable, Sendable {
  /// Why the run ended.
  public enum Reason: Hashable, Sendable {
    /// Nothing is pending and nobody waits.
    case finished
    /// The instant up to which it was to run has been reached.
    case horizon
    /// `stop` was called: by an actor that had seen enough, or by another thread as an interruption.
    case stopped
    /// Nothing is pending, and these still wait for something.
    case deadlock(waiting: [String])
    /// Work of this task reached the kernel from another thread.
    case escapedJob(task: String)
    /// That many events were handled, the most that were allowed.
    case eventLimit(UInt64)
    /// That many events happened without time moving on.
    case noProgress(events: UInt64)
    /// That many events were pending, the most there is room for.
    case queueFull(pending: Int)
    /// Whoever runs it allows no more of something.
    case gaveUp(String)
  }

  /// Why the run ended.
  public let reason: Reason
  /// The seed of the run, as the kernel was given it.
  public let seed: UInt64
  /// The virtual time at the end.
  public let instant: Instant
  /// How many events were handled since the start.
  public let events: UInt64
  /// The rolling hash over all of them.
  public let fingerprint: UInt64

  /// Whether the run did what it was asked for: finished, reached its horizon, or was stopped.
  public var isOrderly: Bool {
    switch reason {
    case .finished, .horizon, .stopped: true
    default: false
    }
  }
}

extension Ending: CustomStringConvertible {
  /// One sentence: what happened, when, under which seed.
  public var description: String {
    "\(reason) at \(instant) (seed \(seed), \(events) events)"
  }
}

extension Ending.Reason: CustomStringConvertible {
  /// What happened, without when.
  public var description: String {
    switch self {
    case .finished: "finished"
    case .horizon: "reached its horizon"
    case .stopped: "stopped"
    case .deadlock(let waiting):
      "deadlock: nothing is pending, but still waiting: \(waiting.joined(separator: ", "))"
    case .escapedJob(let task):
      "escaped job: task '\(task)' came back from another thread; "
        + "start tasks with Kernel.spawn and suspend only on the kernel's clock"
    case .eventLimit(let limit):
      "event limit: \(limit) events were handled, the most this run may have"
    case .noProgress(let events):
      "no progress: \(events) events happened and virtual time stood still; "
        + "look for a loop without a delay"
    case .queueFull(let pending):
      "queue full: \(pending) events are pending, the most there is room for"
    case .gaveUp(let why): "gave up: \(why)"
    }
  }
}
