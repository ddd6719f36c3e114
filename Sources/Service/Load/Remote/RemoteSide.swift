import Engine
import Glibc
import Synchronization
import VirtualTime
import World

/// A service under load: so many connections, each of which waits for its answers, and one that follows what
/// timers do.
///
/// Everything about one contact goes over one connection, so that a reply does not overtake its message.
final class RemoteSide: LoadSide {
  let notices = Mailbox<LoadNotice>()
  let seconds = SecondBox()
  private let workers: [RemoteWorker]
  private let threads: Mutex<[SystemThread]>
  private let follower: RemoteFollower
  private let address: ServiceAddress
  private let token: String?
  private let batches: Mutex<[ContiguousArray<LoadOperation>]>

  init(
    _ plan: LoadPlan, clock: LoadClock, address: ServiceAddress, token: String?, connections: Int
  ) {
    self.address = address
    self.token = token
    let prefix = "load-\(getpid())-\(UInt64(bitPattern: clock.start) % 1_000_000_007)"
    let names = RemoteNames(plan.world.model, prefix: prefix)
    let reader = RemoteReader(names: names, clock: clock, path: address.base + "/events")
    let (notices, seconds) = (notices, seconds)
    let profiles = ProfileTable(plan.world.model)
    let workers = (0..<connections).map { number in
      RemoteWorker(
        number, profiles, names, reader, clock, HTTPConnection(address, token: token), notices,
        seconds)
    }
    self.workers = workers
    batches = Mutex(Array(repeating: [], count: connections))
    let follower = RemoteFollower(reader, HTTPConnection(address, token: token), notices)
    self.follower = follower
    let path = address.base + "/stream?type=timer_fires"
    var started = workers.map { worker in SystemThread { worker.run() } }
    started.append(SystemThread { follower.run(path) })
    threads = Mutex(started)
  }

  /// Whether a service answers there, and with which scenario; nil if nobody does.
  static func scenario(at address: ServiceAddress, token: String?) -> Result<String, RemoteProblem>
  {
    let connection = HTTPConnection(address, token: token)
    guard let answer = connection.ask("GET", address.base + "/state") else {
      return .failure(RemoteProblem("nobody answers at \(address.header)"))
    }
    guard answer.status == 200 else {
      return .failure(
        RemoteProblem(
          "\(address.header) answers \(answer.status) to GET \(address.base)/state: "
            + String(decoding: answer.body.prefix(200), as: UTF8.self)))
    }
    var scanner = JSONScanner(answer.body)
    guard case .object(let members)? = try? scanner.value(),
      case .text(let scenario)? = members.first(where: { $0.name == "scenario" })?.value
    else {
      return .failure(RemoteProblem("\(address.header) is no service of ours"))
    }
    return .success(scenario)
  }

  let isPolled = true
  var carriedOut: Int { workers.reduce(0) { $0 + $1.doneCount.load(ordering: .relaxed) } }
  var failure: String? { workers.lazy.compactMap(\.failure).first }

  func send(_ batch: inout ContiguousArray<LoadOperation>) {
    batches.withLock { batches in
      for operation in batch {
        batches[Int(operation.person) % workers.count].append(operation)
      }
      for (place, worker) in workers.enumerated() { worker.mailbox.put(&batches[place]) }
    }
    batch.removeAll(keepingCapacity: true)
  }

  func finish() -> LoadSideReport {
    for worker in workers { worker.stop() }
    follower.stop()
    for thread in threads.withLock({ $0 }) { thread.join() }
    var report = LoadSideReport()
    report.refusedCount = workers.reduce(0) { $0 + $1.refusedCount }
    report.invalid = failure
    let connection = HTTPConnection(address, token: token)
    if let answer = connection.ask("GET", address.base + "/check"), answer.status == 200 {
      var scanner = JSONScanner(answer.body)
      if case .object(let members)? = try? scanner.value(),
        case .list(let violations)? = members.first(where: { $0.name == "violations" })?.value
      {
        for case .text(let violation) in violations { report.violations.append(violation) }
      }
    } else if report.invalid == nil {
      report.invalid = "the service did not answer at the end"
    }
    return report
  }
}

/// Why a service cannot be driven, in words.
public struct RemoteProblem: Error, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let description: String
  init(_ description: String) { self.description = description }
}
