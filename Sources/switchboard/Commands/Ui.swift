import Console
import Experiments
import Glibc
import Web

extension Command {
  /// `switchboard ui`: the front door for people who do not write YAML.
  static let ui = Command(
    name: "ui", summary: "Try strategies in a browser: change assumptions and see what comes of it",
    operands: "[SCENARIO|FOLDER]", operandCount: 0...1,
    options: [.portOfPage, .noOpen, .threads],
    details: """
      Serves a page to browsers of this machine and prints its address, which holds a token. Without a scenario
      it begins with three questions and the scenarios of the folder. Nothing is saved by itself, nothing outside
      the folder is read or written, and nothing leaves the machine. Ctrl-C ends it, and so does an hour without
      an open page.
      """,
    example: "switchboard ui Scenarios/support-desk.yaml",
    exampleNotRun: "it waits for a browser until it is ended"
  ) { arguments, terminal in
    let interruption = Interruption()
    interruption.onInterrupt()
    return PageServing(arguments: arguments, interruption: interruption).run()
  }
}

extension OptionSpec {
  static let portOfPage = OptionSpec(
    name: "port", placeholder: "P", value: .integer(0...65_535),
    help: "Where to listen (default: any port that is free)")
  static let noOpen = OptionSpec(
    name: "no-open", placeholder: "", value: .none, help: "Print the address and open no browser")
}

/// One call of `ui`.
struct PageServing {
  let arguments: Arguments
  let interruption: Interruption

  /// A page that was closed may be opened again within an hour.
  private static let longestIdle = 3_600.0

  func run() -> ExitCode {
    guard WebLibrary.isAvailable else {
      complain("switchboard: error: \(WebLibrary.missing)")
      return .usage
    }
    guard let (folder, file) = place() else { return .invalidInput }
    guard
      let console = Console(
        Console.Settings(
          folder: folder, file: file, threads: arguments.threads, version: Program.version))
    else {
      complain("switchboard: error: '\(printable(folder))' is no folder")
      return .invalidInput
    }
    return listen(console)
  }

  /// The folder, and the scenario in it that is asked for; nil, and told, where there is neither.
  private func place() -> (folder: String, file: String?)? {
    guard let path = arguments.positionals.first else { return (".", nil) }
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else {
      complain(
        "switchboard: error: '\(printable(path))' is not there; name a scenario, a folder of scenarios, or "
          + "nothing for the folder that you are in")
      return nil
    }
    if facts.st_mode & S_IFMT == S_IFDIR { return (path, nil) }
    guard path.hasSuffix(".yaml") || path.hasSuffix(".yml") else {
      complain(
        "switchboard: error: '\(printable(path))' is no scenario: its name ends in neither .yaml nor .yml"
      )
      return nil
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    return (
      folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder, parts.last.map(String.init)
    )
  }

  private func listen(_ console: Console) -> ExitCode {
    #if canImport(CMicroHTTP)
      guard let token = Secret.word() else {
        complain(
          "switchboard: error: the system gives no random bytes for the token of the address")
        return .usage
      }
      let settings = Console.settings(
        port: UInt16(arguments.integer(.portOfPage) ?? 0), token: token)
      do throws(WebProblem) {
        let server = try WebServer(settings, routes: console.routes)
        let address = "http://127.0.0.1:\(server.port)/?token=\(token)"
        say("open \(address)\nCtrl-C ends it")
        if !arguments.has(.noOpen) { Browser.open(address) }
        while !interruption.isSet, console.idleSeconds < Self.longestIdle { usleep(20_000) }
        console.end()
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
}

/// The browser of whoever sits here, where there is one.
private enum Browser {
  static func open(_ address: String) {
    guard environment("DISPLAY") != nil || environment("WAYLAND_DISPLAY") != nil else { return }
    var child = pid_t()
    var words: [UnsafeMutablePointer<CChar>?] = unsafe [strdup("xdg-open"), strdup(address), nil]
    defer { for place in unsafe words.indices { unsafe free(words[place]) } }
    // Where there is no such program nothing happens: the address is on the screen.
    _ = unsafe posix_spawnp(&child, "xdg-open", nil, nil, &words, environ)
  }
}
