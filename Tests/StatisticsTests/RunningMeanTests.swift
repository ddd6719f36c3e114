import Statistics
import Testing

@Suite struct `Running means` {
  /// What is kept of a hundred thousand agents must say the same, to the last bit, as what is kept of the rest.
  @Test(arguments: [
    [], [0.0], [0.0, 0.0, 0.0], [1.0 / 3], [3.0, 1e15, 1e-15, -7.25, 0.1, 0.2, 0.3],
    (1...1_000).map { 1 / Double($0) },
  ])
  func `are those of moments`(values: [Double]) {
    var mean = RunningMean()
    for value in values { mean.record(value) }
    #expect(mean.mean == Moments(values).mean)
  }

  /// A ratio keeps of each side what moments would, so its interval is that of the sums.
  @Test func `of a ratio are those of its sides`() {
    let tops = (1...50).map { Double($0 * $0 % 17) / 3 }
    let bottoms = (1...50).map { Double($0 % 7) }
    var ratio = RunningRatio()
    for (top, bottom) in zip(tops, bottoms) { ratio.record(top, over: bottom) }
    let told = zip(tops, bottoms).filter { $0.1 > 0 }
    let mean = Moments(told.map(\.0)).mean ?? 0
    #expect(ratio.count == told.count)
    #expect(ratio.ratio == mean / (Moments(told.map(\.1)).mean ?? 0))
  }
}
