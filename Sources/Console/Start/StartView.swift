import Reporting
import Scenarios

/// The first page: three questions that come answered, and the scenarios of the folder.
struct StartView {
  let folder: Folder

  var html: String {
    """
    <h1 class="verdict">Who should get the next customer?</h1>
    <p class="sub">Answer three questions. Switchboard plays your day many times over with the real assignment \
    engine, and says which way of assigning answers your customers sooner, and how sure that is.</p>
    <div class="start"><div>\(ways)\(agents)\(volume)</div>
    <aside class="side" aria-label="First answer"><h3 class="muted">First answer</h3>\
    <div id="first" aria-live="polite"><p class="note">Ten days are being played; the answer comes by itself.</p>\
    </div></aside></div>
    \(files)
    """
  }

  private func question(_ number: Int, _ title: String, _ body: String) -> String {
    "<div class=\"q\"><span class=\"num\">\(number)</span><div><h2 id=\"q\(number)\">\(title)</h2>\(body)</div></div>"
  }

  private var ways: String {
    var html = "<div class=\"ways\" role=\"radiogroup\" aria-labelledby=\"q1\" data-start=\"way\">"
    for way in StartDesk.ways {
      html += "<label><input type=\"radio\" name=\"way\" value=\"\(way.template)\""
      html += way.template == StartDesk.usualWay ? " checked>" : ">"
      html += "<span><b>\(way.name)</b>\(way.words) Compared with \(way.beside).</span></label>"
    }
    return question(1, "Which way of assigning?", html + "</div>")
  }

  private func stepper(
    _ name: String, _ value: Int, by step: Int, _ range: ClosedRange<Int>, _ label: String
  ) -> String {
    "<span class=\"step\" data-start=\"\(name)\" data-min=\"\(range.lowerBound)\" data-max=\"\(range.upperBound)\" "
      + "data-value=\"\(value)\"><button data-by=\"-\(step)\" aria-label=\"\(step) fewer\">−</button>"
      + "<input inputmode=\"numeric\" value=\"\(value)\" aria-label=\"\(label)\">"
      + "<button data-by=\"\(step)\" aria-label=\"\(step) more\">+</button></span>"
  }

  private var agents: String {
    let control = stepper(
      "agents", StartDesk.usualAgents, by: 1, StartDesk.agents, "Agents at work")
    return question(
      2, "How many agents?",
      "<div class=\"line\">\(control)<span>agents at work, each with two conversations at once</span></div>"
    )
  }

  private var volume: String {
    let control = stepper(
      "volume", StartDesk.usualVolume, by: 10, StartDesk.volume, "Customers an hour")
    return question(
      3, "How many customers write?",
      """
      <div class="line">\(control)<span>customers write in an hour</span></div>
      <div class="drop" id="drop"><b class="ink">Or let your platform answer.</b> Drop its conversations export here \
      (CSV), or <button class="txt" id="pick">choose the file</button>\
      <input type="file" id="file" accept=".csv,text/csv" class="vh" tabindex="-1" aria-label="Conversations export">. \
      It is read on this computer and goes nowhere.<div id="hist" class="hist" aria-live="polite"></div></div>
      """)
  }

  private var files: String {
    let files = folder.files()
    guard !files.isEmpty else {
      return
        "<section class=\"sec\"><p class=\"note\">There are no scenarios in this folder yet: what you save is the first.</p></section>"
    }
    var html =
      "<section class=\"sec\"><h2>Or go on with a scenario of this folder</h2><ul class=\"files\">"
    for file in files.prefix(Self.most) {
      guard let text = try? folder.read(file), let head = ScenarioHead(text, file) else { continue }
      html +=
        "<li><button class=\"txt\" data-file=\"\(markup(of: file))\">\(markup(of: head.name))</button>"
      html +=
        "<span>\(markup(of: head.question)) <span class=\"mono\">\(markup(of: file))</span></span></li>"
    }
    html += "</ul>"
    if files.count > Self.most {
      html +=
        "<p class=\"note\">The first \(Self.most) of \(files.count); start Switchboard in a folder below for the others.</p>"
    }
    return html + "</section>"
  }

  /// A list for people, not for search.
  private static let most = 100
}

/// What the list of files tells of a scenario.
private struct ScenarioHead {
  let name: String
  let question: String

  /// Nil for YAML of another kind, such as case files of the engine.
  init?(_ text: String, _ file: String) {
    guard let text = try? ScenarioText(text: text, file: file) else {
      name = file
      question = "Has a mistake in it; opens as text."
      return
    }
    let keys = text.keys(at: ScenarioPath([]))
    guard !keys.contains("case"),
      keys.contains("teams") || keys.contains("workflows") || keys.contains("contacts")
    else { return nil }
    name = text.value(at: ScenarioPath([.key("name")]))?.scalar ?? file
    question = text.value(at: ScenarioPath([.key("description")]))?.scalar ?? ""
  }
}
