import Statistics

/// The times of some conversations by one clock, taken in at leisure: for what only some runs ask.
struct ClockRecord {
  var times: Times
  var fates: Fates
  /// The mean response of each closed conversation: the platform's own number.
  var averages: Histogram
  /// The clock stands still outside these; nil for a plain clock.
  private let hours: OfficeHours?

  /// Nothing yet, with the exact bounds that a plan asks for, of all or of a part.
  init(_ plan: RecordingPlan, office: Bool, of scope: MetricScope? = nil) {
    times = Times(plan, office: office, of: scope)
    fates = Fates(plan, office: office, of: scope)
    averages = Histogram(bounds: plan.bounds(.response, office: office, of: scope))
    hours = office ? plan.officeHours : nil
  }

  /// What the clock shows between two instants.
  func elapsed(from start: Int64, to end: Int64) -> Int64 {
    hours?.elapsed(from: start, to: end) ?? end - start
  }

  /// A message was answered.
  mutating func response(from start: Int64, to end: Int64, isLate: Bool) {
    let length = elapsed(from: start, to: end)
    times.response.record(length)
    if isLate { fates.late.response.record(length) }
  }

  /// A conversation is closed after a length, or, if that is negative, as open as it is at the end.
  mutating func conclude(_ course: Course, length: Int64) {
    func note(_ plain: Int64, _ time: WritableKeyPath<Times, Histogram>) {
      guard plain >= 0 else { return }
      times[keyPath: time].record(elapsed(from: course.openedAt, to: course.openedAt + plain))
    }
    note(course.wait, \.wait)
    note(course.firstResponse, \.firstResponse)
    note(course.timeToAssignment, \.timeToAssignment)
    note(length, \.resolution)
    if course.gaveUp { fates.addLate(course, length: length, hours) }
    fates.addUnended(course, isClosed: length >= 0)
  }

  /// A conversation may go on when the run is over.
  mutating func concludeUnfinished(_ course: Course, at now: Int64) {
    fates.addUnfinished(course, at: now, hours)
  }

  /// The times as the platform shows them: responses are averaged over each closed conversation.
  var closedTimes: Times {
    var times = times
    times.response = averages
    return times
  }
}
