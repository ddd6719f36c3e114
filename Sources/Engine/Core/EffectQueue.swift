/// Effects on their way out, in order.
///
/// The frequent ones are plain numbers here, so that queueing one counts no references; what carries
/// texts or lists stands beside the queue, and the queue holds its place.
struct EffectQueue: Sendable, Codable {
  private var queued: Turns<QueuedEffect> = .init()
  private var texts: ContiguousArray<String> = []
  private var others: ContiguousArray<EngineEffect> = []

  var isEmpty: Bool { queued.isEmpty }

  /// Goes on in memory of its own.
  mutating func separate() { queued.separate() }

  @inline(__always)
  mutating func append(_ effect: QueuedEffect) { queued.append(effect) }

  /// Queues an effect that carries texts or lists.
  mutating func append(rich effect: EngineEffect) {
    queued.append(.other(Int32(truncatingIfNeeded: others.count)))
    others.append(effect)
  }

  /// Queues a message with its words.
  @inline(__always)
  mutating func append(_ message: OutgoingMessage, text: String) {
    if text.isEmpty {
      queued.append(.sendMessage(message, -1))
    } else {
      queued.append(.sendMessage(message, Int32(truncatingIfNeeded: texts.count)))
      texts.append(text)
    }
  }

  @inline(__always)
  mutating func next() -> EngineEffect? {
    guard let effect = queued.next() else {
      if !texts.isEmpty { texts.removeAll(keepingCapacity: true) }
      if !others.isEmpty { others.removeAll(keepingCapacity: true) }
      return nil
    }
    switch effect {
    case .armTimer(let key, let time): return .armTimer(key, at: time)
    case .cancelTimer(let key): return .cancelTimer(key)
    case .sendMessage(let message, let text):
      return .sendMessage(message, text: text < 0 ? "" : texts[Int(text)])
    case .contactCreated(let contact): return .contactCreated(contact)
    case .contactForgotten(let contact): return .contactForgotten(contact)
    case .conversationOpened(let opening): return .conversationOpened(opening)
    case .conversationClosed(let contact, let id, let place):
      return .conversationClosed(contact, id, place)
    case .assigneeChanged(let entry): return .assigneeChanged(entry)
    case .enteredQueue(let contact, let run, let pool): return .enteredQueue(contact, run, pool)
    case .leftQueue(let contact, let run, let exit): return .leftQueue(contact, run, exit)
    case .statusChanged(let user, let from, let to):
      return .statusChanged(user, from: from, to: to)
    case .runStarted(let run, let workflow, let contact):
      return .runStarted(run, workflow, contact)
    case .runEnded(let run, let workflow, let contact, let reason):
      return .runEnded(run, workflow, contact, reason)
    case .other(let place): return others[Int(place)]
    }
  }
}

/// An effect as plain numbers.
enum QueuedEffect: Sendable, Codable, BitwiseCopyable {
  case armTimer(TimerKey, at: EngineTime)
  case cancelTimer(TimerKey)
  case sendMessage(OutgoingMessage, Int32)
  case contactCreated(ContactID)
  case contactForgotten(ContactID)
  case conversationOpened(Opening)
  case conversationClosed(ContactID, ConversationID, ClosedConversation)
  case assigneeChanged(AssignmentEntry)
  case enteredQueue(ContactID, RunID, PoolID)
  case leftQueue(ContactID, RunID, QueueExit)
  case statusChanged(UserID, from: ActivityStatus, to: ActivityStatus)
  case runStarted(RunID, WorkflowID, ContactID)
  case runEnded(RunID, WorkflowID, ContactID, ExitReason)
  case other(Int32)
}
