import Measurement
import Statistics

/// Makes the comparison from a fit and the measures of its runs.
public struct Comparer {
  let fit: HistoryFit
  /// What is compared of waiting.
  public let waits: Measures.WaitKind

  /// Prepares the comparison of a fit.
  public init(_ fit: HistoryFit) {
    self.fit = fit
    let hasStarts = fit.history.conversations.contains { $0.started != PastConversation.never }
    waits = hasStarts ? .wait : .firstResponse
  }

  /// The agents whose work is compared: those of the scenario, in its order.
  public var agents: [Int] {
    fit.nameless == nil ? fit.teams.teams.flatMap(\.agents) : []
  }

  /// Lays the runs beside the export.
  public func compare(_ runs: [Measures]) -> SideBySide? {
    guard !runs.isEmpty else { return nil }
    var result = SideBySide(
      hours: hours(runs), agents: agentCells(runs), runs: runs.count)
    result.hourly = hourly(runs)
    let all = measuresOfAll
    let stretches = max(1, Double(keptDays) / max(1, Double(fit.frame.length) / 86_400_000))
    func add(
      _ metric: String, _ unit: String, _ export: Double?, _ value: (Measures) -> Double?
    ) {
      guard let export, let row = Self.row(metric, unit, export, runs.compactMap(value), stretches)
      else { return }
      result.rows.append(row)
    }
    let name = waits == .wait ? "wait" : "first_response"
    add("opened", "count", result.hours.export.reduce(0, +)) { Double($0.opened) }
    add(name + ".mean", "s", all.meanWait) { $0.meanWait }
    add(name + ".p90", "s", all.p90Wait) { $0.p90Wait }
    add("resolution.mean", "s", all.meanResolution) { $0.meanResolution }
    if fit.history.tellsGivingUp { add("abandoned", "share", all.gaveUpShare) { $0.gaveUpShare } }
    return result
  }

  /// The interval in which the mean of so many stretches would lie, from the spread of the runs.
  private static func row(
    _ metric: String, _ unit: String, _ export: Double, _ values: [Double], _ stretches: Double
  ) -> SideBySide.Row? {
    let moments = Moments(values)
    guard let mean = moments.mean else { return nil }
    let number = Double(values.count)
    let t = StudentT.critical(level: 0.95, freedom: max(1, number - 1)) ?? 1.96
    let variance = moments.variance ?? 0
    let half = t * (variance / number).squareRoot()
    let own = t * (variance / stretches).squareRoot()
    let verdict: FitDocument.Agreement =
      abs(export - mean) <= (half * half + own * own).squareRoot()
      ? .agrees : mean > export ? .tooHigh : .tooLow
    return SideBySide.Row(
      metric: metric, unit: unit, export: export, simulated: mean, halfWidth: half,
      exportHalfWidth: own, verdict: verdict)
  }

  // MARK: - The export

  private var leftOut: Set<Int> {
    var days: Set<Int>?
    for population in fit.populations {
      let left = Set((population.arrivals?.days ?? []).filter { $0.leftOut != nil }.map(\.day))
      days = days.map { $0.intersection(left) } ?? left
    }
    return days ?? []
  }

  private func day(of time: Int64) -> Int { Int((time - time.remainder86400000) / 86_400_000) }

  private var keptDays: Int {
    guard let days = HistoryFit.days(fit.history) else { return 1 }
    let left = leftOut
    return max(1, days.count { !left.contains($0) })
  }

  private var keptRows: [PastConversation] {
    let left = leftOut
    guard !left.isEmpty else { return fit.history.conversations }
    return fit.history.conversations.filter { !left.contains(day(of: $0.opened)) }
  }

  private var measuresOfAll: Measures {
    let rows = keptRows
    let first = rows.first?.opened ?? 0
    let last = rows.last?.opened ?? first
    return Measures(
      rows, from: first, length: last - first + 1, agents: fit.history.agents.count, waits: waits)
  }

