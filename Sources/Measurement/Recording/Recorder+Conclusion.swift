import Statistics
public import VirtualTime

extension Recorder {
  /// Takes a conversation into the sums: when it is closed, or at the end of the run.
  @usableFromInline
  mutating func conclude(_ course: inout Course, closedAt: Int64) {
    // Read where it stands, for a copy of it all would cost as much as half of this.
    let firstResponse = course.firstResponse
    if firstResponse >= 0 {
      let step = Int(course.step)
      timeline.steps[step].responses &+= 1
      timeline.steps[step].responseSum &+= Int128(firstResponse)
      if firstResponse <= timelineBound { timeline.steps[step].within &+= 1 }
    }
    if course.isUnusual, course.oddities.past >= 0 { forgetPast(of: &course) }
    guard course.isCounted else { return }
    counts.addUsual(
      isAnswered: firstResponse >= 0, assignments: course.assignments, sent: course.sent)
    if course.isUnusual { counts.addUnusual(course) }
    let openedAt = course.openedAt
    let length = closedAt < 0 ? -1 : closedAt &- openedAt
    if course.gaveUp { concludeLate(course, length: length) }
    if firstResponse >= 0 {
      let responder = course.firstResponder.index
      agents[responder].responses &+= 1
      agents[responder].responseSum &+= Int128(firstResponse)
    }
    let response = course.responses == 1 ? course.responseSum : -1
    if length >= 0, response == length, firstResponse == length {
      times.recordTogether(length)
    } else {
      if firstResponse >= 0 { times.recordFirstResponse(firstResponse) }
      if response >= 0 { times.recordResponse(response) }
      if length >= 0 { times.recordResolution(length) }
    }
    let wait = course.wait
    if wait >= 0 { times.recordWait(wait) }
    let timeToAssignment = course.timeToAssignment
    if timeToAssignment >= 0 { times.recordTimeToAssignment(timeToAssignment) }
    if timeToAssignment < 0 || course.unansweredSince >= 0 {
      concludeUnended(course, isClosed: closedAt >= 0)
    }
    if asksMore { concludeMore(course, length: length) }
  }

  /// What ended only after the customer had given up.
  @inline(never)
  private mutating func concludeLate(_ course: Course, length: Int64) {
    fates.addLate(course, length: length)
    let firstResponse = course.firstResponse
    if firstResponse >= course.oddities.gaveUpAfter, firstResponse <= timelineBound {
      timeline.steps[Int(course.step)].within &-= 1
    }
    // A first response after that is late, but nothing is left to do.
    if firstResponse < course.oddities.gaveUpAfter { leavesUndone(course) }
  }

  /// An agent would have had more to do with the conversation.
  private mutating func leavesUndone(_ course: Course) {
    undone.add(course)
    if course.assignee.isSomebody { agents[course.assignee.index].undone.add(course) }
  }

  /// What has no time to assignment, or a message that is not answered.
  @inline(never)
  private mutating func concludeUnended(_ course: Course, isClosed: Bool) {
    fates.addUnended(course, isClosed: isClosed)
  }

  /// What may still end of a conversation that is open when the run is over.
  private mutating func concludeUnfinished(_ course: Course, at now: Int64) {
    guard !course.gaveUp else { return }
    if course.firstResponse < 0, now - course.openedAt <= timelineBound {
      timeline.steps[Int(course.step)].unknown &+= 1
    }
    guard course.isCounted else { return }
    fates.addUnfinished(course, at: now)
    office?.concludeUnfinished(course, at: now)
    for index in parts.indices { parts[index].concludeUnfinished(course, at: now) }
  }

  /// What only some runs ask of a conversation.
  @inline(never)
  private mutating func concludeMore(_ course: Course, length: Int64) {
    if populations.count > 1 {
      populations[Int(course.population)].add(course, closedAfter: length)
    }
    if channels.count > 1 {
      channels[Int(course.channel)].add(course, closedAfter: length)
    }
    if asksTeams { teamSteps.conclude(course) }
    for index in parts.indices { parts[index].conclude(course, length: length) }
    office?.conclude(course, length: length)
    if asksClosedOnly, length >= 0, let average = course.averageResponse {
      averages.record(average.plain)
      office?.averages.record(average.office)
    }
  }

  @inline(never)
  private mutating func forgetPast(of course: inout Course) {
    pasts[Int(course.oddities.past)].forget()
    freePasts.append(course.oddities.past)
    course.oddities.past = -1
  }

