import Fitting
import Foundation
import Testing

@testable import Statistics

@Suite struct `Patience` {
  /// Weeks of remission of 21 patients under 6-mercaptopurine (Freireich and others, 1963), the example of
  /// Cox (1972) and of most textbooks since; negative is censored.
  private let weeks: [Double] = [
    6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35,
  ]

  private var sample: LifetimeSample {
    LifetimeSample(weeks.map { $0 < 0 ? .atLeast(-$0) : .exact($0) })
  }

  @Test func `by Kaplan and Meier is that of the textbooks`() throws {
    let estimate = try #require(KaplanMeier(sample))
    // Time, at risk, share and Greenwood's standard error, as printed with four decimals.
    let printed: [(Double, Double, Double, Double)] = [
      (6, 21, 0.8571, 0.0764), (7, 17, 0.8067, 0.0869), (10, 15, 0.7529, 0.0963),
      (13, 12, 0.6902, 0.1068), (16, 11, 0.6275, 0.1141), (22, 7, 0.5378, 0.1282),
      (23, 6, 0.4482, 0.1346),
    ]
    #expect(estimate.steps.count == printed.count)
    for (step, row) in zip(estimate.steps, printed) {
      #expect(step.time == row.0 && step.atRisk == row.1)
      #expect(abs(step.share - row.2) < 5e-5 && abs(step.error - row.3) < 5e-5)
      #expect(step.low < step.share && step.share < step.high && step.low > 0 && step.high < 1)
    }
    #expect(estimate.longest == 35 && estimate.ended == 9 && estimate.censored == 12)
    #expect(estimate.share(after: 5.9) == 1 && estimate.share(after: 40) == estimate.steps[6].share)
  }

  @Test func `under an exponential law is all time over all ends`() throws {
    let fit = try #require(LifetimeFit(.exponential, to: sample))
    // 359 weeks, 9 relapses: the hazard of 0.025 of the textbooks.
    #expect(abs(fit.law.mean - 359.0 / 9) < 1e-6)
  }

  @Test func `has an interval that ends where the likelihood has fallen by half a quantile`() throws
  {
    let fit = try #require(LifetimeFit(.exponential, to: sample))
    let interval = try #require(fit.parameters().first).interval
    // Of d ends in all time T twice the fall at the mean m is 2 d (T/(d m) - 1 - log(T/(d m))), and the
    // quantile of chi-squared with one degree of freedom at 95 % is 3.8415.
    for end in [interval.low, interval.high] {
      let ratio = 359 / (9 * end)
      #expect(abs(2 * 9 * (ratio - 1 - log(ratio)) - 3.8415) < 1e-3)
    }
    #expect(interval.low < 359.0 / 9 && 359.0 / 9 < interval.high)
  }

  @Test func `counts those who still waited when the file ended`() throws {
    // Nobody has the third and the fourth; the file ends at 09:30.
    let text = """
      opened,answered,gone,agent,outcome
      2026-10-05 09:00:00,,2026-10-05 09:20:00,,left
      2026-10-05 09:00:05,2026-10-05 09:01:05,2026-10-05 09:30:00,Anna,done
      2026-10-05 09:12:00,,,,
      2026-10-05 09:25:00,,,,

      """
    let (history, _) = try TestFile(text).history(
      "opened=opened,answered=answered,closed=gone,agent=agent,gave_up=outcome:left")
    let patience = try #require(HistoryFit(history, seed: 1).populations[0].patience)
    // 20 min to the end; at least 1, 18 and 5 min.
    #expect(
      patience.sample.groups.filter { $0.observation.isCensored }.map(\.observation.low)
        == [60, 300, 1_080])
  }

  @Test func `counts those whom an agent had not answered when the file ended`() throws {
    let header =
      "Conversation ID,DateTime Conversation Started,DateTime Conversation Resolved,Contact ID,"
      + "DateTime First Response,Conversation Category,Closed By,First Assignee,"
      + "First Assignment Timestamp,First Response By,Number of Incoming Messages,Number of Responses\n"
    func time(_ minute: Int) -> String { "2026-10-05 09:\(minute < 10 ? "0" : "")\(minute):00" }
    // Agent 1 answers the first until 09:10, begins the third then and has not answered when the file
    // ends at 09:40; the fourth, of 09:15, waits all the while. The second gave up after 8 min.
    let text =
      header + "1,\(time(0)),\(time(10)),11,\(time(10)),,1,1,\(time(0)),1,1,1\n"
      + "2,\(time(1)),\(time(9)),12,,gave_up,,1,\(time(1)),,1,0\n"
      + "3,\(time(6)),,13,,,,1,\(time(6)),,1,0\n"
      + "4,\(time(15)),,14,,,,1,\(time(15)),,1,0\n"
      + "5,\(time(20)),\(time(40)),15,\(time(40)),,2,2,\(time(20)),2,1,1\n"
    let (history, _) = try TestFile(text).history()
    let patience = try #require(HistoryFit(history, seed: 1).populations[0].patience)
    #expect(
      patience.sample.groups.filter { $0.observation.isCensored }.map(\.observation.low)
        == [240, 1_500])
  }

  @Test func `that nobody showed has no fit`() {
    #expect(TimeFit([.atLeast(3), .atLeast(7)], name: "patience", seed: 1) == nil)
    #expect(KaplanMeier(LifetimeSample([.atLeast(3)])) == nil)
  }
}
