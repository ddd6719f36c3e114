import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// A manager's eye on the inboxes: looks now and then, and gives to others what has waited too long.
///
/// A look takes no time. When they come is drawn for the manager by name and for nobody else.
actor Supervisor: EventTarget {
  nonisolated let kernel: Kernel
  let exchange: Exchange
  let plan: SupervisorSettings
  @safe @exclusivity(unchecked) var target = Target.nobody
  private var looks: RandomStream

  init(_ plan: SupervisorSettings, exchange: Exchange) {
    self.plan = plan
    self.exchange = exchange
    kernel = exchange.kernel
    let name = exchange.plan.model.agents[plan.agent].name
    looks = exchange.streams.stream(.looking, of: nameCode(name))
  }

  /// Schedules the first look.
  func begin() { scheduleNext() }

  private func scheduleNext() {
    let delay = plan.every.sampleNanoseconds(&looks)
    guard delay != SampledTime.never else { return }
    kernel.schedule(Event(to: target, kind: 0), afterNanoseconds: delay)
  }

  func receive(_ event: Event) {
    if exchange.isDown {
      exchange.postpone(event)
      return
    }
    scheduleNext()
    if exchange.agents[plan.agent]({ $0.presence == .present }) { look() }
    exchange.settle()
  }

  private func look() {
    let user = UserID(index: plan.agent)
    exchange.handle(.acts(user))
    var moved = 0
    for waiting in exchange.waiting(atLeast: plan.waiting.nanoseconds) {
      if let most = plan.atMost, moved >= most { return }
      guard let receiver = receiver(of: waiting) else { continue }
      exchange.assign(waiting.contact, to: receiver, by: user)
      moved += 1
    }
  }

  /// Who gets a conversation; nil where it stays.
  private func receiver(of waiting: Waiting) -> UserID? {
    let holder = waiting.assignee
    // What was done at this look may have brought it to somebody.
    guard exchange.engine(waiting.id, { $0.assignee(of: $1) }) == holder else { return nil }
    guard let holder else { return plan.unassigned ? leastLoaded(besides: nil) : nil }
    if exchange.engine(holder, { $0.status(of: $1) }) != .online {
      return plan.away ? leastLoaded(besides: holder) : nil
    }
    let load = exchange.engine(holder) { $0.openContacts(of: $1) }
    guard let limit = plan.overloaded, load >= limit, !waiting.isInHand,
      let receiver = leastLoaded(besides: holder)
    else { return nil }
    let other = exchange.engine(receiver) { $0.openContacts(of: $1) }
    return other + 1 < load ? receiver : nil
  }

  /// The agent online with the fewest open contacts; of several the first of the list.
  private func leastLoaded(besides holder: UserID?) -> UserID? {
    let model = exchange.plan.model
    let (founders, latecomers) = model.candidates(of: plan.team)
    let candidates = [AnySequence(founders), AnySequence(latecomers)].joined()
    var best: (user: UserID, load: Int)?
    for index in candidates where index != plan.agent && model.agents[index].role == .agent {
      let user = UserID(index: index)
      guard user != holder, exchange.engine(user, { $0.status(of: $1) }) == .online else {
        continue
      }
      let load = exchange.engine(user) { $0.openContacts(of: $1) }
      if let best, best.load <= load { continue }
      best = (user, load)
    }
    return best?.user
  }
}

/// A conversation that waits for an answer.
struct Waiting {
  var contact: ContactNumber
  var id: ContactID
  var assignee: UserID?
  /// When the contact wrote.
  var asked: Instant
  /// Orders those who wrote at the same instant.
  var entity: UInt64
  /// Whether somebody began on it, who is not there to go on.
  var isInHand: Bool
}

extension Exchange {
  /// The conversations that wait for an answer for so long and that nobody works on, oldest first.
  func waiting(atLeast length: Int64) -> [Waiting] {
    let latest = kernel.now.advanced(byNanoseconds: -length)
    return contacts.compactMap { $0(latest) { $0.waits(since: $1) } }
      .sorted { ($0.asked, $0.entity, $0.contact) < ($1.asked, $1.entity, $1.contact) }
  }
}

extension Contact {
  /// How the contact waits for an answer; nil for who does not, or not since then.
  fileprivate func waits(since latest: Instant) -> Waiting? {
    let since = wantedSince
    guard state.needsAgent, state.isOpen, since >= .start, since <= latest, let id else {
      return nil
    }
    if state.place == .inHand, exchange.agents[state.holder.index]({ $0.isAtWork }) { return nil }
    return Waiting(
      contact: number, id: id,
      assignee: state.assignee.user,
      asked: since, entity: entity, isInHand: state.place == .inHand)
  }
}

extension Agent {
  /// Whether the agent works on what is in hand: also who finishes it before an absence.
  fileprivate var isAtWork: Bool { presence == .present || presence == .leaving }
}
