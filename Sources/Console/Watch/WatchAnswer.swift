import Engine
import Experiments
import Measurement
import Reporting
import Scenarios
import Web
import World

/// The same hour under two ways, with all that was not asked for chosen.
struct WatchAnswer {
  private let request: WatchRequest
  private let left: Int
  private let right: Int
  private let run: Int
  private let days: [WatchedDay]
  private let hour: WatchedHour
  private let goal: FirstResponseGoal?

  /// Runs what was asked for.
  init(_ request: WatchRequest, _ asked: WebRequest) throws(WatchRequest.Refusal) {
    self.request = request
    let run = try request.run(asked)
    let left = try request.way(asked, "left") ?? 0
    let right: Int
    if let way = try request.way(asked, "right") {
      right = way
    } else {
      right = try Self.otherWay(than: left, run: run, request)
    }
    let from = try WatchRequest.number(asked, "from")
    let first = try request.day(left, run: run)
    let days = [first, left == right ? first : try request.day(right, run: run)]
    let goal = FirstResponseGoal(request.scenario.goals)
    let hours = Self.hours(of: first, start: request.start)
    let choice = WatchedChoice(days, goal: goal?.nanoseconds)
    var range = hours[choice.hour(of: hours)]
    if let from {
      let begin = (Int64(min(from, 9_000_000_000)) - request.start) * 1_000_000_000
      guard (0..<first.length).contains(begin) else {
        throw WatchRequest.Refusal(
          status: 404, title: "The day has no such hour.",
          detail: "'from' counts seconds since midnight of the first day")
      }
      range =
        hours.first { $0.lowerBound == begin }
        ?? begin..<min(first.length, begin + Self.hour)
    }
    (self.run, self.left, self.right, self.days, self.goal) = (run, left, right, days, goal)
    hour = WatchedHour(days, from: range.lowerBound, to: range.upperBound)
  }

  private static let hour: Int64 = 3_600_000_000_000

  /// The last way; where it moves as many as the left one, the one whose moves are most different.
  private static func otherWay(
    than left: Int, run: Int, _ request: WatchRequest
  ) throws(WatchRequest.Refusal) -> Int {
    let others = request.ways.indices.filter { $0 != left }
    guard let last = others.last else { return left }
    let moves = try request.day(left, run: run).moves
    var best = (way: last, apart: abs(try request.day(last, run: run).moves - moves))
    if best.apart == 0 {
      // A page shows five ways; of more, those in front are enough to find one that differs.
      for way in others.prefix(4) {
        let apart = abs(try request.day(way, run: run).moves - moves)
        if apart > best.apart { best = (way, apart) }
      }
    }
    return best.way
  }

  /// The hours of the clock that a run has, the first and the last cut to the run.
  private static func hours(of day: WatchedDay, start: Int64) -> [Range<Int64>] {
    var hours: [Range<Int64>] = []
    var begin: Int64 = 0
    let past = start % 3_600 * 1_000_000_000
    while begin < day.length {
      let end = min(day.length, begin + hour - (begin == 0 ? past : 0))
      hours.append(begin..<end)
      begin = end
    }
    return hours.isEmpty ? [0..<1_000_000_000] : hours
  }

  // MARK: - The answer

  var json: WatchJSON {
    let from = hour.from / 1_000_000_000
    let telling = WatchedChoice(days, goal: goal?.nanoseconds).telling(in: hour)
    let length = (hour.to - hour.from) / 1_000_000_000
    let at = telling.map { ($0.at - hour.from) / 1_000_000_000 } ?? length / 3
    let ways = [left, right]
    return WatchJSON(
      revision: request.revision, left: left, right: right, run: run, runs: request.runs,
      from: Int(from + request.start), length: Int(max(1, length)), hours: hours,
      ways: request.ways.map { printable($0.name) },
      agents: AgentLabels(agents).short.map(printable),
      goal: goal.map { [.seconds($0.seconds), .text("goal " + $0.words)] },
      longest: longest, at: Int(min(max(0, at), length)), select: telling?.key,
      html: ["verdict": words.verdict, "sub": words.details],
      sides: ways.indices.map { side(hour.sides[$0], way: ways[$0], days[$0]) })
  }

