import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// Being taken for absent by the workspace's inactivity time, at work and with nothing in hand.
///
/// Any action ends it: work that reaches the agent is one, and so is a look at the inbox after
/// `checks_in`. Until then the agent is offline in every count (PLATFORM.md 10.24), and with
/// `works_visibly: false` the middle of a long answer is no action.
extension Agent {
  /// The engine has another status for the agent.
  func statusBecomes(_ status: ActivityStatus) {
    if status == .offline {
      // A log-out of an agent who leaves is told by leaving.
      if presence == .present { takenForAbsent() }
    } else if isInactive {
      endInactivity()
      let now = kernel.now
      exchange.record.agentOnline(number, true, at: now)
      exchange.lanes?.away(number, false, at: now)
    }
  }

  private func takenForAbsent() {
    guard !isInactive else { return }
    isInactive = true
    noteWorking()
    let now = kernel.now
    exchange.record.agentOnline(number, false, at: now)
    exchange.lanes?.away(number, true, at: now)
    guard let delay = absences?.nextLook(), delay != SampledTime.never else { return }
    absences?.look = kernel.schedule(
      Event(to: target, kind: AgentEvent.checksIn.rawValue), afterNanoseconds: delay)
  }

  /// The agent looks whether there is anything, and is back with that.
  func checksIn() {
    if isInactive { exchange.handle(.acts(user)) }
  }

  /// The agent is back, or really goes.
  func endInactivity() {
    guard isInactive else { return }
    isInactive = false
    kernel.cancel(absences?.look ?? .none)
    noteWorking()
  }

  /// Whether the platform sees the agent at work at this moment: at the desk, not with a phone whose app
  /// is in the background (complaint C15).
  var isSeenWorking: Bool { isWorking && traits.style.worksVisibly }
}