  /// Ends the run at `now` and gives what it found; the recorder hears nothing more.
  ///
  /// What is still `open` is taken in as far as it went: a wait that has not ended is in no histogram,
  /// but the conversation counts in shares, in `open_at_end` and in `waiting`.
  public mutating func finish(
    at now: Instant, replication: Int = 0, open: some Sequence<Course>
  ) -> ReplicationResult {
    let now = now.nanoseconds
    if now >= timeline.nextCut { cut(at: now) }
    timeline.take(until: now)
    for index in 0..<agents.count {
      if asksTeams {
        noteOnline(AgentNumber(index), until: now)
        noteBusy(AgentNumber(index), until: now)
      }
      agents[index].finish(at: now)
    }

    // Closed conversations are all that is concluded so far: the platform's view.
    let closed = counts
    var closedTimes = asksClosedOnly ? times.times : nil
    closedTimes?.response = averages
    let closedFates = asksClosedOnly ? fates : nil
    let closedOffice = asksClosedOnly ? office : nil
    let closedParts = parts

    let measured = inSeconds(timeline.total.time)
    var unassigned = 0
    var stillWaiting = 0
    for course in open where course.isOpen {
      var course = course
      conclude(&course, closedAt: -1)
      concludeUnfinished(course, at: now)
      if course.isCounted, course.assignee == .nobody { unassigned += 1 }
      if course.isCounted, course.isWaiting {
        stillWaiting += 1
        leavesUndone(course)
      }
    }
    let times = self.times.times
    if populations.count == 1 { populations[0] = SegmentCounts(counts, times) }
    if channels.count == 1 { channels[0] = SegmentCounts(counts, times) }
    var result = ReplicationResult(
      replication: replication, all: counts, closed: closed, times: times,
      agents: agents.elements.map { AgentResult($0, seconds: measured) },
      fates: fates, populations: populations.elements, channels: channels.elements,
      steps: timeline.results(hasBound: timelineBound >= 0))
    result.unassignedAtEnd = unassigned
    result.waitingAtEnd = stillWaiting
    result.undone = undone
    result.teams = teamSteps.results(result.steps)
    result.officeTimes = office?.times
    result.officeFates = office?.fates
    result.closedTimes = closedTimes
    result.closedFates = closedFates
    result.closedOfficeTimes = closedOffice?.closedTimes
    result.closedOfficeFates = closedOffice?.fates
    result.parts = zip(parts, closedParts).map { part, closed in
      PartResult(scope: part.part.scope, result: part.result(replication, closed: closed))
    }
    let total = timeline.total
    result.seconds = measured
    result.openSeconds = inSeconds(total.open)
    result.waitingSeconds = inSeconds(total.waiting)
    result.onlineSeconds = inSeconds(total.online)
    result.busySeconds = inSeconds(total.busy)
    result.cost = cost(result.agents)
    return result
  }

  /// What the time on shift cost; nil where nobody costs anything.
  private func cost(_ agents: [AgentResult]) -> Double? {
    guard !costPerHour.isEmpty else { return nil }
    return zip(agents, costPerHour).reduce(0) { sum, pair in
      sum + pair.1 * pair.0.shiftSeconds / 3_600
    }
  }
}

extension AgentResult {
  fileprivate init(_ tally: AgentTally, seconds: Double) {
    self.init()
    conversations = Int(tally.conversations)
    replies = Int(tally.replies)
    undone = tally.undone
    onlineSeconds = inSeconds(tally.online.total)
    busySeconds = inSeconds(tally.busy.total)
    shiftSeconds = inSeconds(tally.onShift.total)
    openMean = seconds > 0 ? inSeconds(tally.openArea) / seconds : 0
    openMaximum = Int(tally.mostOpen)
    reassignedIn = Int(tally.movedIn)
    reassignedOut = Int(tally.movedOut)
    firstResponses = Int(tally.responses)
    firstResponseSeconds = inSeconds(tally.responseSum)
  }
}

extension Timeline {
  fileprivate func results(hasBound: Bool) -> [StepResult] {
    steps.elements.map { step in
      var result = StepResult()
      result.seconds = inSeconds(step.areas.time)
      result.arrivals = Int(step.arrivals)
      result.openSeconds = inSeconds(step.areas.open)
      result.assignedSeconds = inSeconds(step.areas.assigned)
      result.unassignedSeconds = inSeconds(step.areas.open - step.areas.assigned)
      result.waitingSeconds = inSeconds(step.areas.waiting)
      result.onlineSeconds = inSeconds(step.areas.online)
      result.busySeconds = inSeconds(step.areas.busy)
      result.firstResponses = Int(step.responses)
      result.firstResponseSeconds = inSeconds(step.responseSum)
      if hasBound {
        result.withinBound = Int(step.within)
        result.knownOfBound = Int(step.arrivals - step.unknown)
      }
      return result
    }
  }
}

/// Nanoseconds, or a level over nanoseconds, as seconds.
func inSeconds(_ nanoseconds: Int128) -> Double {
  // What fits into a word is converted by one instruction, all else by thousands; both round once.
  let word = Int64(truncatingIfNeeded: nanoseconds)
  return (Int128(word) == nanoseconds ? Double(word) : Double(nanoseconds)) / 1e9
}

func inSeconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1e9 }
