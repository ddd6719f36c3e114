import Engine
import Testing

@testable import Scenarios

@Suite struct `Values` {
  @Test(arguments: [
    ("250 ms", 250_000_000), ("90 s", 90_000_000_000), ("1 h 30 min", 5_400_000_000_000),
    ("2 d", 172_800_000_000_000), ("1.5 h", 5_400_000_000_000), ("1e3 s", 1_000_000_000_000),
    ("2.5e-1 min", 15_000_000_000), ("90s", 90_000_000_000), ("1h30min", 5_400_000_000_000),
    ("  0 s ", 0), ("7 us 3 ns", 7_003), ("'40 s'", 40_000_000_000), (".5 s", 500_000_000),
    ("1 d 2 h 3 min 4 s 5 ms", 93_784_005_000_000), ("36525 d", 3_155_760_000_000_000_000),
  ])
  func `a duration is a number with a unit, or several`(text: String, nanoseconds: Int) {
    let result = read(text) { $0.duration() }
    #expect(result.problems.isEmpty)
    #expect(result.value == EngineDuration(nanoseconds: Int64(nanoseconds)))
  }

  @Test(arguments: [
    ("40", "1: a duration needs a unit; write '40 s' or '40 min'"),
    ("1 h 30", "1: a duration needs a unit; write '30 s' or '30 min'"),
    ("''", "1: expected a duration, found nothing; for example '40 s', '1 h 30 min' or '2 d'"),
    ("soon", "1: expected a duration, found 'soon'; for example '40 s', '1 h 30 min' or '2 d'"),
    ("-5 s", "1: a duration cannot be negative"),
    (
      "5 minutes",
      "3: unknown unit of time 'minutes', expected d, h, min, s, ms, us or ns; did you mean 'min'?"
    ),
    (
      "'5 m'",
      "4: unknown unit of time 'm', expected d, h, min, s, ms, us or ns; did you mean 'min'?"
    ),
    (
      "2 weeks",
      "3: unknown unit of time 'weeks', expected d, h, min, s, ms, us or ns; a week is '7 d'"
    ),
    (
      "30 min 1 h",
      "10: the parts of a duration go from the largest unit to the smallest, each once; "
        + "for example '1 h 30 min'"
    ),
    (
      "1 s 2 s",
      "7: the parts of a duration go from the largest unit to the smallest, each once; "
        + "for example '1 h 30 min'"
    ),
    ("36526 d", "1: a duration of more than 100 years; at most '36525 d'"),
    ("1e300 s", "1: a duration of more than 100 years; at most '36525 d'"),
    ("[1 s]", "1: expected a duration, found a list"),
    ("{s: 1}", "1: expected a duration, found a map"),
    ("$work", "1: unknown parameter 'work'"),
  ])
  func `what is no duration says why`(text: String, problem: String) {
    let result = read(text) { $0.duration("a duration") }
    #expect(result.value == nil)
    #expect(result.problems == [problem])
  }

  @Test(arguments: [
    ("90 per hour", 0.025), ("80 per second", 80), ("6e1 per min", 1), ("1 per day", 1 / 86_400.0),
  ])
  func `a rate is a number per time`(text: String, perSecond: Double) {
    let result = read(text) { $0.rate() }
    #expect(result.problems.isEmpty)
    #expect(result.value?.perSecond == perSecond)
  }

  @Test(arguments: [
    ("90", "1: a rate needs a time; write '90 per hour'"),
    ("0 per hour", "1: a rate must be more than 0"),
    ("-1 per hour", "1: a rate cannot be negative"),
    (
      "90 per hours",
      "1: unknown time 'hours' in a rate, expected second, minute, hour or day; did you mean 'per hour'?"
    ),
    ("90 / hour", "1: expected a rate, found '90 / hour'; for example '90 per hour'"),
    ("often", "1: expected a rate, found 'often'; for example '90 per hour'"),
  ])
  func `what is no rate says why`(text: String, problem: String) {
    #expect(read(text) { $0.rate() }.problems == [problem])
  }

  @Test(arguments: [("35%", 0.35), ("0.5 %", 0.005), ("100%", 1), ("0%", 0), ("1e1%", 0.1)])
  func `a share is a percentage`(text: String, share: Double) {
    #expect(read(text) { $0.share() }.value == share)
  }

