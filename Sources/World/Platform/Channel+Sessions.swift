import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// A page that visitors leave after a while: what is sent after that reaches nobody.
extension Channel {
  /// The first message of a visit begins the visitor's stay.
  func noteVisit(_ contact: ContactNumber, _ entity: UInt64) {
    guard let session = plan.extras.session, memory[contact, entity].visit != entity else { return }
    var stream = exchange.streams.stream(.session, of: entity)
    memory[contact, entity].visit = entity
    memory[contact, entity].leaves = kernel.now.advanced(
      byNanoseconds: session.sampleNanoseconds(&stream))
  }

  /// When the visitor leaves, or left, the page; never on a channel that is none.
  func end(ofVisit entity: UInt64, of contact: ContactNumber) -> Instant {
    let row = memory[contact, entity]
    return row.visit == entity ? row.leaves : .distantFuture
  }

  /// Whether a message that arrives so much later finds nobody on the page.
  func comesTooLate(
    _ message: OutgoingMessage, _ contact: ContactNumber, _ entity: UInt64, after way: Int64
  )
    -> Bool
  {
    guard plan.extras.session != nil else { return false }
    let arrival = kernel.now.advanced(byNanoseconds: way)
    guard arrival >= end(ofVisit: entity, of: contact) else { return false }
    if case .user = message.sender { noteMiss(contact, entity) }
    return true
  }

  private func noteMiss(_ contact: ContactNumber, _ entity: UInt64) {
    let (opening, counts) = exchange.contacts[contact]({ ($0.openings, $0.course.counts) })
    guard counts, memory[contact, entity].missed != opening else { return }
    memory[contact, entity].missed = opening
    exchange.links.missedSessions += 1
  }
}

extension Contact {
  /// When the visitor leaves the page; never where there is none.
  var leavesPageAt: Instant {
    guard exchange.features.contains(.sessions) else { return .distantFuture }
    return exchange.channels[channel.index]((entity, number)) { $0.end(ofVisit: $1.0, of: $1.1) }
  }

  /// Whether the visitor has left the page.
  var hasLeftPage: Bool { kernel.now >= leavesPageAt }

  /// The visitor would write again after leaving, and so never does.
  func leavesPage(thinkingFor length: Int64) -> Bool {
    let end = leavesPageAt
    guard end != .distantFuture, length >= end.nanoseconds(since: kernel.now) else { return false }
    pending += 1
    isThinking = true
    kernel.schedule(
      Event(to: target, kind: ContactEvent.leavesPage.rawValue, subject: number.raw),
      at: max(end, kernel.now))
    return true
  }

  /// The visitor leaves the page with nothing unanswered: who answered last sees it, and closes.
  func leavesPage() {
    pending -= 1
    isThinking = false
    state.questionsLeft = 0
    if state.isOpen, !state.needsAgent, let user = lastReplier.user {
      closesBehind(user)
    } else {
      exchange.letGoIfDone(self)
    }
  }

  /// An answer found nobody on the page.
  func missesAnswer(of user: UserID) {
    let wasLast = state.questionsLeft <= 1
    state.asked = .distantPast
    state.questionsLeft = 0
    if facts.flags.contains(.patience) { kernel.cancel(patience) }
    // After the last answer whoever gave it closes anyway.
    if !wasLast, state.isOpen, !state.needsAgent { closesBehind(user) }
  }

  private func closesBehind(_ user: UserID) {
    guard let id else { return }
    exchange.closes(id, by: user, note: exchange.doneNote, at: kernel.now)
  }
}
