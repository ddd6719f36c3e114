import Engine

/// The timers that the engine armed, the next one first.
///
/// A binary heap by deadline and order of arming. One that was cancelled or armed again stays in the heap
/// until its turn, and is then nobody's; when most are, the heap is made anew.
struct ArmedTimers: Sendable {
  private struct Entry: Sendable, Codable {
    var at: Int64
    var order: UInt64
    var key: TimerKey

    func isBefore(_ other: Entry) -> Bool {
      at != other.at ? at < other.at : order < other.order
    }
  }

  private var heap: [Entry] = []
  /// Which arming of a key holds.
  private var current: [TimerKey: UInt64] = [:]
  private var order: UInt64 = 0

  init() {}

  /// How many are armed.
  var count: Int { current.count }

  /// When the next one is due.
  mutating func nextDeadline() -> EngineTime? {
    dropStale()
    return heap.first.map { EngineTime(nanoseconds: $0.at) }
  }

  mutating func arm(_ key: TimerKey, at time: EngineTime) {
    order += 1
    current[key] = order
    heap.append(Entry(at: time.nanoseconds, order: order, key: key))
    rise(heap.count - 1)
    if heap.count > 64, heap.count > 3 * current.count { rebuild() }
  }

  mutating func cancel(_ key: TimerKey) { current[key] = nil }

  /// The next one, if it is due; it stays until it is cancelled.
  mutating func due(through time: EngineTime) -> TimerKey? {
    dropStale()
    guard let first = heap.first, first.at <= time.nanoseconds else { return nil }
    return first.key
  }

  private func isCurrent(_ entry: Entry) -> Bool { current[entry.key] == entry.order }

  private mutating func dropStale() {
    while let first = heap.first, !isCurrent(first) { removeFirst() }
  }

  private mutating func rebuild() {
    // A list in order is a heap.
    heap = heap.filter(isCurrent).sorted { $0.isBefore($1) }
  }

  private mutating func removeFirst() {
    let last = heap.removeLast()
    guard !heap.isEmpty else { return }
    heap[0] = last
    sink(0)
  }

  private mutating func rise(_ start: Int) {
    var place = start
    while place > 0 {
      let parent = (place - 1) / 2
      guard heap[place].isBefore(heap[parent]) else { return }
      heap.swapAt(place, parent)
      place = parent
    }
  }

  private mutating func sink(_ start: Int) {
    var place = start
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && heap[child].isBefore(heap[least]) { least = child }
      guard least != place else { return }
      heap.swapAt(place, least)
      place = least
    }
  }
}

extension ArmedTimers: Codable {
  private enum Part: CodingKey { case entries, order }

  /// Reads the timers that were armed.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Part.self)
    heap = try container.decode([Entry].self, forKey: .entries)
    order = try container.decode(UInt64.self, forKey: .order)
    for entry in heap { current[entry.key] = entry.order }
  }

  /// Writes the timers that are armed, in order.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Part.self)
    try container.encode(heap.filter(isCurrent).sorted { $0.isBefore($1) }, forKey: .entries)
    try container.encode(order, forKey: .order)
  }
}
