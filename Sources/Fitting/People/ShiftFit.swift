/// Who worked when, told from the first and the last thing that each agent did on a day.
///
/// Shifts often rotate, so medians over days would mix early and late ones: a whole day that was is taken
/// instead, the most ordinary one.
public struct ShiftFit: Sendable, Equatable {
  /// Hours on some days of the week; an end at or before the start is on the next day.
  public struct Hours: Sendable, Hashable {
    /// Minutes after midnight.
    public var from: Int
    /// Minutes after midnight.
    public var to: Int
    /// Monday is 0.
    public var days: [Int]
  }

  /// One agent's days.
  public struct Member: Sendable, Equatable {
    /// The position in the history's agents.
    public var agent: Int
    /// The days on which something was done.
    public var days: Int
    /// The hours; empty for somebody who is not there on a typical day.
    public var hours: [Hours]
  }

  /// Everybody who did anything, in the order of the agents.
  public var members: [Member] = []
  /// The mean number of agents there on each day of the week, Monday first.
  public var present = [Double](repeating: 0, count: 7)
  /// The hour at which a working day begins: the quietest one.
  var dayBegins = 0
  /// Days of each kind on which anything was opened.
  var openDays = [Int](repeating: 0, count: 7)

  /// Times are rounded to so many minutes.
  static let step = 15

  private struct Day {
    var agent: Int
    var day: Int
    var first: Int64
    var last: Int64
    var actions: Int
  }

  init(_ history: History) {
    dayBegins = Self.quietest(history)
    let shift = Int64(dayBegins) * 3_600_000
    openDays = Self.openDays(history, shift)
    let days = Self.days(history, shift)
    guard !days.isEmpty else { return }
    for day in days {
      if members.last?.agent != day.agent {
        members.append(Member(agent: day.agent, days: 0, hours: []))
      }
      members[members.count - 1].days += 1
    }
    fill(days)
  }

  /// The hour with the fewest actions and openings; of several the one nearest to midnight.
  private static func quietest(_ history: History) -> Int {
    var counts = [Int](repeating: 0, count: 24)
    for row in history.conversations {
      for time in [row.opened, row.started, row.responded, row.closed]
      where time != PastConversation.never {
        counts[Int(time.remainder86400000 / 3_600_000)] += 1
      }
    }
    for action in history.actions { counts[Int(action.at.remainder86400000 / 3_600_000)] += 1 }
    let order = (0..<24).sorted { min($0, 24 - $0) < min($1, 24 - $1) }
    return order.min { counts[$0] < counts[$1] } ?? 0
  }

  static func weekday(_ day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }

  private static func day(_ time: Int64, _ shift: Int64) -> Int {
    Int((time - shift - (time - shift).remainder86400000) / 86_400_000)
  }

  private static func openDays(_ history: History, _ shift: Int64) -> [Int] {
    var counts = [Int](repeating: 0, count: 7)
    var last = Int.min
    for row in history.conversations {
      let day = day(row.opened, shift)
      if day != last { counts[weekday(day)] += 1 }
      last = day
    }
    return counts
  }

  /// First and last action of every agent on every day.
  private static func days(_ history: History, _ shift: Int64) -> [Day] {
    let width = max(1, history.agents.count)
    var found: [Int: Day] = [:]
    func add(_ agent: Int32, _ time: Int64) {
      guard agent >= 0, time != PastConversation.never else { return }
      let day = day(time, shift)
      let key = day * width + Int(agent)
      if var known = found[key] {
        known.first = min(known.first, time)
        known.last = max(known.last, time)
        known.actions += 1
        found[key] = known
      } else {
        found[key] = Day(agent: Int(agent), day: day, first: time, last: time, actions: 1)
      }
    }
    for row in history.conversations {
      add(row.agent, row.started)
      add(row.agent, row.responded)
      add(row.closer, row.closed)
    }
    for action in history.actions { add(action.agent, action.at) }
    return found.values.sorted { ($0.agent, $0.day) < ($1.agent, $1.day) }
  }

  /// Each day of the week has the shifts of that day of the history which is nearest to its average.
  private mutating func fill(_ days: [Day]) {
    var byDay: [Int: [Day]] = [:]
    for day in days { byDay[day.day, default: []].append(day) }
    for weekday in 0..<7 where openDays[weekday] > 0 {
      let dates = byDay.keys.filter { Self.weekday($0) == weekday }.sorted()
      guard !dates.isEmpty else { continue }
      let profiles = dates.map { date in Self.profile(byDay[date] ?? []) }
      let mean = (0..<Self.quarters).map { quarter in
        profiles.reduce(0.0) { $0 + Double($1[quarter]) } / Double(openDays[weekday])
      }
      let gaps = profiles.map { profile in
        zip(profile, mean).reduce(0.0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
      }
      guard let nearest = gaps.indices.min(by: { gaps[$0] < gaps[$1] }) else { continue }
      present[weekday] =
        dates.reduce(0.0) { $0 + Double(byDay[$1]?.count ?? 0) } / Double(openDays[weekday])
      for day in (byDay[dates[nearest]] ?? []).sorted(by: { $0.agent < $1.agent }) {
        add(Self.hours(day), on: weekday, to: day.agent)
      }
    }
  }

  private mutating func add(_ hours: (from: Int, to: Int), on weekday: Int, to agent: Int) {
    guard let place = members.firstIndex(where: { $0.agent == agent }) else { return }
    if let known = members[place].hours.firstIndex(where: {
      $0.from == hours.from && $0.to == hours.to
    }) {
      members[place].hours[known].days.append(weekday)
    } else {
      members[place].hours.append(Hours(from: hours.from, to: hours.to, days: [weekday]))
    }
  }

  private static let quarters = 192

  /// How many are there in each quarter of an hour, from midnight of the day to that after the next.
  private static func profile(_ days: [Day]) -> [Int] {
    var counts = [Int](repeating: 0, count: quarters)
    for day in days {
      let (from, to) = ends(day)
      for quarter in max(0, from / step)..<max(0, from / step, min(quarters, to / step)) {
        counts[quarter] += 1
      }
    }
    return counts
  }

  /// Minutes after the day's midnight, each a mean gap between actions beyond the first and the last.
  private static func ends(_ day: Day) -> (from: Int, to: Int) {
    let gap = day.actions > 1 ? (day.last - day.first) / Int64(day.actions - 1) : 1_800_000
    let beyond = min(gap, 3_600_000)
    let midnight = Int64(day.day) * 86_400_000
    func minutes(_ time: Int64) -> Int {
      Int((Double(time - midnight) / 60_000 / Double(step)).rounded()) * step
    }
    let from = max(0, minutes(day.first - beyond))
    return (from, min(max(minutes(day.last + beyond), from + step), from + 1_440))
  }

  private static func hours(_ day: Day) -> (from: Int, to: Int) {
    let (from, to) = ends(day)
    return (from % 1_440, to % 1_440 == 0 ? 1_440 : to % 1_440)
  }
}