  /// Ways may have agents of their own number: there is a row for each of the larger team.
  private var agents: [String] {
    days.map(\.agents).max { $0.count < $1.count } ?? []
  }

  private var hours: [WatchJSON.Row] {
    Self.hours(of: days[0], start: request.start).map { hour in
      let second = hour.lowerBound / 1_000_000_000 + request.start
      return [.number(Int(second)), .text(DayClock.minute(second))]
    }
  }

  /// The right end of the waiting line.
  private var longest: Int {
    let rules = days.compactMap { $0.transferRule?.wait.inSeconds }
    var wanted = max(4 * (goal?.seconds ?? 0), 1.2 * (rules.max() ?? 0))
    if wanted == 0 {
      let waits = hour.sides.flatMap { $0.customers.map { wait(of: $0.customer) } }.sorted()
      wanted = waits.isEmpty ? 0 : 1.25 * waits[(waits.count - 1) * 9 / 10]
    }
    let usual = [
      30, 60, 120, 300, 600, 900, 1_200, 1_800, 2_700, 3_600, 5_400, 7_200, 10_800, 14_400, 21_600,
      28_800, 43_200, 86_400,
    ]
    return usual.first { Double($0) >= wanted } ?? Int(min(wanted, 1e9).rounded(.up))
  }

  private func wait(of customer: WatchedDay.Customer) -> Double {
    Double((customer.answered ?? customer.ended ?? days[0].length) - customer.wrote) / 1e9
  }

  private var words: HourWords {
    let sides = [left, right].enumerated().map { place, way in
      let side = hour.sides[place]
      let wrote = side.customers.map(\.customer).filter {
        $0.hasWritten && $0.wrote >= hour.from && $0.wrote < hour.to
      }
      let waits = wrote.compactMap { customer in
        customer.answered.map { Double($0 - customer.wrote) / 1e9 }
      }.sorted()
      let limit = goal?.seconds ?? .infinity
      return HourWords.Side(
        way: way, name: request.ways[way].name, moved: side.movedCustomers, wrote: wrote.count,
        answered: waits.count { $0 <= limit },
        median: waits.isEmpty ? nil : waits[(waits.count - 1) / 2].rounded())
    }
    return HourWords(
      sides, of: request.ways.count, goal: goal?.seconds,
      shortened: hour.isShortened ? Double(hour.to - hour.from) / 1e9 : nil)
  }

  private func side(_ side: WatchedHour.Side, way: Int, _ day: WatchedDay) -> WatchJSON.Side {
    let from = Double(hour.from) / 1e9
    func after(_ seconds: Double) -> WatchJSON.Cell { .seconds(seconds - from) }
    func after(_ time: Int64?) -> WatchJSON.Cell {
      time.map { .seconds(Double($0 - hour.from) / 1e9) } ?? .none
    }
    var json = WatchJSON.Side(way: way)
    json.rule = day.transferRule.map { rule in
      let words = rule.onlyIfSooner ? "moved if it helps" : "moved on"
      return [.seconds(rule.wait.inSeconds), .text("\(rule.wait): \(words)")]
    }
    json.customers = side.customers.map { key, customer in
      [
        .number(key), .number(customer.number), after(customer.wrote), after(customer.answered),
        after(customer.ended), .number(customer.fate.rawValue),
      ]
    }
    json.spans = side.spans.map { key, span in
      [
        .number(key), .number(span.kind.number), after(span.from), after(span.to),
        .number(span.lane),
      ]
    }
    json.away = side.away.map { [.number($0.lane), after($0.from), after($0.to)] }
    json.moves = side.moves.map { key, move in
      [
        after(move.at), .number(key), .number(move.fromLane ?? -1), .number(move.toLane ?? -1),
      ]
    }
    json.given = side.given.map { [after($0.at), .number($0.key), .number($0.agent)] }
    json.left = side.left.map { key, departure in
      [after(departure.at), .number(key), .number(departure.lane ?? -1)]
    }
    return json
  }
}

extension ResultDocument.LaneKind {
  /// What the page draws it as.
  fileprivate var number: Int {
    switch self {
    case .working: 0
    case .waiting: 1
    case .customer: 2
    case .wrapUp: 3
    case .away: 4
    }
  }
}
