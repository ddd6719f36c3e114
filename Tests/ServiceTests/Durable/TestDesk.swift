import Engine
import Foundation
import Scenarios
import Synchronization
import World

@testable import Service

/// A clock on the wall that tests set.
final class TestClock: Sendable {
  private let time: Mutex<Int64>

  init(_ second: Int64 = 1_800_000_000) { time = Mutex(second * 1_000_000_000) }

  var now: Int64 { time.withLock { $0 } }
  func advance(seconds: Double) { time.withLock { $0 += Int64(seconds * 1e9) } }
}

/// A small desk with everything that events can name, and a folder for its journals.
final class TestDesk: Sendable {
  static let scenario = """
    name: Small desk
    seed: 5
    duration: 1 h
    channels: {whatsapp: {kind: whatsapp}, web: {kind: website_chat}}
    services: {crm: {latency: 1 s}}
    contacts:
      people: {arrivals: {poisson: 1 per hour}, channels: {whatsapp: 100%}}
    teams:
      support: {agents: [ana, ben, carla], reply_time: 1 min}
      sales: {agents: [dora], reply_time: 1 min}
    users:
      max: {role: manager, reply_time: 1 min}
    workspace:
      auto_close: 30 min
      fields: {tier: text, age: number}
    workflows:
      welcome:
        trigger: {conversation_opened: {source: contact}}
        steps:
          - send_message: Hello!
          - assign_to: {team: support, logic: round_robin, only_online: true, fewer_than: 2, timeout: 5 min}
          - wait: 6 min
          - add_comment: Six minutes later.
          - update_tag: {add: late}
      look up:
        trigger: {shortcut: {name: look up}}
        steps:
          - http_request: {service: crm, url: "https://crm.example/who", save: {Tier: $.tier}, status: Status}
          - add_comment: $Tier $Status
      talk:
        trigger: {incoming_webhook: {name: talk}}
        steps: [{ai_agent: {idle: 60 min}}]
    """

  let folder: URL
  let clock = TestClock()
  let opening: WorkspaceOpening

  init(_ scenario: String = TestDesk.scenario) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "switchboard-durable-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("scenario.yaml").path
    try scenario.write(toFile: file, atomically: true, encoding: .utf8)
    opening = WorkspaceOpening(try Scenario.load(file))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var journal: String { path("desk.journal") }
  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func options(snapshotEvery: UInt64 = 1_000_000) -> LiveWorkspace.Options {
    var options = LiveWorkspace.Options()
    options.snapshotEvery = snapshotEvery
    let clock = clock
    options.clock = { clock.now }
    return options
  }

  func open(
    _ path: String? = nil, sync: SyncMode = .off, snapshotEvery: UInt64 = 1_000_000
  ) throws(JournalProblem) -> LiveWorkspace {
    try LiveWorkspace(
      name: "desk", opening: opening, journal: path ?? journal, sync: sync,
      options: options(snapshotEvery: snapshotEvery))
  }

  /// Opens a journal that cannot be opened, and says why.
  func problem(_ path: String? = nil) -> JournalProblem? {
    do throws(JournalProblem) {
      try open(path).shutDown()
      return nil
    } catch {
      return error
    }
  }

  /// Changes a journal that nobody has open.
  func edit(_ statements: String, _ path: String? = nil) throws {
    let database = try SQLite(path ?? journal)
    try database.run(statements)
    database.close()
  }

  /// Copies a journal as a crash would leave it: the file, then its log, which has not begun anew since.
  func copy(to name: String) throws -> String? {
    let copy = path(name)
    let log = journal + "-wal"
    func salt() -> Data? { (try? Data(contentsOf: URL(filePath: log)))?.prefix(24) }
    for file in [copy, copy + "-wal"] { try? FileManager.default.removeItem(atPath: file) }
    let before = salt()
    try FileManager.default.copyItem(atPath: journal, toPath: copy)
    try FileManager.default.copyItem(atPath: log, toPath: copy + "-wal")
    return before == salt() ? copy : nil
  }
}

extension LiveWorkspace {
  /// Posts and waits for the answer.
  func send(_ body: String, key: String? = nil) -> Reply {
    let answer = Answer()
    post(body, key: key) { answer.set($0) }
    return answer.wait()
  }

  func ask(_ question: Question) -> Reply {
    let answer = Answer()
    get(question) { answer.set($0) }
    return answer.wait()
  }

  /// Does something on the workspace's thread and waits for it.
  func doOnThread(_ work: @escaping @Sendable (WorkspaceHost) -> Void) {
    let answer = Answer()
    onThread { host in
      work(host)
      answer.set(Reply(status: 0, body: []))
    }
    _ = answer.wait()
  }
}

/// An answer that another thread waits for.
final class Answer: Sendable {
  private let reply = Mutex<Reply?>(nil)
  private let semaphore = DispatchSemaphore(value: 0)

  func set(_ new: Reply) {
    reply.withLock { $0 = new }
    semaphore.signal()
  }

  func wait() -> Reply {
    guard semaphore.wait(timeout: .now() + 20) == .success else {
      return Reply(status: -1, body: Array("no answer".utf8))
    }
    return reply.withLock { $0 } ?? Reply(status: -2, body: [])
  }
}

/// An event in which a contact writes.
func writes(_ contact: String, _ text: String = "Hi", key: String? = nil) -> String {
  let key = key.map { "\"key\":\"\($0)\"," } ?? ""
  return
    "{\(key)\"type\":\"contact_writes\",\"contact\":\"\(contact)\",\"channel\":\"whatsapp\",\"text\":\"\(text)\"}"
}
