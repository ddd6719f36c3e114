import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// What a broadcast is to a contact: a message that some write back to.
extension Contact {
  /// The platform sends a broadcast to a contact that it knew of, and that has no conversation.
  func addressed(by number: Int, ordinal: UInt64) {
    let plan = exchange.plan.model.broadcasts[number]
    becomes(
      population: plan.population, ordinal: ordinal, source: exchange.source(ofBroadcast: number))
    startVisit()
    uses(channel: plan.channel)
    begins(broadcast: number)
    let new = exchange.nextContact()
    id = new
    exchange.enter(new, as: self.number)
    var profile = profile() ?? ContactProfile()
    profile.isArriving = false
    exchange.handle(.contactAdded(new, profile))
    exchange.handle(.broadcasts(new, on: plan.channel, text: "News for you."))
  }

  /// A message of the broadcast is about to go out.
  func begins(broadcast number: Int) {
    broadcast = Int32(number)
    peculiarity.broadcast = .underWay
    peculiarity.isCounted = exchange.isCounting
    count(\.sent)
    if exchange.plan.model.broadcasts[number].readShare != nil { countRead(0) }
  }

  /// The message is there: the contact writes back after a while, or never.
  func receivesBroadcast() {
    let plan = exchange.plan.model.broadcasts[Int(broadcast)]
    count(\.delivered)
    peculiarity.broadcast = .none
    // Whoever is in the address book may get several.
    let entity =
      plan.segment == nil ? entity : entity ^ (nameCode(plan.name) &* 0x9E37_79B9_7F4A_7C15)
    var chance = exchange.streams.stream(.broadcastReply, of: entity)
    let replies = plan.replyShare > 0 && chance.chance(plan.replyShare)
    if let share = plan.readShare { mayRead(share, of: entity, replies: replies, plan) }
    guard replies else { return }
    var stream = exchange.streams.stream(.broadcastReplyDelay, of: entity)
    let delay = plan.replyDelay.sampleNanoseconds(&stream)
    guard delay != SampledTime.never else { return }
    peculiarity.broadcast = .replying
    pending += 1
    kernel.schedule(
      Event(to: target, kind: ContactEvent.repliesToBroadcast.rawValue, subject: number.raw),
      afterNanoseconds: delay)
  }

  /// Whoever writes back has read the message; of the others as many as make up the share.
  private func mayRead(
    _ share: Double, of entity: UInt64, replies: Bool, _ plan: BroadcastSettings
  ) {
    var isRead = replies
    if !replies, share > plan.replyShare {
      var stream = exchange.streams.stream(.broadcastReading, of: entity)
      isRead = stream.chance((share - plan.replyShare) / (1 - plan.replyShare))
    }
    if isRead { countRead(1) }
  }

  /// The channel lost the message, or would not take it.
  func missesBroadcast() {
    count(\.failed)
    peculiarity.broadcast = .none
  }

  /// The contact writes back: from here on it is a conversation like any.
  func repliesToBroadcast() {
    if peculiarity.broadcast == .replying { peculiarity.broadcast = .none }
    count(\.replied)
    // Whoever is in the address book may have a conversation by now.
    if exchange.plan.model.broadcasts[Int(broadcast)].segment != nil { return comesBack() }
    pending -= 1
    write()
  }

  /// With 0 nothing is read, but it is known that reading is told of.
  private func countRead(_ more: Int) {
    exchange.reports?.broadcast(Int(broadcast), read: more)
    exchange.broadcasts.read = (exchange.broadcasts.read ?? 0) + more
    if peculiarity.isCounted {
      exchange.occasional.broadcasts.read = (exchange.occasional.broadcasts.read ?? 0) + more
    }
  }

  private func count(_ path: WritableKeyPath<BroadcastCounts, Int>) {
    exchange.reports?.broadcast(Int(broadcast), path)
    exchange.broadcasts[keyPath: path] += 1
    if peculiarity.isCounted { exchange.occasional.broadcasts[keyPath: path] += 1 }
  }
}

extension Exchange {
  /// What does not add up of the broadcasts, at the end of a run.
  var brokenBroadcasts: [String] {
    guard features.contains(.broadcasts) else { return [] }
    func count(_ stage: Peculiarity.BroadcastStage) -> Int {
      contacts.count { $0(stage) { !$0.isIdle && $0.peculiarity.broadcast == $1 } }
    }
    let (underWay, replying) = (count(.underWay), count(.replying))
    var broken: [String] = []
    if broadcasts.sent != broadcasts.delivered + broadcasts.failed + underWay {
      broken.append("broadcasts: \(broadcasts), under way \(underWay)")
    }
    if broadcasts.replied + replying > broadcasts.delivered {
      broken.append("broadcasts: \(broadcasts), still to reply \(replying)")
    }
    if let read = broadcasts.read, read > broadcasts.delivered {
      broken.append("broadcasts: \(broadcasts), more read than delivered")
    }
    return broken
  }
}
