import Measurement

/// The first screen: what was simulated, the answer, the strategies and the goals.
struct PageHead: Sendable {
  let context: PageContext

  private var document: ResultDocument { context.document }

  /// The parts of the page, for the list of contents.
  let contents: [(id: String, words: String)]

  var html: String { header + navigation + warnings + verdict + key + cards }

  /// Links to the parts of a page that is several screens long.
  private var navigation: String {
    let links = contents.map { "<a href=\"#\($0.id)\">" + escaped($0.words) + "</a>" }
    return "<nav aria-label=\"Contents\"><b>Contents</b> " + links.joined(separator: " ")
      + "</nav>\n"
  }

  private var header: String {
    let scenario = document.scenario
    var html = "<header><div><h1>" + named(scenario.name) + "</h1><p>"
    if !scenario.description.isEmpty { html += named(scenario.description) + " " }
    html += escaped(worldSentence) + "</p></div>\n<dl class=\"stamp\">"
    html += "<dt>seed</dt><dd>\(document.seed)</dd>"
    html += "<dt>fingerprint</dt><dd>" + escaped(document.fingerprint) + "</dd>"
    html += "<dt>switchboard</dt><dd>" + escaped(document.version) + "</dd></dl></header>\n"
    return html
  }

  private var worldSentence: String {
    let scenario = document.scenario
    let conversations = max(0, min(scenario.conversationsPerRun, 9e15)).rounded()
    var text = spokenDuration(scenario.duration) + " simulated"
    if let date = scenario.startDate { text += " from \(date) " + context.clock(0) }
    text += ", \(counted(scenario.agentCount, "agent")) on "
    text += counted(scenario.channels.count, "channel")
    text += ", about \(grouped(Int64(conversations))) conversations a run. "
    text += runSentence
    if scenario.warmup > 0 {
      text += " The first " + spokenDuration(scenario.warmup) + " of each run are not counted."
    }
    return text
  }

  private var runSentence: String {
    let count = document.strategies.count
    let each = count > 1 ? " each" : ""
    let number = spokenCount(count).capitalizedFirst
    let subject = count == 1 ? "One strategy" : "\(number) strategies"
    if context.isCompared {
      let customers = context.isPaired ? "exactly the same customers" : "customers of their own"
      return "\(subject) met \(customers) in \(context.runs) each."
    }
    return "\(subject), \(context.runs)\(each)."
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    grouped(Int64(count)) + " " + noun + (count == 1 ? "" : "s")
  }

  /// What is to be known before the answer is believed.
  var warnings: String {
    var html = document.remarks.map { remark in
      "<p class=\"warning\">" + escaped(printable(remark)) + "</p>\n"
    }.joined()
    if let partial = document.partial {
      let done = grouped(Int64(partial.finishedRuns))
      let wanted = grouped(Int64(partial.requestedRuns))
      let verb = document.replications == 1 ? "counts" : "count"
      html += "<p class=\"warning\"><b>Partial.</b> "
      if let missing = partial.missing {
        html += escaped(printable(missing)) + ": \(done) of \(wanted) runs are there; "
        html += "\(context.runs) of each strategy \(verb).</p>\n"
      } else {
        html += "Interrupted after \(done) of \(wanted) runs; "
        html += "the first \(context.runs) of each strategy \(verb).</p>\n"
      }
    }
    let words = OverloadWords(context.index)
    for entry in words.entries {
      html += "<p class=\"warning\"><b>Overload.</b> "
      if !words.isOfAll(entry) {
        html += entry.strategies.map { named(context.name($0)) }.joined(separator: ", ") + ": "
      }
      html += escaped(printable(entry.text)) + "</p>\n"
    }
    return html
  }

  private var verdict: String {
    let words = VerdictWords(context.index)
    var html = "<p class=\"verdict\">" + words.claim.html(context) + ".</p>\n"
    if !words.details.isEmpty {
      let details = words.details.map { $0.html(context) + "." }.joined(separator: " ")
      html += "<p class=\"sub\">" + details + "</p>\n"
    }
    return html
  }

  private var key: String {
    let parameters = differingParameters
    var html = "<ul class=\"key\">"
    for strategy in context.strategies {
      html += "<li><div class=\"way\" data-k=\"\(strategy)\">"
      html += WayMark.html(context.style(strategy)) + "<div><b>"
      html += named(context.name(strategy).capitalizedFirst)
      if context.isCompared, strategy == context.index.baseline {
        html += " <span>(baseline)</span>"
      }
      let description = document.strategies[strategy].description
      let words = description.isEmpty ? parameters[strategy].joined(separator: ", ") : description
      html += "</b><span>" + escaped(words) + "</span></div></div></li>"
    }
    html += "</ul>\n"
    guard context.strategies.count > 1 else { return html }
    // Only the script can do it, so only the script shows it.
    return html
      + "<p class=\"note pick\" hidden>Choose a strategy to see it alone in every figure; "
      + "choose it again to see all.</p>\n"
  }

  /// The parameters of each strategy that are not the same for all of them.
  private var differingParameters: [[String]] {
    let all = document.strategies.map(\.parameters)
    guard all.count > 1 else { return all }
    return all.map { own in own.filter { parameter in !all.allSatisfy { $0.contains(parameter) } } }
  }

  private var cards: String {
    guard !document.goals.isEmpty else { return "" }
    return "<div class=\"cards\">" + document.goals.map(card).joined() + "</div>\n"
  }

  private func card(_ goal: ResultDocument.Goal) -> String {
    let format = context.index.format(of: goal)
    let words = GoalWords(goal: goal, format: format)
    var html = "<div class=\"card\"><h3>" + escaped(words.title) + "</h3><div class=\"mono\">"
    html += escaped(goal.text) + "</div><table>"
    for strategy in context.strategies {
      let outcome = context.index.outcome(strategy, goal)
      html += "<tr data-k=\"\(strategy)\"><th scope=\"row\">" + named(context.name(strategy))
      html += "</th><td class=\"v\">" + GoalCell(outcome: outcome, format: format).value
      html += "</td><td class=\"s\">"
      // What has no value is neither met nor undecided.
      html += outcome?.value == nil ? "" : ResultMark.html(outcome?.result ?? .inconclusive)
      html += "</td></tr>"
    }
    return html + "</table></div>"
  }

}

/// What became of a goal as a shape with its word.
enum ResultMark {
  static func html(_ result: Goal.Outcome, word: String? = nil) -> String {
    let shape: String
    switch result {
    case .met:
      shape =
        "<circle cx=\"8\" cy=\"8\" r=\"7.2\" class=\"met\"/>"
        + "<path d=\"M4.6 8.3l2.4 2.4 4.4-5\" class=\"tick\"/>"
    case .missed:
      shape =
        "<path d=\"M5.2 .8h5.6l4.4 4.4v5.6l-4.4 4.4H5.2L.8 10.8V5.2z\" class=\"missed\"/>"
        + "<path d=\"M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6\" class=\"tick\"/>"
    case .inconclusive:
      shape = "<path d=\"M8 .9l7.1 7.1L8 15.1.9 8z\" class=\"inc\"/>"
    }
    return "<span class=\"s-\(result.rawValue)\"><svg class=\"st\" viewBox=\"0 0 16 16\" "
      + "aria-hidden=\"true\">" + shape + "</svg>" + (word ?? result.rawValue) + "</span>"
  }
}
