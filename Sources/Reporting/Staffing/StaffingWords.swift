import Measurement

/// What the plan of a day says in words, as markup: names are the scenario's, whatever they contain.
struct StaffingWords: Sendable {
  let answer: StaffingAnswer
  let grid: StaffingGrid

  var needed: [Int?] { grid.needed(answer.share, answer.bound) }

  /// `80 %`.
  static func percent(_ share: Double) -> String { shortest((share * 1e4).rounded() / 100) + " %" }

  /// `5 minutes`, `1 minute`, `90 s`.
  static func minutes(_ seconds: Double) -> String {
    let minutes = seconds / 60
    guard minutes >= 1, minutes == minutes.rounded() else { return spokenDuration(seconds) }
    return fixed(minutes, 0) + (minutes == 1 ? " minute" : " minutes")
  }

  /// `81.7 ± 1.4`, in per cent.
  static func number(_ reach: StaffingReach) -> String {
    guard let value = reach.value else { return "nobody writes" }
    let half = reach.halfWidth.map { " ± " + fixed($0 * 100, 1) } ?? ""
    return fixed(value * 100, 1) + half
  }

  /// `105`, `52.5`: agent hours.
  static func hours(_ hours: Double) -> String {
    let isWhole = (hours - hours.rounded()).magnitude < 0.05
    return fixed(hours, isWhole ? 0 : 1, separator: ",")
  }

  /// `in three hours`.
  static func hoursOf(_ count: Int) -> String {
    "in \(spokenCount(count)) " + (count == 1 ? "hour" : "hours")
  }

  /// What is asked, such as `80 % within 5 minutes in every hour`.
  static func asked(_ answer: StaffingAnswer, isOne: Bool) -> String {
    percent(answer.share) + " within " + minutes(answer.within) + (isOne ? "" : " in every hour")
  }

  private var asked: String { Self.asked(answer, isOne: isOne) }
  private var isOne: Bool { grid.periods.count == 1 }
  private var percent: String { Self.percent(answer.share) }
  private var within: String { "within " + Self.minutes(answer.within) }

  /// The way of assigning in its hue.
  static func way(_ answer: StaffingAnswer) -> String {
    "<em class=\"\(style(answer).text)t\">" + named(answer.ways[answer.way]) + "</em>"
  }

  /// The hue that the way has on every page: grey for the first, a way alone as the third.
  static func style(_ answer: StaffingAnswer) -> StrategyStyle {
    guard answer.ways.count > 1 else { return StrategyStyle(slot: 2) }
    return StrategyStyle(slot: answer.way == 0 ? 0 : 1 + (answer.way - 1) % 4)
  }

  private var ofTeam: String { answer.team.map { " of " + named($0) } ?? "" }

  // MARK: - The finding

  var verdict: String {
    guard let hours = grid.hours(of: needed) else {
      return "No number of agents\(ofTeam) up to \(grid.counts.last ?? 0) answers "
        + "\(asked) under \(Self.way(answer))."
    }
    let some = needed.compactMap(\.self)
    let (low, high) = (some.min() ?? 0, some.max() ?? 0)
    let noun = high == 1 ? " agent" : " agents"
    let span = (low == high ? "\(high)" : "\(low) to \(high)") + noun
    let numbers = "<em class=\"\(Self.style(answer).text)t\">" + span + "</em>" + ofTeam
    let price = Self.hours(hours) + " agent hours"
    if let day = answer.day, missed(day) > 0 {
      return
        "Hour by hour, \(numbers) answer \(asked) under \(Self.way(answer)), but not as one day: "
        + "\(price) miss it \(Self.hoursOf(missed(day)))."
    }
    let needs = answer.day == nil ? "would need" : "needs"
    return "To answer \(asked), \(Self.way(answer)) \(needs) \(numbers): \(price)."
  }

  private func missed(_ day: StaffingDay) -> Int {
    day.periods.count { $0.result(answer.share) == .missed }
  }

  var details: String {
    let sentences =
      grid.hours(of: needed) == nil
      ? outOfReach : [erlang, day, nearCeiling].compactMap(\.self)
    return (sentences + [aboutTeam].compactMap(\.self)).joined(separator: " ")
  }