  /// Hour by hour: the export's mean over the days of the same kind, and what runs had.
  private func hours(_ runs: [Measures]) -> SideBySide.Cells {
    var cells = SideBySide.Cells(names: [], export: [], simulated: [], halfWidths: [])
    let left = leftOut
    let start = fit.frame.start
    var counts: [Int: Int] = [:]
    for row in keptRows {
      let day = day(of: row.opened)
      counts[
        ShiftFit.weekday(day) * 24 + Int(row.opened.remainder86400000 / 3_600_000), default: 0] += 1
    }
    var days = [Int](repeating: 0, count: 7)
    for day in HistoryFit.days(fit.history) ?? 0...0 where !left.contains(day) {
      days[ShiftFit.weekday(day)] += 1
    }
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    for hour in runs[0].hours.indices {
      let time = start + Int64(hour) * 3_600_000
      let weekday = ShiftFit.weekday(day(of: time))
      let ofDay = Int(time.remainder86400000 / 3_600_000)
      guard days[weekday] > 0 else { continue }
      let export = Double(counts[weekday * 24 + ofDay] ?? 0) / Double(days[weekday])
      let moments = Moments(runs.map { Double($0.hours[hour]) })
      guard let mean = moments.mean else { continue }
      // Hours in which nothing ever happens say nothing.
      if export == 0, mean == 0 { continue }
      let name = names[weekday] + " " + YAMLWords.clock(ofDay * 60)
      cells.add(name, export, mean, moments.variance ?? mean, runs.count, Double(days[weekday]))
    }
    return cells
  }

  /// The hours of the day: the export's days beside the runs' days.
  private func hourly(_ runs: [Measures]) -> [FitDocument.HourCheck] {
    let left = leftOut
    let days = (HistoryFit.days(fit.history) ?? 0...0).filter { !left.contains($0) }
    var counts: [Int: [Double]] = [:]
    for day in days { counts[day] = [Double](repeating: 0, count: 24) }
    for row in keptRows {
      counts[day(of: row.opened)]?[Int(row.opened.remainder86400000 / 3_600_000)] += 1
    }
    let start = Int(fit.frame.start.remainder86400000 / 3_600_000)
    return (0..<24).compactMap { hour in
      let places = runs[0].hours.indices.filter { (start + $0) % 24 == hour }
      guard !places.isEmpty else { return nil }
      let simulated = runs.map { run in
        Double(places.reduce(0) { $0 + run.hours[$1] }) / Double(places.count)
      }
      let export = days.compactMap { counts[$0]?[hour] }
      guard let mine = Self.estimate(export), let theirs = Self.estimate(simulated) else {
        return nil
      }
      return FitDocument.HourCheck(hour: hour, export: mine, simulated: theirs)
    }
  }

  /// A mean with its interval; of a single day that of a Poisson number.
  private static func estimate(_ values: [Double]) -> ResultDocument.Estimate? {
    let moments = Moments(values)
    guard let mean = moments.mean else { return nil }
    let number = Double(values.count)
    let t = StudentT.critical(level: 0.95, freedom: max(1, number - 1)) ?? 1.96
    let half =
      values.count > 1
      ? t * ((moments.variance ?? 0) / number).squareRoot() : 1.96 * mean.squareRoot()
    return ResultDocument.Estimate(mean: mean, low: max(0, mean - half), high: mean + half)
  }

  private func agentCells(_ runs: [Measures]) -> SideBySide.Cells {
    var cells = SideBySide.Cells(names: [], export: [], simulated: [], halfWidths: [])
    let all = measuresOfAll
    let stretches = max(1, Double(keptDays) / max(1, Double(fit.frame.length) / 86_400_000))
    for (place, agent) in agents.enumerated() where place < runs[0].handled.count {
      let export = Double(all.handled[agent]) / stretches
      let moments = Moments(runs.map { Double($0.handled[place]) })
      guard let mean = moments.mean else { continue }
      cells.add(
        fit.history.agents[agent], export, mean, moments.variance ?? mean, runs.count, stretches)
    }
    return cells
  }
}
