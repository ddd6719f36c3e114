import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// The same person on a second channel is a second contact until somebody merges the two (INV-15).
extension Contact {
  /// Whether, and when, the person will try a second channel.
  func planSecondChannel() {
    guard let plan = exchange.plan.model.populations[population].secondChannel,
      channel != plan.channel
    else { return }
    var chance = exchange.streams.stream(.secondChannel, of: entity)
    guard chance.chance(plan.share) else { return }
    var stream = exchange.streams.stream(.secondChannelDelay, of: entity)
    let delay = plan.after.sampleNanoseconds(&stream)
    guard delay != SampledTime.never else { return }
    pending += 1
    kernel.schedule(
      Event(to: target, kind: ContactEvent.writesElsewhere.rawValue, subject: number.raw),
      afterNanoseconds: delay)
  }

  /// Who still waits for the first answers writes on the other channel too.
  func writesElsewhere() {
    pending -= 1
    guard state.isAsking, visitNumber == 0,
      let plan = exchange.plan.model.populations[population].secondChannel
    else { return exchange.letGoIfDone(self) }
    // The first contact stays as long as the second does: only so can they be merged.
    pending += 1
    exchange.arrivedCount += 1
    let beginning = Beginning(
      population: population, ordinal: ordinal, channel: plan.channel, first: number)
    peculiarity.partner = exchange.contactActor()(beginning) { $0.begins(asSecond: $1) }
  }

  /// What a second contact has from the first.
  struct Beginning {
    var population: Int
    var ordinal: UInt64
    var channel: ChannelID
    var first: ContactNumber
  }

  /// The person's message on the second channel: the same question, from somebody unknown.
  func begins(asSecond beginning: Beginning) -> ContactNumber {
    becomes(
      population: beginning.population, ordinal: beginning.ordinal,
      source: exchange.source(ofSecond: beginning.population))
    startVisit()
    uses(channel: beginning.channel)
    peculiarity.isSecond = true
    peculiarity.partner = beginning.first
    state.questionsLeft = 1
    write()
    return number
  }

  /// The second contact is gone: nothing is left to be merged.
  func leftAlone() {
    pending -= 1
    peculiarity.partner = .nobody
    exchange.letGoIfDone(self)
  }

  /// An agent starts on one of a person's two contacts: both of them, if it is noticed that they are one.
  func pairIfNoticed() -> (first: ContactNumber, second: ContactNumber)? {
    guard peculiarity.partner != .nobody,
      let plan = exchange.plan.model.populations[population].secondChannel
    else { return nil }
    var chance = exchange.streams.stream(.merging, of: entity, turn: state.question)
    guard chance.chance(plan.noticed) else { return nil }
    return peculiarity.isSecond
      ? (peculiarity.partner, number) : (number, peculiarity.partner)
  }

  /// The contact is about to go up in the first one of the person.
  func willBeMerged(open isOpen: Bool) {
    peculiarity.isMerged = true
    if isOpen, course.counts { exchange.occasional.merged += 1 }
  }

  /// The engine knows of this contact no more.
  func merged() {
    id = nil
    exchange.letGoIfDone(self)
  }
}

extension Exchange {
  /// An agent who starts on a conversation may notice that its contact is another's second, or has one.
  func looksForSecond(_ contact: ContactNumber, by user: UserID) {
    guard let pair = contacts[contact]({ $0.pairIfNoticed() }),
      !contacts[pair.second]({ $0.peculiarity.isMerged }),
      // The second message may still be on its way.
      let kept = contacts[pair.first]({ $0.id }),
      let absorbed = contacts[pair.second]({ $0.id })
    else { return }
    // At this instant it may have been closed already, of which nothing was heard yet.
    let isOpen = engine(absorbed) { $0.contact($1)?.status != .closed }
    contacts[pair.second](isOpen) { $0.willBeMerged(open: $1) }
    handle(.merges(kept, absorbing: absorbed, by: user))
  }
}
