import Fitting
import Statistics
import Testing

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

  @Test func `that nobody showed has no fit`() {
    #expect(TimeFit([.atLeast(3), .atLeast(7)], name: "patience", seed: 1) == nil)
    #expect(KaplanMeier(LifetimeSample([.atLeast(3)])) == nil)
  }
}
