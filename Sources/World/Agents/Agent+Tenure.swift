import Engine
import Measurement
import Scenarios
import VirtualTime

/// Joining the workspace in the middle of the run, and leaving it for good (PLATFORM.md 4.5).
extension Agent {
  /// The agent is there from the start, or waits for the day.
  func begin() {
    let settings = exchange.plan.model.agents[user.index]
    if let leaves = settings.leaves { schedule(.departs, at: leaves) }
    guard let joins = settings.joins else { return starts() }
    presence = .outside
    schedule(.joins, at: joins)
  }

  private func schedule(_ kind: AgentEvent, at time: EngineDuration) {
    kernel.schedule(
      Event(to: target, kind: kind.rawValue), at: Instant(nanoseconds: time.nanoseconds))
  }

  /// A new colleague, who has no contacts yet.
  func joins() {
    let settings = exchange.plan.model.agents[user.index]
    presence = .present
    freeSince = kernel.now
    exchange.handle(.userAdded(user, settings.profile))
    if let team = settings.team { exchange.handle(.teamGains(team, user)) }
    starts()
  }

  /// The agent leaves for good: as at the end of a shift, and then the user is removed.
  func departs() {
    cancelAbsence()
    if presence == .present || presence == .leaving || presence == .away {
      exchange.record.agentOnShift(number, false, at: kernel.now)
    }
    switch presence {
    case .present:
      handsOver()
      leave(to: .outside)
    case .leaving:
      leavingTo = .outside
      exchange.handle(.logsOut(user))
    case .away, .offShift, .cutOff:
      presence = .outside
      leavesWorkspace()
    case .outside: break
    }
  }

  /// Whether the agent is about to leave for good, or has.
  var isDeparting: Bool { presence == .outside || presence == .leaving && leavingTo == .outside }

  /// The user is removed: the policy `removed_user` says what becomes of the contacts.
  func leavesWorkspace() {
    exchange.handle(.userRemoved(user))
    var contacts = inbox.contacts
    for slot in 0..<slots.capacity where slots[slot].phase == .reply {
      contacts.append(slots[slot].contact)
    }
    for contact in contacts { exchange.contacts[contact]({ $0.findsAnotherWriter() }) }
    // What was to be wrapped up is left as it is.
    for slot in 0..<slots.capacity where slots[slot].phase == .wrapUp { drop(Int32(slot)) }
  }
}

extension Contact {
  /// Whoever was to write first is gone, and there is no conversation yet that others would see.
  fileprivate func findsAnotherWriter() {
    guard peculiarity.outreach == .ahead, !state.isOpen,
      case .user(let team)? = exchange.plan.model.populations[population].opening?.way
    else { return }
    withdraw()
    state.assignee = exchange.nextWriter(of: population, in: team)
    requestPlacement()
  }
}

extension AgentSettings {
  /// What the engine is told of the agent.
  var profile: UserProfile {
    UserProfile(name: name, role: role, sees: sees, weight: weight, limit: limit)
  }
}

extension Model {
  /// The agents of a team, or all: those who are there from the start, and then those who join it.
  func candidates(of team: TeamID?) -> (founders: Range<Int>, latecomers: [Int]) {
    guard let team else { return (agents.indices, []) }
    return (teams[team.index].members, teams[team.index].latecomers)
  }
}
