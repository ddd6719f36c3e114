import Measurement
import Statistics
import Testing

@testable import Experiments

@Suite struct `How many more runs settle a difference` {
  private func forecast(
    _ change: Double, error: Double = 1, count: Int = 20, margin: Double = 0
  ) -> ResultDocument.Settling? {
    SettlingForecast(change: change, error: error, count: count, margin: margin, level: 0.95)
      .settling
  }

  @Test func `is a range, and the less the further from nought`() throws {
    let near = try #require(forecast(1.8))
    let far = try #require(forecast(1.95))
    #expect(try #require(near.atMost) > near.atLeast)
    #expect(near.atLeast >= far.atLeast)
    #expect(try #require(near.atMost) > (try #require(far.atMost)))
  }

  @Test func `has no end where the difference may be nought`() throws {
    #expect(try #require(forecast(0.3)).atMost == nil)
    // So near nought that 20 runs might have to become a hundred times as many.
    #expect(try #require(forecast(1.5)).atMost == nil)
    #expect(forecast(1, error: 0) == nil)
    #expect(forecast(1, count: 1) == nil)
  }

  @Test func `ends at half of what does not matter`() throws {
    let found = try #require(forecast(0.3, margin: 1))
    // (1.28 + 2.09) x sqrt(20) / 0.5, squared, and more for a spread that may be larger.
    #expect(try #require(found.atMost) > 900)
  }

  /// Experiments of known differences: of those that name an end, so many are settled by then.
  @Test func `keeps what it promises`() throws {
    var numbers = Numbers(state: 7)
    var promised = 0
    var settled = 0
    let first = 20
    for number in 0..<10_000 {
      let truth = Double(number % 20) / 10
      let margin = 0.4
      let sample = Moments((0..<first).map { _ in truth + 3 * numbers.normal() })
      let mean = try #require(sample.mean)
      let error = try #require(sample.standardError)
      guard !isSettled(mean, error, first, margin),
        let most = forecast(mean, error: error, count: first, margin: margin)?.atMost
      else { continue }
      // All runs together: the first ones stay.
      let total = Double(first + most)
      let later =
        (Double(first) * mean + Double(most) * truth + 3 * Double(most).squareRoot()
          * numbers.normal())
        / total
      promised += 1
      settled += isSettled(later, 3 / total.squareRoot(), Int(total), margin) ? 1 : 0
    }
    #expect(promised > 1_000)
    #expect(Double(settled) / Double(promised) > 0.85, "\(settled) of \(promised)")
  }

  private func isSettled(_ mean: Double, _ error: Double, _ count: Int, _ margin: Double) -> Bool {
    let factor = StudentT.critical(level: 0.95, freedom: Double(count - 1)) ?? 2
    let interval = ConfidenceInterval(
      estimate: mean, low: mean - factor * error, high: mean + factor * error, level: 0.95)
    return Verdict(difference: interval, indifference: margin, polarity: .lower) != .inconclusive
  }

  /// SplitMix64 and twelve uniforms: quite normal enough here.
  private struct Numbers {
    var state: UInt64
    mutating func normal() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return sum + Double((z ^ (z >> 31)) >> 11) * 0x1p-53
      }
    }
  }
}
