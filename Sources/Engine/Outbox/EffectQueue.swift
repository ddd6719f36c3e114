/// Effects on their way out, in order.
///
/// Each is a record of plain numbers, so that queueing one counts no references. A host that asks for
/// details has the frequent ones as whole effects too, like the rare ones, which always are; messages
/// and timers stand beside them as numbers, for they are frequent with every host.
@usableFromInline
struct EffectQueue: Sendable, Codable {
  @usableFromInline var records = Turns<EffectRecord>()
  @usableFromInline var messages = Turns<MessageOut>()
  @usableFromInline var timers = Turns<TimerOrder>()
  private var texts = Slate<String>()
  private var wholes: ContiguousArray<EngineEffect> = []
  private var keepsDetails = true
  /// Whether an assignment by a user's hand is kept as a whole all the same: a record does not tell whose.
  private var keepsAssigners = false
  /// Whether more is to be wiped than records, messages and timers once all effects are out.
  @usableFromInline var leavesMore = false
  /// Where the effect stands that the conversation at hand was opened, while it is the last and the host
  /// cannot have seen it; or negative.
  var openedPlace = -1
  /// Whether an outer call is emptying the queue.
  var isDraining = false

  /// A message on its way out, and where its words are; negative where it has none.
  @usableFromInline
  struct MessageOut: Sendable, Codable, BitwiseCopyable {
    @usableFromInline var message: OutgoingMessage
    var text: Int32
  }

  var isEmpty: Bool { records.isEmpty }

  /// Goes on in memory of its own.
  mutating func separate() {
    records.separate()
    messages.separate()
    timers.separate()
  }

  /// Keeps of the frequent effects no more than their record, or all; while there are none.
  mutating func keepDetails(_ keeps: Bool, assigners: Bool) {
    precondition(isEmpty, "what is kept of effects cannot change while some are on their way")
    keepsDetails = keeps
    keepsAssigners = assigners
  }

  // MARK: The frequent effects

  @inline(__always)
  mutating func opened(_ opening: Opening) {
    if keepsDetails { return append(.conversationOpened(opening)) }
    records.append(EffectRecord(.opened, opening.contact, user: opening.assignee))
  }

  @inline(__always)
  mutating func closed(
    _ contact: ContactID, _ conversation: ConversationID, _ account: ClosedConversation
  ) {
    if keepsDetails { return append(.conversationClosed(contact, conversation, account)) }
    records.append(EffectRecord(.closed, contact, account: account))
  }

  @inline(__always)
  mutating func assigned(_ entry: AssignmentEntry) {
    if keepsDetails { return append(.assigneeChanged(entry)) }
    if keepsAssigners, case .user = entry.actor { return append(.assigneeChanged(entry)) }
    records.append(EffectRecord(.assigned, entry.contact, user: entry.to, by: entry.source))
  }

  @inline(__always)
  mutating func runStarted(_ run: RunID, _ workflow: WorkflowID, _ contact: ContactID) {
    if keepsDetails { return append(.runStarted(run, workflow, contact)) }
    records.append(EffectRecord(.runStarted, contact))
  }

  @inline(__always)
  mutating func runEnded(
    _ run: RunID, _ workflow: WorkflowID, _ contact: ContactID, _ reason: ExitReason
  ) {
    if keepsDetails { return append(.runEnded(run, workflow, contact, reason)) }
    records.append(EffectRecord(.runEnded, contact))
  }

  /// Queues that a run began and waits, in one record: for a host that omits details.
  @inline(__always)
  mutating func runWaits(_ run: RunID, until time: EngineTime, _ contact: ContactID) {
    records.append(EffectRecord(.runWaits, contact, number: place(after: timers)))
    timers.append(TimerOrder(key: .run(run), at: time))
  }

  mutating func armTimer(_ key: TimerKey, at time: EngineTime) {
    append(TimerOrder(key: key, at: time), .timerArmed)
  }

  mutating func cancelTimer(_ key: TimerKey) {
    append(TimerOrder(key: key, at: .never), .timerCancelled)
  }

