public import Measurement

extension RosterDocument: Study {
  /// `roster.csv`, a row for each shift, and `periods.csv`, a row for each period.
  public var tables: [ReportFile] {
    [
      ReportFile("roster.csv", shiftTable.contents),
      ReportFile("periods.csv", periodTable.contents),
    ]
  }

  private var shiftTable: CSVTable {
    let words = RosterWords(document: self)
    var table = CSVTable(WrittenFile.roster.header)
    for shift in shifts {
      table.add([
        .text(shift.name), .text(RosterWords.days(shift.days)), .text(words.hours(shift)),
        .count(shift.minutes * 60), .number(shift.cost), .count(shift.atMost), .count(shift.agents),
        .number(shift.costPerWeek * Double(shift.agents)), .count(shift.formulaAgents),
        .count(shift.oneFewer?.missed), .count(shift.oneFewer?.inconclusive),
        .count(shift.oneFewer?.runs),
      ])
    }
    return table
  }

  private var periodTable: CSVTable {
    let words = RosterWords(document: self)
    var table = CSVTable(WrittenFile.periods.header)
    for (index, period) in periods.enumerated() {
      let isJudged = period.kind == .judged
      table.add([
        .text(words.label(index)), .count(index * periodLength), .text(period.kind.rawValue),
        .number(period.arrivals), .text(goal), .number(period.agents),
        .number(period.share.value), .number(period.share.low), .number(period.share.high),
        isJudged ? .text(period.share.result.rawValue) : .empty, .count(runsOfPeriods),
        .count(period.formulaNeeds), .number(period.formulaAgents),
        .number(period.formulaShare?.value), .number(period.formulaShare?.low),
        .number(period.formulaShare?.high),
        isJudged ? period.formulaShare.map { .text($0.result.rawValue) } ?? .empty : .empty,
      ])
    }
    return table
  }

  /// The answer in one paragraph.
  public var verdict: String { RosterWords(document: self).text }

  /// The page.
  public var page: StudyPage { RosterPage(document: self).page }

  /// The answer for a terminal.
  public func blocks(_ style: TerminalStyle) -> [[String]] {
    RosterTable(document: self, style: style).blocks
  }

  /// The first number that cannot be.
  public var problem: String? {
    guard level > 0, level < 1 else { return "level" }
    guard share >= 0, share <= 1 else { return "share" }
    guard periodLength > 0, 86_400 % periodLength == 0 else { return "period_length" }
    guard periods.count <= 7 * 86_400 / periodLength else { return "periods" }
    // Local time in a range whose days can be told: some thousand years around now.
    guard start.magnitude < 1 << 40 else { return "start" }
    for (index, shift) in shifts.enumerated() {
      let isSound =
        shift.agents >= 0 && shift.agents < 1 << 30 && shift.cost >= 0 && shift.cost <= 1e9
        && shift.days.allSatisfy { (0..<7).contains($0) } && shift.days.count <= 7
        && shift.work.allSatisfy { $0.from >= 0 && $0.to >= $0.from && $0.to <= 2_880 }
        && (shift.formulaAgents.map { $0 >= 0 && $0 < 1 << 30 } ?? true)
      guard isSound else { return "shifts.[\(index)]" }
    }
    func isShare(_ value: Double?) -> Bool { value.map { (-1e-9...1 + 1e-9).contains($0) } ?? true }
    for (index, period) in periods.enumerated() {
      let isSound =
        period.arrivals >= 0 && period.agents >= 0
        && [period.share, period.formulaShare].compactMap { $0 }.allSatisfy {
          isShare($0.value) && isShare($0.low) && isShare($0.high)
        }
      guard isSound else { return "periods.[\(index)]" }
    }
    return nil
  }
}
