import Measurement

/// The page of `load`: the answer, latency by percentile and by rate, the rate over time, every number.
struct LoadPage: Sendable {
  let index: LoadIndex

  init(_ index: LoadIndex) { self.index = index }

  private var document: LoadDocument { index.document }

  var page: StudyPage {
    let sentences = LoadWords(index).sentences
    let setting = LoadSetting(document: document)
    var page = StudyPage(
      title: "the engine under load",
      lead: sentence(setting.target) + " " + sentence(setting.manner) + " "
        + sentence(setting.tried),
      verdict: html(sentences.first ?? ""),
      details: sentences.dropFirst().map(html).joined(separator: " "), sections: sections)
    page.warnings = LoadWarnings(index: index).sentences.filter { !sentences.contains($0) }
    page.cards = cards
    page.repeats = LoadSetting.repetition
    page.style = LoadLook.style
    return page
  }

  private var sections: [StudyPage.Section] {
    let lists = LoadLists(index: index)
    return [
      .init(id: "latency", words: "Latency", title: latencyTitle, body: latency),
      .init(
        id: "time", words: "Over time", title: courseTitle,
        body: LoadCourse(index: index).figure?.html ?? ""),
      .init(
        id: "operations", words: "Every operation", title: "Every operation" + place,
        body: lists.operations),
      .init(
        id: "rates", words: "Every rate", title: index.steps.count == 1 ? "The rate" : "Every rate",
        body: lists.rates),
      .init(
        id: "predictions", words: "Predictions",
        title: LoadPredictions(document).sentence ?? "", body: lists.predictions),
    ]
  }

  private func sentence(_ words: String) -> String { words.capitalizedFirst + "." }
  private func html(_ sentence: String) -> String {
    escaped(withHeldUnits(sentence)).replacingMinus
  }

  /// ` at 65,000 events a second`, where there are several rates.
  private var place: String {
    guard index.steps.count > 1, let place = index.decisive else { return "" }
    return " at " + eventRate(index.steps[place].rate)
  }

  // MARK: - Cards

  private var cards: String {
    guard let place = index.decisive, !document.goals.isEmpty else { return "" }
    let step = index.steps[place]
    let cards = document.goals.map { card($0, step) }
    return "<div class=\"cards\">" + cards.joined() + "</div>\n"
  }

  private func card(_ goal: ResultDocument.Goal, _ step: LoadStep) -> String {
    let words = LoadGoal(goal)
    let outcome = index.outcome(goal, step)
    var html = "<div class=\"card\"><h3>" + escaped(words.title) + "</h3><div class=\"mono\">"
    html += escaped(goal.text) + "</div><table><tr><th scope=\"row\">"
    html += escaped(index.steps.count > 1 ? "at " + eventRate(step.rate) : "measured")
    html += "</th><td class=\"v\">"
    guard let outcome, let value = outcome.value else {
      return html + "no value</td><td class=\"s\"></td></tr></table></div>"
    }
    html += escaped(words.text(value)).replacingMinus + "</td><td class=\"s\">"
    html += step.invalid == nil ? ResultMark.html(outcome.result) : "does not count"
    return html + "</td></tr></table></div>"
  }

  // MARK: - Latency

  private var latencyTitle: String {
    if Set(index.steps.map(\.rate)).count > 1 { return "How latency grows with the rate" }
    guard let place = index.decisive, let times = LoadWords(index).within(index.steps[place]) else {
      return "How long events took"
    }
    return times.capitalizedFirst
  }

  private var latency: String {
    guard let place = index.decisive else { return "" }
    let timings = LoadTimings(step: index.steps[place])
    let figures = [
      LoadPercentiles(index: index).figure, LoadCurve(index: index).figure,
    ].compactMap(\.self)
    guard !figures.isEmpty else { return "" }
    let words = [timings.omission, timings.lateness + most(index.steps[place])].compactMap(\.self)
    let text = words.map { "<p>" + html($0) + "</p>" }.joined()
    // Beside a figure alone stands what is to be said of it.
    if figures.count == 1 {
      return "<div class=\"two\">" + figures[0].html + "<div class=\"aside\">" + text
        + "</div></div>"
    }
    return text + "<div class=\"two\">" + figures.map(\.html).joined() + "</div>"
  }

  private func most(_ step: LoadStep) -> String {
    " At most \(countedEvents(step.greatestBacklog)) waited at once."
  }

  private var courseTitle: String {
    let behind = index.steps.filter { !$0.keepsUp }
    guard let first = behind.first else {
      return index.rateCount > 1
        ? "The engine keeps up with every rate" : "The engine keeps up with what is due"
    }
    if behind.count == index.steps.count {
      return behind.count == 1
        ? "The engine falls behind" : "The engine falls behind in every measurement"
    }
    return behind.count == 1
      ? "The engine falls behind at \(eventRate(first.rate))"
      : "The engine falls behind in \(spokenCount(behind.count)) of "
        + LoadWords.measurements(index.steps.count)
  }
}
