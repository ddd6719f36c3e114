import Experiments
import Fitting
import Glibc
import Measurement
import Reporting
import Scenarios
import Synchronization
import Web
import World

extension Console {
  var starting: [Route] {
    [
      Route("GET", "/v1/start", "the first page") { [self] _, responder in
        struct Page: Encodable { var html: String }
        _ = sitting(nil)
        responder.answer(.json(Page(html: StartView(folder: surroundings.folder).html)))
      },
      Route("GET", "/v1/start/first", "the first answer") { [self] request, responder in
        var desk = StartDesk()
        for (name, value) in request.query {
          switch name {
          case "way": desk.way = value
          case "agents": desk.agents = Self.within(StartDesk.agents, value) ?? desk.agents
          case "volume": desk.volume = Self.within(StartDesk.volume, value) ?? desk.volume
          default: break
          }
        }
        guard let text = desk.text else {
          return responder.answer(.problem(400, "no such way", "there is no such way of assigning"))
        }
        firstAnswer(text, responder.stream())
      },
    ]
  }

  private static func within(_ range: ClosedRange<Int>, _ text: String) -> Int? {
    Int(text).map { min(range.upperBound, max(range.lowerBound, $0)) }
  }

  /// Runs a desk ten times and tells what came of it.
  private func firstAnswer(_ text: String, _ stream: EventStream) {
    struct First: Encodable { var html: String }
    guard
      let scenario = DraftReading(text: text, name: "desk.yaml", folder: surroundings.folder.path)
        .scenario
    else { return stream.close() }
    let running = Mutex<Experiment?>(nil)
    let box = Box(running)
    let experiment = Experiment(
      surroundings.plan(scenario, path: "desk.yaml", end: 10)
    ) { update in
      guard stream.isOpen else {
        box.value.withLock { $0?.cancel() }
        return
      }
      if case .answer(let document, let watch, _) = update, !watch.isRunning {
        stream.send("data: " + Wire.text(First(html: FirstAnswer(of: document).html)) + "\n\n")
        stream.close()
      }
      if case .failed(let words) = update {
        stream.send("data: " + Wire.text(First(html: "<p>\(markup(of: words))</p>")) + "\n\n")
        stream.close()
      }
    }
    box.value.withLock { $0 = experiment }
    experiment.start()
  }

  /// Opens what was asked for: a file, the desk of Start, or an export.
  func open(_ asked: Asked.Opening) -> WebResponse {
    if let export = asked.import { return fit(export, asked.name ?? "export.csv") }
    if let text = asked.text { return goOn(text, asked) }
    if let file = asked.file {
      do throws(Folder.Refusal) {
        let text = try surroundings.folder.read(file)
        return .state(open(text, file: file).told())
      } catch {
        return error.response
      }
    }
    var desk = StartDesk()
    desk.way = asked.way ?? desk.way
    desk.agents = min(StartDesk.agents.upperBound, max(1, asked.agents ?? desk.agents))
    desk.volume = min(StartDesk.volume.upperBound, max(1, asked.volume ?? desk.volume))
    guard let text = desk.text else {
      return .problem(400, "nothing to open", "name a file, a way of assigning or an export")
    }
    return .state(open(text, file: nil).told())
  }

  /// Goes on where a program ended: the page has kept the text, and knows what the disk had.
  private func goOn(_ text: String, _ asked: Asked.Opening) -> WebResponse {
    guard text.utf8.count <= Folder.greatestFile else {
      return .problem(422, "too long", "a scenario of more than 1 MB is not edited here")
    }
    // This program may have been started in another folder, where the file is none to save to.
    let file = asked.file.flatMap { surroundings.folder.place(of: $0) == nil ? nil : $0 }
    return .state(open(text, file: file, saved: asked.saved).told())
  }

  // MARK: - An export

  /// Makes a scenario of an export; what is wrong with it is told as `fit` tells it.
  private func fit(_ export: String, _ name: String) -> WebResponse {
    guard let path = Self.kept(export) else {
      return .problem(500, "no room", "the export could not be put aside to be read")
    }
    defer { unsafe unlink(path) }
    do throws(Diagnostics) {
      let history = try History.read(path).history
      let fit = HistoryFit(history, seed: 1)
      let title = String(name.prefix { $0 != "." })
      let text = Fitting.ScenarioText(fit, name: title.isEmpty ? "export" : title, seed: 1).text
        .replacing(path, with: name)
      let head = StudyHead(
        version: surroundings.version, command: "fit", scenario: title, description: "", path: name,
        digest: "", seed: 1, fingerprint: "", repeatedBy: ["switchboard", "fit", name],
        strategies: 1,
        replications: 0, runs: 0, events: 0)
      var state = open(text, file: nil).told()
      state.read = ImportWords(of: FitDocument(fit, head: head, scenario: nil, compared: nil)).html
      return .state(state)
    } catch {
      return Self.unreadable(error, path: path, name: name)
    }
  }

  private static func unreadable(_ problems: Diagnostics, path: String, name: String) -> WebResponse
  {
    struct Problem: Encodable {
      var title = "unreadable export"
      var status = 422
      var detail: String
      var html: String
    }
    let lines = problems.errors.prefix(5).map {
      $0.description.replacing(path, with: name)
    }
    let html =
      "<p class=\"sg-worse\">This file cannot be used.</p>"
      + lines.map { "<p>\(markup(of: $0))</p>" }.joined()
      + "<p class=\"note\">Wanted is the platform's export of conversations. For any other CSV file "
      + "<code>switchboard fit</code> takes <code class=\"opt\">--columns</code>.</p>"
    return WebResponse(
      status: 422, contentType: "application/problem+json",
      body: Array(Wire.text(Problem(detail: lines.first ?? "", html: html)).utf8))
  }

  /// The export as a file, for as long as it is read.
  private static func kept(_ text: String) -> String? {
    var name = Array("/tmp/switchboard-export-XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&name)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        unsafe unlink(path)
        return nil
      }
      rest = rest.dropFirst(count)
    }
    return path
  }
}

/// A lock that several closures share.
private final class Box: Sendable {
  let value: Mutex<Experiment?>
  init(_ value: consuming Mutex<Experiment?>) { self.value = value }
}
