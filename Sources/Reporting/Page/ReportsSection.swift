import Measurement

/// The platform's nine reports as tables, each behind a line that opens it.
struct ReportsSection: Sendable {
  let context: PageContext

  /// More groups of a report than this stand in its file only.
  private static let most = 100

  private var document: ResultDocument { context.document }

  /// The section; empty for a result that an older version saved.
  var html: String {
    let shown = document.strategies.filter { $0.reports != nil }
    guard !shown.isEmpty else { return "" }
    return words
      + part(PlatformReports.conversations) + part(PlatformReports.responses)
      + part(PlatformReports.resolutions) + part(PlatformReports.messages)
      + part(PlatformReports.contacts) + part(PlatformReports.assignments)
      + part(PlatformReports.leaderboard) + part(PlatformReports.users)
      + part(PlatformReports.broadcasts)
  }

  /// What a reader must know before laying them beside the real ones.
  private var words: String {
    let isOne = document.replications == 1
    let whole =
      "What the platform itself would show, by its definitions and under its names, of "
      + (isOne ? "the one run" : "the first of \(context.runs)")
      + (context.strategies.count > 1 ? " of each strategy" : "")
      + ", from its first minute on"
      + (document.scenario.warmup > 0 ? ", warm-up included." : ".")
    let differ =
      isOne
      ? "Another run would give other numbers."
      : "Another run would give other numbers: the intervals above tell how much runs differ."
    return "<p>" + escaped(whole) + " " + escaped(differ) + "</p><p>"
      + escaped(
        "The platform's reports leave out what is still open: resolutions, users and the leaderboard are of closed "
          + "conversations alone, so they look better when many still wait. Everything above counts those too."
      )
      + "</p>"
  }

  private func part<Row>(_ report: PlatformReport<Row>) -> String {
    let tables = ReportTables(report, context, most: Self.most)
    var html = "<details class=\"more\"><summary>" + escaped(report.title) + "</summary>"
    html += "<p class=\"note\">" + escaped(report.table.about)
    if tables.left > 0 {
      html += escaped(
        " The first \(Self.most) of \(grouped(Int64(Self.most + tables.left))) groups.")
    }
    html += escaped(" All of it stands in \(report.table.name).") + "</p>"
    if tables.all.isEmpty { html += "<p>" + escaped("There is nothing to report.") + "</p>" }
    for table in tables.all {
      let name = "Report " + report.title + (table.caption.map { ": " + $0 } ?? "")
      html += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + escaped(name)
      html += "\">" + table.html(style: "data rep") + "</div>"
    }
    return html + "</details>\n"
  }
}

/// One report as tables, one for each of its charts: in it the strategies under each other for every group.
private struct ReportTables {
  private(set) var all: [DataTable] = []
  /// How many groups are left out.
  private(set) var left = 0

  init<Row>(_ report: PlatformReport<Row>, _ context: PageContext, most: Int) {
    let columns = report.table.columns
    let strategies = context.document.strategies
    let inKey = columns.dropFirst().prefix(report.keys)
    // Every group that any strategy has, in the order of the first that has it. A file may have a hundred
    // thousand: those that are not shown are only counted.
    var groups: [Group] = []
    var shown: Set<Group> = []
    var places = [[Group: ReportRow<Row>]](repeating: [:], count: strategies.count)
    var known: Set<Group> = []
    for (number, strategy) in strategies.enumerated() {
      let rows = strategy.reports.map(report.rows) ?? []
      known.reserveCapacity(rows.count)
      for row in rows {
        let row = ReportRow(strategy: strategy.name, row: row)
        let group = Group(inKey.lazy.map { Self.text($0.cell(row)) })
        if known.insert(group).inserted {
          guard groups.count < most else { continue }
          groups.append(group)
          shown.insert(group)
        } else if !shown.contains(group) {
          continue
        }
        if places[number][group] == nil { places[number][group] = row }
      }
    }
    left = known.count - groups.count
    let hasNames = strategies.count > 1
    let keys = columns.dropFirst(1 + report.headings).prefix(report.keys - report.headings)
    let heads: [DataTable.Column] =
      keys.map { .init(title: $0.name, isText: true) }
      + (hasNames ? [.init(title: "strategy", isText: true)] : [])
      + columns.dropFirst(1 + report.keys).map { .init(title: $0.name) }
    for chart in groups.split(whereHeadingsChange: report.headings) {
      let caption = chart[0].words.prefix(report.headings).joined(separator: ", by ")
      var table = DataTable(heads, caption: caption.isEmpty ? nil : caption)
      for group in chart {
        for (strategy, found) in places.enumerated() {
          guard let row = found[group] else { continue }
          let key = group.words.dropFirst(report.headings).map { key in
            key.isEmpty && report.headings > 0 ? caption.hasPrefix("All ") ? "all" : "none" : key
          }
          table.rows.append(
            key + (hasNames ? [context.name(strategy)] : [])
              + columns.dropFirst(1 + report.keys).map { Self.text($0.cell(row)) })
        }
      }
      if report.headings > 0 { table.dropEmptyColumns() }
      all.append(table)
    }
  }

  /// A cell as people read it.
  private static func text(_ cell: CSVTable.Cell) -> String {
    switch cell {
    case .text(let text), .name(let text): text
    case .count(let count?): grouped(Int64(count))
    case .number(let number?): fixed(number, 1)
    case .share(let share?): fixed(100 * share, 1) + " %"
    case .clock(let seconds?): DurationText.clock(seconds: Int64(max(0, min(seconds, 1e15))))
    case .flag(let flag): flag ? "yes" : "no"
    case .count, .number, .share, .clock, .empty: ""
    }
  }
}

/// What a row is about: the words of its key columns, three at most.
///
/// Not a list, for a file may have a hundred thousand.
private struct Group: Hashable {
  private let count: Int
  private let first: String
  private let second: String
  private let third: String

  init(_ words: some Collection<String>) {
    precondition(words.count <= 3, "a report has three columns that say what a row is about")
    var rest = words.makeIterator()
    count = words.count
    first = rest.next() ?? ""
    second = rest.next() ?? ""
    third = rest.next() ?? ""
  }

  var words: ArraySlice<String> { [first, second, third].prefix(count) }
}

extension DataTable {
  /// Leaves out what no row has anything of.
  fileprivate mutating func dropEmptyColumns() {
    for place in columns.indices.reversed() where rows.allSatisfy({ $0[place].isEmpty }) {
      columns.remove(at: place)
      for row in rows.indices { rows[row].remove(at: place) }
    }
  }
}

extension Sequence<Group> {
  /// The groups under each heading, the first words of each.
  fileprivate func split(whereHeadingsChange count: Int) -> [[Group]] {
    var parts: [[Group]] = []
    for group in self {
      if let last = parts.last, last[0].words.prefix(count) == group.words.prefix(count) {
        parts[parts.count - 1].append(group)
      } else {
        parts.append([group])
      }
    }
    return parts
  }
}
