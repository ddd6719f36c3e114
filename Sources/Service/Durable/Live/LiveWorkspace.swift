import Engine
import Synchronization
import VirtualTime
public import World

/// A workspace that goes on: an engine, the thread that owns it, and the journal in which everything is
/// that was ever answered with success.
public final class LiveWorkspace: Sendable {
  /// What can be chosen besides the journal.
  public struct Options: Sendable {
    /// After how many events the workspace is written down anew.
    var snapshotEvery: UInt64 = 100_000
    /// The most events of one commit.
    var groupLimit = 2_000
    /// The most requests that may wait; whoever comes then is sent away with 503.
    var inboxLimit = 65_536
    /// Nanoseconds since 1970.
    var clock = WorkspaceClock.system

    /// The usual.
    public init() {}
  }

  /// What it is called.
  public let name: String
  /// What the start found in the journal.
  public let restoration: Restoration

  private let inbox: WorkspaceInbox
  private let shared: SharedMetrics
  private let ended: Ending
  private let lastFollower = Atomic<UInt64>(0)

  /// Opens or makes the journal, brings the workspace back from it, and starts the workspace's thread.
  ///
  /// A journal is of one opening: with another one it is refused.
  public init(
    name: String, opening: WorkspaceOpening, journal path: String, sync: SyncMode,
    options: Options = Options()
  ) throws(JournalProblem) {
    self.name = name
    let inbox = WorkspaceInbox(limit: options.inboxLimit)
    let shared = SharedMetrics()
    let ended = Ending()
    let started = Started()
    let thread = SystemThread {
      guard let host = started.open(name, opening, path, sync, options, inbox, shared) else {
        return
      }
      host.run()
      ended.set()
    }
    guard thread.isStarted else {
      throw JournalProblem(.noThread, path, "the system gives no thread")
    }
    thread.detach()
    restoration = try started.outcome()
    self.inbox = inbox
    self.shared = shared
    self.ended = ended
  }

  deinit { _ = inbox.put(.stop) }

  /// Takes one event, or an array of them, as JSON; from any thread.
  ///
  /// `done` is called once all of them are in the journal and committed, or none is: on the workspace's
  /// thread, which waits for it, or at once where the text cannot be read.
  ///
  /// - Parameter key: the key of the whole request; the events may have keys of their own instead.
  public func post(_ body: [UInt8], key: String?, done: @escaping @Sendable (Reply) -> Void) {
    do throws(BadRequest) {
      let read = try EventDraft.read(body)
      deliver(
        .post(Post(drafts: read.drafts, isList: read.isList, key: key, done: done)), done)
    } catch {
      shared.countBadRequest()
      done(error.reply)
    }
  }

  /// The same with text.
  public func post(_ body: String, key: String?, done: @escaping @Sendable (Reply) -> Void) {
    post(Array(body.utf8), key: key, done: done)
  }

  /// Asks how things stand; from any thread, answered on the workspace's.
  public func get(_ question: Question, done: @escaping @Sendable (Reply) -> Void) {
    deliver(.question(question, done), done)
  }

  private func deliver(_ errand: WorkspaceErrand, _ done: @Sendable (Reply) -> Void) {
    switch inbox.put(errand) {
    case .taken: break
    case .full:
      shared.countFailedRequest()
      done(BadRequest(503, "busy", "too many requests wait already; try again").reply)
    case .closed: done(BadRequest(503, "shut_down", "the workspace is shut down").reply)
    }
  }

  /// Tells every event with what came of it, as it is committed: the same JSON that was answered.
  ///
  /// It begins after the event `from`, with what the journal has, and goes on without gap or repetition;
  /// without a number it begins with whatever comes next. `receive` is called on the workspace's thread
  /// and must only pass on what it is told; when it says false, or the subscription is cancelled, it is
  /// told no more.
  public func follow(
    from sequence: UInt64?,
    _ receive: @escaping @Sendable (_ sequence: UInt64, _ json: String) -> Bool
  ) -> Subscription {
    let id = lastFollower.wrappingAdd(1, ordering: .relaxed).newValue
    let inbox = inbox
    let subscription = Subscription { _ = inbox.put(.leave(id)) }
    let order = Follower.Order(
      id: id, after: sequence, receive: receive,
      isCancelled: { [weak subscription] in subscription?.isCancelled ?? true })
    _ = inbox.put(.follow(order))
    return subscription
  }

  /// What it has done since it was opened.
  public var metrics: WorkspaceMetrics { shared.metrics }

  /// Carries out what has arrived, writes a snapshot and closes the journal; returns when that is done.
  public func shutDown() {
    _ = inbox.put(.stop)
    ended.wait()
  }

  /// Does something on the workspace's thread between two turns; for tests.
  func onThread(_ work: @escaping @Sendable (WorkspaceHost) -> Void) {
    _ = inbox.put(.work(work))
  }
}

/// The figures as the workspace's thread last told them, and those that are counted elsewhere.
final class SharedMetrics: Sendable {
  private struct Contents {
    var metrics = WorkspaceMetrics()
    var badRequests: UInt64 = 0
    var failedRequests: UInt64 = 0
  }

  private let contents = Mutex(Contents())

  func set(_ metrics: WorkspaceMetrics) { contents.withLock { $0.metrics = metrics } }
  func countBadRequest() { contents.withLock { $0.badRequests += 1 } }
  func countFailedRequest() { contents.withLock { $0.failedRequests += 1 } }

  var metrics: WorkspaceMetrics {
    contents.withLock { contents in
      var metrics = contents.metrics
      metrics.badRequests += contents.badRequests
      metrics.failedRequests += contents.failedRequests
      return metrics
    }
  }
}

/// How the start of a workspace's thread comes out.
private final class Started: Sendable {
  private let result = Mutex<Result<Restoration, JournalProblem>?>(nil)
  private let alarm = Alarm()

  /// Opens the journal on the thread that will own it.
  func open(
    _ name: String, _ opening: WorkspaceOpening, _ path: String, _ sync: SyncMode,
    _ options: LiveWorkspace.Options, _ inbox: WorkspaceInbox, _ shared: SharedMetrics
  ) -> WorkspaceHost? {
    do throws(JournalProblem) {
      let start = WorkspaceClock.steady()
      let opened = try OpenedJournal(path, opening, sync, now: options.clock())
      var found = opened.found
      found.seconds = Double(WorkspaceClock.steady() - start) / 1e9
      let host = WorkspaceHost(
        name, options, opened.store, inbox, shared, opened.state, snapshot: found.snapshot ?? 0)
      set(.success(found))
      return host
    } catch {
      set(.failure(error))
      return nil
    }
  }

  private func set(_ outcome: Result<Restoration, JournalProblem>) {
    result.withLock { $0 = outcome }
    alarm.ring()
  }

  /// Waits for it.
  func outcome() throws(JournalProblem) -> Restoration {
    while true {
      if let outcome = result.withLock({ $0 }) { return try outcome.get() }
      alarm.wait(nanoseconds: nil)
    }
  }
}

/// The end of a workspace's thread, for which any number of threads may wait.
private final class Ending: Sendable {
  private let hasEnded = Atomic<Bool>(false)
  private let alarm = Alarm()

  func set() {
    hasEnded.store(true, ordering: .releasing)
    alarm.ring()
  }

  func wait() {
    while !hasEnded.load(ordering: .acquiring) { alarm.wait(nanoseconds: 50_000_000) }
    // Whoever else waits is woken too.
    alarm.ring()
  }
}
