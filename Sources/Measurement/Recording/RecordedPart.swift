import Statistics

/// A part of the conversations, with the numbers that tell the recorder what belongs to it.
public struct RecordedPart: Sendable {
  /// The part as metrics name it.
  public var scope: MetricScope

  /// What belongs to it.
  public var members: Members

  /// What belongs to a part.
  public enum Members: Sendable {
    /// Conversations of the population with this number.
    case population(Int)
    /// Conversations opened on the channel with this number.
    case channel(Int)
    /// Conversations first answered by one of these agents, or had last by one if nobody answered:
    /// true or false by the agent's number.
    case agents([Bool])
    /// Conversations opened in one of these stretches of virtual time, in nanoseconds, ascending.
    case opened([Range<Int64>])
    /// None at all.
    case nothing
  }

  /// Names a part and what belongs to it.
  public init(_ scope: MetricScope, _ members: Members) {
    self.scope = scope
    self.members = members
  }

  /// Whether a conversation belongs to it, by what is known of it now.
  func includes(_ course: Course) -> Bool {
    switch members {
    case .population(let number): return Int(course.population) == number
    case .channel(let number): return Int(course.channel) == number
    case .agents(let belongs):
      let agent = course.firstResponder.isSomebody ? course.firstResponder : course.holder
      return belongs.indices.contains(agent.index) && belongs[agent.index]
    case .opened(let stretches):
      // The last stretch that begins at or before the opening.
      var low = 0
      var high = stretches.count
      while low < high {
        let middle = (low + high) / 2
        if stretches[middle].lowerBound <= course.openedAt {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low > 0 && stretches[low - 1].contains(course.openedAt)
    case .nothing: return false
    }
  }
}

/// What the conversations of one part met with.
struct PartTally {
  let part: RecordedPart
  private var counts = ConversationCounts()
  private var plain: ClockRecord
  private var office: ClockRecord?

  init(_ part: RecordedPart, _ plan: RecordingPlan, asksOffice: Bool) {
    self.part = part
    plain = ClockRecord(plan, office: false, of: part.scope)
    office = asksOffice ? ClockRecord(plan, office: true, of: part.scope) : nil
  }

  /// A message was answered.
  mutating func response(_ course: Course, since: Int64, at now: Int64) {
    guard part.includes(course) else { return }
    plain.response(from: since, to: now, isLate: course.gaveUp)
    office?.response(from: since, to: now, isLate: course.gaveUp)
  }

  /// A conversation is closed after a length, or, if that is negative, as open as it is at the end.
  mutating func conclude(_ course: Course, length: Int64) {
    guard part.includes(course) else { return }
    counts.add(course)
    plain.conclude(course, length: length)
    office?.conclude(course, length: length)
    guard length >= 0, let average = course.averageResponse else { return }
    plain.averages.record(average.plain)
    office?.averages.record(average.office)
  }

  /// A conversation may go on when the run is over.
  mutating func concludeUnfinished(_ course: Course, at now: Int64) {
    guard part.includes(course) else { return }
    plain.concludeUnfinished(course, at: now)
    office?.concludeUnfinished(course, at: now)
  }

  /// What came of it; `closed` is how it stood before the open conversations were taken in.
  func result(_ replication: Int, closed: PartTally) -> ReplicationResult {
    var result = ReplicationResult(
      replication: replication, all: counts, closed: closed.counts, times: plain.times,
      agents: [], fates: plain.fates, populations: [], channels: [], steps: [])
    result.officeTimes = office?.times
    result.officeFates = office?.fates
    result.closedTimes = closed.plain.closedTimes
    result.closedFates = closed.plain.fates
    result.closedOfficeTimes = closed.office?.closedTimes
    result.closedOfficeFates = closed.office?.fates
    return result
  }
}
