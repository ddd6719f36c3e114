import Statistics

/// What became of those whom no time ended in good time: what a share *within* a bound needs besides
/// the times themselves.
///
/// Such a share is of everybody whose fate within the bound is known. Who has the time is known; who
/// gave up, or was closed without it, is known too, and missed; who still waits at the end is known
/// once older than the bound. So nothing need be noted while an ordinary conversation is closed.
public struct Fates: Sendable, Equatable, Codable {
  /// Times that ended only when the customer had given up: they come too late for any bound.
  public var late: Times

  /// How old those were at the end that had not ended and still might.
  public var unfinished: Times

  /// Messages of contacts that nobody will answer any more.
  public var unanswered = 0

  /// Conversations that somebody had when they were opened, and nobody was assigned since.
  var assignedBefore = 0

  /// Nothing yet, with the exact bounds that a plan asks for.
  init(_ plan: RecordingPlan, office: Bool, of scope: MetricScope? = nil) {
    late = Times(plan, office: office, of: scope)
    unfinished = late
  }

  /// What ended of a conversation only after the customer had given up, by the clock of some office.
  ///
  /// `length` is how long it was open; negative if it still is. Responses are told one by one.
  mutating func addLate(_ course: Course, length: Int64, _ office: OfficeHours? = nil) {
    func note(_ plain: Int64, _ time: WritableKeyPath<Times, Histogram>) {
      guard plain >= course.oddities.gaveUpAfter else { return }
      let end = course.openedAt + plain
      late[keyPath: time].record(office?.elapsed(from: course.openedAt, to: end) ?? plain)
    }
    note(course.firstResponse, \.firstResponse)
    note(course.timeToAssignment, \.timeToAssignment)
    note(length, \.resolution)
  }

  /// What will never end of a conversation.
  mutating func addUnended(_ course: Course, isClosed: Bool) {
    if course.timeToAssignment < 0, course.holder.isSomebody { assignedBefore += 1 }
    if course.unansweredSince >= 0, isClosed || course.gaveUp { unanswered += 1 }
  }

  /// What may still end of a conversation that is open when the run is over.
  mutating func addUnfinished(_ course: Course, at now: Int64, _ office: OfficeHours? = nil) {
    func note(_ since: Int64, _ time: WritableKeyPath<Times, Histogram>) {
      unfinished[keyPath: time].record(office?.elapsed(from: since, to: now) ?? now - since)
    }
    if course.wait < 0 { note(course.openedAt, \.wait) }
    if course.firstResponse < 0 { note(course.openedAt, \.firstResponse) }
    if course.unansweredSince >= 0 { note(course.unansweredSince, \.response) }
    if course.timeToAssignment < 0, course.holder == .nobody {
      note(course.openedAt, \.timeToAssignment)
    }
    note(course.openedAt, \.resolution)
  }

  /// Takes in what another part has seen.
  mutating func merge(_ other: Fates) {
    late.merge(other.late)
    unfinished.merge(other.unfinished)
    unanswered += other.unanswered
    assignedBefore += other.assignedBefore
  }
}

/// How many reached something within a bound, of those about whom that is known.
struct KnownFates: Sendable, Equatable {
  /// Who reached it in time.
  var within: Double
  /// Of whom it is known whether they did.
  var known: Double

  /// The share that did; nothing if nothing is known of anybody.
  var share: Double? { known > 0 ? min(1, max(0, within / known)) : nil }
}

extension Fates {
  /// Who reached the end of a time within each of `bounds` (nanoseconds, ascending).
  ///
  /// `conversations` is how many there were in all. A response is one of many in a conversation, and
  /// messages are counted instead; not where `ended` has one number for each conversation.
  func known(
    _ metric: MetricDefinition, _ ended: Histogram, conversations: Int, onePerConversation: Bool,
    within bounds: [Int64]
  ) -> [KnownFates] {
    guard let late = late.histogram(of: metric), let unfinished = unfinished.histogram(of: metric)
    else { return [] }
    var tooLate = late.counts(within: bounds)
    let all: Int
    switch metric {
    case .response where onePerConversation:
      all = conversations
      tooLate = bounds.map { _ in 0 }
    case .response: all = ended.count + unanswered + unfinished.count
    case .timeToAssignment: all = conversations - assignedBefore
    default: all = conversations
    }
    let inTime = ended.counts(within: bounds)
    let young = unfinished.counts(within: bounds)
    return bounds.indices.map { index in
      KnownFates(
        within: inTime[index] - tooLate[index], known: Double(all) - young[index])
    }
  }
}
