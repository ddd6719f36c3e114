/// What became of the usual way of a rule, which stands above the general one in the same file.
enum UsualWay {
  /// It was taken: all is done.
  case taken
  /// More is to be looked at or follows, and nothing was changed: the general rule has its turn.
  case declined
}

/// Ways straight in for the events that are nearly all of a workspace's traffic.
///
/// Each does what `handle` does with the event of its name, without an event being made, copied and
/// looked into on the way. A journal, where one is kept, holds the event all the same.
extension EngineCore {
  /// Whether an event at this time may go straight on to what it says, where nobody cares about these
  /// things: the time can be, no journal is kept, and no copy shares the tables.
  @inline(__always)
  func isPlain(_ time: EngineTime, _ things: Concerns) -> Bool {
    // Adding one turns the time that never comes into the first of all.
    time.nanoseconds &+ 1 > now.nanoseconds
      && concerns.isDisjoint(with: things.union([.journal, .maybeShared]))
  }

  /// What begins an event that goes straight on.
  @inline(__always)
  mutating func pass(_ time: EngineTime) {
    eventCount &+= 1
    now = time
    #if DEBUG
      straight.count += 1
    #endif
  }

  /// Carries an event through to its end that does not go straight on.
  @inline(__always)
  mutating func carryThrough(
    _ event: @autoclosure () -> EngineEvent, at time: EngineTime,
    _ change: (inout EngineCore) throws(Refusal) -> Void
  ) {
    if concerns.contains(.journal) { write(event(), at: time) }
    do throws(Refusal) {
      try begin(at: time)
      try change(&self)
      finish()
    } catch {
      refuse(error)
    }
  }

  /// What every event begins with; refused are times that cannot be.
  @inline(__always)
  mutating func begin(at time: EngineTime) throws(Refusal) {
    eventCount &+= 1
    if concerns.contains(.maybeShared) { unshare() }
    guard time >= now, time < .never else { throw misplaced(time) }
    now = time
  }

  @inline(never)
  private mutating func misplaced(_ time: EngineTime) -> Refusal {
    guard time >= .zero, time < .never else { return .absurdTime(time) }
    return .timeWentBack(from: now, to: time)
  }

  /// What every event that was not refused ends with.
  @inline(__always)
  mutating func finish() { settle() }

  @inline(never)
  mutating func refuse(_ refusal: Refusal) { effects.append(.refused(refusal)) }

  @inline(never)
  private mutating func write(_ event: EngineEvent, at time: EngineTime) {
    journal?.append(event, at: time)
  }
}
