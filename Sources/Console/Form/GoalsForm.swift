import Measurement
import Reporting
import Scenarios

/// What is promised: judged on the same runs, so changing it runs nothing again.
struct GoalsForm {
  let source: FormSource

  var html: String {
    let path = FormSource.path("goals")
    let count = source.text?.count(at: path) ?? 0
    let goals = (0..<count).map { goal(ScenarioPath(path.steps + [.index($0)])) }
    let list =
      goals.isEmpty
      ? "" : "<ul class=\"goals-f\">" + goals.map { "<li>\($0)</li>" }.joined() + "</ul>"
    return Controls.section(
      "Goals", beside: add(path, count), list.isEmpty ? "<p class=\"note\">None yet.</p>" : list)
  }

  private static let relations = [
    (">=", "at least"), ("<=", "at most"), (">", "more than"), ("<", "less than"),
  ]

  private func goal(_ path: ScenarioPath) -> String {
    guard let found = source.text?.value(at: path), let text = found.scalar else { return "" }
    let remove = Controls.action(
      "Remove", [FormEdit(do: .remove, path: path.description)], label: "Remove the goal \(text)")
    for (sign, words) in Self.relations {
      guard let place = text.firstRange(of: " \(sign) ") else { continue }
      let name = String(text[..<place.lowerBound])
      let limit = String(text[place.upperBound...])
      guard let metric = try? MetricReference(name), let quantity = Quantity(limit) else { break }
      let plain = "\(name) \(sign) \(quantity.template)"
      // A part of the customers stands before a colon, which YAML would take for a key.
      let template = name.contains(":") ? YAMLText.quoted(plain) : plain
      let most = quantity.unit == "%" ? 100.0 : nil
      return markup(of: Self.capitalized(metric.label)) + " \(words) "
        + Controls.number(
          path, quantity, "\(metric.label) \(words), \(quantity.unit)", template: template,
          most: most)
        + " \(markup(of: quantity.unit)) " + remove
    }
    return Controls.asText(found) + " " + remove
  }

  private static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  private static let usual = [
    "first_response.within(5 min) >= 80%", "first_response.p90 <= 10 min", "abandoned <= 5%",
    "reassigned <= 5%", "resolution.mean <= 30 min",
  ]

  private func add(_ path: ScenarioPath, _ count: Int) -> String {
    let known = (0..<count).compactMap { place -> Substring? in
      source.text?.value(at: ScenarioPath(path.steps + [.index(place)]))?.scalar?.prefix {
        $0 != " "
      }
    }
    guard let next = Self.usual.first(where: { !known.contains($0.prefix { $0 != " " }) }) else {
      return ""
    }
    let value = YAMLText.quoted(next)
    let edit =
      source.text?.value(at: path) == nil
      ? FormEdit(do: .set, path: path.description, value: "[\(value)]")
      : FormEdit(do: .insert, path: path.description, value: value, to: count)
    return Controls.action("Add", [edit], label: "Add a goal")
  }
}
