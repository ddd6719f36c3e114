/// Who worked when, told from the first and the last thing that each agent did on a day.
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
  public var dayBegins = 0
  /// Days of each kind on which anything was opened.
  public var openDays = [Int](repeating: 0, count: 7)

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

  /// On each day of the week as many as were there on average, those who were there most often.
  private mutating func fill(_ days: [Day]) {
    var byAgent: [[Day]] = Array(repeating: [], count: (members.last?.agent ?? 0) + 1)
    for day in days { byAgent[day.agent].append(day) }
    for weekday in 0..<7 where openDays[weekday] > 0 {
      let counts = members.map { member in
        byAgent[member.agent].count { Self.weekday($0.day) == weekday }
      }
      present[weekday] = Double(counts.reduce(0, +)) / Double(openDays[weekday])
      let wanted = max(1, Int(present[weekday].rounded()))
      let chosen = members.indices.filter { counts[$0] > 0 }
        .sorted { (-counts[$0], $0) < (-counts[$1], $1) }.prefix(wanted)
      for place in chosen.sorted() {
        let own = byAgent[members[place].agent]
        let same = own.filter { Self.weekday($0.day) == weekday }
        // Two days are no rule; then all days of the agent say when.
        let (from, to) = Self.hours(same.count >= 3 ? same : own)
        let known = members[place].hours.firstIndex { $0.from == from && $0.to == to }
        if let known {
          members[place].hours[known].days.append(weekday)
        } else {
          members[place].hours.append(Hours(from: from, to: to, days: [weekday]))
        }
      }
    }
  }

  /// The medians of begin and end, each a mean gap between actions beyond the first and the last.
  private static func hours(_ days: [Day]) -> (from: Int, to: Int) {
    let ends = days.map { day -> (from: Int64, to: Int64) in
      let gap = day.actions > 1 ? (day.last - day.first) / Int64(day.actions - 1) : 1_800_000
      let beyond = min(gap, 3_600_000)
      let midnight = Int64(day.day) * 86_400_000
      return (day.first - beyond - midnight, day.last + beyond - midnight)
    }
    func median(_ values: [Int64]) -> Int {
      let sorted = values.sorted()
      let minutes = Double(sorted[sorted.count / 2]) / 60_000
      return Int((minutes / Double(step)).rounded()) * step
    }
    let from = max(0, median(ends.map(\.from)))
    let to = min(median(ends.map(\.to)), from + 1_440)
    return (from % 1_440, to <= from ? (from + step) % 1_440 : to == 1_440 ? 1_440 : to % 1_440)
  }
}
