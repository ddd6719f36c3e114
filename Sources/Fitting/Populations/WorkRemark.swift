import Glibc
import Statistics

/// What is to be said where agents need longer for some of their contacts than for others: a scenario's
/// reply time is the team's, not the population's.
struct WorkRemark {
  let text: String

  init?(_ history: History, _ quantities: Quantities) {
    let isByPopulation = history.populations.count > 1
    let names =
      isByPopulation
      ? history.populations : history.channels.indices.map { history.channelName($0) }
    guard names.count > 1 else { return nil }
    var parts = [[Observation]](repeating: [], count: names.count)
    for (observation, row) in zip(quantities.work, quantities.workRows) where row >= 0 {
      let conversation = history.conversations[Int(row)]
      let place = Int(isByPopulation ? conversation.population : conversation.channel)
      if names.indices.contains(place) { parts[place].append(observation) }
    }
    let large = parts.indices.filter { parts[$0].count >= ChannelDivision.enough }
      .sorted { (-parts[$0].count, $0) < (-parts[$1].count, $1) }
    guard large.count > 1 else { return nil }
    let samples = large.map { LifetimeSample(parts[$0]) }
    guard
      let difference = Difference(
        times: samples, together: LifetimeSample(large.flatMap { parts[$0] })),
      difference.distance(level: SharedLaws.level) >= 1
    else { return nil }
    let shown = zip(large, samples).prefix(4).compactMap { place, sample -> String? in
      guard let median = Self.median(sample) else { return nil }
      return "\(names[place]) \(LawText.duration(median, digits: 3)) (n = \(grouped(sample.count)))"
    }
    text =
      "Replies do not take equally long: medians of " + shown.joined(separator: ", ")
      + (large.count > 4 ? " and \(large.count - 4) more" : "")
      + "; p \(Self.probability(difference.pValue)). Agents who answer all of them have one law in a "
      + "scenario, that of all together."
  }

  private static func probability(_ value: Double) -> String {
    value < 0.001 ? "< 0.001" : "= " + LawText.number(value, digits: 2)
  }

  private static func median(_ sample: LifetimeSample) -> Double? {
    var passed = 0
    for (observation, number) in sample.groups {
      passed += number
      if 2 * passed >= sample.count { return (observation.low + observation.high) / 2 }
    }
    return nil
  }
}
