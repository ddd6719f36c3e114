public import Measurement
import Sampling
public import Scenarios
import Statistics

/// What formulas say of a team that writes answers, each answer a job of its own that waits and is written.
///
/// Unlike `StaffingFormulas`, which knows what runs showed of the work, this knows the scenario only; and the
/// time of an answer includes its writing, as the customer's does.
public struct WritingFormulas: Sendable {
  private let style: WorkStyle
  private let answers: Double

  /// The formulas for a world's only team; nil where there are several, or where an answer is not simply written.
  public init?(_ model: Model) {
    let teams = model.teams.filter { !$0.members.isEmpty }
    guard teams.count == 1, model.aiAgents.isEmpty,
      let first = teams[0].members.first
    else { return nil }
    let style = model.style(of: model.agents[first])
    guard style.assists.isEmpty, style.shortcuts.isEmpty, !style.greets,
      style.replyTime.mean.isFinite, style.replyTime.mean > 0
    else { return nil }
    self.style = style
    answers = Self.answers(model)
    guard answers > 0, answers.isFinite else { return nil }
  }

  /// Answers a conversation, over all customers.
  private static func answers(_ model: Model) -> Double {
    var (sum, count) = (0.0, 0.0)
    for population in model.populations {
      let weight = population.arrivals.expectedCount(from: 0, to: 86_400)
      sum += population.questions.mean * weight
      count += weight
    }
    return count > 0 ? sum / count : 0
  }

  /// The share of answers that are written within a time, however many agents there are.
  public func ceiling(within bound: Double) -> Double { style.replyTime.cdf(bound) }

  /// How much an agent does with all conversations in hand in the time of one.
  public var gain: Double {
    let slots = style.attention.slots
    return style.attention.speed(of: slots) * Double(slots)
  }

  /// The share of the time that an agent is there.
  private var presence: Double {
    guard let away = style.away else { return 1 }
    let (after, length) = (away.after.mean, away.length.mean)
    return after + length > 0 && length.isFinite ? after / (after + length) : 1
  }

  /// The fewest agents such that a share of answers is waited for and written within a time, by Erlang C, each
  /// of them counting as so many; nil where there is no such number.
  public func erlangC(
    customersPerHour: Double, share: Double, within bound: Double, each: Double = 1
  ) -> Int? {
    guard customersPerHour > 0 else { return 0 }
    guard share < ceiling(within: bound) else { return nil }
    let rate = customersPerHour * answers / 3_600
    let writing = written(within: bound)
    let least = Int(min(1e6, rate * style.replyTime.mean)) + 1
    func suffices(_ servers: Int) -> Bool {
      guard
        let erlang = ErlangC(
          servers: servers, arrivalRate: rate, meanService: style.replyTime.mean)
      else { return false }
      return writing.reduce(0) {
        $0 + $1.share * erlang.serviceLevel(within: bound - $1.time)
      } >= share
    }
    // More servers never do worse: the first of them is found by doubling, then by halving.
    var (low, high, step) = (least - 1, least, 1)
    while !suffices(high) {
      low = high
      high += step
      step *= 2
      guard high < 1_000_000 else { return nil }
    }
    while high - low > 1 {
      let middle = (low + high) / 2
      if suffices(middle) { high = middle } else { low = middle }
    }
    return Int((Double(high) / each / presence - 1e-9).rounded(.up))
  }

  /// How the writing of those answers is spread that are written within a time, in small steps.
  private func written(within bound: Double) -> [(time: Double, share: Double)] {
    let steps = 200
    var before = style.replyTime.cdf(0)
    var parts: [(time: Double, share: Double)] = before > 0 ? [(0, before)] : []
    for step in 0..<steps {
      let upto = style.replyTime.cdf(bound * Double(step + 1) / Double(steps))
      parts.append((bound * (Double(step) + 0.5) / Double(steps), upto - before))
      before = upto
    }
    return parts
  }

  /// What they say of each period of a grid.
  public func answer(
    _ grid: StaffingGrid, share: Double, bound: Int
  ) -> StaffingFormulasAnswer {
    let within = grid.bounds[bound]
    func counts(_ each: Double) -> [Int?] {
      grid.periods.map { period in
        period.hours > 0
          ? erlangC(
            customersPerHour: period.customers / period.hours, share: share, within: within,
            each: each) : 0
      }
    }
    // Where runs reach more than a formula allows, the formula does not know this desk.
    let best = grid.counts.indices.last.flatMap { last in
      grid.periods.indices.compactMap { grid.reach(last, $0, bound).low }.max()
    }
    let ceiling = ceiling(within: within)
    return StaffingFormulasAnswer(
      single: counts(1), several: gain > 1 ? counts(gain) : nil, gain: gain,
      slots: style.attention.slots, ceiling: best ?? 0 > ceiling ? nil : ceiling, answers: answers,
      writing: style.replyTime.mean,
      away: style.away.map { .init(after: $0.after.mean, length: $0.length.mean) })
  }
}
