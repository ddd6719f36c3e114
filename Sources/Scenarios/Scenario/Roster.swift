public import Engine

/// The shifts that people of a team can work, from which `plan --roster` chooses how many each gets.
public struct Roster: Sendable, Hashable {
  /// The position of the team in `Model.teams`.
  public let team: Int
  /// The team's name.
  public let teamName: String
  /// The shifts, in the order of the file.
  public let shifts: [RosterShift]
}

/// A shift that agents can be given: the same hours on each of its days.
public struct RosterShift: Sendable, Hashable {
  /// The name in the file.
  public let name: String
  /// The days on which it begins.
  public let days: [Weekday]
  /// When work begins, in minutes after midnight.
  public let begin: Int
  /// The stretches of work, breaks taken out, in minutes after the midnight before the shift begins; what
  /// lies beyond 1,440 is on the next day.
  public let work: [Range<Int>]
  /// What one agent costs each time the shift is worked.
  public let cost: Double
  /// The most agents who can be given it.
  public let atMost: Int

  /// When the last stretch ends, in minutes after the midnight before the shift begins.
  public var end: Int { work.last?.upperBound ?? begin }

  /// Work in a shift, breaks left out.
  public var minutes: Int { work.reduce(0) { $0 + $1.count } }

  /// What one agent who works it all days costs a week.
  public var costPerWeek: Double { cost * Double(days.count) }

  /// The hours of the week in the form in which agents have them.
  public var pattern: [Shift] {
    let days = [self.days, self.days.map(Self.next)]
    var hours: [[HoursOfDay]] = [[], []]
    for stretch in work {
      let day = stretch.lowerBound < 1_440 ? 0 : 1
      let from = stretch.lowerBound - day * 1_440
      let to = stretch.upperBound - day * 1_440
      hours[day].append(
        HoursOfDay(from: Int32(from), to: Int32(to > 1_440 ? to - 1_440 : to)))
    }
    return zip(days, hours).filter { !$0.1.isEmpty }.map { Shift(days: $0.0, hours: $0.1) }
  }

  private static func next(_ day: Weekday) -> Weekday {
    Weekday(rawValue: (day.rawValue + 1) % 7) ?? .monday
  }
}
