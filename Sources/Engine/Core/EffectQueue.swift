/// Effects on their way out, in order.
///
/// The frequent ones are plain numbers here, so that queueing one counts no references; what carries
/// texts or lists stands beside the queue, and the queue holds its place.
@usableFromInline
struct EffectQueue: Sendable, Codable {
  @usableFromInline var queued: Turns<PlainEffect> = .init()
  private var texts = Slate<String>()
  private var others: ContiguousArray<EngineEffect> = []

  var isEmpty: Bool { queued.isEmpty }

  /// Goes on in memory of its own.
  mutating func separate() { queued.separate() }

  @inline(__always)
  mutating func append(_ effect: PlainEffect) { queued.append(effect) }

  /// Queues an effect that carries texts or lists.
  mutating func append(rich effect: EngineEffect) {
    queued.append(.other(.init(place: Int32(truncatingIfNeeded: others.count))))
    others.append(effect)
  }

  /// Queues a message with its words.
  @inline(__always)
  mutating func append(_ message: OutgoingMessage, text: String) {
    if text.isEmpty {
      queued.append(.sendMessage(message, .init(place: -1)))
    } else {
      queued.append(
        .sendMessage(message, .init(place: Int32(truncatingIfNeeded: texts.count))))
      texts.append(text)
    }
  }

  /// Takes out the next effect as it stands in the queue, which is not empty.
  @inline(__always)
  mutating func first() -> PlainEffect { queued.first() }

  /// All effects were read where they stand.
  @inline(__always)
  mutating func removeAll() {
    queued.removeAll()
    wipe()
  }

  /// Keeps nothing any more of what the effects referred to.
  @inline(__always)
  mutating func wipe() {
    texts.wipe()
    if !others.isEmpty { others.removeAll(keepingCapacity: true) }
  }

  func text(_ text: PlainEffect.Text) -> String { text.place < 0 ? "" : texts[Int(text.place)] }
  func effect(_ other: PlainEffect.Other) -> EngineEffect { others[Int(other.place)] }

  @inline(__always)
  mutating func next() -> EngineEffect? {
    guard !queued.isEmpty else { return nil }
    switch queued.first() {
    case .armTimer(let key, let time): return .armTimer(key, at: time)
    case .cancelTimer(let key): return .cancelTimer(key)
    case .sendMessage(let message, let text): return .sendMessage(message, text: self.text(text))
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
    case .other(let other): return self.effect(other)
    }
  }
}
