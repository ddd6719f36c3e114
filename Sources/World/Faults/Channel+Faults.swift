import Measurement
import Sampling
import Scenarios
import VirtualTime

/// A channel that is down, brings messages twice or late.
extension Channel {
  /// What happens to a share of the messages, for the time being.
  struct Trouble {
    /// The position of the fault in the model; less than 0 where the channel is always so.
    let number: Int
    /// What names its draws, beside the message's own name.
    let code: UInt64
    let share: Double
    let delay: Distribution

    init(_ number: Int, _ name: String, share: Double, delay: Distribution) {
      self.number = number
      code = nameCode(name)
      self.share = share
      self.delay = delay
    }

    /// What a channel always does to the messages of contacts.
    static func repetitions(of plan: ChannelSettings) -> [Trouble] {
      plan.extras.duplicates.map { always($0, "\(plan.name)/duplicates") } ?? []
    }

    /// The same of what is late.
    static func lateness(of plan: ChannelSettings) -> [Trouble] {
      plan.extras.late.map { always($0, "\(plan.name)/late") } ?? []
    }

    private static func always(_ disorder: ChannelExtras.Disorder, _ name: String) -> [Trouble] {
      [Trouble(-1, name, share: disorder.share, delay: disorder.delay)]
    }

    /// Whether it is the channel's way, and no fault.
    var isUsual: Bool { number < 0 }

    /// The delay of a message that it concerns; nil for the others.
    func delay(_ streams: RandomStreams, _ entity: UInt64, _ turn: UInt16) -> Int64? {
      var chance = streams.stream(.faultyMessage, of: entity ^ code, turn: turn)
      guard chance.chance(share) else { return nil }
      var stream = streams.stream(.faultyMessageDelay, of: entity ^ code, turn: turn)
      return delay.sampleNanoseconds(&stream)
    }
  }

  /// What the value of an event says beside the number of the reply.
  enum Mark {
    /// The message has been there before.
    static let isRepeated: UInt32 = 1 << 31
    /// The message was held up in an outage.
    static let wasHeld: UInt32 = 1 << 30
    static let all = isRepeated | wasHeld
  }

  /// Nothing comes in before then, and what goes out fails.
  func goesDown(until back: Instant) { outage = max(outage, back) }

  /// Messages begin or cease to come twice.
  func repeats(_ trouble: Trouble, _ begins: Bool) { Self.note(trouble, begins, in: &repetitions) }

  /// Messages begin or cease to be late.
  func delays(_ trouble: Trouble, _ begins: Bool) { Self.note(trouble, begins, in: &lateness) }

  private static func note(_ trouble: Trouble, _ begins: Bool, in list: inout [Trouble]) {
    list.removeAll { $0.number == trouble.number }
    if begins { list.append(trouble) }
    // Whichever began first: what they do to a message does not depend on it.
    list.sort { $0.number < $1.number }
  }

  /// Whether a message of a contact must wait for the channel to be there again.
  func holdsUp(_ event: Event) -> Bool {
    guard kernel.now < outage else { return false }
    var event = event
    if event.value & Mark.wasHeld == 0 { exchange.faults.counts.heldMessages += 1 }
    event.value |= Mark.wasHeld
    kernel.schedule(event, at: outage)
    return true
  }

  /// A message of a contact is there; some come a second time.
  func comesAgain(_ event: Event) {
    guard event.value & Mark.isRepeated == 0 else { return }
    let contact = exchange.contacts[ContactNumber(event.subject)]
    let entity = contact({ $0.entity })
    for trouble in repetitions {
      guard let delay = trouble.delay(exchange.streams, entity, event.detail),
        delay != SampledTime.never
      else { continue }
      if !trouble.isUsual {
        exchange.faults.counts.duplicateMessages += 1
      } else if exchange.isCounting {
        exchange.links.repeatedMessages += 1
      }
      exchange.messages.written += 1
      comingInCount += 1
      contact({ $0.pending += 1 })
      var again = event
      again.value = event.value & ~Mark.all | Mark.isRepeated
      kernel.schedule(again, afterNanoseconds: delay)
    }
  }

  /// How much longer a message takes.
  func lateness(_ entity: UInt64, turn: UInt16) -> Int64 {
    var sum: Int64 = 0
    for trouble in lateness {
      // A webhook brings what a contact wrote: what goes out has the number of an odd turn.
      if trouble.isUsual, turn & 1 == 1 { continue }
      guard let delay = trouble.delay(exchange.streams, entity, turn) else { continue }
      if !trouble.isUsual {
        exchange.faults.counts.lateMessages += 1
      } else if exchange.isCounting {
        exchange.links.lateMessages += 1
      }
      let (longer, overflow) = sum.addingReportingOverflow(delay)
      sum = overflow ? .max : longer
    }
    return sum
  }
}
