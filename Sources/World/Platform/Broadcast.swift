import Engine
import Sampling
import Scenarios
import VirtualTime

/// One broadcast: addresses its contacts one after the other, as fast as the channel takes them.
///
/// There is never a list of recipients: the next is made when the channel can take the next message,
/// so other messages on the channel wait for one of the broadcast's at the most, and who does not
/// write back is forgotten when the message is there.
actor Broadcast: EventTarget {
  nonisolated let kernel: Kernel
  let exchange: Exchange
  let number: Int
  let plan: BroadcastSettings
  @safe @exclusivity(unchecked) var target = Target.nobody
  /// From one message to the next at the platform's own pace, in nanoseconds.
  private let gap: Int64
  /// Contacts that are still to be addressed.
  private var left = 0
  /// Who of the address book is still to be addressed, where it goes to a segment.
  private var listed: ArraySlice<ContactID> = []
  private var isSending = false
  private var ordinal: UInt64 = 0
  private var occasion: Int64 = 0

  private enum Kind: UInt16 {
    case begins, sends
  }

  init(_ number: Int, exchange: Exchange) {
    self.number = number
    self.exchange = exchange
    kernel = exchange.kernel
    plan = exchange.plan.model.broadcasts[number]
    gap = plan.pace.map { Instant.nanoseconds(fromSeconds: 1 / $0.perSecond) } ?? 0
  }

  /// Schedules the broadcast.
  func begin() {
    schedule(.begins, at: Instant(nanoseconds: plan.at.nanoseconds))
  }

  private func schedule(_ kind: Kind, at instant: Instant) {
    kernel.schedule(
      Event(to: target, kind: kind.rawValue, subject: UInt32(number)), at: instant)
  }

  func receive(_ event: Event) {
    if exchange.isDown {
      exchange.postpone(event)
      return
    }
    switch Kind(rawValue: event.kind) {
    case .begins:
      scheduleNext()
      left += plan.recipients
      if let segment = plan.segment { listed += exchange.contacts(in: segment) }
      // One that is not through when it comes again goes on with both.
      if !isSending { send() }
    case .sends: send()
    case nil: preconditionFailure("a broadcast gets only its own kinds of events")
    }
    exchange.settle()
  }

  /// The next time that it is sent: the same on the clock on the wall.
  private func scheduleNext() {
    let days: Int64
    switch plan.repeats {
    case .never: return
    case .daily: days = 1
    case .weekly: days = 7
    }
    occasion += 1
    let (second, rest) = plan.at.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    let next = exchange.clock.second(showing: second, later: occasion * days)
    schedule(.begins, at: Instant(nanoseconds: next * 1_000_000_000 + rest))
  }

  private func send() {
    isSending = left > 0 || !listed.isEmpty
    guard isSending else { return }
    if let next = listed.popFirst() {
      exchange.address(next, by: number)
    } else {
      left -= 1
      ordinal &+= 1
      exchange.contactActor()((number, ordinal)) { $0.addressed(by: $1.0, ordinal: $1.1) }
    }
    exchange.settle()
    let turn = exchange.channels[plan.channel.index]({ $0.nextTurn })
    schedule(.sends, at: max(turn, kernel.now.advanced(byNanoseconds: gap)))
  }
}
