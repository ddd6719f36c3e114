import Engine
import Experiments
import Glibc
import Reporting
import Scenarios
import Service
import VirtualTime
import Web
import World

/// One call of `serve`.
struct Serving {
  static let options: [OptionSpec] = [
    .port, .address, .host, .journalOfService, .sync, .tokenFile, .workspace, .requestRate,
    .greatestBody, .salvage, .strategies, .set, .allowHuge,
  ]

  let arguments: Arguments
  let terminal: Terminal
  let interruption: Interruption

  func run() -> ExitCode {
    for (isThere, missing) in [
      (WebLibrary.isAvailable, WebLibrary.missing), (Journals.isAvailable, Journals.missing),
    ] where !isThere {
      complain("switchboard: error: \(missing)")
      return .usage
    }
    guard let journal = arguments.text(.journalOfService) else {
      complain(
        "switchboard: error: serve needs a journal: --journal FILE; what is answered is in it first"
      )
      return .usage
    }
    if let new = arguments.text(.salvage) { return salvage(journal, to: new) }
    guard let settings = settings() else { return .usage }
    var opening: WorkspaceOpening?
    if !arguments.positionals.isEmpty {
      guard let input = ScenarioInput(arguments, terminal) else { return .invalidInput }
      guard let strategy = input.onlyStrategy(arguments, "serve runs") else { return .usage }
      opening = WorkspaceOpening(input.scenario, strategy)
    }
    return serve(opening, journal, settings)
  }

  private func settings() -> WebSettings? {
    var settings = WebSettings()
    settings.port = UInt16(arguments.integer(.port) ?? 8_080)
    settings.address = arguments.text(.address) ?? settings.address
    settings.hosts = arguments.texts(.host)
    settings.requestsPerSecond = arguments.integer(.requestRate).map { Double($0) }
    if let most = arguments.integer(.greatestBody) { settings.greatestBody = Int(most) }
    settings.token = environment("SWITCHBOARD_TOKEN").flatMap { $0.isEmpty ? nil : $0 }
    if let path = arguments.text(.tokenFile) {
      guard let text = Journals.firstLine(ofFile: path), !text.isEmpty else {
        complain(
          "switchboard: error: --token-file: '\(printable(path))' has no token in its first line")
        return nil
      }
      settings.token = text
    }
    if !isLoopback(settings.address), settings.token == nil {
      complain(
        "switchboard: error: '\(printable(settings.address))' can be reached from other machines, so a "
          + "token is needed: set SWITCHBOARD_TOKEN, or give --token-file")
      return nil
    }
    return settings
  }

  private func serve(
    _ opening: WorkspaceOpening?, _ journal: String, _ settings: WebSettings
  ) -> ExitCode {
    let names = arguments.texts(.workspace).isEmpty ? ["main"] : arguments.texts(.workspace)
    guard Set(names).count == names.count else {
      complain("switchboard: error: --workspace names one twice")
      return .usage
    }
    Journals.allowManyFiles()
    let sync = SyncMode(rawValue: arguments.text(.sync) ?? "full") ?? .full
    // Most of a start is waiting for the disk: many wait together.
    let started = inParallel(count: names.count, threads: Self.atOnce) {
      number -> Result<LiveWorkspace, JournalProblem> in
      let name = names[number]
      do throws(JournalProblem) {
        let path = names.count == 1 ? journal : try Journals.path(of: name, in: journal)
        let began = if let opening { opening } else { try Journals.opening(of: path) }
        return .success(
          try LiveWorkspace(name: name, opening: began, journal: path, sync: sync))
      } catch {
        return .failure(error)
      }
    }
    let workspaces = started.compactMap { try? $0.get() }
    defer {
      _ = inParallel(count: workspaces.count, threads: Self.atOnce) {
        workspaces[$0].shutDown()
      }
    }
    var problems: [JournalProblem] = []
    // What is wrong with the folder is wrong for all of them, and told once.
    for case .failure(let problem) in started where !problems.contains(problem) {
      problems.append(problem)
    }
    for problem in problems.prefix(20) {
      complain("switchboard: error: \(printable(problem.description))")
    }
    if let problem = problems.first { return problem.isOfTheInput ? .invalidInput : .usage }
    if names.count <= Self.fewWorkspaces {
      for workspace in workspaces {
        complain("switchboard: workspace \(printable(workspace.name)): \(workspace.restoration)")
      }
    }
    return listen(workspaces, settings, sync)
  }

  /// So many workspaces are opened, or closed, at once.
  private static let atOnce = 32
  /// Of more than these nothing is told at the start.
  private static let fewWorkspaces = 8

  private func listen(
    _ workspaces: [LiveWorkspace], _ settings: WebSettings, _ sync: SyncMode
  ) -> ExitCode {
    #if canImport(CMicroHTTP)
      let counts = CountsOfServer()
      let service = Service(workspaces, version: Program.version)
      do throws(WebProblem) {
        let server = try WebServer(settings, routes: service.routes { counts.now })
        counts.set(server)
        let host = settings.address.contains(":") ? "[\(settings.address)]" : settings.address
        say(
          "listening on http://\(host):\(server.port)  (\(counted(workspaces.count, "workspace")), "
            + "--sync \(sync.rawValue)); Ctrl-C ends it")
        while !interruption.isSet { usleep(20_000) }
        complain(
          "switchboard: ending: what is under way is answered, then every workspace is written down"
        )
        server.stop()
        return .done
      } catch {
        complain("switchboard: error: \(printable(error.description))")
        return .usage
      }
    #else
      return .usage
    #endif
  }

  private func salvage(_ journal: String, to new: String) -> ExitCode {
    do throws(JournalProblem) {
      let saved = try LiveWorkspace.salvage(from: journal, to: new)
      say(
        "\(printable(new)): \(counted(Int(saved.events), "event")) of \(printable(journal)) are whole and copied"
          + (saved.loss.map { "; " + printable($0) } ?? ""))
      return .done
    } catch {
      complain("switchboard: error: \(printable(error.description))")
      return .invalidInput
    }
  }
}

#if canImport(CMicroHTTP)
  import Synchronization

  /// The counts of a server that its own routes tell, before there is the server.
  private final class CountsOfServer: Sendable {
    private let server = Mutex<WebServer?>(nil)

    var now: WebCounts { server.withLock { $0?.counts ?? WebCounts() } }

    func set(_ server: WebServer) { self.server.withLock { $0 = server } }
  }
#endif
