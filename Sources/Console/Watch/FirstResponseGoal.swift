import Measurement

/// How soon customers are to have their first answer, by the goals of a scenario.
struct FirstResponseGoal {
  let nanoseconds: Int64

  /// A goal on the share answered in time, or else one on a length; nil if there is neither.
  init?(_ goals: [Goal]) {
    let own = goals.filter { $0.metric.metric == .firstResponse && $0.metric.scope == nil }
    if let bound = own.lazy.compactMap({ $0.metric.statistic?.bound }).first {
      nanoseconds = bound
    } else if let goal = own.first(where: { $0.limit > 0 && $0.limit < 9e9 }) {
      nanoseconds = Int64(goal.limit * 1e9)
    } else {
      return nil
    }
  }

  var seconds: Double { Double(nanoseconds) / 1e9 }

  var words: String { DurationText.format(nanoseconds) }
}