  @inline(__always)
  mutating func append(_ order: TimerOrder, _ kind: EffectRecord.Kind) {
    records.append(EffectRecord(kind, ContactID(0), number: place(after: timers)))
    timers.append(order)
  }

  /// Queues a message with its words.
  @inline(__always)
  mutating func send(_ message: OutgoingMessage, text: String) {
    var place: Int32 = -1
    if !text.isEmpty {
      leavesMore = true
      place = Int32(truncatingIfNeeded: texts.count)
      texts.append(text)
    }
    records.append(record(of: message))
    messages.append(MessageOut(message: message, text: place))
  }

  @inline(__always)
  func record(of message: OutgoingMessage) -> EffectRecord {
    var kind = EffectRecord.Kind.sent
    // Numbers of channels are small; another one would go the way of the other messages.
    if case .user = message.sender, message.channel.raw <= UInt16.max { kind = .sentByUser }
    return EffectRecord(
      kind, message.contact, number: place(after: messages),
      channel: UInt16(truncatingIfNeeded: message.channel.raw))
  }

  func place(after turns: Turns<some Any>) -> Int32 {
    Int32(truncatingIfNeeded: turns.places.upperBound)
  }

  // MARK: The others

  /// Queues an effect as it is.
  @inline(never)
  mutating func append(_ effect: EngineEffect) {
    leavesMore = true
    records.append(
      EffectRecord(.other, ContactID(0), number: Int32(truncatingIfNeeded: wholes.count)))
    wholes.append(effect)
  }

  // MARK: For a host that asks for records only

  /// Whether a record can be queued without more memory.
  @inline(__always) var hasRoom: Bool { records.hasRoom }
  /// Whether a message can be queued besides its record.
  @inline(__always) var hasRoomForMessage: Bool { messages.hasRoom }

  /// Queues a record; there is room.
  @inline(__always)
  mutating func appendInRoom(_ record: EffectRecord) { records.appendInRoom(record) }

  /// Queues a user's message without its words, on a channel whose number is small; there is room.
  @inline(__always)
  mutating func appendInRoom(_ message: OutgoingMessage) {
    records.appendInRoom(record(of: message))
    messages.appendInRoom(MessageOut(message: message, text: -1))
  }

  /// Where the last record stands; negative if there is none.
  @inline(__always) var lastPlace: Int { records.places.upperBound &- 1 }

  /// Puts a record in the place of the last one, which it tells as well.
  @inline(__always)
  mutating func replaceLast(_ record: EffectRecord) { records.replaceLast(record) }

  // MARK: Out

  /// Takes out the next effect; nil when all are out.
  mutating func next() -> EngineEffect? {
    guard let record = records.next() else { return nil }
    return whole(record)
  }

  /// The effect that a record stands for.
  func whole(_ record: EffectRecord) -> EngineEffect {
    switch record.kind {
    case .other: return wholes[Int(record.number)]
    case .sent, .sentByUser:
      let out = messages.element(at: Int(record.number))
      return .sendMessage(out.message, text: out.text < 0 ? "" : texts[Int(out.text)])
    case .timerArmed:
      let order = timers.element(at: Int(record.number))
      return .armTimer(order.key, at: order.at)
    case .timerCancelled: return .cancelTimer(timers.element(at: Int(record.number)).key)
    case .opened, .openedForUser, .closed, .assigned, .answeredAndClosed, .runStarted, .runWaits,
      .runEnded:
      preconditionFailure("who omits the details of effects reads their records only")
    }
  }

  /// All effects were read where they stand.
  ///
  /// Whoever calls it looks whether they leave more behind.
  @inlinable @inline(__always)
  mutating func removeAll() {
    records.removeAll()
    messages.removeAll()
    timers.removeAll()
  }

  /// Keeps nothing any more of what the effects referred to.
  @inline(__always)
  mutating func wipe() {
    leavesMore = false
    messages.removeAll()
    timers.removeAll()
    texts.wipe()
    if !wholes.isEmpty { wholes.removeAll(keepingCapacity: true) }
  }
}
