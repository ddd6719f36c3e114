public import Measurement

/// The plan of a day in fragments of a page: words, figures and a table, all read from one grid.
public struct StaffingView: Sendable {
  private let answer: StaffingAnswer

  /// The fragments of an answer, as far as it is known.
  public init(_ answer: StaffingAnswer) { self.answer = answer }

  private var words: StaffingWords? {
    guard let grid = answer.grid, !grid.counts.isEmpty, !grid.periods.isEmpty else { return nil }
    return StaffingWords(answer: answer, grid: grid)
  }

  /// Every fragment by its name on the page; without a grid those that tell of another one are empty.
  public var html: [String: String] {
    var html = ["promise": promise]
    guard let words else {
      for name in ["step", "tableHead", "table", "note", "price", "buy"] { html[name] = "" }
      html["verdict"] =
        "How many agents answer \(StaffingWords.asked(answer, isOne: false)) under \(StaffingWords.way(answer))?"
      return html
    }
    let table = StaffingTable(words: words)
    html["verdict"] = words.verdict
    html["sub"] = words.details
    html["step"] = StaffingSteps(words: words).figure.html
    html["tableHead"] = escaped(table.title)
    html["table"] = table.html
    html["note"] = table.note
    html["price"] = StaffingPrices(words: words).figure.html
    html["buy"] = StaffingGains(words: words).figure.html
    return html
  }

  /// The finding for those who hear it.
  public var spoken: String? {
    guard let words else { return nil }
    // The verdict is made of words and of tags without any: what is between < and > is not said.
    var isTag = false
    let plain = words.verdict.filter { character in
      defer { if character == ">" { isTag = false } }
      if character == "<" { isTag = true }
      return !isTag
    }
    return [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
      .reduce(plain) { $0.replacing($1.0, with: $1.1) }
  }

  /// How far the runs are.
  public static func progress(_ done: Int, of all: Int) -> String {
    guard all > 0 else { return "The first runs begin." }
    return
      "\(grouped(Int64(done))) of \(grouped(Int64(all))) runs: every number of agents on the same customers."
  }

  /// The promise with its controls.
  private var promise: String {
    let goals = StaffingPrices.goals(answer)
    let percent = shortest((answer.share * 1e4).rounded() / 100)
    var html =
      "<span>Answer</span> <input class=\"n\" type=\"number\" data-plan=\"goal\" data-scale=\"0.01\" "
      + "min=\"\(goals.lowerBound)\" max=\"\(goals.upperBound)\" step=\"1\" value=\"\(percent)\" "
      + "aria-label=\"Per cent answered\"> <span>% within</span> "
      + "<select data-plan=\"within\" aria-label=\"Minutes\">"
    for (place, bound) in answer.bounds.enumerated() {
      html += "<option value=\"\(shortest(bound))\"\(place == answer.bound ? " selected" : "")>"
      html += StaffingWords.minutes(bound) + "</option>"
    }
    let every = (answer.grid?.periods.count ?? 2) == 1 ? "" : "in every hour, "
    html += "</select> <span>\(every)with</span> "
    html += "<select data-plan=\"way\" aria-label=\"Way of assigning\">"
    for (place, name) in answer.ways.enumerated() {
      html += "<option value=\"\(place)\"\(place == answer.way ? " selected" : "")>"
      html += escaped(name) + "</option>"
    }
    return html + "</select>"
  }
}
