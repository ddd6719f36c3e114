import Foundation
import Scenarios
import Testing

@testable import Console

/// A control as it stands in the form's markup.
private struct Control {
  var kind: String
  var path: String
  var template: String
  var value: String
  var options: [String]
  var least: Double
  var most: Double

  /// Every control of a form; rings are among them.
  static func all(in html: String) -> [Control] {
    var controls: [Control] = []
    var rest = html[...]
    while let start = rest.range(of: "data-path=\"") {
      let open = rest[..<start.lowerBound].lastIndex(of: "<") ?? rest.startIndex
      let end = rest[start.upperBound...].firstIndex(of: ">") ?? rest.endIndex
      let tag = rest[open..<end]
      rest = rest[end...]
      var kind = attribute("data-kind", tag) ?? (tag.contains("role=\"slider\"") ? "ring" : "")
      var value = attribute("value", tag) ?? attribute("aria-valuenow", tag) ?? ""
      var options: [String] = []
      if kind == "choice" {
        let close =
          rest.range(of: tag.hasPrefix("<select") ? "</select>" : "</span>")?.lowerBound
          ?? rest.endIndex
        options = rest[..<close].components(separatedBy: "value=\"").dropFirst().map { part in
          unescaped(String(part.prefix { $0 != "\"" }))
        }
      }
      if kind == "step" {
        value = attribute("value", rest[(rest.range(of: "<input")?.lowerBound ?? end)...]) ?? ""
      }
      if kind == "profile" { kind = "" }
      guard !kind.isEmpty, let path = attribute("data-path", tag) else { continue }
      controls.append(
        Control(
          kind: kind, path: unescaped(path),
          template: unescaped(attribute("data-template", tag) ?? "{}"),
          value: unescaped(value), options: options,
          least: Double(
            attribute("min", tag) ?? attribute("aria-valuemin", tag) ?? attribute("data-min", tag)
              ?? "") ?? 0,
          most: Double(
            attribute("max", tag) ?? attribute("aria-valuemax", tag) ?? attribute("data-max", tag)
              ?? "") ?? 1_000))
    }
    return controls
  }

  private static func attribute(_ name: String, _ tag: Substring) -> String? {
    guard let start = tag.range(of: " \(name)=\"") else { return nil }
    return String(tag[start.upperBound...].prefix { $0 != "\"" })
  }

  private static func unescaped(_ text: String) -> String {
    text.replacing("&quot;", with: "\"").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&amp;", with: "&")
  }
}

/// Numbers that are the same each time.
private struct Dice {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }

  mutating func below(_ count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(max(1, count)))
  }
}

@Suite("The form writes into the text, in place")
struct FormTests {
  private func form(_ text: String) -> String {
    let reading = DraftReading(text: text, name: "x.yaml", folder: Shipped.folder.path)
    return FormView(text: text, saved: text, scenario: reading.scenario).html
  }

