import World

/// What faults did, for whoever reads the numbers of runs in which things went wrong.
struct RemarksOnFaults {
  /// A sentence for each strategy that has faults.
  let sentences: [String]

  init(_ outcomes: [Campaign.Outcome], runs: Int) {
    sentences = outcomes.compactMap { outcome in
      guard let counts = outcome.faults else { return nil }
      let whose = outcomes.count > 1 ? " under \(outcome.name)" : ""
      let where_ = runs == 1 ? "in the run" : "in all \(runs) runs"
      let parts = Self.parts(counts)
      return "Faults\(whose), \(where_): "
        + (parts.isEmpty ? "none came to anything" : parts.joined(separator: "; ")) + "."
    }
  }

  /// What happened at all, in words.
  private static func parts(_ counts: FaultCounts) -> [String] {
    var parts: [String] = []
    func tell(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { parts.append("\(count) " + (count == 1 ? one : many)) }
    }
    tell(
      counts.heldMessages, "message of a contact came when its channel was back",
      "messages of contacts came when their channel was back")
    tell(
      counts.failedMessages, "message to a contact failed while its channel was down",
      "messages to contacts failed while their channel was down")
    tell(counts.duplicateMessages, "message came twice", "messages came twice")
    tell(counts.lateMessages, "message was late", "messages were late")
    tell(counts.failedCalls, "call of a service failed", "calls of services failed")
    tell(counts.slowCalls, "call was slow", "calls were slow")
    tell(counts.garbledCalls, "call was answered with garbage", "calls were answered with garbage")
    tell(
      counts.droppedAgents, "agent was put out", "times an agent was put out")
    tell(
      counts.loggedInAgents, "agent was made to log in", "times an agent was made to log in")
    tell(counts.restarts, "restart of the engine", "restarts of the engine")
    tell(
      counts.heldEvents, "event waited for the engine", "events waited for the engine")
    return parts
  }
}
