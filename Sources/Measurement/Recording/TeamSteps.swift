/// The timeline of each team: what opened for it, and how many of its agents were online and busy.
///
/// Kept only where there are several teams. A stretch of time is laid over the steps when it ends, so
/// that nothing need be cut.
struct TeamSteps {
  /// The team of each agent, if there is one.
  private let teams: [Int?]
  private let length: Int64
  private(set) var steps: [[StepResult]]

  /// Empty where there is one team or none: the timeline of everybody says it all.
  init(_ plan: RecordingPlan) {
    let highest = plan.teams.lazy.compactMap(\.self).max() ?? -1
    let (length, count) = Timeline.grid(plan)
    teams = highest > 0 ? plan.teams : []
    self.length = length
    steps = Array(
      repeating: Array(repeating: StepResult(), count: count),
      count: highest > 0 ? highest + 1 : 0)
  }

  private func team(of agent: AgentNumber) -> Int? {
    teams.indices.contains(agent.index) ? teams[agent.index] : nil
  }

  /// A conversation that ended, or is still open at the end, for the team of whoever had it last.
  mutating func conclude(_ course: Course) {
    let agent = course.assignee.isSomebody ? course.assignee : course.firstResponder
    guard let team = team(of: agent) else { return }
    let step = Int(course.step)
    steps[team][step].arrivals += 1
    if course.firstResponse >= 0 {
      steps[team][step].firstResponses += 1
      steps[team][step].firstResponseSeconds += Double(course.firstResponse) / 1e9
    }
  }

  /// The steps of each team, as long as those of everybody.
  func results(_ everybody: [StepResult]) -> [[StepResult]] {
    steps.map { team in
      zip(team, everybody).map { step, whole in
        var step = step
        step.seconds = whole.seconds
        return step
      }
    }
  }

  /// A stretch of an agent's time has ended.
  mutating func add(
    _ seconds: WritableKeyPath<StepResult, Double>, of agent: AgentNumber, from start: Int64,
    to end: Int64
  ) {
    guard start >= 0, let team = team(of: agent) else { return }
    var from = start
    while from < end {
      let step = min(Int(from / length), steps[team].count - 1)
      let last = step == steps[team].count - 1
      let to = last ? end : min(end, (Int64(step) + 1) * length)
      steps[team][step][keyPath: seconds] += Double(to - from) / 1e9
      from = to
    }
  }
}