  @Test("the support desk has a control for everything that a manager asks about")
  func supportDesk() {
    let controls = Control.all(in: form(Shipped.text("support-desk.yaml")))
    let found = Set(controls.map { "\($0.kind) \($0.path)" })
    for wanted in [
      "ring contacts.everyday.arrivals.profile.10:00", "range parameters.volume",
      "number contacts.everyday.patience.exponential", "step parameters.agents",
      "choice teams.support.attention.shared", "number teams.support.reply_time.lognormal.median",
      "ring teams.support.reply_time.lognormal.p90", "number teams.support.away.for.exponential",
      "rename strategies.round robin", "choice strategies.least open.logic",
      "check strategies.look first.look_first", "number goals[0]", "number goals[2]",
    ] {
      #expect(found.contains(wanted), "\(wanted)")
    }
    #expect(controls.first { $0.path == "parameters.agents" }?.value == "12")
    #expect(
      controls.first { $0.path == "goals[0]" }?.template == "first_response.within(5 min) >= {}%")
    #expect(
      controls.first { $0.path == "teams.support.attention.shared" }?.options
        == ["[1]", "[1, 1.7]", "[1, 1.7, 2.2]"])
  }

  @Test("what has no control stands there as its text, and what ways set differently says so")
  func noControl() {
    let text = """
      parameters: {agents: 3}
      strategies: {few: {agents: 2}, many: {agents: 9}}
      contacts: {all: {arrivals: {poisson: 9 per hour}, patience: {mixture: [{share: 50%, of: 3 min}, {share: 50%, of: {exponential: 9 min}}]}}}
      teams: {support: {agents: $agents}}
      """
    let html = form(text)
    #expect(html.contains("set by each way"))
    #expect(html.contains("{mixture: [{share: 50%, of: 3 min}"))
    #expect(!Control.all(in: html).contains { $0.path == "parameters.agents" })
    #expect(
      Control.all(in: html).contains { $0.path == "strategies.few.agents" && $0.value == "2" })
  }

  @Test("names of scenarios are text everywhere")
  func escaping() {
    let html = form(
      """
      strategies: {"<b onclick='x'>": {description: "<script>alert(1)</script>"}, two: {}}
      contacts: {"<img src=x>": {arrivals: {poisson: 9 per hour}}}
      teams: {"a\\"b": {agents: 3}}
      """)
    #expect(!html.contains("<script>") && !html.contains("<img") && !html.contains("<b onclick"))
    #expect(Control.all(in: html).contains { $0.path == #"teams."a\"b".agents"# })
  }

  @Test("broken text has no form, but a way to the text")
  func broken() {
    let html = FormView(text: "a: [1, 2", saved: nil, scenario: nil).html
    #expect(html.contains("data-show") && Control.all(in: html).isEmpty)
  }

  @Test("random edits through the form change nothing but the value, and the result is a scenario")
  func randomEdits() throws {
    let isLong = ProcessInfo.processInfo.environment["SWITCHBOARD_LONG"] == "1"
    // Each scenario in turn; reading one takes some milliseconds in debug.
    let count = isLong ? 10_000 : 700
    var dice = Dice(0x9E37_79B9_7F4A_7C15)
    let forms = Shipped.all.filter { !$0.path.hasPrefix("bench/") }.map { file in
      (file, Control.all(in: form(file.text)).filter { $0.kind != "rename" && $0.kind != "text" })
    }.filter { !$0.1.isEmpty }
    #expect(forms.count > 60)
    var kinds: Set<String> = []
    var refused = 0
    for number in 0..<count {
      let (file, controls) = forms[number % forms.count]
      let control = controls[dice.below(controls.count)]
      kinds.insert(control.kind)
      let value: String
      switch control.kind {
      case "choice": value = control.options[dice.below(control.options.count)]
      case "check": value = ["true", "false"][dice.below(2)]
      case "range": value = "\(20 + dice.below(180))%"
      case "step": value = "\(1 + dice.below(40))"
      default:
        let old = Double(control.value) ?? 1
        let new = max(
          control.least,
          min(control.most, (old * (0.8 + 0.05 * Double(dice.below(8))) * 10).rounded() / 10))
        value = control.template.replacing("{}", with: Quantity.text(new))
      }
      let before = try ScenarioText(text: file.text, file: file.path)
      let path = try #require(ScenarioPath(parsing: control.path))
      let edited = try Editor.apply(
        [FormEdit(do: .set, path: control.path, value: value)], to: file.text, file: file.path)
      let after = try ScenarioText(text: edited, file: file.path)
      let new = try #require(after.value(at: path))
      if let old = before.value(at: path) {
        // Byte for byte the same before and behind the value.
        let kept = file.text.utf8.count - old.text.utf8.count
        #expect(edited.utf8.count - new.text.utf8.count == kept, "\(file.path) \(control.path)")
        let head = zip(file.text.utf8, edited.utf8).prefix { $0 == $1 }.count
        let tail = zip(file.text.utf8.reversed(), edited.utf8.reversed()).prefix { $0 == $1 }.count
        #expect(file.text == edited || head + tail >= kept, "\(file.path) \(control.path)")
      }
      // What cannot be is refused by the page, with the reason, and the text stays whole.
      let reading = DraftReading(
        text: edited, name: file.path,
        folder: Shipped.folder.appending(path: file.path).deletingLastPathComponent().path)
      guard reading.scenario == nil, !reading.problems.contains(where: { $0.span == nil }) else {
        continue
      }
      refused += 1
      let limits = [
        "auto_close of", "inactivity of", "must be from", "can never be met", "could never be met",
        "fewer", "out of",
      ]
      #expect(
        reading.problems.contains { problem in limits.contains { problem.message.contains($0) } },
        "\(file.path) \(control.path) = \(value): \(reading.problems.map(\.description))")
    }
    #expect(refused * 50 < count)
    #expect(kinds == ["choice", "check", "range", "step", "number", "ring"])
  }
}