  @Test(arguments: [
    ("0.35", "1: a share needs '%'; write '35%'"), ("35", "1: a share needs '%'; write '35%'"),
    ("101%", "1: a share must be from 0% to 100%, not '101%'"),
    ("-1%", "1: a share must be from 0% to 100%, not '-1%'"),
    ("half", "1: expected a share, found 'half'; for example '35%'"),
    ("nan%", "1: expected a share, found 'nan%'; for example '35%'"),
  ])
  func `what is no share says why`(text: String, problem: String) {
    #expect(read(text) { $0.share() }.problems == [problem])
  }

  @Test(arguments: ["true", "yes", "on", "True", "'on'", "\"yes\""])
  func `a switch has YAML's many spellings`(text: String) {
    #expect(read(text) { $0.toggle() }.value == true)
  }

  @Test func `a switch is no number and no word`() {
    #expect(read("1") { $0.toggle() }.problems == ["1: expected true or false, found '1'"])
    #expect(read("off") { $0.toggle() }.value == false)
  }

  @Test(arguments: [
    ("12", 12), ("1e3", 1_000), ("12.0", 12), ("9007199254740993", 9_007_199_254_740_993),
  ])
  func `a whole number may be written in any way`(text: String, number: Int) {
    #expect(read(text) { $0.whole("a count", in: 0...Int.max) }.value == number)
  }

  @Test(arguments: [
    ("1.5", "1: a count must be a whole number, not 1.5"),
    ("0", "1: a count must be from 1 to 9, not 0"),
    ("1e30", "1: a count must be from 1 to 9, not 1e30"),
    ("0x5", "1: expected a count, found '0x5'"), ("inf", "1: expected a count, found 'inf'"),
    ("nan", "1: expected a count, found 'nan'"), ("five", "1: expected a count, found 'five'"),
  ])
  func `what is no count says why`(text: String, problem: String) {
    #expect(read(text) { $0.whole("a count", in: 1...9) }.problems == [problem])
  }

  @Test(
    arguments: [
      ("mon-fri", [0, 1, 2, 3, 4]), ("sat", [5]), ("fri-mon", [0, 4, 5, 6]), ("mon, wed", [0, 2]),
      ("[sunday, tue]", [1, 6]), ("every day", [0, 1, 2, 3, 4, 5, 6]),
    ] as [(String, [UInt8])])
  func `days are names, ranges and lists`(text: String, days: [UInt8]) {
    #expect(read(text) { $0.days() }.value?.map(\.rawValue) == days)
  }

  @Test(arguments: [
    (
      "mon-fry", "1: expected a day of the week, found 'fry'; did you mean 'fri'?"
    ),
    ("[mon, mon]", "7: a day that is listed twice"),
    ("[]", "1: expected days such as mon-fri, found a list"),
    ("mon-tue-wed", "1: expected days, found 'mon-tue-wed'; for example 'mon-fri' or 'mon, wed'"),
  ])
  func `what are no days says why`(text: String, problem: String) {
    let result = read(text) { $0.days() }
    #expect(result.value == nil)
    #expect(result.problems == [problem])
  }

  @Test func `hours may cross midnight but not each other`() {
    #expect(
      read("[09:00-13:00, '22:00-06:00']") { $0.hours() }.value
        == [HoursOfDay(from: 540, to: 780), HoursOfDay(from: 1_320, to: 360)])
    #expect(read("00:00-24:00") { $0.hours() }.value == [HoursOfDay(from: 0, to: 1_440)])
    #expect(
      read("[09:00-13:00, 12:59-14:00]") { $0.hours() }.problems
        == ["15: hours that overlap with others of the list"])
    #expect(
      read("9-5") { $0.hours() }.problems
        == ["1: expected a time of day, found '9'; for example '09:00'"])
    #expect(
      read("09:00-25:00") { $0.hours() }.problems
        == ["1: there is no time of day '25:00'; from 00:00 to 23:59"])
  }

  @Test(arguments: [
    ("1970-01-01", 0), ("2026-11-23 09:00", 1_795_424_400), ("2024-02-29T23:59:58", 1_709_251_198),
    ("2000-03-01", 951_868_800),
  ])
  func `a date counts from 1970`(text: String, seconds: Int) {
    #expect(read(text) { $0.localTime() }.value?.seconds == Int64(seconds))
  }

  @Test(arguments: [
    ("2026-02-29", "1: there is no day '2026-02-29'"),
    ("2026-13-01", "1: there is no day '2026-13-01'"),
    (
      "2026-11-23 9",
      "1: expected a date and time, found '2026-11-23 9'; for example '2026-11-23 09:00'"
    ),
    (
      "23.11.2026",
      "1: expected a date and time, found '23.11.2026'; for example '2026-11-23 09:00'"
    ),
    ("1969-12-31", "1: the year 1969, expected 1970 to 2200"),
  ])
  func `what is no date says why`(text: String, problem: String) {
    #expect(read(text) { $0.localTime() }.problems == [problem])
  }

  @Test func `days since 1970 and dates are inverse over all the years that can occur`() {
    var expected = 0
    for year in 1970...2310 {
      for month in 1...12 {
        for day in [1, 2, days(inMonth: month, of: year)] {
          let number = daysSince1970(year, month, day)
          #expect(civilDate(daysSince1970: number) == (year, month, day))
          if day == 1 { #expect(number == expected) }
        }
        expected += days(inMonth: month, of: year)
      }
    }
  }
}

