import Engine
import VirtualTime

/// The engine's timers on the kernel: at most one for each run, contact, user and for the queues.
///
/// A timer that is always set for the same time, as a Wait step of 15 minutes is, gets a lane of its
/// own, where arming and cancelling cost the same for ten as for a million.
struct EngineTimers {
  private let kernel: Kernel
  private var target = Target.nobody
  private var runs: ContiguousArray<Armed> = []
  private var autoCloses: ContiguousArray<Armed> = []
  private var snoozes: ContiguousArray<Armed> = []
  private var inactivities: ContiguousArray<Armed> = []
  private var queues = Armed()
  private var lanes: [(length: Int64, lane: LaneID)] = []
  /// Lengths seen once: the second time one is worth a lane.
  private var seen: [Int64] = []

  private static let mostLanes = 8

  private struct Armed {
    var handle = TimerHandle.none
    var id: UInt64 = 0
  }

  /// Which kind of timer an event is.
  enum Kind: UInt16 {
    case run, autoClose, snooze, inactivity, queues
  }

  init(_ kernel: Kernel) { self.kernel = kernel }

  /// Where the timers go when they fire.
  mutating func wire(to target: Target) { self.target = target }

  mutating func arm(_ key: TimerKey, at deadline: Int64, now: Int64) {
    cancel(key)
    let (kind, index, id) = place(of: key)
    let event = Event(to: target, kind: kind.rawValue, subject: UInt32(index))
    let handle: TimerHandle
    if deadline == .max {
      handle = .none
    } else if let lane = lane(for: deadline - now) {
      handle = kernel.arm(event, in: lane)
    } else {
      handle = kernel.arm(event, at: Instant(nanoseconds: deadline))
    }
    set(Armed(handle: handle, id: id), kind, index)
  }

  mutating func cancel(_ key: TimerKey) {
    let (kind, index, id) = place(of: key)
    guard let armed = get(kind, index), armed.id == id else { return }
    kernel.cancel(armed.handle)
    set(Armed(), kind, index)
  }

  /// The key of a timer that has fired.
  mutating func key(of event: Event) -> TimerKey? {
    guard let kind = Kind(rawValue: event.kind) else { return nil }
    let index = Int(event.subject)
    guard let armed = get(kind, index) else { return nil }
    set(Armed(), kind, index)
    switch kind {
    case .run: return .run(RunID(armed.id))
    case .autoClose: return .autoClose(ContactID(armed.id))
    case .snooze: return .snooze(ContactID(armed.id))
    case .inactivity: return .inactivity(UserID(UInt32(truncatingIfNeeded: armed.id)))
    case .queues: return .queues
    }
  }

  private mutating func lane(for length: Int64) -> LaneID? {
    for known in lanes where known.length == length { return known.lane }
    guard lanes.count < Self.mostLanes, length > 0 else { return nil }
    guard let index = seen.firstIndex(of: length) else {
      if seen.count >= 64 { seen.removeFirst() }
      seen.append(length)
      return nil
    }
    seen.remove(at: index)
    let lane = kernel.addLane(nanoseconds: length)
    lanes.append((length, lane))
    return lane
  }

  private func place(of key: TimerKey) -> (Kind, Int, UInt64) {
    switch key {
    case .run(let id): (.run, id.slot, id.raw)
    case .autoClose(let id): (.autoClose, id.slot, id.raw)
    case .snooze(let id): (.snooze, id.slot, id.raw)
    case .inactivity(let id): (.inactivity, id.index, UInt64(id.raw))
    case .queues: (.queues, 0, 0)
    }
  }

  private func get(_ kind: Kind, _ index: Int) -> Armed? {
    switch kind {
    case .run: index < runs.count ? runs[index] : nil
    case .autoClose: index < autoCloses.count ? autoCloses[index] : nil
    case .snooze: index < snoozes.count ? snoozes[index] : nil
    case .inactivity: index < inactivities.count ? inactivities[index] : nil
    case .queues: queues
    }
  }

  private mutating func set(_ armed: Armed, _ kind: Kind, _ index: Int) {
    switch kind {
    case .run: Self.put(armed, at: index, in: &runs)
    case .autoClose: Self.put(armed, at: index, in: &autoCloses)
    case .snooze: Self.put(armed, at: index, in: &snoozes)
    case .inactivity: Self.put(armed, at: index, in: &inactivities)
    case .queues: queues = armed
    }
  }

  private static func put(_ armed: Armed, at index: Int, in table: inout ContiguousArray<Armed>) {
    while table.count <= index { table.append(Armed()) }
    table[index] = armed
  }
}
