public import Measurement

extension RosterDocument {
  /// The periods in which the goal must be met.
  var judged: [Int] { periods.indices.filter { periods[$0].kind == .judged } }

  /// Whether the goal is shown to be kept in every period that is judged, on fresh customers.
  public var keepsAll: Bool {
    !judged.isEmpty && isConfirmed
      && judged.allSatisfy { periods[$0].share.result == .met && !periods[$0].isHopeless }
  }

  /// What the roster costs a week.
  var cost: Double { shifts.reduce(0) { $0 + $1.costPerWeek * Double($1.agents) } }

  /// What the calculator's roster costs a week.
  var formulaCost: Double? {
    let costs = shifts.compactMap { shift in
      shift.formulaAgents.map { shift.costPerWeek * Double($0) }
    }
    return costs.count == shifts.count ? costs.reduce(0, +) : nil
  }

  /// Whether a shift costs just its hours.
  var costsAreHours: Bool { shifts.allSatisfy { $0.cost == Double($0.minutes) / 60 } }

  /// How many judged periods have a result.
  func count(_ result: Goal.Outcome) -> Int {
    judged.count { periods[$0].share.result == result }
  }

  /// How many judged periods have a result with the calculator's roster.
  func formulaCount(_ result: Goal.Outcome) -> Int {
    judged.count { periods[$0].formulaShare?.result == result }
  }
}

/// What `plan --roster` says in words: shifts, hours, the verdict.
struct RosterWords: Sendable {
  let document: RosterDocument

  private static let dayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// `Mon-Fri`, `Sat, Sun`, `every day`.
  static func days(_ days: [Int]) -> String {
    if days == Array(0...6) { return "every day" }
    var runs: [(first: Int, last: Int)] = []
    for day in days {
      if let last = runs.last, last.last == day - 1 {
        runs[runs.count - 1].last = day
      } else {
        runs.append((day, day))
      }
    }
    return runs.map { run in
      switch run.last - run.first {
      case 0: dayNames[run.first]
      case 1: dayNames[run.first] + ", " + dayNames[run.last]
      default: dayNames[run.first] + "-" + dayNames[run.last]
      }
    }.joined(separator: ", ")
  }

  /// `08:00-12:00, 12:30-16:00`.
  func hours(_ shift: RosterDocument.Shift) -> String {
    shift.work.map { Self.clock($0.from) + "-" + Self.clock($0.to) }.joined(separator: ", ")
  }

  /// `08:00-16:00`, breaks left out.
  func span(_ shift: RosterDocument.Shift) -> String {
    guard let first = shift.work.first, let last = shift.work.last else { return "" }
    return Self.clock(first.from) + "-" + Self.clock(last.to)
  }

  /// Minutes after a midnight as a time of day; the end of a day is 24:00.
  private static func clock(_ minutes: Int) -> String {
    let minute = minutes == 1_440 ? 1_440 : minutes % 1_440
    return twoDigits(Int64(minute / 60)) + ":" + twoDigits(Int64(minute % 60))
  }

  /// Seconds on the local clock at which a period begins.
  func begin(_ period: Int) -> Int { document.start + period * document.periodLength }

  /// The day of the week of a period, 0 for Monday; 1970 began on a Thursday.
  func day(_ period: Int) -> Int {
    let begin = begin(period)
    let days = (begin - ((begin % 86_400) + 86_400) % 86_400) / 86_400
    return ((days + 3) % 7 + 7) % 7
  }

  func dayName(_ period: Int) -> String { Self.dayNames[day(period)] }

  /// `08:00`.
  func time(_ period: Int) -> String {
    Self.clock(((begin(period) % 86_400) + 86_400) % 86_400 / 60)
  }

  /// `Mon 08:00`.
  func label(_ period: Int) -> String { dayName(period) + " " + time(period) }

  /// `hour`, or `period`.
  var noun: String { document.periodLength == 3_600 ? "hour" : "period" }

  /// `in every hour`, `in every period of 30 min`.
  var every: String {
    document.periodLength == 3_600
      ? "in every hour"
      : "in every period of " + spokenDuration(Double(document.periodLength))
  }

  func counted(_ count: Int) -> String {
    grouped(Int64(count)) + " " + noun + (count == 1 ? "" : "s")
  }

  var confidence: String { shortest((document.level * 1e4).rounded() / 100) + " %" }

  static func number(_ value: Double) -> String {
    fixed(value, value.magnitude >= 1_000 || value == value.rounded() ? 0 : 1, separator: ",")
  }

  /// `84.1` and `2.3` of a share with its interval, in percent.
  func share(_ share: RosterDocument.Share) -> (value: String, half: String)? {
    guard let value = share.value, let low = share.low, let high = share.high else { return nil }
    return (fixed(value * 100, 1), fixed((high - low) * 50, 1))
  }

