import Measurement
import Testing

@testable import Reporting

@Suite struct `What a load test says` {
  private func step(
    _ result: Goal.Outcome, _ value: Double?, rate: Double = 65_000
  ) -> LoadStep {
    LoadFixture.step(rate, goals: [LoadFixture.outcome(LoadFixture.p99, value, result)])
  }

  private func one(_ step: LoadStep, goals: [ResultDocument.Goal] = []) -> String {
    LoadFixture.document([step], goals: goals).verdict
  }

  private static let slowest =
    " One in 100,000 took longer than 1.77 ms, the slowest 2.50 ms."

  @Test func `one rate that is held`() {
    #expect(
      one(LoadFixture.step(65_000))
        == "The engine holds 65,000 events a second, with 99 % carried out within 391 µs."
        + Self.slowest)
    #expect(
      one(step(.met, 0.000_391), goals: [LoadFixture.p99])
        == "The engine holds 65,000 events a second and meets the goal, with 99 % carried out within "
        + "391 µs." + Self.slowest)
    #expect(
      LoadFixture.single().verdict
        == "The engine holds 65,000 events a second and meets both goals, with 99.9 % carried out "
        + "within 714 µs." + Self.slowest)
  }

  @Test func `a goal that is missed, or open, with its value`() {
    var slow = step(.missed, 0.001_000_4)
    slow.latency[0].levels[3] = 0.001_000_4
    slow.latency[0].levels[4] = 0.001_1
    #expect(
      one(slow, goals: [LoadFixture.p99]).hasPrefix(
        "At 65,000 events a second the engine misses the goal (latency.p99 <= 1 ms: 1.0004 ms), with "
      ))
    #expect(
      one(step(.inconclusive, nil), goals: [LoadFixture.p99, LoadFixture.achieved]).hasPrefix(
        "At 65,000 events a second the engine is not shown to meet two of two goals (latency.p99 <= "
          + "1 ms: no value; achieved >= 99.9%: no value), with 99 % carried out within 391 µs."))
  }

  @Test func `few events have no quantile but a longest`() {
    var few = LoadFixture.step(10)
    few.latency[0].count = 40
    #expect(
      one(few) == "The engine holds 10 events a second, with all 40 carried out within 2.50 ms.")
    few.latency[0].count = 1
    #expect(
      one(few)
        == "The engine holds 10 events a second, with its only event carried out within 2.50 ms.")
  }

  @Test func `a rate that is not kept up with`() {
    let behind = LoadFixture.step(80_000, achieved: 73_504)
    #expect(
      one(behind)
        == "The engine does not keep up with 80,000 events a second: 80,000 events a second were due "
        + "and 73,504 were carried out. Of 640,000 events that were due, 51,968 were not carried out "
        + "by the end.")
    #expect(
      LoadFixture.ramp().verdict.hasPrefix(
        "The engine does not keep up with the course “ramp” from 1,000 to 80,000 events a second: ")
    )
    var none = LoadFixture.step(80_000, achieved: 0)
    none.latency = []
    #expect(one(none) == "None of the 640,000 events that were due was carried out.")
    #expect(
      LoadFixture.nothing().verdict
        == "No event was due after the warm-up, so nothing was measured.")
    #expect(LoadFixture.document([]).verdict == "Nothing was measured.")
  }

  @Test func `what does not count and what is broken comes first`() {
    let reason =
      "This measurement does not count: the generator itself was late: 1 % of its events by more "
      + "than 4.2 ms, where at most 1 ms is allowed."
    #expect(LoadFixture.invalid().verdict == reason)
    var two = LoadFixture.invalid()
    two.steps += two.steps
    #expect(
      two.verdict.hasPrefix(
        "None of 2 measurements counts. Two of 2 measurements do not count, at 65,000 events a second: "
      ))
    var broken = LoadFixture.step(65_000)
    broken.violations = ["contact 58 is assigned to Ana and to Hugo."]
    #expect(
      one(broken).hasPrefix(
        "The engine broke its own rules. It was given 65,000 events a second, with 99 % "))
    broken.refusedCount = 1
    #expect(
      LoadWarnings(index: LoadIndex(LoadFixture.document([broken]))).sentences == [
        "The engine broke its own rules. Its full check at the end found one violation: contact 58 is "
          + "assigned to Ana and to Hugo. How fast it is does not matter before that is mended.",
        "The engine refused 1 event.",
      ])
  }

  @Test func `several rates without a search`() {
    #expect(
      LoadFixture.several().verdict
        == "The engine broke its own rules at 2,000 events a second. The engine holds 1,000 events a "
        + "second, the highest of 3 rates that meets the goal, with 99 % carried out within 391 µs. "
        + "One in 1,000 took longer than 714 µs, the slowest 2.50 ms.")
    let missing = [1_000.0, 2_000].map { step(.missed, 0.002, rate: $0) }
    #expect(
      LoadFixture.document(missing, goals: [LoadFixture.p99]).verdict
        == "None of 2 measurements meets the goal. The lowest rate, 1,000 events a second, has 99 % "
        + "carried out within 391 µs.")
    let behind = [1_000.0, 2_000].map { LoadFixture.step($0, achieved: 10) }
    #expect(
      LoadFixture.document(behind).verdict == "The engine keeps up in none of 2 measurements.")
    let same = LoadFixture.document([LoadFixture.step(5_000), LoadFixture.step(5_000)]).verdict
    #expect(same.hasPrefix("The engine holds 5,000 events a second, measured 2 times, with "))
  }

  @Test func `the limit, and how sure it is`() {
    #expect(
      LoadFixture.limit().verdict
        == "The engine holds 65,000 events a second, with 99.9 % carried out within 714 µs."
        + Self.slowest + " It did not hold 68,000 events a second.")
    #expect(
      LoadFixture.limit(isNarrow: false).verdict.hasSuffix(
        " It did not hold 68,000 events a second; the search ended before the limit between the two was "
          + "narrow."))
    func verdict(_ held: Double?, _ missed: Double?) -> String {
      var document = LoadFixture.limit()
      document.limit = LoadDocument.Limit(held: held, missed: missed, isNarrow: false)
      return document.verdict
    }
    #expect(
      verdict(65_000, nil).hasSuffix(
        " No rate was found that it does not hold: the limit may be higher."))
    #expect(
      verdict(65_000, 40_000).hasSuffix(
        " But it did not hold 40,000 events a second, which is no more: where the limit lies is not clear."
      ))
    #expect(
      verdict(nil, 10_000)
        == "No rate was found at which the engine meets all three goals: 10,000 events a second, the "
        + "lowest that did not hold, are too many already.")
    #expect(
      verdict(nil, nil)
        == "No rate was found at which the engine meets all three goals, and none at which it clearly "
        + "does not.")
    // A rate that stands in no measurement has no quantile.
    #expect(verdict(12_345, nil).hasPrefix("The engine holds 12,345 events a second. No rate "))
    var once = LoadFixture.limit()
    once.steps[6].goalOutcomes[0].result = .missed
    #expect(once.verdict.contains(" One of two measurements at this rate did not hold. "))
  }

  @Test func `another rate than was asked for is said`() {
    var thin = LoadFixture.step(125)
    (thin.offered, thin.achieved) = (98, 97.5)
    #expect(
      one(thin)
        == "The engine holds 98 events a second, with 99 % carried out within 391 µs. 125 events a "
        + "second were asked for and 98 were due. One in 1,000 took longer than 714 µs, the slowest "
        + "2.50 ms.")
    var several = LoadFixture.limit()
    several.steps[0].offered = 8_000
    several.steps[0].achieved = 8_000
    #expect(
      LoadWarnings(index: LoadIndex(several)).sentences.last
        == "One of 10 measurements had another rate than was asked for. In the first of them 10,000 "
        + "events a second were asked for and 8,000 were due.")
  }

  @Test func `measurements that do not count for several reasons are told together`() {
    var document = LoadFixture.limit()
    document.steps[1].invalid = "the generator was late by 2 ms"
    document.steps[2].invalid = "the generator was late by 3 ms"
    #expect(
      LoadWarnings(index: LoadIndex(document)).sentences.first
        == "Two of 10 measurements do not count, at 20,000 and 40,000 events a second; of the first "
        + "this is the reason: the generator was late by 2 ms.")
    for place in document.steps.indices { document.steps[place].invalid = "it was interrupted" }
    #expect(
      document.verdict
        == "None of 10 measurements counts. Ten of 10 measurements do not count: it was "
        + "interrupted.")
  }

  @Test func `waiting for each answer is told only where it hides something`() throws {
    let told = try #require(LoadTimings(step: LoadFixture.single().steps[0]).omission)
    #expect(
      told
        == "A client that sends only after each answer would have seen 99.9 % of the events within "
        + "212 µs instead of 714 µs: while the engine stands still it does not send, and so does not "
        + "meet those who wait (coordinated omission).")
    var step = LoadFixture.single().steps[0]
    step.service = LoadFixture.times("service", 519_896, [28, 33, 41, 90, 400, 640, 1_010, 1_200])
    #expect(
      LoadTimings(step: step).omission?.contains(
        "the slowest event within 1.20 ms instead of 2.50 ms")
        == true)
    step.service = LoadFixture.times("service", 519_896, [28, 33, 41, 90, 400, 640, 1_010, 1_900])
    #expect(LoadTimings(step: step).omission == nil)
    step.service = nil
    #expect(LoadTimings(step: step).omission == nil)
  }

  @Test func `how late the generator was`() {
    var step = LoadFixture.step(65_000)
    #expect(
      LoadTimings(step: step).lateness
        == "The generator sent 99 % of its events at most 80.0 µs late, the latest 140 µs late.")
    step.lateness.count = 20
    #expect(
      LoadTimings(step: step).lateness == "The generator sent every event at most 140 µs late.")
    step.lateness.levels = Array(repeating: 0, count: 8)
    #expect(
      LoadTimings(step: step).lateness == "The generator sent every event when it was due.")
    step.lateness = .init(operation: "lateness", count: 0, mean: nil, levels: [])
    #expect(LoadTimings(step: step).lateness == "How late the generator was is not known.")
  }

  @Test func `predictions are counted`() {
    #expect(
      LoadPredictions(LoadFixture.single()).sentence
        == "One of the two numbers seen lies within the interval that virtual time foretold")
    var document = LoadFixture.single()
    document.predictions[1].seen = 340
    #expect(
      LoadPredictions(document).sentence
        == "Both numbers seen lie within the intervals that virtual time foretold")
    document.predictions.removeSubrange(0...1)
    #expect(
      LoadPredictions(document).sentence == "What virtual time foretold, beside what was seen")
    #expect(LoadPredictions(LoadFixture.ramp()).sentence == nil)
  }

  @Test func `times and rates have units that fit`() {
    #expect(
      [4e-10, 28e-9, 999.6e-9, 0.000_714, 0.0025, 0.9997, 12.34, 3_600].map(wallTime) == [
        "0.400 ns", "28.0 ns", "1.00 µs", "714 µs", "2.50 ms", "1.00 s", "12.3 s", "1 h",
      ])
    #expect(wallTime(0) == "0 s")
    #expect([65_000, 0.5, 1, 56_568.54, 12.5].map(eventRate).last == "12.5 events a second")
    #expect(eventRate(1) == "1 event a second" && rateDigits(56_568.54) == "56,569")
    #expect(sharePercent(1) == "100 %" && sharePercent(0.999_998) == "99.9998 %")
    let goal = LoadGoal(LoadFixture.achieved)
    #expect(goal.text(0.998_999_9) == "99.89999 %" && goal.text(0.999) == "99.90 %")
    #expect(LoadGoal(LoadFixture.p999).title == "99.9 % of the events within 1 ms")
    #expect(LoadGoal(LoadFixture.late).title == "99 % sent at most 1 ms late")
    #expect(goal.title == "The engine keeps up")
  }
}
