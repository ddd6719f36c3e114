import Measurement

/// The page of a study: what it found, in sections; the frame around them is the same for all.
public struct StudyPage: Sendable {
  /// A part of the page, and its few words in the list of contents.
  struct Section: Sendable {
    var id: String
    var words: String
    /// The finding, as a sentence; plain text.
    var title: String
    var body: String
  }

  /// What follows the scenario's name in the title, such as `agents needed`.
  var title: String
  /// What was done, as plain sentences under the name.
  var lead: String
  /// The answer; markup.
  var verdict: String
  /// What the answer rests on; markup, may be empty.
  var details: String
  /// What stands below the answer, such as the cards of goals; markup, may be empty.
  var cards = ""
  /// What must be known before the answer, as plain sentences.
  var warnings: [String] = []
  /// What is the same when the command is repeated, as a sentence; plain text.
  var repeats = Self.sameBytes
  /// The look of what only this page has.
  var style = ""
  var sections: [Section]

  /// What holds for everything that is simulated.
  private static let sameBytes =
    "Same input, seed and version give the same bytes on any number of threads."

  init(
    title: String, lead: String, verdict: String, details: String = "", sections: [Section]
  ) {
    self.title = title
    self.lead = lead
    self.verdict = verdict
    self.details = details
    self.sections = sections.filter { !$0.body.isEmpty }
  }

  /// The whole file; equal studies give equal bytes.
  func html(_ head: StudyHead) -> String {
    var html = PageFrame.top(title: head.scenario + ": " + title)
    html += Self.narrowTables
    if !style.isEmpty { html += "<style>" + style + "</style>\n" }
    html += header(head) + navigation + warnings(head)
    html += "<p class=\"verdict\">" + verdict + "</p>\n"
    if !details.isEmpty { html += "<p class=\"sub\">" + details + "</p>\n" }
    html += cards
    for section in sections {
      html += "<section id=\"\(section.id)\"><h2>" + escaped(section.title).replacingMinus + "</h2>"
      html += section.body + "</section>\n"
    }
    html += repetition(head)
    return html + PageFrame.bottom(version: head.version)
  }

  /// In a narrow window names leave room for the numbers beside them.
  private static let narrowTables =
    "<style>@media (max-width:680px){.plain tbody th{min-width:5em}}</style>\n"

  private func header(_ head: StudyHead) -> String {
    var html = "<header><div><h1>" + named(head.scenario) + ": " + escaped(title) + "</h1><p>"
    if !head.description.isEmpty { html += named(head.description) + " " }
    html += escaped(lead) + "</p></div>\n<dl class=\"stamp\">"
    html += "<dt>seed</dt><dd>\(head.seed)</dd>"
    html += "<dt>fingerprint</dt><dd>" + escaped(head.fingerprint) + "</dd>"
    return html + "<dt>switchboard</dt><dd>" + escaped(head.version) + "</dd></dl></header>\n"
  }

  private var navigation: String {
    let links =
      (sections.map { ($0.id, $0.words) } + [("repeat", "Repeat this")])
      .map { "<a href=\"#\($0.0)\">" + escaped($0.1) + "</a>" }
    return "<nav aria-label=\"Contents\"><b>Contents</b> " + links.joined(separator: " ")
      + "</nav>\n"
  }

  private func warnings(_ head: StudyHead) -> String {
    var html = (head.remarks + warnings).map { "<p class=\"warning\">" + escaped($0) + "</p>\n" }
      .joined()
    if let partial = head.partial {
      let isMissing = partial.hasPrefix("because ")
      html +=
        "<p class=\"warning\">" + (isMissing ? "<b>Partial</b> " : "<b>Partial.</b> Interrupted ")
      html += escaped(partial) + ".</p>\n"
    }
    return html
  }

  private func repetition(_ head: StudyHead) -> String {
    var html = "<section id=\"repeat\"><h2>Repeat this</h2><pre>"
    html += escaped(CommandText(words: head.repeatedBy).line) + "</pre><p class=\"note\">"
    html += escaped(repeats) + " "
    html +=
      "\(grouped(Int64(head.runs))) run\(head.runs == 1 ? "" : "s"), \(roundCount(head.events)) events. "
    return html + "Beside this page: CSV tables, manifest.json and result.json, from which "
      + "<code>switchboard report</code> makes all of it again.</p></section>\n"
  }
}