  /// `5 early, 3 late and 2 night`: the shifts that anybody has.
  func agents(_ agents: (RosterDocument.Shift) -> Int?) -> String {
    let worked = document.shifts.compactMap { shift -> String? in
      guard let count = agents(shift), count > 0 else { return nil }
      return grouped(Int64(count)) + " " + shift.name
    }
    return worked.isEmpty ? "nobody" : listed(worked)
  }

  /// `412.5 agent hours, cost 2,340 a week`.
  func costs(_ agents: (RosterDocument.Shift) -> Int?) -> String {
    let hours = document.shifts.reduce(0) { $0 + $1.hoursPerWeek * Double(agents($1) ?? 0) }
    let cost = document.shifts.reduce(0) { $0 + $1.costPerWeek * Double(agents($1) ?? 0) }
    let work = Self.number(hours) + " agent hour" + (hours == 1 ? "" : "s")
    return document.costsAreHours
      ? work + " a week" : work + ", cost " + Self.number(cost) + " a week"
  }

  /// `Mon 09:00, Mon 10:00 and 3 more`.
  func labels(_ periods: [Int]) -> String {
    if periods.count <= 4 { return listed(periods.map(label)) }
    return periods.prefix(3).map(label).joined(separator: ", ")
      + " and \(grouped(Int64(periods.count - 3))) more"
  }

  /// Everything in one paragraph.
  var text: String {
    ([finding] + [neighbours, formula].compactMap { $0 })
      .map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }.joined(separator: " ")
  }

  /// What the roster is and where it keeps the goal.
  var finding: String {
    let roster = agents(\.agents) + " (" + costs(\.agents) + ")"
    let all = document.judged.count
    guard all > 0 else {
      return "no \(noun) could be judged: no shift works where anybody writes, or too few write"
    }
    let hopeless = document.judged.filter { document.periods[$0].isHopeless }
    let open = document.judged.filter { document.periods[$0].share.result != .met }
    if document.head.partial != nil {
      return "partial: when it was stopped, \(roster) was shown to keep the goal in "
        + "\(grouped(Int64(all - open.count))) of \(counted(all))"
    }
    if document.keepsAll {
      let which = all == 1 ? "the one \(noun)" : all == 2 ? "both \(noun)s" : "all \(counted(all))"
      let isOne = document.shifts.reduce(0) { $0 + $1.agents } == 1
      return
        "\(roster) \(isOne ? "keeps" : "keep") the goal in \(which), each with \(confidence) confidence, on customers "
        + "that the search had not seen"
    }
    if !hopeless.isEmpty {
      return "no roster of these shifts is known to keep the goal in \(counted(hopeless.count)) of "
        + "\(grouped(Int64(all))): \(labels(hopeless)); the best found, \(roster), is shown to keep it in "
        + "\(grouped(Int64(all - open.count))) of them"
    }
    return "\(roster) is the best found, but on customers that the search had not seen "
      + "\(counted(open.count)) of \(grouped(Int64(all))) \(open.count == 1 ? "is" : "are") not shown to "
      + "keep the goal: \(labels(open))"
  }

  /// What one agent fewer does.
  var neighbours: String? {
    guard document.keepsAll else { return nil }
    let tried = document.shifts.filter { $0.agents > 0 }
    let others = tried.compactMap(\.oneFewer)
    guard !others.isEmpty, others.count == tried.count,
      others.allSatisfy({ $0.missed + $0.inconclusive > 0 })
    else { return nil }
    return others.allSatisfy { $0.missed > 0 }
      ? "one agent fewer in any shift misses it in at least one \(noun)"
      : "one agent fewer in any shift misses it, or leaves it in doubt, in at least one \(noun)"
  }

  /// What an Erlang C calculator's roster is worth.
  var formula: String? {
    guard let formulaCost = document.formulaCost, !document.judged.isEmpty else { return nil }
    let unit = document.costsAreHours ? " agent hours" : ""
    let apart = document.cost - formulaCost
    let money: String
    if apart.magnitude < 0.05 {
      money = "costs the same"
    } else {
      money =
        "costs \(Self.number(apart.magnitude))\(unit) a week \(apart > 0 ? "less" : "more")"
    }
    let missed = document.formulaCount(.missed)
    let open = document.formulaCount(.inconclusive)
    if missed == 0, open == 0 {
      return "the roster of an Erlang C calculator \(money) and keeps it too"
    }
    let doubt = open == 0 ? "" : " and leaves \(counted(open)) in doubt"
    let kept = missed == 0 ? doubt : " and misses it in \(counted(missed))\(doubt)"
    return "the roster of an Erlang C calculator \(money)\(kept)"
  }
}
