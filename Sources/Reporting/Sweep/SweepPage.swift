import Measurement

/// The page of `sweep`: the answer, then for each metric the picture over all settings and what matters.
struct SweepPage: Sendable {
  let index: SweepIndex

  init(_ index: SweepIndex) { self.index = index }

  private var document: SweepDocument { index.document }
  private var words: SweepWords { SweepWords(index: index) }

  var page: StudyPage {
    let sentences = words.sentences
    var sections: [StudyPage.Section] = []
    for (number, metric) in document.asked.enumerated() {
      sections.append(
        StudyPage.Section(
          id: "metric\(number)", words: index.format(metric).spoken.capitalizedFirst,
          title: title(metric), body: body(metric, number)))
    }
    sections.append(
      StudyPage.Section(
        id: "settings", words: "Every setting", title: "Every setting", body: settings))
    return StudyPage(
      title: "sweep of " + listed(index.factors.indices.map(index.name)),
      lead: "\(index.settings), \(index.runs).",
      verdict: html(sentences.first ?? "Nothing was run."),
      details: sentences.dropFirst().map(html).joined(separator: " "), sections: sections)
  }

  private func html(_ sentence: String) -> String { escaped(sentence).replacingMinus }

  /// The finding as a sentence.
  private func title(_ metric: String) -> String {
    let sentence = words.matters(metric).first ?? index.format(metric).spoken
    return String(sentence.map { $0 == "\u{A0}" ? " " : $0 }).capitalizedFirst
  }

  private func body(_ metric: String, _ number: Int) -> String {
    var html = figures(metric, number).map(\.html).joined()
    if let effects = index.effects(metric) {
      let rest = words.matters(metric).dropFirst().map { $0.capitalizedFirst + "." }
      if !rest.isEmpty, number > 0 {
        html = "<p>" + rest.map(self.html).joined(separator: " ") + "</p>" + html
      }
      if effects.rows.count > 1 {
        html += EffectFigure(index: index, effects: effects, id: "effects\(number)").figure.html
      }
    }
    return html
  }

  /// A line for one name, a map for two (and lines where one of them has few values), else small maps.
  func figures(_ metric: String, _ number: Int) -> [Figure] {
    let factors = index.factors
    guard factors.count > 1 else {
      return [
        SweepLines(index: index, metric: metric, along: 0, across: nil, id: "line\(number)").figure
      ]
    }
    let maps = SweepMaps(index: index, metric: metric, id: "map\(number)").figure
    let lines = factors.count == 2 ? self.lines(metric, number) : []
    return lines + [maps]
  }

  /// A line for each value of the shorter of two names, as long as they can be told apart.
  private func lines(_ metric: String, _ number: Int) -> [Figure] {
    let counts = index.factors.map(\.values.count)
    let across = counts[1] <= counts[0] ? 1 : 0
    guard counts[across] <= Self.mostLines else { return [] }
    return [
      SweepLines(
        index: index, metric: metric, along: 1 - across, across: across,
        shown: Array(0..<counts[across]), id: "line\(number)"
      ).figure
    ]
  }

  /// More lines than these are only a map.
  private static let mostLines = 4

  // MARK: - Every setting

  /// What became of the goals, and the fingerprint by which each setting can be found again.
  private var settings: String {
    var table = DataTable(
      index.factors.indices.map { .init(title: index.name($0), isText: true) }
        + document.goals.map { .init(title: $0.text, isText: true) }
        + [.init(title: "fingerprint", isText: true)])
    for point in document.points.prefix(2_000) {
      let place = index.place(point).enumerated().map { index.label($0.offset, $0.element) }
      let goals = document.goals.map { goal -> String in
        let outcome = point.goals.first { $0.goal == goal.text }
        return outcome?.value == nil ? "no value" : outcome?.result.rawValue ?? ""
      }
      table.rows.append(place + goals + [point.fingerprint])
    }
    return "<p class=\"note\"><code>switchboard run</code> with the same <code>--set</code>, "
      + "<code>--strategies</code> and seed prints a setting's fingerprint. Every metric of every "
      + "setting is in sweep.csv.</p>" + table.folded(of: "every setting")
  }
}
