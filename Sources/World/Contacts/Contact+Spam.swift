import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// Junk: opens conversations, takes an agent's time to be recognised, and wants nothing.
extension Contact {
  /// Some of those who arrive are junk, or will write on a second channel.
  func drawPeculiarities() {
    if let spam = exchange.plan.model.populations[population].spam {
      var chance = exchange.streams.stream(.spam, of: entity)
      if chance.chance(spam.share) {
        peculiarity.isJunk = true
        state.questionsLeft = 1
      }
    }
    if !peculiarity.isJunk { planSecondChannel() }
  }

  /// The work until an agent has recognised it, in nanoseconds.
  func recognitionWork() -> Int64 {
    guard let spam = exchange.plan.model.populations[population].spam else { return 0 }
    var stream = exchange.streams.stream(.recognition, of: entity)
    return spam.recognition.sampleNanoseconds(&stream)
  }

  /// An agent has recognised it: what is to be done with it, if there is anything left to do.
  func recognised(by agent: AgentNumber, opening: UInt32) -> JunkVerdict? {
    // Until the agent lets go, this actor must not become another customer.
    pending += 1
    guard state.isOpen, state.needsAgent, openings == opening, let id,
      let spam = exchange.plan.model.populations[population].spam
    else { return nil }
    state.needsAgent = false
    state.workLeft = -1
    state.asked = .distantPast
    state.questionsLeft = 0
    if state.place == .inHand, state.holder == agent {
      state.place = .nowhere
    } else {
      withdraw()
    }
    if course.counts { exchange.occasional.spam += 1 }
    var chance = exchange.streams.stream(.blocking, of: entity)
    peculiarity.isBlocked = chance.chance(spam.blocked)
    return JunkVerdict(contact: id, category: spam.category, blocks: peculiarity.isBlocked)
  }
}

/// What an agent does with junk.
struct JunkVerdict {
  var contact: ContactID
  /// The category it is closed with.
  var category: String
  /// Whether its sender is blocked.
  var blocks: Bool
}

extension Exchange {
  /// An agent closes junk with a note, and may block its sender: only after that, for nobody closes
  /// the conversation of a blocked contact (INV-13).
  func dismiss(_ contact: ContactNumber, opening: UInt32, by user: UserID) {
    let verdict = contacts[contact]((AgentNumber(user), opening)) {
      $0.recognised(by: $1.0, opening: $1.1)
    }
    guard let verdict else { return }
    handle(
      .closes(
        verdict.contact, by: .user(user),
        note: ClosingNote(category: verdict.category, summary: "Junk.")))
    if verdict.blocks { handle(.blocks(verdict.contact, by: user)) }
  }
}

extension Agent {
  /// What is in this slot turns out to be junk: it is closed without an answer.
  func recognisesJunk(_ slot: Int, _ contact: ContactNumber) {
    slots[slot].phase = .sent
    exchange.dismiss(contact, opening: slots[slot].opening, by: user)
    exchange.contacts[contact](kernel.now) { $0.workStops(at: $1) }
    release(slot)
  }
}

extension Model {
  /// The categories that contacts who give up and junk are closed with.
  var ownCategories: [String] {
    [Exchange.gaveUp] + populations.compactMap { $0.spam?.category }
  }
}
