import Reporting
import Scenarios

/// The markup of the form's controls; what they do is the page's own script.
enum Controls {
  static func section(_ title: String, beside: String = "", _ body: String) -> String {
    body.isEmpty ? "" : "<section><h3>\(markup(of: title))\(beside)</h3>\(body)</section>"
  }

  static func row(_ label: String, _ control: String, isTall: Bool = false) -> String {
    "<div class=\"row\(isTall ? " top" : "")\"><span class=\"lab\">\(markup(of: label))</span><span>\(control)</span></div>"
  }

  static func stepper(
    _ path: ScenarioPath, _ value: Int, _ label: String, one: String, range: ClosedRange<Int>
  ) -> String {
    func button(_ by: Int, _ sign: String, _ words: String) -> String {
      let isAtEnd = value == (by < 0 ? range.lowerBound : range.upperBound)
      return
        "<button data-by=\"\(by)\" aria-disabled=\"\(isAtEnd)\" aria-label=\"One \(markup(of: one)) \(words)\">\(sign)</button>"
    }
    return
      "<span class=\"step\" data-kind=\"step\" \(attribute(path)) data-min=\"\(range.lowerBound)\" "
      + "data-max=\"\(range.upperBound)\">" + button(-1, "−", "fewer")
      + "<input inputmode=\"numeric\" value=\"\(value)\" aria-label=\"\(markup(of: label))\">"
      + button(1, "+", "more") + "</span>"
  }

  static func number(
    _ path: ScenarioPath, _ quantity: Quantity, _ label: String, template: String? = nil,
    least: Double = 0, most: Double? = nil
  ) -> String {
    let limit = most.map { " max=\"\(Quantity.text($0))\"" } ?? ""
    return
      "<input type=\"number\" class=\"n\" data-kind=\"number\" \(attribute(path)) data-template=\""
      + markup(of: template ?? quantity.template)
      + "\" min=\"\(Quantity.text(least))\"\(limit) step=\"any\" value=\"\(quantity.text)\" aria-label=\"\(markup(of: label))\">"
  }

  static func range(
    _ path: ScenarioPath, _ quantity: Quantity, _ label: String, _ limits: ClosedRange<Double>,
    step: Double
  ) -> String {
    let unit = quantity.unit == "%" ? " %" : " " + quantity.unit
    let low = min(limits.lowerBound, quantity.number)
    let high = max(limits.upperBound, quantity.number)
    return
      "<input type=\"range\" data-kind=\"range\" \(attribute(path)) data-unit=\"\(markup(of: unit))\" "
      + "min=\"\(Quantity.text(low))\" max=\"\(Quantity.text(high))\" step=\"\(Quantity.text(step))\" "
      + "value=\"\(quantity.text)\" aria-label=\"\(markup(of: label))\" aria-valuetext=\"\(quantity.text)\(markup(of: unit))\">"
  }

  /// A few values side by side; each with the text that it writes.
  static func choice(
    _ path: ScenarioPath, _ label: String, _ options: [(words: String, value: String)],
    chosen: String
  ) -> String {
    var html =
      "<span class=\"seg\" role=\"radiogroup\" data-kind=\"choice\" \(attribute(path)) aria-label=\"\(markup(of: label))\">"
    for option in options {
      html +=
        "<label><input type=\"radio\" name=\"\(markup(of: path.description))\" value=\"\(markup(of: option.value))\""
      html += (option.value == chosen ? " checked" : "") + ">\(markup(of: option.words))</label>"
    }
    return html + "</span>"
  }

  static func select(
    _ path: ScenarioPath, _ label: String, _ options: [(words: String, value: String)],
    chosen: String
  ) -> String {
    var html =
      "<select data-kind=\"choice\" \(attribute(path)) aria-label=\"\(markup(of: label))\">"
    for option in options {
      html +=
        "<option value=\"\(markup(of: option.value))\""
        + (option.value == chosen ? " selected" : "")
      html += ">\(markup(of: option.words))</option>"
    }
    return html + "</select>"
  }

  static func check(_ path: ScenarioPath, _ words: String, isOn: Bool) -> String {
    func edit(_ value: String) -> String {
      markup(of: Wire.text([FormEdit(do: .set, path: path.description, value: value)]))
    }
    return
      "<label><input type=\"checkbox\" data-kind=\"check\" \(attribute(path)) data-on=\"\(edit("true"))\" "
      + "data-off=\"\(edit("false"))\"\(isOn ? " checked" : "")>\(markup(of: words))</label>"
  }

  static func words(_ path: ScenarioPath, _ value: String, _ label: String, kind: String = "text")
    -> String
  {
    "<input class=\"name\" data-kind=\"\(kind)\" \(attribute(path)) value=\"\(markup(of: value))\" "
      + "aria-label=\"\(markup(of: label))\">"
  }

  static func action(_ words: String, _ edits: [FormEdit], label: String? = nil) -> String {
    let spoken = label.map { " aria-label=\"\(markup(of: $0))\"" } ?? ""
    return
      "<button class=\"txt\" data-act=\"\(markup(of: Wire.text(edits)))\"\(spoken)>\(markup(of: words))</button>"
  }

  /// What has no control: its text, and the way to it.
  static func asText(_ found: ScenarioText.Found, isVaried: Bool = false) -> String {
    let line = found.lines.lowerBound
    let button = "<button class=\"txt\" data-show=\"\(line)\">in Text</button>"
    if isVaried { return "<span class=\"muted\">set by each way</span> " + button }
    let flat = found.text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.joined(
      separator: " ")
    let shown = flat.count > 60 ? flat.prefix(59) + "…" : flat[...]
    return "<span class=\"mono\">\(markup(of: String(shown)))</span> " + button
  }

  static func attribute(_ path: ScenarioPath) -> String {
    "data-path=\"\(markup(of: path.description))\""
  }
}
