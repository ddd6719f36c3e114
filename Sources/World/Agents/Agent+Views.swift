import Engine
import Scenarios
import VirtualTime

/// A view of a custom inbox, its conditions compiled.
struct InboxView: Sendable {
  let segment: Segment?
  let of: WorkStyle.Owner
  let isNewestFirst: Bool

  init(_ view: WorkStyle.InboxView, _ exchange: Exchange) {
    segment = view.conditions.map { conditions in
      exchange.engine(conditions) { $0.segment($1) }
    }
    of = view.of
    isNewestFirst = view.take == .newest
  }
}

/// Agents who take what the views of their inbox show first, one view after the other.
///
/// What of the agent's own no view shows comes after all of them; what nobody has and no view shows is
/// left to others.
extension Agent {
  /// Whether a conversation that nobody has is in one of the views.
  func shows(_ contact: ContactNumber) -> Bool {
    !habits.contains(.hasViews)
      || traits.views.contains { $0.of != .mine && exchange.shows(contact, in: $0) }
  }

  /// Looks through the views once all else of this instant has happened.
  func looksThroughViews() { if freeSlots > 0 { exchange.wake(user) } }

  /// Takes what comes first, or stands in line for the next.
  func picksByViews() {
    picked = .nobody
    let now = kernel.now
    passGhosts()
    switch next() {
    case .own(let place):
      startsNext(inbox.remove(place).contact, at: now)
      looksThroughViews()
    case .unassigned(let contact):
      exchange.pick(contact)
      picked = contact
      exchange.assign(contact, to: user, by: user)
      looksThroughViews()
    case nil: if traits.seesAll { standsInLine() }
    }
  }

  /// What was picked by a view is not laid behind what waits, which no earlier view shows.
  func takesPicked(_ contact: ContactNumber, at now: Instant) -> Bool {
    guard contact == picked, presence == .present, freeSlots > 0 else { return false }
    picked = .nobody
    startsNext(contact, at: now)
    return true
  }

  private enum Choice {
    case own(Int32)
    case unassigned(ContactNumber)
  }

  private func next() -> Choice? {
    for view in traits.views {
      if let choice = first(of: view) { return choice }
    }
    return inbox.head == WorkList.none ? nil : ownChoice(inbox.place(last: false) { _ in true })
  }

  private func ownChoice(_ place: Int32) -> Choice? { place == WorkList.none ? nil : .own(place) }

  /// What a view shows first: of the agent's own and of what nobody has, the older or the newer.
  private func first(of view: InboxView) -> Choice? {
    let holds: (WorkList.Entry) -> Bool = { [exchange] in exchange.shows($0.contact, in: view) }
    let place =
      view.of == .unassigned
      ? WorkList.none : inbox.place(last: view.isNewestFirst, where: holds)
    let other =
      view.of == .mine || !traits.seesAll
      ? nil : exchange.unassigned(last: view.isNewestFirst, where: holds)
    guard let other else { return ownChoice(place) }
    guard place != WorkList.none else { return .unassigned(other.contact) }
    let own = inbox[place]
    let isOlder = (own.instant, own.order) <= (other.instant, other.order)
    return isOlder != view.isNewestFirst ? .own(place) : .unassigned(other.contact)
  }

  /// What was moved away and would have been next.
  private func passGhosts() {
    while inbox.head != WorkList.none, inbox[inbox.head].isGhost {
      let place = inbox.head
      exchange.reached(inbox.remove(place), at: place, by: number)
    }
  }
}

extension Exchange {
  /// Whether a view shows a conversation.
  func shows(_ contact: ContactNumber, in view: InboxView) -> Bool {
    guard let segment = view.segment else { return true }
    guard let id = contacts[contact]({ $0.id }) else { return false }
    return engine((segment, id, now)) { $0.holds($1.0, for: $1.1, at: $1.2) }
  }
}
