import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// What is known of a contact before it writes.
extension Contact {
  /// What the engine is told of a contact besides its first message; nil when there is nothing.
  func profile() -> ContactProfile? {
    // On a second channel the person is somebody whom nobody knows yet.
    guard facts.flags.contains(.profile), !peculiarity.isSecond else { return nil }
    // Part by part: a copy of all that is known of a population would count up what it shares, for each
    // of its people.
    let knownShare = exchange.plan.model.populations[population].knownShare
    var profile = ContactProfile(isArriving: true)
    var known = exchange.streams.stream(.known, of: entity)
    if knownShare > 0, known.chance(knownShare) {
      profile.isArriving = false
      profile.earlierConversations = 1
      profile.assignee = knownAssignee()
      state.assignee = AgentNumber(profile.assignee)
    }
    guard !exchange.plan.model.populations[population].fields.isEmpty else { return profile }
    let fields = exchange.plan.model.populations[population].fields
    var draws = exchange.streams.stream(.fields, of: entity)
    profile.fields.reserveCapacity(fields.count)
    for field in fields {
      if let value = field.values[field.shares.choose(&draws)] {
        profile.fields.append(FieldEntry(field.field, .text(value)))
      }
    }
    return profile
  }

  /// The agent whom a known contact is still assigned to: any of them, each as likely.
  private func knownAssignee() -> UserID? {
    let assignedShare = exchange.plan.model.populations[population].assignedShare
    guard assignedShare > 0, exchange.founderCount > 0 else { return nil }
    var stream = exchange.streams.stream(.knownAssignee, of: entity)
    guard stream.chance(assignedShare) else { return nil }
    let agent = stream.integer(below: exchange.founderCount)
    // Whoever has left the workspace has nobody any more.
    return exchange.agents[agent]({ $0.presence == .outside }) ? nil : UserID(index: agent)
  }
}
