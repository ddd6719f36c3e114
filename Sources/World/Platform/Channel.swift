import Engine
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
  @safe @exclusivity(unchecked) private var nextFree: Int64 = 0
  /// Messages to contacts that are on their way.
  @safe @exclusivity(unchecked) private var underWay: ContiguousArray<UnderWay> = []
  @safe @exclusivity(unchecked) private var freePlaces: ContiguousArray<UInt32> = []
  private let isImmediate: Bool
  private let hasDelay: Bool

  private struct UnderWay {
    var message: OutgoingMessage
    var isAnswer: Bool
  }

  /// How many messages to contacts are on their way.
  var underWayCount: Int { underWay.count - freePlaces.count }

  enum Kind: UInt16 {
    case comesIn, arrives, isLost
  }

  init(_ plan: ChannelSettings, exchange: Exchange) {
    self.plan = plan
    self.exchange = exchange
    kernel = exchange.kernel
    gap = plan.throughput.map { Instant.nanoseconds(fromSeconds: 1 / $0.perSecond) } ?? 0
    hasDelay = plan.delivery.mean > 0
    isImmediate = !hasDelay && plan.failure == 0 && plan.throughput == nil
  }

  /// A contact's message is on its way to the platform.
  func carriesIn(_ contact: UInt32, entity: UInt64, number: UInt16) {
    if isImmediate { return exchange.contacts[Int(contact)]({ $0.reaches() }) }
    kernel.schedule(
      Event(to: target, kind: Kind.comesIn.rawValue, subject: contact),
      afterNanoseconds: delay(entity, turn: number &* 2))
  }

  /// A message is on its way to a contact.
  func carriesOut(_ message: OutgoingMessage, to contact: UInt32) {
    let parcel = exchange.contacts[Int(contact)](message) { $0.isSent($1) }
    exchange.messages.sent += 1
    if isImmediate {
      exchange.messages.delivered += 1
      exchange.handle(.messageDelivered(message))
      return exchange.contacts[Int(contact)](parcel.isAnswer) { $0.received(isAnswer: $1) }
    }
    var chance = exchange.streams.stream(.deliveryFailure, of: parcel.entity, turn: parcel.number)
    let isLost = plan.failure > 0 && chance.chance(plan.failure)
    let place = store(UnderWay(message: message, isAnswer: parcel.isAnswer))
    kernel.schedule(
      Event(
        to: target, kind: (isLost ? Kind.isLost : .arrives).rawValue, subject: contact, value: place
      ),
      afterNanoseconds: delay(parcel.entity, turn: parcel.number &* 2 &+ 1))
  }

  func receive(_ event: Event) {
    let contact = Int(event.subject)
    switch Kind(rawValue: event.kind) {
    case .comesIn: exchange.contacts[contact]({ $0.reaches() })
    case .arrives:
      let parcel = take(event.value)
      exchange.messages.delivered += 1
      exchange.handle(.messageDelivered(parcel.message))
      exchange.contacts[contact](parcel.isAnswer) { $0.received(isAnswer: $1) }
    case .isLost:
      let parcel = take(event.value)
      exchange.messages.failed += 1
      exchange.handle(.messageFailed(parcel.message))
      exchange.contacts[contact]((parcel.message, parcel.isAnswer)) {
        $0.isLost($1.0, isAnswer: $1.1)
      }
    case nil: preconditionFailure("a channel gets only its own kinds of events")
    }
    exchange.settle()
  }

  /// From now until a message is through: the wait for the limit, then the way itself.
  private func delay(_ entity: UInt64, turn: UInt16) -> Int64 {
    var wait: Int64 = 0
    if gap > 0 {
      let now = kernel.now.nanoseconds
      let leaves = max(now, nextFree)
      nextFree = leaves + gap
      wait = leaves - now
    }
    guard hasDelay else { return wait }
    var stream = exchange.streams.stream(.delivery, of: entity, turn: turn)
    let (sum, overflow) = wait.addingReportingOverflow(plan.delivery.sampleNanoseconds(&stream))
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
