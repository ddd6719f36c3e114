import Statistics

/// What the people of a load test met, in the scenario's own time: beside what the simulation foretells.
struct CrowdRecord: Sendable {
  /// From the first message until somebody had the conversation.
  var assigned = Histogram()
  /// From the first message until the first answer.
  var answered = Histogram()
  /// Conversations that need an agent while nobody works on them.
  private(set) var waiting = 0
  private var since: Int64 = 0
  private var begin: Int64 = 0
  private var area = 0.0

  /// So many more wait.
  mutating func waits(_ change: Int, at time: Int64) {
    // Notices come a little late, so that times may step back.
    if time > since {
      area += Double(waiting) * Double(time &- since)
      since = time
    }
    waiting += change
  }

  /// What is counted begins now.
  mutating func restart(at time: Int64) {
    waits(0, at: time)
    assigned = Histogram()
    answered = Histogram()
    area = 0
    begin = since
  }

  /// How many waited on average until then.
  mutating func meanWaiting(until time: Int64) -> Double? {
    waits(0, at: time)
    return since > begin ? area / Double(since &- begin) : nil
  }
}
