import Engine
import Glibc
import Synchronization
import VirtualTime

/// One connection under load.
///
/// Unchecked: touched by its own thread alone while that runs, but for mailbox and counts; read afterwards.
final class RemoteWorker: @unchecked Sendable {
  let mailbox = Mailbox<LoadOperation>()
  let doneCount = Atomic<Int>(0)
  private let number: Int
  private let profiles: ProfileTable
  private let names: RemoteNames
  private let reader: RemoteReader
  private let connection: HTTPConnection
  private let notices: Mailbox<LoadNotice>
  private var meter: LoadMeter
  private var batch = ContiguousArray<LoadOperation>()
  private var told = ContiguousArray<LoadNotice>()
  private let hasEnded = Atomic<Bool>(false)
  private(set) var refusedCount = 0
  private let failed = Mutex<String?>(nil)
  private var sent: UInt64 = 0
  private var known: Set<UInt64> = []

  /// How often an event is sent again over a new connection before the service counts as gone.
  private static let attempts = 20

  init(
    _ number: Int, _ profiles: ProfileTable, _ names: RemoteNames, _ reader: RemoteReader,
    _ clock: LoadClock, _ connection: HTTPConnection, _ notices: Mailbox<LoadNotice>,
    _ seconds: SecondBox
  ) {
    self.number = number
    self.names = names
    self.reader = reader
    self.connection = connection
    self.notices = notices
    self.profiles = profiles
    meter = LoadMeter(start: clock.start, finished: seconds)
  }

  var failure: String? { failed.withLock { $0 } }

  func stop() {
    hasEnded.store(true, ordering: .releasing)
    mailbox.ring()
  }

  func run() {
    while true {
      let isLast = hasEnded.load(ordering: .acquiring)
      mailbox.take(into: &batch)
      for operation in batch {
        if failure == nil { carryOut(operation) }
        doneCount.wrappingAdd(1, ordering: .relaxed)
      }
      if isLast, batch.isEmpty { break }
      if batch.isEmpty { mailbox.wait(until: Alarm.now() &+ 100_000_000, lookingFor: 0) }
    }
    connection.disconnect()
    meter.finish()
  }

  private func carryOut(_ operation: LoadOperation) {
    let taken = Alarm.now()
    sent += 1
    let isFirst =
      operation.kind == .messageIn
      && known.insert(UInt64(operation.person) << 16 | UInt64(operation.stay)).inserted
    let profile = isFirst ? profiles.profiles[Int(operation.profile)] : nil
    let body = names.events(operation, profile)
    let key = names.contact(operation.person, operation.stay) + "/\(number)/\(sent)"
    guard let answer = ask(body, key) else { return }
    let done = Alarm.now()
    meter.note(operation.kind, due: operation.due, taken: taken, done: done)
    guard answer.status == 200 else {
      // What made no sense to the service would make none the next time.
      if answer.status >= 500 || answer.status == 401 || answer.status == 429 {
        fail(
          "the service answered \(answer.status): "
            + String(decoding: answer.body.prefix(200), as: UTF8.self))
      }
      refusedCount += 1
      return
    }
    refusedCount += reader.read(answer.body, at: done, into: &told)
    for notice in told where notice.kind == .gone {
      known.remove(UInt64(notice.person) << 16 | UInt64(notice.stay))
    }
    notices.put(&told)
  }

  /// The answer to an event, which is sent again with the same key where the connection broke.
  private func ask(_ body: [UInt8], _ key: String) -> HTTPConnection.Answer? {
    for attempt in 0..<Self.attempts {
      if let answer = connection.ask("POST", reader.path, body: body, key: key) { return answer }
      usleep(UInt32(min(attempt * 10_000, 100_000)))
      if hasEnded.load(ordering: .relaxed), attempt > 2 { break }
    }
    fail("the service does not answer any more")
    return nil
  }

  private func fail(_ why: String) { failed.withLock { if $0 == nil { $0 = why } } }
}

/// Follows what timers do, which no answer tells.
final class RemoteFollower: @unchecked Sendable {
  private let reader: RemoteReader
  private let connection: HTTPConnection
  private let notices: Mailbox<LoadNotice>
  private let hasEnded = Atomic<Bool>(false)

  init(_ reader: RemoteReader, _ connection: HTTPConnection, _ notices: Mailbox<LoadNotice>) {
    self.reader = reader
    self.connection = connection
    self.notices = notices
  }

  func stop() { hasEnded.store(true, ordering: .releasing) }

  func run(_ path: String) {
    var told = ContiguousArray<LoadNotice>()
    while !hasEnded.load(ordering: .acquiring) {
      guard connection.follow(path) else {
        usleep(100_000)
        continue
      }
      connection.limit(seconds: 1)
      while !hasEnded.load(ordering: .acquiring) {
        guard let event = connection.nextEvent() else {
          if connection.isBroken { break }
          continue
        }
        _ = reader.read(event, at: Alarm.now(), into: &told)
        notices.put(&told)
      }
    }
  }
}
