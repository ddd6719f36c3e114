extension EngineCore {
  /// A timer went off: `EngineEvent.timerFires`.
  @inline(__always)
  public mutating func timerFires(_ key: TimerKey, at time: EngineTime) {
    if let place = wakes(key, at: time) { return goesOn(place) }
    timerFiresInGeneral(key, at: time)
  }

  @inline(never)
  mutating func timerFiresInGeneral(_ key: TimerKey, at time: EngineTime) {
    carryThrough(.timerFires(key), at: time) {
      (core) throws(Refusal) in try core.timerFires(key)
    }
  }

  /// Wakes a run whose Wait step is over.
  ///
  /// Gives its place, where `goesOn` is still to be said; nil for all others, which `timerFires` takes.
  @inline(__always)
  mutating func wakes(_ key: TimerKey, at time: EngineTime) -> Int? {
    guard isPlain(time, []), case .run(let id) = key, id.slot < runs.count else { return nil }
    let run = runs.handle(id.slot)
    guard run.row.state == .waiting, run.row.generation == id.generation,
      run.row.deadline <= time
    else { return nil }
    pass(time)
    run.row.deadline = .never
    run.row.counter &+= 1
    run.row.state = .ready
    return id.slot
  }

  /// A run that was woken goes on; what follows from it ends the event.
  @inline(__always)
  mutating func goesOn(_ place: Int) {
    // Nothing else is left to do yet, so this run's turn is now.
    execute(place)
    finish()
  }

  @inline(never)
  mutating func timerFires(_ key: TimerKey) throws(Refusal) {
    guard case .run(let id) = key else { return try rarerTimerFires(key) }
    guard let place = live(id) else { throw .staleTimer(key) }
    let deadline = runs[place].deadline
    guard deadline != .never else { throw .staleTimer(key) }
    guard deadline <= now else { throw .earlyTimer(key, expected: deadline) }
    deadlinePassed(place)
  }

  @inline(never)
  private mutating func rarerTimerFires(_ key: TimerKey) throws(Refusal) {
    switch key {
    case .run: preconditionFailure("a frequent timer came the way of the rare ones")
    case .autoClose(let contact):
      guard let slot = try? known(contact), contacts[slot].autoCloseAt != .never else {
        throw .staleTimer(key)
      }
      guard contacts[slot].autoCloseAt <= now else {
        throw .earlyTimer(key, expected: contacts[slot].autoCloseAt)
      }
      contacts[slot].autoCloseAt = .never
      close(slot, source: .autoClose, actor: .workspace, note: nil)
    case .snooze(let contact):
      try snoozeOver(contact, key)
    case .inactivity(let user):
      try inactivityPassed(user, key)
    case .queues:
      guard queuesPolledAt != .never else { throw .staleTimer(key) }
      guard queuesPolledAt <= now else { throw .earlyTimer(key, expected: queuesPolledAt) }
      pollQueues()
    }
  }
}
