/// A lane: timers of one constant length, armed in the order in which they will fire.
///
/// Such timers need no sorting. Only the first of a lane is in the heap; the others stand behind it
/// in a doubly linked list, so arming and cancelling one of them costs the same for two or for a
/// million, and the order among all events is exactly what the heap alone would give.
@frozen public struct Lane: BitwiseCopyable {
  @usableFromInline var length: Int64
  /// First and last slot, one more than the slot's number; zero for an empty lane.
  @usableFromInline var first: UInt32
  @usableFromInline var final: UInt32

  @inlinable init(length: Int64) {
    self.length = length
    first = 0
    final = 0
  }
}

/// A timer's place in its lane.
@frozen public struct LaneLink: BitwiseCopyable {
  @usableFromInline var key: EventKey
  /// Neighbours, one more than the slot's number; zero for none.
  @usableFromInline var next: UInt32
  @usableFromInline var previous: UInt32
  @usableFromInline var lane: UInt32

  @inlinable init(key: EventKey, previous: UInt32, lane: UInt32) {
    self.key = key
    next = 0
    self.previous = previous
    self.lane = lane
  }
}

/// The number of a lane for timers of one constant length.
@frozen public struct LaneID: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline let index: UInt32

  @inlinable init(index: UInt32) {
    self.index = index
  }
}

extension EventQueue {
  /// Opens a lane for timers that all run for the same time.
  public mutating func addLane(length nanoseconds: Int64) -> LaneID {
    if laneCount == lanes.capacity { lanes.resize(to: max(8, laneCount * 2)) }
    if links.capacity < positions.capacity { links.resize(to: positions.capacity) }
    lanes[laneCount] = Lane(length: max(0, nanoseconds))
    laneCount += 1
    return LaneID(index: UInt32(laneCount - 1))
  }

  /// Adds a timer that fires when the lane's time has passed; `none` when there is no slot left.
  @inlinable public mutating func push(
    _ event: Event, in id: LaneID, now: Int64
  ) -> TimerHandle {
    let index = Int(id.index)
    precondition(index < laneCount, "a lane of another queue")
    let slot = takeSlot()
    if slot < 0 { return .none }
    events[slot] = event
    var lane = lanes[index]
    let (due, overflow) = now.addingReportingOverflow(lane.length)
    let key = nextKey(overflow ? .max : due, .timer, lane: true, slot: slot)
    let name = UInt32(truncatingIfNeeded: slot + 1)
    let previous = lane.final
    links[slot] = LaneLink(key: key, previous: previous, lane: id.index)
    lane.final = name
    if previous == 0 {
      lane.first = name
      lanes[index] = lane
      insert(key)
    } else {
      assert(links[Int(previous) - 1].key < key, "time went backwards in a lane")
      lanes[index] = lane
      links[Int(previous) - 1].next = name
      positions[slot] = Self.inLane
      behindHeads += 1
    }
    return TimerHandle(bits: key.low)
  }

  /// After the head was popped: the one behind it takes its place in the open root.
  @usableFromInline mutating func advanceLane(of slot: Int) {
    let link = links[slot]
    unlink(link)
    guard link.next != 0 else { return }
    behindHeads -= 1
    insert(links[Int(link.next) - 1].key)
    if count < shrinkBelow { shrink() }
  }

  /// Takes a timer out of its lane, and out of the heap if it is the head.
  @usableFromInline mutating func leaveLane(_ slot: Int, _ position: UInt32) {
    let link = links[slot]
    unlink(link)
    if position & Self.inLane != 0 {
      behindHeads -= 1
      if count < shrinkBelow { shrink() }
    } else if link.next != 0 {
      behindHeads -= 1
      place(links[Int(link.next) - 1].key, at: Int(position))
    } else {
      remove(at: Int(position))
    }
  }

  @inlinable mutating func unlink(_ link: LaneLink) {
    let index = Int(link.lane)
    if link.previous == 0 {
      lanes[index].first = link.next
    } else {
      links[Int(link.previous) - 1].next = link.next
    }
    if link.next == 0 {
      lanes[index].final = link.previous
    } else {
      links[Int(link.next) - 1].previous = link.previous
    }
  }
}
