import Foundation
import Testing

@testable import Sampling

@Suite struct `Ziggurats` {
  /// Chi-square of draws over cells of equal width and one beyond them, level 0.001, fixed seed.
  ///
  /// Far out, where a layer is a large part of the density, a wrong edge or tail shows first:
  /// the cells are as fine there as anywhere.
  private func agrees(
    width: Double, cells: Int, beyond: (Double) -> Double,
    draw: (inout RandomStream) -> Double
  ) throws -> Bool {
    var stream = try RandomStreams(seed: 31, replication: 0).stream(.other, of: 0)
    var counts = Array(repeating: 0, count: cells + 1)
    for _ in 0..<(isLongRun ? 40_000_000 : 400_000) {
      counts[min(cells, Int(draw(&stream) / width))] += 1
    }
    let tails = (0...cells).map { beyond(Double($0) * width) } + [0]
    let probabilities = zip(tails, tails.dropFirst()).map { $0 - $1 }
    return try TestLevel(family: 0.001, checks: 1)
      .accepts(counts: counts, probabilities: probabilities)
  }

  @Test func `exponential draws follow the exponential law into its tail`() throws {
    #expect(
      try agrees(width: 0.1, cells: 90, beyond: { exp(-$0) }, draw: { $0.exponential() }))
  }

  @Test func `normal draws follow the normal law into its tails`() throws {
    #expect(
      try agrees(
        width: 0.05, cells: 81, beyond: { erfc($0 / 2.0.squareRoot()) },
        draw: { $0.normal().magnitude }))
  }

  @Test func `a normal draw is as often below 0 as above`() throws {
    // Normal approximation to the binomial, level 0.001, fixed seed.
    var stream = try RandomStreams(seed: 31, replication: 0).stream(.other, of: 1)
    let count = 50_000.0
    let below = Double((0..<Int(count)).count { _ in stream.normal() < 0 })
    #expect(
      TestLevel(family: 0.001, checks: 1).accepts(z: (2 * below - count) / count.squareRoot()))
  }

  @Test func `the exponential layers of the program are those that are computed`() {
    for layer in 0..<256 {
      let known = ExponentialLayers.table[layer]
      let computed = Ziggurat.exponential.layers[layer]
      #expect(known.sure == computed.sure && known.scale == computed.scale, "layer \(layer)")
    }
  }

  @Test func `what the first bits of a stream give is what the stream gives`() throws {
    let streams = try RandomStreams(seed: 5, replication: 2)
    let law = try Distribution.exponential(mean: 360).plain
    var given = 0
    for entity in 0..<5_000 as Range<UInt64> {
      var stream = streams.stream(.replyTime, of: entity)
      var bits = stream
      let time = law.sampleNanoseconds(from: bits.bits())
      let drawn = law.sampleNanoseconds(&stream)
      #expect(time == nil || time == drawn)
      given += time == nil ? 0 : 1
      // The second draw of the block, too, is that of the stream.
      if time != nil {
        let second = bits.bits()
        let next = law.sampleNanoseconds(&stream)
        let alone = law.sampleNanoseconds(from: second)
        #expect(alone == nil || alone == next)
      }
    }
    // Normal approximation to the binomial, level 0.001, fixed seed.
    let share = (0..<256).reduce(0) { $0 + Double(ExponentialLayers.table[$1].sure) } / 0x1p61
    let spread = (5_000 * share * (1 - share)).squareRoot()
    #expect(
      TestLevel(family: 0.001, checks: 1).accepts(z: (Double(given) - 5_000 * share) / spread))
    #expect(try Distribution.constant(3).plain.sampleNanoseconds(from: 1) == nil)
  }
}
