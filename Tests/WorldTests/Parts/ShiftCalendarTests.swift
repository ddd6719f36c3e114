import Engine
import Testing

@testable import Scenarios
@testable import World

@Suite struct ShiftCalendarTests {
  /// The clock and the shifts of the first agent of a scenario with these lines.
  private func setting(_ start: String, _ zone: String, _ shift: String) throws -> (
    WallClock, ShiftCalendar
  ) {
    let plan = try world(
      """
      name: shifts
      start: \(start)
      time_zone: \(zone)
      duration: 1 d
      contacts: {all: {arrivals: {poisson: 1 per hour}}}
      teams: {all: {agents: 1, reply_time: 1 min, shift: \(shift)}}
      """)
    return (
      WallClock(plan.model.settings),
      ShiftCalendar(plan.model.style(of: plan.model.agents[0]).shifts)
    )
  }

  /// The hours of virtual time at which the shift changes, and what it changes to.
  private func changes(_ clock: WallClock, _ calendar: ShiftCalendar, _ count: Int) -> [String] {
    var second: Int64 = 0
    var found: [String] = []
    for _ in 0..<count {
      guard let next = clock.nextChange(of: calendar, after: second) else { break }
      let isOn = calendar.holds(clock.local(atSecond: next))
      found.append("\(Double(next) / 3_600) \(isOn ? "on" : "off")")
      second = next
    }
    return found
  }

  @Test func `a day has the hours that are written`() throws {
    // 2026-11-23 is a Monday.
    let (clock, calendar) = try setting(
      "2026-11-23 08:30", "UTC", "{days: mon-fri, hours: [\"09:00-13:00\", \"14:00-18:00\"]}")
    #expect(changes(clock, calendar, 4) == ["0.5 on", "4.5 off", "5.5 on", "9.5 off"])
  }

  @Test func `Friday evening goes on at Monday morning`() throws {
    let (clock, calendar) = try setting(
      "2026-11-27 17:00", "UTC", "{days: mon-fri, hours: [\"09:00-18:00\"]}")
    #expect(changes(clock, calendar, 2) == ["1.0 off", "64.0 on"])
  }

  @Test func `a night belongs to the day on which it began`() throws {
    // Sunday 22:00 is not a Monday night; Monday 22:00 lasts into Tuesday.
    let (clock, calendar) = try setting(
      "2026-11-22 21:00", "UTC", "{days: mon, hours: [\"22:00-06:00\"]}")
    #expect(changes(clock, calendar, 2) == ["25.0 on", "33.0 off"])
    #expect(!calendar.holds(clock.local(atSecond: 5 * 3_600)))
  }

  @Test func `the night in which the clock goes forward is an hour shorter`() throws {
    // Lisbon, 2026-03-29: 01:00 becomes 02:00.
    let (clock, calendar) = try setting(
      "2026-03-28 20:00", "Europe/Lisbon", "{days: sat, hours: [\"22:00-06:00\"]}")
    #expect(changes(clock, calendar, 2) == ["2.0 on", "9.0 off"])
  }

  @Test func `the night in which the clock goes back is an hour longer`() throws {
    // Lisbon, 2026-10-25: 02:00 becomes 01:00.
    let (clock, calendar) = try setting(
      "2026-10-24 20:00", "Europe/Lisbon", "{days: sat, hours: [\"22:00-06:00\"]}")
    #expect(changes(clock, calendar, 2) == ["2.0 on", "11.0 off"])
  }

  @Test func `hours within the hour that comes twice come twice`() throws {
    let (clock, calendar) = try setting(
      "2026-10-25 00:00", "Europe/Lisbon", "{days: sun, hours: [\"01:15-01:45\"]}")
    #expect(changes(clock, calendar, 4) == ["1.25 on", "1.75 off", "2.25 on", "2.75 off"])
  }

  @Test func `a start within a minute finds the next whole one`() throws {
    let (clock, calendar) = try setting("2026-11-23 08:59:30", "UTC", "{hours: [\"09:00-10:00\"]}")
    #expect(clock.nextChange(of: calendar, after: 0) == 30)
  }

  @Test func `who is always on shift changes never`() throws {
    let (clock, calendar) = try setting("2026-11-23 08:00", "UTC", "{hours: [\"00:00-24:00\"]}")
    #expect(clock.nextChange(of: calendar, after: 0) == nil)
    #expect(calendar.holds(clock.local(atSecond: 0)))
  }

  /// Ten days around a change of the clock, against looking at every minute.
  @Test(arguments: [
    ("2026-03-24 09:10:20", "Europe/Lisbon"), ("2026-10-20 23:59", "Europe/Lisbon"),
    ("2026-10-01 00:00", "Australia/Lord_Howe"), ("2026-03-24 12:34:56", "UTC"),
  ])
  func `the next change is the first minute that is otherwise`(start: String, zone: String) throws {
    for shift in [
      "{hours: [\"01:15-01:45\", \"02:00-02:30\"]}", "{days: [sun, tue], hours: \"22:00-06:00\"}",
      "{days: mon-fri, hours: [\"00:00-12:00\", \"13:00-24:00\"]}",
      "{days: sat, hours: \"23:59-00:01\"}",
    ] {
      let (clock, calendar) = try setting(start, zone, shift)
      var second: Int64 = 0
      while second < 10 * 86_400 {
        let isOn = calendar.holds(clock.local(atSecond: second))
        var minute = second
        repeat { minute += 1 } while !isWholeMinute(minute, start)
        while calendar.holds(clock.local(atSecond: minute)) == isOn, minute < 16 * 86_400 {
          minute += 60
        }
        let found = try #require(clock.nextChange(of: calendar, after: second))
        guard minute < 16 * 86_400 else { break }
        #expect(found == minute, "\(shift) after \(second) s")
        second = found
      }
    }
  }

  /// All these zones are whole minutes from UTC, so that minutes begin together.
  private func isWholeMinute(_ second: Int64, _ start: String) -> Bool {
    let parts = start.split(separator: ":")
    let offset = parts.count == 3 ? Int64(parts[2]) ?? 0 : 0
    return (second + offset) % 60 == 0
  }
}
