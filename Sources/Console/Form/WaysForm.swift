import Reporting
import Scenarios

/// The ways of assigning: what tells them apart, and how to try another.
struct WaysForm {
  let source: FormSource

  /// More than these have no hue of their own.
  private static let most = 5

  var html: String {
    guard !source.ways.isEmpty else { return offered }
    let ways = source.ways
    let add =
      ways.count < Self.most
      ? Controls.action(
        "Add",
        [
          FormEdit(
            do: .duplicate, path: path(ways[ways.count - 1]).description,
            key: free(ways[ways.count - 1]))
        ],
        label: "Add a way of assigning") : ""
    let cards = ways.enumerated().map { card($1, $0, of: ways.count) }.joined()
    return Controls.section(
      "Ways of assigning", beside: add, "<ul class=\"cards\">\(cards)</ul>" + tries)
  }

  /// A file that names no ways.
  private var offered: String {
    guard let scenario = source.scenario else { return "" }
    let ways = DraftReading.ways(of: scenario)
    let cards = ways.enumerated().map { place, way in
      "<li>\(WayMark.html(place, of: ways.count))<div><b>\(markup(of: way.name))</b><p>\(markup(of: way.description))</p></div></li>"
    }
    let note =
      scenario.hasOfferedStrategies
      ? "The file names no strategies, so these two are compared."
      : "The file has one way of assigning."
    return Controls.section(
      "Ways of assigning", "<ul class=\"cards\">\(cards.joined())</ul><p class=\"said\">\(note)</p>"
    )
  }

  private func path(_ way: String, _ keys: String...) -> ScenarioPath {
    ScenarioPath((["strategies", way] + keys).map { .key($0) })
  }

  /// A name for a copy.
  private func free(_ way: String) -> String {
    (2...).lazy.map { "\(way) \($0)" }.first { !source.ways.contains($0) } ?? way
  }

  private func card(_ way: String, _ place: Int, of count: Int) -> String {
    let words = source.text?.value(at: path(way, "description"))?.scalar ?? setting(way)
    var html = "<li>\(WayMark.html(place, of: count))<div><b>\(markup(of: way))</b>"
    if place == 0, count > 1 { html += " <span class=\"muted\">baseline</span>" }
    html += "<p>\(markup(of: words))</p><div class=\"acts\">"
    html +=
      "<button class=\"txt\" data-toggle=\"way-\(place)\" aria-expanded=\"false\">Change</button>"
    if count < Self.most {
      html += Controls.action(
        "Copy", [FormEdit(do: .duplicate, path: path(way).description, key: free(way))],
        label: "Copy \(way)")
    }
    if count > 1 {
      html += Controls.action(
        "Remove", [FormEdit(do: .remove, path: path(way).description)], label: "Remove \(way)")
    }
    if place > 0 {
      html += Controls.action(
        "Up", [FormEdit(do: .move, path: path(way).description, to: place - 1)],
        label: "Move \(way) up")
    }
    return html
      + "</div></div><div class=\"edit\" data-panel=\"way-\(place)\" hidden>\(panel(way))</div></li>"
  }

  /// What it sets, as the file writes it.
  private func setting(_ way: String) -> String {
    let parts = source.keys(path(way)).compactMap { key in
      source.text?.value(at: path(way, key)).map { sentence(key, $0.scalar ?? $0.text) }
    }
    return parts.isEmpty ? "as the file has it" : parts.joined(separator: ", ")
  }

  /// What a parameter is set to, in words where the value is one of the language's own.
  private func sentence(_ parameter: String, _ value: String) -> String {
    if isLogic(parameter), let logic = WordLists.logics.first(where: { $0.name == value }) {
      return logic.about
    }
    let yesNo = ["true": "yes", "false": "no"][value]
    return "\(parameter.replacing("_", with: " ")): \(yesNo ?? value)"
  }

