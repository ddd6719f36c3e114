/// Ways straight in for the events that are nearly all of a workspace's traffic.
///
/// Each does what `handle` does with the event of its name, without an event being made, copied and
/// looked into on the way. A journal, where one is kept, holds the event all the same.
extension EngineCore {
  /// A contact sends words: `EngineEvent.contactWrites`.
  @inline(__always)
  public mutating func contactWrites(
    _ contact: ContactID, on channel: ChannelID, text: String, at time: EngineTime
  ) {
    guard isPlain(time, []) else {
      return contactWritesRarely(contact, on: channel, text: text, at: time)
    }
    pass(time)
    do throws(Refusal) {
      try contactWrites(contact, on: channel, text: text)
      finish()
    } catch {
      refuse(error)
    }
  }

  @inline(never)
  private mutating func contactWritesRarely(
    _ contact: ContactID, on channel: ChannelID, text: String, at time: EngineTime
  ) {
    carryThrough(.contactWrites(contact, on: channel, text: text), at: time) {
      (core) throws(Refusal) in try core.contactWrites(contact, on: channel, text: text)
    }
  }

  /// A contact that is unknown so far sends words: `contactWrites` of the next contact, who is told.
  @inline(__always)
  public mutating func newContactWrites(
    on channel: ChannelID, text: String, at time: EngineTime
  ) -> ContactID {
    guard let contact = arrivesAtOnce(on: channel, text: text, at: time) else {
      return newContactWritesRarely(on: channel, text: text, at: time)
    }
    arrived(contact)
    return contact
  }

  @inline(__always)
  mutating func newContactWritesRarely(
    on channel: ChannelID, text: String, at time: EngineTime
  ) -> ContactID {
    let contact = nextContact
    contactWrites(contact, on: channel, text: text, at: time)
    return contact
  }

  /// A message is sent by hand or by a program: `EngineEvent.sends`.
  @inline(__always)
  public mutating func sends(
    _ contact: ContactID, text: String, by actor: Actor, at time: EngineTime
  ) {
    if sendsAtOnce(contact, text: text, by: actor, at: time) { return }
    sendsRarely(contact, text: text, by: actor, at: time)
  }

  @inline(never)
  mutating func sendsRarely(
    _ contact: ContactID, text: String, by actor: Actor, at time: EngineTime
  ) {
    carryThrough(.sends(contact, text: text, by: actor), at: time) {
      (core) throws(Refusal) in try core.sends(contact, text: text, by: actor)
    }
  }

  /// A contact's conversation is closed: `EngineEvent.closes`.
  @inline(__always)
  public mutating func closes(
    _ contact: ContactID, by actor: Actor, note: ClosingNote?, at time: EngineTime
  ) {
    if note == nil, let assignee = closesAtOnce(contact, by: actor, at: time) {
      return lightens(assignee)
    }
    closesRarely(contact, by: actor, note: note, at: time)
  }

  @inline(never)
  mutating func closesRarely(
    _ contact: ContactID, by actor: Actor, note: ClosingNote?, at time: EngineTime
  ) {
    carryThrough(.closes(contact, by: actor, note: note), at: time) {
      (core) throws(Refusal) in try core.closes(contact, by: actor, note: note)
    }
  }

  /// A user answers on the channel that the contact wrote on last, as far as the host knows, and closes
  /// with it: `EngineEvent.sends` and `EngineEvent.closes` after each other.
  @inline(__always)
  public mutating func answersAndCloses(
    _ contact: ContactID, on channel: ChannelID, text: String, by user: UserID,
    at time: EngineTime
  ) {
    if isPlain(text),
      let assignee = answersAndClosesAtOnce(contact, on: channel, by: user, at: time)
    {
      return lightens(assignee)
    }
    answersAndClosesRarely(contact, text: text, by: user, at: time)
  }

  @inline(never)
  private mutating func answersAndClosesRarely(
    _ contact: ContactID, text: String, by user: UserID, at time: EngineTime
  ) {
    sendsRarely(contact, text: text, by: .user(user), at: time)
    closesRarely(contact, by: .user(user), note: nil, at: time)
  }

  /// A message that the engine sent arrived: `EngineEvent.messageDelivered`.
  @inline(__always)
  public mutating func messageDelivered(_ message: OutgoingMessage, at time: EngineTime) {
    // Nearly always nothing follows from it: the answer of a user, who had the contact before.
    if case .user = message.sender, isPlain(time, .arrivals) {
      pass(time)
      return
    }
    messageDeliveredRarely(message, at: time)
  }

  @inline(never)
  private mutating func messageDeliveredRarely(
    _ message: OutgoingMessage, at time: EngineTime
  ) {
    carryThrough(.messageDelivered(message), at: time) {
      (core) throws(Refusal) in try core.messageDelivered(message)
    }
  }

  /// A contact of whom nothing is to be kept goes: `EngineEvent.contactForgotten`.
  @inline(__always)
  public mutating func forget(_ contact: ContactID, at time: EngineTime) {
    if forgetsAtOnce(contact, at: time) { return }
    forgetRarely(contact, at: time)
  }

  @inline(never)
  mutating func forgetRarely(_ contact: ContactID, at time: EngineTime) {
    carryThrough(.contactForgotten(contact), at: time) {
      (core) throws(Refusal) in try core.forget(contact)
    }
  }

  /// A timer went off: `EngineEvent.timerFires`.
  @inline(__always)
  public mutating func timerFires(_ key: TimerKey, at time: EngineTime) {
    if let place = wakes(key, at: time) { return goesOn(place) }
    timerFiresRarely(key, at: time)
  }

  @inline(never)
  mutating func timerFiresRarely(_ key: TimerKey, at time: EngineTime) {
    carryThrough(.timerFires(key), at: time) {
      (core) throws(Refusal) in try core.timerFires(key)
    }
  }

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
  private mutating func carryThrough(
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
