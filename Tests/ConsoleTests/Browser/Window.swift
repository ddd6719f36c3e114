import Foundation
import Testing

@testable import Console
@testable import Web

/// The page as its reader has it: what stands there, and what hands and keys do.
struct Window {
  let driver: WebDriver
  let page: ServedPage

  /// All tests look at one desk or another: what one has run the next need not.
  private static let runs = RunCache()

  /// Opens the page of a folder in the browser, does something there, and looks whether the console
  /// stayed silent and everything came from this machine.
  ///
  /// `end`: where runs end by themselves. They make a debug build and so the browser slow, and are wanted on
  /// and on only where a page must bear being drawn again and again.
  ///
  /// `allowing`: parts of what the console may say, where a test provokes a refusal.
  static func open(
    _ files: [String: String] = [:], file: String? = nil, allowing allowed: [String] = [],
    end: Int = 20, _ body: (Window) throws -> Void
  ) throws {
    let driver = try WebDriver.shared.get()
    let page = try ServedPage(files, file: file, cache: Self.runs, end: end)
    let window = Window(driver: driver, page: page)
    try window.resize(1400)
    try window.emulate([:])
    _ = try window.console()
    try window.go("/?token=\(page.token)")
    try window.run("performance.setResourceTimingBufferSize(5000)")
    // What goes wrong in the middle is told after what the console said of it.
    let outcome = Result { try body(window) }
    for line in try window.console() where !allowed.contains(where: line.contains) {
      Issue.record("the console says: \(line)")
    }
    let asked = try window.value(
      "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource')).map(e => e.name)"
    )
    for name in asked as? [String] ?? ["nothing"] where !name.hasPrefix("data:") {
      #expect(name.hasPrefix(window.origin), "the page asks elsewhere")
    }
    // Leaves no stream open to a server that ends.
    try driver.ask("POST", "/url", ["url": "about:blank"])
    try outcome.get()
  }

  var origin: String { "http://127.0.0.1:\(page.server.port)" }

  func go(_ path: String) throws { try driver.ask("POST", "/url", ["url": origin + path]) }

  /// Opens an address of the page in another tab for a moment.
  func visit(_ path: String) throws {
    let here = try driver.ask("GET", "/window")
    let tab = try driver.ask("POST", "/window/new", ["type": "tab"]) as? [String: Any] ?? [:]
    try driver.ask("POST", "/window", ["handle": tab["handle"] ?? ""])
    try go(path)
    try driver.ask("DELETE", "/window")
    try driver.ask("POST", "/window", ["handle": here])
  }

  /// Goes to a view by its link in the bar.
  func turn(to view: String) throws {
    try click(".nav [data-view=\(view)]")
    try wait("document.querySelector('.nav [aria-current]').dataset.view === '\(view)'")
  }

