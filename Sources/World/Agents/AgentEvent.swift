/// What an agent is woken for.
enum AgentEvent: UInt16 {
  /// The work in a slot is done; the slot is the event's subject.
  case workDone
  /// Time to be away.
  case awayBegins
  /// Back from being away.
  case awayEnds
  /// The shift begins or ends.
  case shiftChanges
  /// The agent takes what somebody else may have; contact and visit are in the event.
  case grabs
  /// The agent looks in, who was taken for absent.
  case checksIn
  /// The connection is there again that was lost.
  case reconnects
  /// The agent joins the workspace.
  case joins
  /// The agent leaves it for good.
  case departs
}

/// Where an agent is.
enum Presence: UInt8 {
  /// At work, free to take what comes.
  case present
  /// About to leave: finishing what is in hand.
  case leaving
  /// Away for a while, status Busy.
  case away
  /// Off shift, status Offline.
  case offShift
  /// Put out by a fault, status Offline.
  case cutOff
  /// Not in the workspace: not yet, or not any more.
  case outside
}