  /// What Erlang C asks for, and where its plan would break the goal.
  private var erlang: String? {
    guard let formulas = answer.formulas else { return nil }
    guard let single = grid.hours(of: formulas.single) else { return "Erlang C finds no number." }
    guard let agents = formulas.several, let several = grid.hours(of: agents) else {
      return "Erlang C asks for \(Self.hours(single)) agent hours\(broken(formulas.single))."
    }
    return
      "Erlang C asks for \(Self.hours(single)) agent hours where an agent does one thing at a time, and for "
      + "\(Self.hours(several)) where each counts as \(fixed(formulas.gain, 1))\(broken(agents))."
  }

  private func broken(_ agents: [Int?]) -> String {
    let count = grid.periods.indices.count { period in
      guard let wanted = agents[period],
        let place = grid.counts.firstIndex(where: { $0 >= wanted })
      else { return false }
      return grid.reach(place, period, answer.bound).result(answer.share) == .missed
    }
    guard count > 0 else { return "" }
    if count == grid.periods.count {
      return ", which would break the goal" + (isOne ? "" : " in every hour")
    }
    return ", which would break the goal in \(spokenCount(count)) of the "
      + "\(spokenCount(grid.periods.count)) hours"
  }

  /// What came of the plan as one day.
  private var day: String? {
    guard let day = answer.day else {
      return "Now it is run as one day with these shifts."
    }
    return
      "Run as one day with these shifts, on other customers: \(Self.number(day.whole)) % \(within), "
      + "\(shown(day))."
  }

  private func shown(_ day: StaffingDay) -> String {
    let all = day.periods.count
    let met = day.periods.count { $0.result(answer.share) == .met }
    let (bad, open) = (missed(day), all - met - missed(day))
    if isOne { return bad > 0 ? "the goal missed" : met > 0 ? "the goal shown" : "the goal open" }
    if met == all { return "the goal shown in all \(all) hours" }
    return "the goal shown in \(met) of \(all) hours"
      + (bad > 0 ? ", missed in \(spokenCount(bad))" : "")
      + (open > 0 ? ", open in \(spokenCount(open))" : "")
  }

  /// Where the goal is near what can be reached at all.
  private var nearCeiling: String? {
    guard let ceiling = answer.formulas?.ceiling, ceiling - answer.share < 0.07 else { return nil }
    return
      "The ceiling is \(fixed(ceiling * 100, 1)) %: so many replies are written \(within) at all, however "
      + "many agents there are, so the last points are dear."
  }

  // MARK: - Out of reach

  private var outOfReach: [String] {
    var sentences: [String] = []
    if let ceiling = answer.formulas?.ceiling, ceiling < 0.9995 {
      sentences.append(
        "\(fixed(ceiling * 100, 1)) % is the ceiling: that many replies are written \(within) at all, however "
          + "many agents there are.")
    }
    if let worst {
      let place = isOne ? "" : " from \(worst.period.begin)"
      sentences.append(
        "The most that were run, \(grid.counts.last ?? 0), answer \(Self.number(worst.reach)) %\(place)."
      )
    }
    sentences.append(highest)
    return sentences
  }

  /// The period in which most agents reach least.
  private var worst: (period: StaffingGrid.Period, reach: StaffingReach)? {
    let place = grid.counts.count - 1
    let lacking = grid.periods.indices.filter { needed[$0] == nil }
    return lacking.map { (grid.periods[$0], grid.reach(place, $0, answer.bound)) }
      .min { ($0.1.value ?? 1) < ($1.1.value ?? 1) }
  }

  /// The highest goal in whole per cent that can be shown, and what it costs.
  private var highest: String {
    let start = Int((answer.share * 100).rounded(.up)) - 1
    for percent in stride(from: start, through: 1, by: -1) {
      let share = Double(percent) / 100
      guard let hours = grid.hours(of: grid.needed(share, answer.bound)) else { continue }
      return
        "The highest goal that can be shown\(isOne ? "" : " for every hour") is \(percent) %, with "
        + "\(Self.hours(hours)) agent hours."
    }
    return "Give it more minutes."
  }

  private var aboutTeam: String? {
    answer.team.map {
      "The other teams stay as they are; only the agents of \(named($0)), the largest, are varied."
    }
  }
}
