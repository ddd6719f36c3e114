import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// One channel: messages take their time, some are lost, and no more than so many go through a second.
///
/// What comes in and what goes out share the limit, as on WhatsApp; only what goes out can be lost.
actor Channel: EventTarget {
  nonisolated let kernel: Kernel
  let exchange: Exchange
  let plan: ChannelSettings
  @safe @exclusivity(unchecked) var target = Target.nobody
  /// From one message to the next at the limit, in nanoseconds; 0 without a limit.
  private let gap: Int64
  /// When the limit lets the next message through.
  @safe @exclusivity(unchecked) private var nextFree = Instant.start
  /// Messages to contacts that are on their way.
  @safe @exclusivity(unchecked) private var underWay: ContiguousArray<UnderWay> = []
  @safe @exclusivity(unchecked) private var freePlaces: ContiguousArray<UInt32> = []
  /// The longest that a message to a contact waits for the limit, in nanoseconds.
  private let longestWait: Int64
  /// How long after the contact's last message one may write freely, in nanoseconds.
  private let window: Int64?
  let isImmediate: Bool
  /// What others must know at every message.
  var traits: ChannelTraits {
    guard isImmediate else { return [] }
    return window == nil ? [.immediate, .transparent] : .immediate
  }
  private let hasDelay: Bool
  /// How many messages of contacts are on their way.
  @safe @exclusivity(unchecked) var comingInCount = 0
  /// What it remembers of contacts, where there is anything to be remembered.
  @safe @exclusivity(unchecked) var memory = ChannelMemory()
  /// The persons to whom one wrote first.
  @safe @exclusivity(unchecked) var starts = RollingCount()

  // What goes wrong at present, on a channel that a fault is about.

  /// Until when it is down.
  @safe @exclusivity(unchecked) var outage = Instant.distantPast
  /// Which messages come twice: what the channel always does, then faults.
  @safe @exclusivity(unchecked) var repetitions: [Trouble] = []
  /// Which messages are late, likewise.
  @safe @exclusivity(unchecked) var lateness: [Trouble] = []

  private struct UnderWay {
    var message: OutgoingMessage
    var isAnswer: Bool
    var visit: UInt32
  }

  /// When the limit lets the next message through.
  var nextTurn: Instant { max(kernel.now, nextFree) }

  /// How many messages to contacts are on their way.
  var goingOutCount: Int { underWay.count - freePlaces.count }

  enum Kind: UInt16 {
    case comesIn, arrives, isLost
  }

  init(_ plan: ChannelSettings, exchange: Exchange) {
    self.plan = plan
    self.exchange = exchange
    kernel = exchange.kernel
    gap = plan.throughput.map { Instant.nanoseconds(fromSeconds: 1 / $0.perSecond) } ?? 0
    longestWait = plan.queue?.nanoseconds ?? .max
    window = plan.window?.nanoseconds
    hasDelay = plan.delivery.mean > 0
    repetitions = Trouble.repetitions(of: plan)
    lateness = Trouble.lateness(of: plan)
    isImmediate =
      !hasDelay && plan.failure == 0 && plan.throughput == nil && !plan.isDisturbed
  }

  /// A contact's message is on its way to the platform: a question, or the reply of that number.
  func carriesIn(_ contact: ContactNumber, entity: UInt64, number: UInt16, reply: UInt32) {
    comingInCount += 1
    if plan.isDisturbed { noteVisit(contact, entity) }
    let wait = takeTurn(waitingAtMost: .max) ?? 0
    kernel.schedule(
      Event(
        to: target, kind: Kind.comesIn.rawValue, subject: contact.raw, detail: number, value: reply),
      afterNanoseconds: way(after: wait, entity, turn: number &* 2))
  }

  /// A message is on its way to a contact, which takes time or may fail.
  func carriesOut(_ message: OutgoingMessage, to contact: ContactNumber) {
    let door = exchange.contacts[contact]
    let parcel = door(message) { $0.sent($1) }
    if let window { door((window, message)) { $0.noteWindow($1.0, $1.1) } }
    if isImmediate {
      exchange.messages.delivered &+= 1
      exchange.report(message, .delivered)
      if exchange.repliesMayFail { door(message) { $0.willArrive($1) } }
      return delivered(
        UnderWay(message: message, isAnswer: parcel.isAnswer, visit: parcel.visit), contact)
    }
    let place = store(
      UnderWay(message: message, isAnswer: parcel.isAnswer, visit: parcel.visit))
    if kernel.now < outage {
      exchange.faults.counts.failedMessages += 1
      return fails(message, to: contact, place)
    }
    var allowed: Int64 = 0
    if plan.isDisturbed {
      guard let wait = admits(contact, parcel.entity) else {
        return fails(message, to: contact, place)
      }
      allowed = wait
    }
    guard let wait = takeTurn(waitingAtMost: longestWait) else {
      // The queue is full.
      return fails(message, to: contact, place)
    }
    var chance = exchange.streams.stream(.deliveryFailure, of: parcel.entity, turn: parcel.number)
    let way = way(after: max(wait, allowed), parcel.entity, turn: parcel.number &* 2 &+ 1)
    var isLost = plan.failure > 0 && chance.chance(plan.failure)
    if plan.isDisturbed, comesTooLate(message, contact, parcel.entity, after: way) { isLost = true }
    // What becomes of it is settled now, while its conversation is sure to be open.
    if isLost {
      door(message) { $0.deliveryFails($1) }
    } else if exchange.repliesMayFail {
      door(message) { $0.willArrive($1) }
    }
    kernel.schedule(
      Event(
        to: target, kind: (isLost ? Kind.isLost : .arrives).rawValue, subject: contact.raw,
        value: place
      ),
      afterNanoseconds: way)
  }

  /// A message is refused on the spot.
  private func fails(_ message: OutgoingMessage, to contact: ContactNumber, _ place: UInt32) {
    exchange.contacts[contact](message) { $0.deliveryFails($1) }
    kernel.schedule(
      Event(to: target, kind: Kind.isLost.rawValue, subject: contact.raw, value: place),
      afterNanoseconds: 0)
  }

  func receive(_ event: Event) {
    if exchange.isDown {
      exchange.postpone(event)
      return
    }
    let contact = ContactNumber(event.subject)
    switch Kind(rawValue: event.kind) {
    case .comesIn:
      if plan.isDisturbed {
        if holdsUp(event) { return }
        if !repetitions.isEmpty { comesAgain(event) }
        noteHeard(contact)
      }
      comingInCount -= 1
      exchange.contacts[contact](event.value & ~Mark.wasHeld) { $0.arrives(reply: $1) }
    case .arrives:
      exchange.messages.delivered += 1
      let parcel = take(event.value)
      exchange.report(parcel.message, .delivered)
      delivered(parcel, contact)
    case .isLost:
      let parcel = take(event.value)
      exchange.messages.failed += 1
      exchange.report(parcel.message, .failed)
      exchange.handle(.messageFailed(parcel.message))
      exchange.contacts[contact]((parcel.message, parcel.isAnswer, parcel.visit)) {
        $0.lost($1.0, isAnswer: $1.1, visit: $1.2)
      }
    case nil: preconditionFailure("a channel gets only its own kinds of events")
    }
    exchange.settle()
  }

  private func delivered(_ parcel: UnderWay, _ contact: ContactNumber) {
    exchange.messageDelivered(parcel.message, at: kernel.now)
    exchange.contacts[contact]((parcel.message, parcel.isAnswer, parcel.visit)) {
      $0.received($1.0, isAnswer: $1.1, visit: $1.2)
    }
  }

  /// From now until the limit lets a message through; nil when that is longer than it may wait.
  private func takeTurn(waitingAtMost longest: Int64) -> Int64? {
    guard gap > 0 else { return 0 }
    let now = kernel.now
    let leaves = max(now, nextFree)
    let wait = leaves.nanoseconds(since: now)
    guard wait <= longest else { return nil }
    nextFree = leaves.advanced(byNanoseconds: gap)
    return wait
  }

  /// The wait for the limit and the way itself.
  private func way(after wait: Int64, _ entity: UInt64, turn: UInt16) -> Int64 {
    let wait = lateness.isEmpty ? wait : Self.sum(wait, lateness(entity, turn: turn))
    guard hasDelay else { return wait }
    var stream = exchange.streams.stream(.delivery, of: entity, turn: turn)
    return Self.sum(wait, plan.delivery.plain.sampleNanoseconds(&stream, or: plan.delivery))
  }

  private static func sum(_ wait: Int64, _ way: Int64) -> Int64 {
    let (sum, overflow) = wait.addingReportingOverflow(way)
    return overflow ? .max : sum
  }

  private func store(_ parcel: UnderWay) -> UInt32 {
    if let place = freePlaces.popLast() {
      underWay[Int(place)] = parcel
      return place
    }
    underWay.append(parcel)
    return UInt32(underWay.count - 1)
  }

  private func take(_ place: UInt32) -> UnderWay {
    freePlaces.append(place)
    return underWay[Int(place)]
  }
}

/// What contacts and the platform must know of a channel at every message.
struct ChannelTraits: OptionSet, BitwiseCopyable {
  let rawValue: UInt8

  /// Messages are there at once, and none is lost.
  static let immediate = ChannelTraits(rawValue: 1)
  /// Nothing at all is between the platform and the contact: there is no reply window either.
  static let transparent = ChannelTraits(rawValue: 2)
}
