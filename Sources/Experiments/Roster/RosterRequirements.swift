import Engine
import Sampling
import Scenarios
import World

/// What an Erlang C calculator asks for, period by period: who writes in it, how long an agent works for
/// each of them, nobody ever away, one queue for all.
struct RosterRequirements: Sendable {
  /// Conversations that are expected in each period.
  let expected: [Double]
  /// Agents in each period; 0 where nobody is expected.
  let agents: [Int]

  init(_ model: Model, _ roster: Roster, _ frame: RosterFrame, _ goal: PeriodGoal) {
    let clock = RosterClock(model)
    let members = model.teams[roster.team].members
    let style = members.first.map { model.style(of: model.agents[$0]) }
    let length = Double(frame.grid.length)
    var expected = Array(repeating: 0.0, count: frame.grid.count)
    var work = expected
    for step in frame.judged {
      let period = frame.grid.period(ofStep: step)
      for population in model.populations {
        let count = population.arrivals.expectedCount(
          from: Double(step) * length, to: Double(step + 1) * length, start: clock.start,
          changes: clock.changes)
        guard count.isFinite else { continue }
        expected[period] += count
        let each = population.questions.mean * (style?.meanReplyTime ?? 0)
        work[period] += count * (each + (style?.wrapUp.mean ?? 0))
      }
    }
    self.expected = expected
    let slots = Double(max(1, style?.attention.slots ?? 1))
    agents = zip(expected, work).map { expected, work in
      guard expected > 0, work > 0, work.isFinite else { return expected > 0 ? 1 : 0 }
      let formulas = StaffingFormulas(
        meanService: work / expected, meanPatience: nil, share: goal.share,
        bound: Double(goal.bound) / 1e9)
      return formulas.erlangC(rate: expected / length).map {
        Int((Double($0) / slots).rounded(.up))
      } ?? 1
    }
  }
}
