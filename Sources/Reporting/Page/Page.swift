public import Measurement

/// `index.html`: the answer as one file that needs neither network nor scripts.
public struct Page: Sendable {
  /// The name of the file.
  public static let fileName = "index.html"

  private let context: PageContext

  /// The page of a result.
  public init(of document: ResultDocument) {
    context = PageContext(document)
  }

  /// The whole file; equal documents give equal bytes.
  public var html: String {
    var html = PageFrame.top(title: title)
    let sections = self.sections
    let contents = [("metrics", "Every metric")] + sections.map { ($0.id, $0.words) }
    html += PageHead(context: context, contents: contents).html
    html += ComparisonSection(context: context).html
    for section in sections { html += section.html }
    return html + PageFrame.bottom(version: document.version)
  }

  private var document: ResultDocument { context.document }

  private var title: String {
    let kind = document.command == .compare ? "comparison" : "run"
    let count = spokenCount(document.strategies.count)
    let plural = document.strategies.count == 1 ? "strategy" : "strategies"
    return document.scenario.name + ": \(kind) of \(count) \(plural)"
  }

  /// A part of the page, and its few words in the list of contents.
  private struct Section {
    var id: String
    var words: String
    var html: String
  }

  private var sections: [Section] {
    let findings = Findings(context: context)
    let extra = ExtraSections(context: context)
    var sections: [Section] = []
    func add(_ id: String, _ words: String, _ title: Phrase, _ body: String) {
      guard !body.isEmpty else { return }
      let html =
        "<section id=\"\(id)\"><h2>" + title.html(context) + "</h2>" + body + "</section>\n"
      sections.append(Section(id: id, words: words, html: html))
    }
    let waits = WaitFigures(context: context).figures.map(pair).joined()
    add("waiting", "Waiting", findings.waiting, waits)
    add(
      "day", "Hour by hour", findings.day, DayFigure(context: context).figures.map(\.html).joined())
    let agents = AgentFigures(context: context).figures.map(pair).joined()
    if !agents.isEmpty {
      add(
        "agents", "Agents", findings.fairness,
        "<p>" + findings.balance.html(context) + "</p>" + agents)
    }
    let moves = MovesFigure(context: context)
    if let figure = moves.figure {
      let aside = "<div class=\"aside\"><p>" + moves.words.html(context) + "</p></div>"
      add("moves", "Moves", findings.moves, "<div class=\"two\">" + figure.html + aside + "</div>")
    }
    add("run", "An hour of one run", findings.lanes, lanes)
    add(
      "sanity", "Checks", Phrase("Can it be right? " + SanitySection(context: context).title),
      SanitySection(context: context).html)
    for (id, words, part) in [
      ("customers", "Customers", extra.customers), ("robustness", "Other worlds", extra.robustness),
      ("best", "The best", extra.best), ("pairs", "Every pair", extra.pairs),
    ] {
      if let part { add(id, words, part.title, part.html) }
    }
    add(
      "reports", "The platform's reports", Phrase("The platform's reports"),
      ReportsSection(context: context).html)
    add("inputs", "What was assumed", Phrase("What was assumed"), extra.inputs ?? "")
    add("repeat", "Repeat this", Phrase("Repeat this"), extra.repetition)
    return sections
  }

  private func pair(_ figures: [Figure]) -> String {
    "<div class=\"two\">" + figures.map(\.html).joined() + "</div>\n"
  }

  /// The first window open, the same minutes of the others behind a line.
  private var lanes: String {
    var html = ""
    for (number, window) in context.lanes.enumerated() {
      let figure = LaneFigure(context: context, window: window, number: number).html
      if number == 0 {
        html += figure
      } else {
        html += "<details class=\"more\"><summary>The same minutes of " + named(window.strategy)
        html += "</summary>" + figure + "</details>\n"
      }
    }
    return html
  }
}

/// Every file that a result consists of, but for the manifest and what was recorded beside it.
public enum ReportFiles {
  /// Every name that a result folder may hold beside its folder `conversations`.
  public static let names = Set(PlatformReports.names).union([
    "summary.csv", "comparison.csv", "replications.csv", "goals.csv", "agents.csv", "timeline.csv",
    "assignments.csv", "plan.csv", "curve.csv", "roster.csv", "periods.csv", "sweep.csv",
    "sweep.svg", "load.csv", "scenario.resolved.yaml",
    ResultJSON.fileName, Page.fileName, Manifest.fileName,
  ])

  /// What can be made of a document without the others, from the longest work to the shortest.
  public enum Part: CaseIterable, Sendable {
    /// The page.
    case page
    /// The saved result itself.
    case saved
    /// The tables.
    case tables
  }

  /// The files of one part.
  public static func files(
    _ part: Part, of document: ResultDocument
  ) throws(ResultJSONError) -> [ReportFile] {
    switch part {
    case .page: [ReportFile(Page.fileName, Page(of: document).html)]
    case .saved: [ReportFile(ResultJSON.fileName, try ResultJSON.text(of: document))]
    case .tables: ResultTables(of: document).files
    }
  }

  /// Page, saved result and tables.
  public static func all(of document: ResultDocument) throws(ResultJSONError) -> [ReportFile] {
    var all: [ReportFile] = []
    for part in Part.allCases { all += try files(part, of: document) }
    return all
  }
}