  func resize(_ width: Int, height: Int = 900) throws {
    try driver.command(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false])
  }

  /// Media features, such as `prefers-color-scheme`; those not named are as without any wish.
  func emulate(_ features: [String: String]) throws {
    let list = features.sorted { $0.key < $1.key }.map { ["name": $0.key, "value": $0.value] }
    try driver.command("Emulation.setEmulatedMedia", ["features": list])
  }

  /// What the console has said since it was asked last: errors and warnings.
  func console() throws -> [String] {
    let entries = try driver.ask("POST", "/se/log", ["type": "browser"]) as? [[String: Any]] ?? []
    return entries.filter { ["SEVERE", "WARNING"].contains($0["level"] as? String) }
      .compactMap { $0["message"] as? String }
  }

  // MARK: - What stands there

  @discardableResult
  func run(_ script: String, _ arguments: [Any] = []) throws -> Any {
    try driver.ask("POST", "/execute/sync", ["script": script, "args": arguments])
  }

  func value(_ expression: String) throws -> Any { try run("return \(expression)") }

  func holds(_ expression: String) throws -> Bool {
    try run("return Boolean(\(expression))") as? Bool ?? false
  }

  func text(_ selector: String) throws -> String {
    try run("return document.querySelector(arguments[0])?.textContent ?? ''", [selector]) as? String
      ?? ""
  }

  func attribute(_ name: String, of selector: String) throws -> String {
    let script = "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? ''"
    return try run(script, [selector, name]) as? String ?? ""
  }

  /// The text that the page has in its editor.
  var scenario: String {
    get throws { try value("document.querySelector('#code').value") as? String ?? "" }
  }

  /// Waits until a script's expression is true; what it asks of an element that is not there yet
  /// is not true yet.
  func wait(
    _ expression: String, seconds: Double = 30, at place: SourceLocation = #_sourceLocation
  ) throws {
    let end = Date().addingTimeInterval(seconds)
    let script =
      "try { return Boolean(\(expression)) } "
      + "catch (error) { if (error instanceof TypeError) return false; throw error }"
    while Date() < end {
      if try run(script) as? Bool == true { return }
      usleep(20_000)
    }
    Issue.record("this did not come true: \(expression)", sourceLocation: place)
    throw WebDriver.Failure(description: "waited in vain")
  }

  /// Waits for an answer of What if that is right for the text as it stands.
  func waitForAnswer(at place: SourceLocation = #_sourceLocation) throws {
    try wait(Self.answered, at: place)
  }

  static let answered =
    "document.querySelector('#verdict').textContent && !document.querySelector('#answer.stale')"

  // MARK: - Hands and keys

  func element(_ selector: String) throws -> String {
    let found = try driver.ask("POST", "/element", ["using": "css selector", "value": selector])
    guard let id = (found as? [String: Any])?.values.first as? String else {
      throw WebDriver.Failure(description: "there is no \(selector)")
    }
    return id
  }

  /// A real click: refused where something lies over the element.
  func click(_ selector: String) throws {
    try driver.ask("POST", "/element/\(element(selector))/click")
  }

  /// A button by its words within a place.
  func press(_ words: String, in place: String) throws {
    let script =
      "const it = [...document.querySelectorAll(arguments[0] + ' button')]"
      + ".find(b => (b.getAttribute('aria-label') ?? b.textContent) === arguments[1] && b.checkVisibility());"
      + "it?.scrollIntoView({ block: 'center' }); return it ?? null"
    guard let id = (try run(script, [place, words]) as? [String: Any])?.values.first as? String
    else { throw WebDriver.Failure(description: "there is no button \(words)") }
    try driver.ask("POST", "/element/\(id)/click")
  }

  /// Keys, one after another, to whatever has the focus.
  func keys(_ keys: [Key], holding held: Key? = nil) throws {
    var actions = held.map { [["type": "keyDown", "value": $0.rawValue]] } ?? []
    for key in keys {
      actions.append(["type": "keyDown", "value": key.rawValue])
      actions.append(["type": "keyUp", "value": key.rawValue])
    }
    if let held { actions.append(["type": "keyUp", "value": held.rawValue]) }
    try act([["type": "key", "id": "keys", "actions": actions]])
  }

  /// Puts the pointer on an element, moves it by so much with its button down, and lets go.
  func drag(_ selector: String, right: Int = 0, down: Int = 0, steps: Int = 5) throws {
    // A move leads to the whole pixel, and from an element to its middle.
    let handle = ["element-6066-11e4-a52e-4f735466cecf": try element(selector)]
    var actions: [[String: Any]] = [
      ["type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": handle],
      ["type": "pointerDown", "button": 0],
    ]
    for step in 1...steps {
      let (x, y) = (right * step / steps, down * step / steps)
      let (lastX, lastY) = (right * (step - 1) / steps, down * (step - 1) / steps)
      actions.append([
        "type": "pointerMove", "duration": 20, "x": x - lastX, "y": y - lastY, "origin": "pointer",
      ])
    }
    actions.append(["type": "pointerUp", "button": 0])
    try act([
      [
        "type": "pointer", "id": "mouse", "parameters": ["pointerType": "mouse"],
        "actions": actions,
      ]
    ])
  }

  private func act(_ sources: [[String: Any]]) throws {
    try driver.ask("POST", "/actions", ["actions": sources])
    try driver.ask("DELETE", "/actions")
  }
}

/// Keys as WebDriver names them.
struct Key: RawRepresentable, ExpressibleByStringLiteral {
  var rawValue: String

  init(rawValue: String) { self.rawValue = rawValue }
  init(stringLiteral value: String) { rawValue = value }

  static let backspace: Key = "\u{E003}"
  static let tab: Key = "\u{E004}"
  static let enter: Key = "\u{E007}"
  static let control: Key = "\u{E009}"
  static let left: Key = "\u{E012}"
  static let up: Key = "\u{E013}"
  static let down: Key = "\u{E015}"
}

/// All tests in the browser, one after another: they share one session of it.
@Suite(
  "The page in a browser", .serialized,
  .enabled(if: WebDriver.isInstalled, "chromium and chromedriver are not both installed"))
struct InBrowser {
  /// The support desk for one hour: little enough for a debug build.
  static let desk = Shipped.text("support-desk.yaml")
    .replacing("duration: 8 h", with: "duration: 1 h")

  /// The same with two agents and few customers, where every number of agents is tried.
  static let smallDesk = desk.replacing("agents: 12, volume: 100%", with: "agents: 2, volume: 15%")

  /// Does something with the desk open in What if, its first answer there.
  static func withDesk(
    _ desk: String = desk, allowing allowed: [String] = [], end: Int = 20,
    _ body: (Window) throws -> Void
  ) throws {
    try Window.open(["desk.yaml": desk], file: "desk.yaml", allowing: allowed, end: end) { window in
      try window.waitForAnswer()
      try body(window)
    }
  }
}
