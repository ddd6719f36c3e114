import Reporting
import Scenarios

/// Who writes, how many, and how long they wait.
struct CustomersForm {
  let source: FormSource

  var html: String {
    let names = source.keys(FormSource.path("contacts"))
    return names.map { name in
      let title = names.count == 1 ? "Customers" : "Customers: \(name)"
      return Controls.section(title, arrivals(name) + volume(name) + patience(name))
    }.joined()
  }

  private func arrivals(_ name: String) -> String {
    let path = FormSource.path("contacts", name, "arrivals")
    if let profile = ProfileForm(source: source, path: ScenarioPath(path.steps + [.key("profile")]))
    {
      return profile.html
    }
    for law in ["poisson", "regular"] {
      if let place = source.place(ScenarioPath(path.steps + [.key(law)])), !place.isVaried,
        let quantity = place.found.scalar.flatMap(Quantity.init)
      {
        return Controls.row(
          "They write",
          Controls.number(place.path, quantity, "Customers \(quantity.unit)") + " "
            + markup(of: quantity.unit))
      }
    }
    return source.place(path).map {
      Controls.row("They write", Controls.asText($0.found, isVaried: $0.isVaried))
    } ?? ""
  }

  private func volume(_ name: String) -> String {
    let path = FormSource.path("contacts", name, "volume")
    guard let place = source.place(path) else {
      guard source.text?.value(at: FormSource.path("contacts", name)) != nil,
        let quantity = Quantity("100%")
      else { return "" }
      return slider(path, quantity)
    }
    guard !place.isVaried, let quantity = place.found.scalar.flatMap(Quantity.init),
      quantity.unit == "%"
    else { return Controls.row("All day", Controls.asText(place.found, isVaried: place.isVaried)) }
    return slider(place.path, quantity)
  }

  private func slider(_ path: ScenarioPath, _ quantity: Quantity) -> String {
    Controls.row(
      "All day",
      "<span class=\"slide\">"
        + Controls.range(path, quantity, "Customers all day", 20...200, step: 5)
        + "<span><b class=\"ink\">\(quantity.text)</b> %</span></span>")
  }

  private func patience(_ name: String) -> String {
    let path = FormSource.path("contacts", name, "patience")
    let whole = source.place(path)
    for way in [["exponential"], ["exponential", "mean"]] {
      let inner = ScenarioPath((whole?.path ?? path).steps + way.map { .key($0) })
      if let place = source.place(inner), !place.isVaried,
        let quantity = place.found.scalar.flatMap(Quantity.init)
      {
        return Controls.row(
          "Give up after",
          Controls.number(place.path, quantity, "Give up after, \(quantity.unit)", least: 0.1) + " "
            + markup(of: quantity.unit) + " <span class=\"muted\">on average</span>")
      }
    }
    return whole.map {
      Controls.row("Give up after", Controls.asText($0.found, isVaried: $0.isVaried))
    } ?? ""
  }
}
