import Foundation
import Testing

@testable import Statistics

/// Cox's limit for the mean of lognormal values.
@Suite struct LognormalLimitTests {
  @Test func `is the limit that the formula gives for round numbers`() throws {
    // Logarithms 0, 1 and 2: mean 1, variance 1; t(2, 97.5 %) = 4.30265.
    let values = [1, 2.718281828459045, 7.38905609893065]
    // exp(1 + 1/2 + 4.30265 sqrt(1/3 + 1/4)) over the plain mean.
    let expected = 119.84572659761 / 3.7024459757966
    let factor = try #require(LognormalLimit.factor(values, level: 0.95))
    #expect(abs(factor / expected - 1) < 1e-9, "\(factor) for \(expected)")
  }

  @Test func `holds the mean of lognormal values where Student's interval does not`() throws {
    var random = RandomNumbers(seed: 11)
    var plain = 0
    var cox = 0
    let experiments = 4_000
    for _ in 0..<experiments {
      let values = (0..<5).map { _ in exp(1.2 * random.normal()) }
      let truth = exp(0.72)
      let usual = try #require(ConfidenceInterval.student(Moments(values), level: 0.95))
      let wide = usual.reaching(forRuns: values)
      #expect(wide.low == usual.low && wide.high >= usual.high)
      plain += usual.low <= truth && truth <= usual.high ? 1 : 0
      cox += wide.low <= truth && truth <= wide.high ? 1 : 0
    }
    // In 4,000 experiments a share near .8 is known within .02 (99.9 %).
    #expect(Double(plain) / Double(experiments) < 0.83, "\(plain)")
    #expect(Double(cox) / Double(experiments) > 0.90, "\(cox)")
  }

  @Test func `says nothing of two values or of none`() {
    #expect(LognormalLimit.factor([1, 2], level: 0.95) == nil)
    #expect(LognormalLimit.factor([0, 1, 2], level: 0.95) == nil)
    #expect(LognormalLimit.factor([], level: 0.95) == nil)
  }
}
