import Engine
import Measurement
import Scenarios
import VirtualTime

/// What a channel does not take, and what it costs: limits for one person and of persons, templates, money.
extension Channel {
  /// What conversations, persons and money are counted by, in nanoseconds.
  static let day: Int64 = 86_400_000_000_000

  /// A message of a contact is there.
  func noteHeard(_ contact: ContactNumber) {
    let entity = exchange.contacts[contact]({ $0.entity })
    memory[contact, entity].heard = kernel.now
  }

  /// How much longer a message waits for what the channel allows; nil where it does not take it.
  func admits(_ contact: ContactNumber, _ entity: UInt64) -> Int64? {
    let extras = plan.extras
    let now = kernel.now
    var row = memory[contact, entity]
    let window = plan.window?.nanoseconds ?? Self.day
    let isFirst = now.nanoseconds(since: row.heard) > window
    if isFirst, let approval = extras.approvedAfter, now.nanoseconds < approval.nanoseconds {
      count(\.templateRefusals)
      return nil
    }
    var wait: Int64 = 0
    if let limit = extras.pairLimit {
      let turn = row.turn(limit, at: now)
      count(\.pairRefusals, turn.refusals)
      guard let at = turn.at else { return nil }
      wait = at.nanoseconds(since: now)
    }
    if isFirst, let tier = extras.tier, now >= row.countedUntil {
      guard starts.takes(at: now, atMost: tier, in: Self.day) else {
        count(\.tierRefusals)
        return nil
      }
      row.countedUntil = now.advanced(byNanoseconds: Self.day)
    }
    if let price = extras.price, now >= row.paidUntil {
      row.paidUntil = now.advanced(byNanoseconds: Self.day)
      if exchange.isCounting {
        exchange.links.channelCost += isFirst ? price.business : price.contact
      }
    }
    memory[contact, entity] = row
    return wait
  }

  private func count(_ path: WritableKeyPath<LinkCounts, Int>, _ more: Int = 1) {
    if exchange.isCounting { exchange.links[keyPath: path] += more }
  }
}

extension ChannelMemory.Row {
  /// When a message goes out that is sent now, and how often it is refused before; never where it is given up.
  ///
  /// What is refused is tried again after a second, then after four times as long each time. Its turn is kept
  /// for it: what is sent later does not overtake it.
  mutating func turn(
    _ limit: ChannelExtras.PairLimit, at now: Instant
  ) -> (at: Instant?, refusals: Int) {
    var (time, pause) = (now, Int64(1_000_000_000))
    for refusals in 0...limit.retries {
      if admits(limit, at: time) { return (time, refusals) }
      time = time.advanced(byNanoseconds: pause)
      pause *= 4
    }
    return (nil, limit.retries + 1)
  }

  /// Whether a message may go out then, which is noted.
  private mutating func admits(_ limit: ChannelExtras.PairLimit, at time: Instant) -> Bool {
    // A burst is borrowed from the future: until it is paid back nothing goes out.
    let sinceBegan = time.nanoseconds(since: burstBegan)
    if sinceBegan >= Int64(burst) * limit.every.nanoseconds {
      burstBegan = time
      burst = 1
      return true
    }
    let isWithin = sinceBegan >= 0 && sinceBegan < limit.every.nanoseconds
    guard isWithin, Int(burst) < limit.burst else { return false }
    burst += 1
    return true
  }
}

/// What happened in a stretch of time that ends now: the times of it, oldest first.
struct RollingCount {
  private var times: ContiguousArray<Instant> = []
  private var head = 0

  /// Whether one more makes no more than so many in a stretch of time; if so it is counted.
  mutating func takes(at now: Instant, atMost most: Int, in length: Int64) -> Bool {
    while head < times.count, now.nanoseconds(since: times[head]) >= length { head += 1 }
    guard times.count - head < most else { return false }
    if head > 1_024, head > times.count / 2 {
      times.removeFirst(head)
      head = 0
    }
    times.append(now)
    return true
  }
}
