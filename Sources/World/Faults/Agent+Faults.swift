import Engine
import Measurement
import Sampling
import VirtualTime

/// Being put out in the middle of what one does, and coming back.
extension Agent {
  /// The connection is gone: what is in hand lies there until the agent is back, whatever else the agent
  /// does when leaving; false for who is not there.
  func losesConnection(until back: Instant) -> Bool {
    guard presence == .present || presence == .leaving else { return false }
    leaveLine()
    cancelAbsence()
    presence = .cutOff
    endInactivity()
    exchange.handle(.logsOut(user))
    interrupt()
    let now = kernel.now
    exchange.record.agentOnline(number, false, at: now)
    exchange.lanes?.away(number, true, at: now)
    guard back != .distantFuture else { return true }
    reconnection = kernel.schedule(
      Event(to: target, kind: AgentEvent.reconnects.rawValue), at: back)
    return true
  }

  /// The connection is there again; whose shift is over by now stays away.
  func reconnects() {
    reconnection = .none
    guard presence == .cutOff else { return }
    if shiftNow.isOn {
      comeBack()
    } else {
      presence = .offShift
    }
  }

  /// Everybody is called back; false for who was there, or is off shift.
  func logsInAgain() -> Bool {
    switch presence {
    case .cutOff:
      kernel.cancel(reconnection)
      reconnects()
      return presence == .present
    case .away:
      cancelAbsence()
      comeBack()
      return true
    case .present:
      guard isInactive else { return false }
      exchange.handle(.acts(user))
      return true
    case .leaving, .offShift, .outside: return false
    }
  }

  /// The engine does not answer: what the agent was about to do is done when it does.
  func waitsForEngine(_ event: Event) {
    let handle = exchange.postpone(event)
    switch AgentEvent(rawValue: event.kind) {
    case .workDone:
      if shared != nil { sharedTimer = handle } else { slots[Int(event.subject)].timer = handle }
    case .awayBegins, .awayEnds: absences?.timer = handle
    case .checksIn: absences?.look = handle
    case .reconnects: reconnection = handle
    case .shiftChanges, .grabs, .joins, .departs, nil: break
    }
  }
}