  private func panel(_ way: String) -> String {
    var html =
      "<label>Name " + Controls.words(path(way), way, "Name of \(way)", kind: "rename") + "</label>"
    for parameter in parameters {
      guard let value = value(of: parameter, in: way) else { continue }
      let label = parameter.replacing("_", with: " ")
      let place = path(way, parameter)
      if isLogic(parameter), logics.contains(value) {
        html +=
          "<label>\(markup(of: label)) "
          + Controls.select(
            place, "\(label) of \(way)", logics.map { (Self.words($0), $0) }, chosen: value)
          + "</label>"
      } else if value == "true" || value == "false" {
        html += Controls.check(place, label, isOn: value == "true")
      } else if let count = Int(value), count >= 0 {
        html += "<label>\(markup(of: label)) "
        html += Controls.stepper(
          place, count, "\(label) of \(way)", one: label, range: 0...max(1_000, count))
        html += "</label>"
      } else if let quantity = Quantity(value) {
        html +=
          "<label>\(markup(of: label)) " + Controls.number(place, quantity, "\(label) of \(way)")
        html += " \(markup(of: quantity.unit))</label>"
      } else {
        html +=
          "<label>\(markup(of: label)) " + Controls.words(place, value, "\(label) of \(way)")
          + "</label>"
      }
    }
    return html
  }

  /// The parameters that tell ways apart: those that one sets at least.
  private var parameters: [String] {
    let set = Set(source.ways.flatMap { source.keys(path($0)) })
    return source.keys(FormSource.path("parameters")).filter { set.contains($0) }
  }

  /// What a way sets a parameter to, or what it has without that; nil for what is no single value.
  private func value(of parameter: String, in way: String) -> String? {
    let own = source.text?.value(at: path(way, parameter))
    return (own ?? source.text?.value(at: FormSource.path("parameters", parameter)))?.scalar
  }

  /// Whether steps take their logic from a parameter; others share some of its words.
  private func isLogic(_ parameter: String) -> Bool {
    ["logic", "then"].contains { source.text?.text.contains("\($0): $\(parameter)") == true }
  }

  private var logics: [String] { WordLists.logics.map(\.name).filter { $0 != "sticky" } }

  private static func words(_ logic: String) -> String { logic.replacing("_", with: " ") }

  // MARK: - What might be tried

  /// Up to three ways that differ from the last one in one thing, and that are not there yet.
  private var tries: String {
    guard source.ways.count < Self.most, let last = source.ways.last else { return "" }
    let known = source.ways.map { way in parameters.map { value(of: $0, in: way) ?? "" } }
    let base = parameters.map { value(of: $0, in: last) ?? "" }
    var offers: [String] = []
    for (place, parameter) in parameters.enumerated() {
      for candidate in candidates(parameter, base[place]) where offers.count < 3 {
        var changed = base
        changed[place] = candidate
        guard !known.contains(changed) else { continue }
        let name = Self.name(parameter, candidate)
        guard !source.ways.contains(name) else { continue }
        let edits = [
          FormEdit(do: .duplicate, path: path(last).description, key: name),
          FormEdit(do: .set, path: path(name, parameter).description, value: candidate),
          FormEdit(
            do: .set, path: path(name, "description").description,
            value: YAMLText.quoted("like \(last)")),
        ]
        offers.append(Controls.action(name, edits, label: "Try \(name)"))
      }
    }
    return offers.isEmpty ? "" : "<p class=\"try\">Try " + offers.joined(separator: " · ") + "</p>"
  }

  private func candidates(_ parameter: String, _ value: String) -> [String] {
    if isLogic(parameter), logics.contains(value) {
      return ["round_robin", "least_open", "longest_idle"].filter { $0 != value }
    }
    if value == "true" { return ["false"] }
    if value == "false" { return ["true"] }
    guard let quantity = Quantity(value), quantity.number > 0 else { return [] }
    return [0.5, 2].map { factor in
      quantity.template.replacing("{}", with: Quantity.text(quantity.number * factor))
    }
  }

  private static func name(_ parameter: String, _ value: String) -> String {
    let words = parameter.replacing("_", with: " ")
    switch value {
    case "true": return "with \(words)"
    case "false": return "without \(words)"
    default: return Quantity(value) == nil ? Self.words(value) : "\(words) \(value)"
    }
  }
}
