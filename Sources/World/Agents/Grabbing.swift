import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// Agents who take conversations without looking who has them: several may go for the same.
///
/// Each sees a conversation once, when its first message needs an answer, and clicks after a time of
/// reaction. What others did meanwhile is not seen: who clicks last has it (complaint C13).
struct Grabbers: Sendable {
  /// The agents, and a number for each of their names.
  let agents: [(user: UserID, code: UInt64)]

  init(_ model: Model) {
    guard model.styles.contains(where: { $0.grabs != nil }) else {
      agents = []
      return
    }
    agents = model.agents.indices.compactMap { index in
      let agent = model.agents[index]
      guard model.style(of: agent).grabs != nil, agent.seesAll else { return nil }
      return (UserID(index: index), nameCode(agent.name))
    }
  }
}

/// A conversation as an agent sees it who may go for it.
struct Sighting {
  var contact: ContactNumber
  var visit: UInt32
  /// The name of the pair's streams: whoever else looks changes nothing for this agent.
  var entity: UInt64
}

extension Contact {
  /// A conversation that nobody has answered yet needs somebody: those who grab see it, once.
  func comesIntoView() {
    guard state.question == 0, peculiarity.seenVisit != visit else { return }
    peculiarity.seenVisit = visit
    for (user, code) in exchange.grabbers.agents {
      let sighting = Sighting(
        contact: number, visit: visit, entity: entity ^ (code &* 0x9E37_79B9_7F4A_7C15))
      exchange.agents[user.index](sighting) { $0.sees($1) }
    }
  }

  /// Whether a conversation that an agent saw is still to be had.
  func canBeTaken(_ visit: UInt32, by user: UserID) -> Bool {
    visit == self.visit && state.question == 0 && state.isOpen && state.needsAgent
      && !state.hasGivenUp && state.assignee != AgentNumber(user)
  }
}

extension Agent {
  /// There is a new conversation: this agent may go for it, after a time of reaction.
  func sees(_ sighting: Sighting) {
    guard presence == .present, let grabs = traits.style.grabs else { return }
    var chance = exchange.streams.stream(.grabbing, of: sighting.entity)
    guard chance.chance(grabs.chance) else { return }
    var stream = exchange.streams.stream(.grabbingDelay, of: sighting.entity)
    let delay = grabs.after.sampleNanoseconds(&stream)
    guard delay != SampledTime.never else { return }
    kernel.schedule(
      Event(
        to: target, kind: AgentEvent.grabs.rawValue, subject: sighting.contact.raw,
        value: sighting.visit),
      afterNanoseconds: delay)
  }

  /// The agent clicks, if there is nothing else to do and nobody has answered yet.
  func grabs(_ event: Event) {
    guard presence == .present, freeSlots > 0, inbox.count == 0 else { return }
    let contact = ContactNumber(event.subject)
    let canTake = exchange.contacts[contact]((event.value, user)) {
      $0.canBeTaken($1.0, by: $1.1)
    }
    if canTake { exchange.assign(contact, to: user, by: user) }
  }
}

extension AgentSettings {
  /// Whether the agent sees everybody's contacts.
  var seesAll: Bool { sees == .all || role == .owner || role == .manager }
}
