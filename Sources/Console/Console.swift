import Experiments
import Glibc
import Handbook
import Measurement
import Reporting
import Scenarios
import Synchronization
import VirtualTime
public import Web

/// `switchboard ui`: scenarios for people who do not write YAML, served to browsers of this machine.
public final class Console: Sendable {
  /// What it is started with.
  public struct Settings: Sendable {
    /// The folder whose scenarios may be opened and saved.
    public var folder: String
    /// The scenario to begin with, as a path within the folder; nil for the first page.
    public var file: String?
    /// How many threads runs take.
    public var threads: Int
    /// The version of the program.
    public var version: String

    /// Names what it is started with.
    public init(folder: String, file: String?, threads: Int, version: String) {
      self.folder = folder
      self.file = file
      self.threads = threads
      self.version = version
    }
  }

  private struct Table {
    var sittings: [String: Sitting] = [:]
    /// Most lately opened last.
    var order: [String] = []
    var lastAsked: Int64
    /// How many were opened.
    var opened = 0
  }

  let surroundings: Sitting.Surroundings
  private let file: String?
  private let table: Mutex<Table>

  /// So many scenarios are open at once; the one that was not opened for longest is let go.
  private static let mostSittings = 50

  /// Begins; nil if there is no such folder.
  public convenience init?(_ settings: Settings) { self.init(settings, cache: RunCache()) }

  /// Begins with runs that somebody made before; those of a way end at `end` by themselves.
  init?(
    _ settings: Settings, cache: RunCache, end: Int = Looks(asked: nil).usualEnd
  ) {
    guard let folder = Folder(settings.folder) else { return nil }
    surroundings = Sitting.Surroundings(
      folder: folder, cache: cache, threads: settings.threads, version: settings.version,
      end: end)
    file = settings.file
    table = Mutex(Table(lastAsked: Alarm.now()))
  }

  /// What its server is to be like: this machine alone, browsers with the token of its address.
  public static func settings(port: UInt16, token: String) -> WebSettings {
    var settings = WebSettings()
    settings.port = port
    settings.token = token
    settings.cookie = "switchboard"
    settings.greatestBody = 64 << 20
    settings.connections = 100
    settings.streamBuffer = 8 << 20
    settings.farewell = 0.5
    settings.headers = [
      (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; "
          + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
      ),
      ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Cross-Origin-Opener-Policy", "same-origin"),
    ]
    return settings
  }

  /// How long nobody has asked or followed anything, in seconds.
  public var idleSeconds: Double {
    table.withLock { table in
      let isFollowed = table.order.contains { id in
        table.sittings[id]?.state.withLock { $0.listeners.count > 0 } ?? false
      }
      let now = Alarm.now()
      if isFollowed { table.lastAsked = now }
      return Double(now - table.lastAsked) / 1e9
    }
  }

  /// Ends all runs.
  public func end() {
    for sitting in table.withLock({ table in table.order.compactMap { table.sittings[$0] } }) {
      sitting.end()
    }
  }

  // MARK: - Sittings

  /// Opens a text in a sitting of its own; `saved` is what its file has, if that is another.
  func open(_ text: String, file: String?, saved: String? = nil) -> Sitting {
    let number = table.withLock { table -> Int in
      table.opened += 1
      return table.opened
    }
    // A name that nobody guesses; the cookie is what keeps others out.
    let id = "\(number)-" + (Secret.word(bytes: 4) ?? "")
    let sitting = Sitting(
      id: id, text: text, file: file, saved: file == nil ? nil : saved ?? text, surroundings)
    let gone = table.withLock { table -> Sitting? in
      table.sittings[id] = sitting
      table.order.append(id)
      guard table.order.count > Self.mostSittings else { return nil }
      return table.sittings.removeValue(forKey: table.order.removeFirst())
    }
    gone?.end()
    return sitting
  }

  func sitting(_ id: String?) -> Sitting? {
    table.withLock { table in
      table.lastAsked = Alarm.now()
      return id.flatMap { table.sittings[$0] }
    }
  }

  /// The page itself, with the scenario that the program was started for.
  func shell() -> WebResponse {
    var body = ""
    if let file, let text = try? surroundings.folder.read(file) {
      let known = table.withLock { table in
        table.order.first { table.sittings[$0]?.state.withLock { $0.file } == file }
      }
      body = " data-sitting=\"\(known ?? open(text, file: file).id)\""
    }
    return PageFiles.shell(body: body)
  }
}
