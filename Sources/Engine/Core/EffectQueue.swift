/// Effects on their way out, in order.
///
/// The frequent ones are plain numbers here, so that queueing one counts no references; what carries
/// texts or lists stands beside them, and they hold its place. A host that asks for no more than the
/// gist of the frequent ones finds that by itself.
@usableFromInline
struct EffectQueue: Sendable, Codable {
  @usableFromInline var gists = Turns<EffectGist>()
  /// The effects themselves: one for each gist, or only those that their gist does not tell.
  @usableFromInline var details = Turns<PlainEffect>()
  private var texts = Slate<String>()
  private var others: ContiguousArray<EngineEffect> = []
  private var keepsDetails = true
  /// Whether more is to be wiped than the queue itself once all effects are out.
  @usableFromInline var leavesMore = false

  var isEmpty: Bool { gists.isEmpty }

  /// Goes on in memory of its own.
  mutating func separate() {
    gists.separate()
    details.separate()
  }

  /// Keeps of the frequent effects no more than their gist, or all; while there are none.
  mutating func keepDetails(_ keeps: Bool) {
    precondition(isEmpty, "what is kept of effects cannot change while some are on their way")
    keepsDetails = keeps
  }

  @inline(__always)
  mutating func append(_ effect: PlainEffect) {
    switch effect {
    case .conversationOpened(let opening):
      append(.init(.opened, opening.contact, number: Self.number(of: opening.assignee)), effect)
    case .conversationClosed(let contact, _, _): append(.init(.closed, contact), effect)
    case .assigneeChanged(let entry):
      append(.init(.assigned, entry.contact, number: Self.number(of: entry.to)), effect)
    case .runStarted(_, _, let contact): append(.init(.runStarted, contact), effect)
    case .runEnded(_, _, let contact, _): append(.init(.runEnded, contact), effect)
    case .sendMessage(let message, _):
      // Numbers of channels are small; another one would go the way of the rare effects.
      guard case .user = message.sender, message.channel.raw <= UInt16.max else {
        return appendWhole(effect)
      }
      gists.append(
        EffectGist(
          .sentByUser, message.contact, number: nextPlace,
          channel: UInt16(truncatingIfNeeded: message.channel.raw)))
      details.append(effect)
    default: appendWhole(effect)
    }
  }

  /// Queues an effect that is told by its gist.
  @inline(__always)
  private mutating func append(_ gist: EffectGist, _ effect: PlainEffect) {
    gists.append(gist)
    if keepsDetails { details.append(effect) }
  }

  /// Queues an effect of which the gist tells only where it is.
  @inline(__always)
  private mutating func appendWhole(_ effect: PlainEffect) {
    gists.append(EffectGist(.other, ContactID(0), number: nextPlace))
    details.append(effect)
  }

  private var nextPlace: Int32 { Int32(truncatingIfNeeded: details.places.upperBound) }

  private static func number(of user: UserID?) -> Int32 {
    user.map { Int32(bitPattern: $0.raw) } ?? -1
  }

  /// Whether the gist of an effect can be queued without more memory.
  @inline(__always) var hasRoom: Bool { gists.hasRoom }
  /// Whether an effect can be queued besides its gist.
  @inline(__always) var hasRoomForDetails: Bool { details.hasRoom }

  /// Queues the gist of an effect, for a host that asks for no more; there is room.
  @inline(__always)
  mutating func appendInRoom(_ gist: EffectGist) { gists.appendInRoom(gist) }

  /// Queues a user's message without its words, on a channel whose number is small; there is room.
  @inline(__always)
  mutating func appendInRoom(_ message: OutgoingMessage) {
    let place = nextPlace
    details.appendInRoom(.sendMessage(message, .init(place: -1)))
    gists.appendInRoom(
      EffectGist(
        .sentByUser, message.contact, number: place,
        channel: UInt16(truncatingIfNeeded: message.channel.raw)))
  }

  /// Queues an effect that carries texts or lists.
  mutating func append(rich effect: EngineEffect) {
    leavesMore = true
    append(.other(.init(place: Int32(truncatingIfNeeded: others.count))))
    others.append(effect)
  }

  /// Queues a message with its words.
  @inline(__always)
  mutating func append(_ message: OutgoingMessage, text: String) {
    if text.isEmpty {
      append(.sendMessage(message, .init(place: -1)))
    } else {
      leavesMore = true
      append(.sendMessage(message, .init(place: Int32(truncatingIfNeeded: texts.count))))
      texts.append(text)
    }
  }

  /// Takes out the next effect as it stands in the queue, which is not empty.
  @inline(__always)
  mutating func first() -> PlainEffect {
    precondition(keepsDetails, "who omits the details of effects asks for their gist only")
    _ = gists.first()
    return details.first()
  }

  /// All effects were read where they stand.
  ///
  /// Whoever calls it looks whether they leave more behind.
  @inlinable @inline(__always)
  mutating func removeAll() {
    gists.removeAll()
    details.removeAll()
  }

  /// Keeps nothing any more of what the effects referred to.
  @inline(__always)
  mutating func wipe() {
    leavesMore = false
    texts.wipe()
    if !others.isEmpty { others.removeAll(keepingCapacity: true) }
  }

  func text(_ text: PlainEffect.Text) -> String { text.place < 0 ? "" : texts[Int(text.place)] }
  func effect(_ other: PlainEffect.Other) -> EngineEffect { others[Int(other.place)] }

  @inline(__always)
  mutating func next() -> EngineEffect? {
    isEmpty ? nil : whole(first())
  }

  /// A plain effect with its texts and lists.
  @inline(__always)
  func whole(_ effect: PlainEffect) -> EngineEffect {
    switch effect {
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