@Suite struct `Time zones` {
  private func offset(_ rules: TimeZoneRules, at seconds: Int64) -> Int64 {
    rules.changes.last { $0.at <= seconds }?.offset ?? rules.offset
  }

  @Test func `a rule of the year gives the changes that tables list`() throws {
    // Lisbon changes at 01:00 UTC on the last Sundays of March and October (directive 2000/84/EC).
    let lisbon = try #require(PosixZone("WET0WEST,M3.5.0/1,M10.5.0"))
    #expect(
      lisbon.changes(years: 2026...2026).map(\.at) == [1_774_746_000, 1_792_890_000])
    // New York: second Sunday of March and first of November at 02:00 local (Energy Policy Act 2005).
    let newYork = try #require(PosixZone("EST5EDT,M3.2.0,M11.1.0"))
    #expect(newYork.changes(years: 2026...2026).map(\.at) == [1_772_953_200, 1_793_512_800])
    #expect(newYork.changes(years: 2026...2026).map(\.offset) == [-14_400, -18_000])
    #expect(PosixZone("<+0530>-5:30")?.standardOffset == 19_800)
    #expect(PosixZone("IST-1GMT0,M10.5.0,M3.5.0/1")?.daylight?.offset == 0)
  }

  @Test(arguments: [
    "", "X", "EST", "EST5EDT,M13.1.0,M11.1.0", "EST5EDT,M3.2.0", "EST5EDT,,", "<+03-3",
  ])
  func `a rule that is none is refused`(text: String) {
    #expect(PosixZone(text) == nil)
  }

  @Test(.enabled(if: resolvedPath("/usr/share/zoneinfo/Europe/Lisbon") != nil))
  func `the system's data gives past and future clocks`() throws {
    let rules = try TimeZoneFolder.system.rules("Europe/Lisbon")
    #expect(rules.name == "Europe/Lisbon")
    #expect(offset(rules, at: 1_774_746_000 - 1) == 0)
    #expect(offset(rules, at: 1_774_746_000) == 3_600)
    // Summer of 2180, known only by the rule.
    #expect(offset(rules, at: Int64(daysSince1970(2180, 7, 1)) * 86_400) == 3_600)
    #expect(zip(rules.changes, rules.changes.dropFirst()).allSatisfy { $0.at < $1.at })
    let tokyo = try TimeZoneFolder.system.rules("Asia/Tokyo")
    #expect(offset(tokyo, at: 1_774_746_000) == 32_400)
  }

  @Test(
    .enabled(if: resolvedPath("/usr/share/zoneinfo/tzdata.zi") != nil),
    arguments: [
      ("Lisbon", "did you mean 'Europe/Lisbon'?"),
      ("Europe/Lisbonn", "did you mean 'Europe/Lisbon'?"),
      ("Nowhere/Land", "for example 'Europe/Lisbon'"),
      ("../../etc/passwd", "for example 'Europe/Lisbon'"),
      ("/etc/passwd", "for example 'Europe/Lisbon'"), ("", "for example 'Europe/Lisbon'"),
    ])
  func `an unknown zone suggests one`(name: String, hint: String) {
    #expect {
      try TimeZoneFolder.system.rules(name)
    } throws: { error in
      (error as? ValueProblem)?.hint == hint
    }
  }

  @Test func `damaged zone files are refused without harm`() {
    var numbers = TestNumbers(3)
    let header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
    for _ in 0..<2_000 {
      let bytes =
        header
        + (0..<Int.random(in: 0...80, using: &numbers)).map { _ in
          Bool.random(using: &numbers) ? 0 : UInt8.random(in: 0...4, using: &numbers)
        }
      let rules = ZoneFile(bytes)?.rules(until: 2_000)
      #expect(rules == nil || rules?.changes.count ?? 0 < 200_000)
    }
  }
}
