import Engine
import Testing

@testable import World

@Suite struct DayCountTests {
  /// Where the clock is put forward or back, and one that is put back over midnight: at one minute past it an
  /// hour, so that the day before goes on.
  private static let zones: [(start: Int64, zone: TimeZoneRules)] = [
    (1_774_300_000, TimeZoneRules()),
    (1_774_339_820, TimeZoneRules(changes: [.init(at: 1_774_745_990, offset: 3_600)])),
    (1_792_500_000, TimeZoneRules(offset: 3_600, changes: [.init(at: 1_792_893_600, offset: 0)])),
    (
      1_774_300_000,
      TimeZoneRules(
        offset: -9_000,
        changes: [
          .init(at: 1_774_404_060, offset: -12_600), .init(at: 1_774_500_000, offset: -9_000),
        ])
    ),
  ]

  @Test(arguments: zones.indices)
  func `a day is what the clock on the wall makes of every moment`(number: Int) {
    var settings = WorkspaceSettings()
    settings.epoch = Self.zones[number].start
    settings.timeZones = [Self.zones[number].zone]
    let clock = WallClock(settings)
    // Forward, backward, and to and fro.
    let seconds = stride(from: Int64(0), to: 6 * 86_400, by: 397)
    for order in [Array(seconds), seconds.reversed(), seconds.flatMap { [$0, 6 * 86_400 - $0] }] {
      var days = DayCount(clock)
      for second in order {
        let expected = (clock.local(atSecond: second).seconds - clock.firstMidnight) / 86_400
        #expect(days.day(of: EngineTime(nanoseconds: second * 1_000_000_000)) == expected)
      }
    }
  }

  @Test func `a change of the clock splits a day where it comes`() {
    // At one minute past midnight it is 23:01 again: a minute of the new day, and an hour more of the old one.
    let zone = TimeZoneRules(changes: [.init(at: 86_460, offset: -3_600)])
    var settings = WorkspaceSettings()
    settings.epoch = 0
    settings.timeZones = [zone]
    var days = DayCount(WallClock(settings))
    func day(_ second: Int64) -> Int {
      days.day(of: EngineTime(nanoseconds: second * 1_000_000_000))
    }
    #expect([86_399, 86_400, 86_459, 86_460, 89_999, 90_000].map(day) == [0, 1, 1, 0, 0, 1])
  }
}
