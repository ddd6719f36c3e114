import Foundation
import Testing

@testable import Measurement
@testable import Reporting

/// What is said of overload is what its numbers say.
@Suite struct OverloadWordsTests {
  typealias Overload = ResultDocument.Overload

  private func words(_ overloads: [Overload?], abandoned: Double = 0) -> OverloadWords {
    var document = overloads.count == 1 ? Fixture.run() : Fixture.comparison()
    for place in document.strategies.indices {
      document.strategies[place].overload = place < overloads.count ? overloads[place] : nil
      document.strategies[place].values.removeAll { $0.metric == "abandoned" }
      document.strategies[place].values.append(
        .init(metric: "abandoned", mean: abandoned, replications: 1))
    }
    document.scenario.warmup = 0
    return OverloadWords(ResultIndex(document))
  }

  private var end: Double { Fixture.run().scenario.duration }

  private func whole(_ team: String? = nil, offered: Double = 5.03) -> Overload.Place {
    .init(team: team, from: 0, to: end, offered: offered, available: 4, enough: 6)
  }

  @Test func `the whole run names work, agents, how many would do, and what follows`() {
    let text = words([Overload(places: [whole()])]).entries.first?.text ?? ""
    #expect(
      text.hasPrefix("The desk is overloaded: about 5.0 agents' work comes in for 4.0 agents"))
    #expect(text.contains("With 6 agents or more there throughout it would not be. Means then"))
    #expect(text.contains("Means then depend on how long the run lasts. This number is the least"))
    #expect(text.hasSuffix("the least to keep up with the work, not a recommendation."))
  }

  @Test func `where customers give up, only they keep the queue from growing`() {
    let text = words([Overload(places: [whole("sales")])], abandoned: 0.3).entries.first?.text ?? ""
    #expect(text.hasPrefix("The team sales is overloaded"))
    #expect(text.contains("Only customers who give up keep the queue from growing"))
    #expect(!text.contains("Means then"))
  }

  @Test func `full hours have clock times and no word about the length of the run`() {
    let peak = Overload.Place(from: 3_600, to: 7_200, offered: 9.7, available: 8, enough: 10)
    let text = words([Overload(places: [peak])]).entries.first?.text ?? ""
    // The fixture's run starts at 9:00.
    #expect(text.hasPrefix("The desk is overloaded from 10:00 to 11:00: about 9.7 agents' work"))
    #expect(!text.contains("how long the run lasts"))
  }

  @Test func `what the numbers of agents are is said once for all places`() {
    let text = words([Overload(places: [whole(), whole("sales")])]).entries.first?.text ?? ""
    #expect(text.components(separatedBy: "With 6 agents or more there throughout").count == 3)
    #expect(text.components(separatedBy: "not a recommendation").count == 2)
    #expect(
      text.hasSuffix("These numbers are the least to keep up with the work, not a recommendation."))
  }

  @Test func `growth says its number an hour`() {
    let text = words([Overload(growthPerHour: 3.42)]).entries.first?.text ?? ""
    #expect(text.contains("grows by about 3.4 an hour"))
    #expect(text.contains("so means depend on how long the run lasts"))
  }

  @Test func `strategies with the same overload share one sentence, others have their own`() {
    let all = Fixture.comparison().strategies.count
    let same = (0..<all).map { Overload(places: [whole(offered: 5 + Double($0) / 10)]) }
    let shared = words(same)
    #expect(shared.entries.count == 1)
    #expect(shared.entries.first.map(shared.isOfAll) == true)
    #expect(shared.entries.first?.text.contains("about 5.0 to 5.\(all - 1) agents' work") == true)
    let one = words([same[0], nil])
    #expect(one.entries.count == 1 && one.entries.first?.strategies == [0])
    #expect(one.entries.first.map(one.isOfAll) == false)
    #expect(words([nil]).entries.isEmpty)
  }
}
