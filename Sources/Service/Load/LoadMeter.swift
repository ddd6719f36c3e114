import Statistics

/// What is measured of the operations, second by second; one thread's own.
struct LoadMeter {
  /// One second.
  struct Second: Sendable {
    let number: Int
    /// Latency by operation, in the order of `OperationKind`.
    var latency: [Histogram]
    /// From when an operation was taken up until it was carried out.
    var service = Histogram()
    /// Operations of the engine's own that came due: nobody sent them.
    var own = [Int](repeating: 0, count: OperationKind.allCases.count)

    init(_ number: Int) {
      self.number = number
      latency = Array(repeating: Histogram(), count: OperationKind.allCases.count)
    }

    mutating func merge(_ other: Second) {
      for place in latency.indices { latency[place].merge(other.latency[place]) }
      for place in own.indices { own[place] += other.own[place] }
      service.merge(other.service)
    }
  }

  private let start: Int64
  private(set) var second = Second(0)
  private var end: Int64
  /// Seconds that are over, for whoever takes them.
  private let finished: SecondBox

  init(start: Int64, finished: SecondBox) {
    self.start = start
    self.finished = finished
    end = start &+ 1_000_000_000
  }

  /// An operation is through.
  @inline(__always)
  mutating func note(_ kind: OperationKind, due: Int64, taken: Int64, done: Int64) {
    if done >= end { turn(at: done) }
    second.latency[Int(kind.rawValue)].record(max(0, done &- due))
    second.service.record(max(0, done &- taken))
  }

  /// An operation is through that the engine's side set itself.
  mutating func noteOwn(_ kind: OperationKind, due: Int64, taken: Int64, done: Int64) {
    if done >= end { turn(at: done) }
    second.latency[Int(kind.rawValue)].record(max(0, done &- due))
    // A timer is nobody's request, so that no client measures it.
    if kind != .timer { second.service.record(max(0, done &- taken)) }
    second.own[Int(kind.rawValue)] += 1
  }

  /// The second is over.
  private mutating func turn(at wall: Int64) {
    finished.put(second)
    let number = Int((wall &- start) / 1_000_000_000)
    second = Second(number)
    end = start &+ Int64(number + 1) &* 1_000_000_000
  }

  /// All is over.
  mutating func finish() { finished.put(second) }
}
