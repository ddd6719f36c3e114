import Reporting
import Scenarios

/// Who answers, how many, and how they work.
struct TeamForm {
  let source: FormSource

  var html: String {
    let names = source.keys(FormSource.path("teams"))
    return names.map { name in
      let title = names.count == 1 ? "Team" : "Team: \(name)"
      return Controls.section(
        title, agents(name) + shifts(name) + attention(name) + replies(name) + away(name))
    }.joined()
  }

  private func path(_ team: String, _ keys: String...) -> ScenarioPath {
    ScenarioPath((["teams", team] + keys).map { .key($0) })
  }

  private func agents(_ team: String) -> String {
    guard let place = source.place(path(team, "agents")) else { return "" }
    if !place.isVaried, let count = place.found.scalar.flatMap({ Int($0) }) {
      return Controls.row(
        "Agents", Controls.stepper(place.path, count, "Agents", one: "agent", range: 1...500))
    }
    return Controls.row("Agents", Controls.asText(place.found, isVaried: place.isVaried))
  }

  private func shifts(_ team: String) -> String {
    guard let place = source.place(path(team, "shifts")) else { return "" }
    return Controls.row("On shift", Controls.asText(place.found, isVaried: place.isVaried))
  }

  private func attention(_ team: String) -> String {
    let label = "Chats at once"
    if let place = source.place(path(team, "attention", "parallel")), !place.isVaried,
      let count = place.found.scalar.flatMap({ Int($0) })
    {
      let options = (1...max(5, min(12, count))).map { ("\($0)", "\($0)") }
      return Controls.row(label, Controls.choice(place.path, label, options, chosen: "\(count)"))
    }
    let shared = path(team, "attention", "shared")
    if let place = source.place(shared), place.found.kind == .sequence,
      place.found.text.hasPrefix("[")
    {
      let now = Self.items(place.found.text)
      let before = source.saved?.value(at: shared).map { Self.items($0.text) } ?? []
      // Fewer at once and back again: the file still knows what more would do.
      let all = before.count > now.count && before.starts(with: now) ? before : now
      let options = all.indices.map { last in
        ("\(last + 1)", "[" + all[...last].joined(separator: ", ") + "]")
      }
      return Controls.row(
        label,
        Controls.choice(place.path, label, options, chosen: "[" + now.joined(separator: ", ") + "]")
      )
    }
    return source.place(path(team, "attention")).map {
      Controls.row(label, Controls.asText($0.found, isVaried: $0.isVaried))
    } ?? ""
  }

  private static func items(_ list: String) -> [String] {
    list.dropFirst().dropLast().split(separator: ",").map { item in
      item.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  private func replies(_ team: String) -> String {
    let whole = source.place(path(team, "reply_time"))
    guard let whole else { return "" }
    let law = ScenarioPath(whole.path.steps + [.key("lognormal")])
    guard !whole.isVaried, let median = quantity(law, "median"), let high = quantity(law, "p90")
    else {
      return Controls.row("Time to reply", Controls.asText(whole.found, isVaried: whole.isVaried))
    }
    let words =
      "half under "
      + Controls.number(
        median.path, median.value, "Half of the replies under, \(median.value.unit)", least: 0.1)
      + " \(markup(of: median.value.unit)), 9 in 10 under "
      + Controls.number(
        high.path, high.value, "Nine in ten replies under, \(high.value.unit)", least: 0.1)
      + " \(markup(of: high.value.unit))"
    let curve = ReplyCurve(median: median, p90: high)?.html ?? ""
    return Controls.row("Time to reply", words + curve, isTall: true)
  }

  private func quantity(_ law: ScenarioPath, _ key: String) -> (
    path: ScenarioPath, value: Quantity
  )? {
    guard let place = source.place(ScenarioPath(law.steps + [.key(key)])), !place.isVaried,
      let quantity = place.found.scalar.flatMap(Quantity.init)
    else { return nil }
    return (place.path, quantity)
  }

  private func away(_ team: String) -> String {
    let whole = path(team, "away")
    guard let place = source.place(whole) else { return "" }
    guard !place.isVaried,
      let length = quantity(ScenarioPath(place.path.steps + [.key("for")]), "exponential"),
      let every = quantity(ScenarioPath(place.path.steps + [.key("after")]), "exponential")
    else { return Controls.row("Away", Controls.asText(place.found, isVaried: place.isVaried)) }
    return Controls.row(
      "Away",
      Controls.number(length.path, length.value, "Away for, \(length.value.unit)", least: 0.1)
        + " \(markup(of: length.value.unit)), after every "
        + Controls.number(
          every.path, every.value, "Away after every, \(every.value.unit)", least: 0.1)
        + " \(markup(of: every.value.unit))")
  }
}
