import Testing

@testable import VirtualTime

@Suite struct `An instant` {
  @Test(
    arguments: [
      (0.0, 0), (1.5, 1_500_000_000), (0.000_000_000_4, 0), (0.000_000_000_6, 1),
      (-2.25, -2_250_000_000), (1e300, Int64.max), (-1e300, Int64.min), (.infinity, .max),
      (-.infinity, .min), (.nan, 0), (9.3e9, .max),
    ] as [(Double, Int64)])
  func `comes from seconds without ever stopping the program`(seconds: Double, expected: Int64) {
    #expect(Instant(seconds: seconds).nanoseconds == expected)
  }

  @Test func `moves by durations and saturates at both ends`() {
    let instant = Instant(nanoseconds: 5)
    #expect(instant.advanced(by: .seconds(2)).nanoseconds == 2_000_000_005)
    #expect(Instant.distantFuture.advanced(by: .seconds(1)) == .distantFuture)
    #expect(Instant(nanoseconds: .min).advanced(by: .seconds(-1)).nanoseconds == .min)
    #expect(instant.advanced(by: .seconds(Int64.max)) == .distantFuture)
    #expect(instant.duration(to: Instant(nanoseconds: 2)) == .nanoseconds(-3))
    #expect(
      Instant(nanoseconds: .min).duration(to: .distantFuture) == .nanoseconds(Int64.max))
  }

  @Test func `is written in seconds with nine decimals`() {
    #expect(Instant(nanoseconds: 12_000_000_500).description == "12.000000500s")
    #expect(Instant(nanoseconds: -1).description == "-0.000000001s")
  }
}
