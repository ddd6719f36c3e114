import Engine
import VirtualTime
import World

/// What a workspace's thread owns: the engine with its names and timers, the journal, who follows.
///
/// Each turn takes what has arrived, carries it out, writes it, commits once, and only then answers. When
/// a commit does not work nothing of it is answered with success, and the workspace is brought back from
/// the journal, so that it never knows more than the disk.
final class WorkspaceHost {
  let name: String
  let options: LiveWorkspace.Options
  let store: JournalStore
  let inbox: WorkspaceInbox
  let shared: SharedMetrics
  /// Nil while the journal cannot be read back.
  private(set) var state: WorkspaceState?
  var clock: WorkspaceClock
  var metrics = WorkspaceMetrics()
  var followers: [Follower] = []
  var snapshots: SnapshotWork

  /// Events that were committed in this turn, for those who follow.
  var committed: [(sequence: UInt64, json: [UInt8])] = []
  private var waitingPosts: [Post] = []
  private var isStopping = false
  /// Whether the last commit failed, so that the next begins with a trial.
  private var isSuspicious = false
  /// When it is tried again although nobody asks, by the steady clock.
  private var nextTrial: Int64 = 0

  init(
    _ name: String, _ options: LiveWorkspace.Options, _ store: JournalStore,
    _ inbox: WorkspaceInbox, _ shared: SharedMetrics, _ state: WorkspaceState, snapshot: UInt64
  ) {
    self.name = name
    self.options = options
    self.store = store
    self.inbox = inbox
    self.shared = shared
    self.state = state
    clock = WorkspaceClock(options.clock, began: store.meta.began, latest: state.core.now)
    snapshots = SnapshotWork(latest: snapshot)
    publishMetrics()
  }

  /// Works until it is stopped.
  func run() {
    while !isStopping {
      inbox.wait(nanoseconds: rest())
      turn(inbox.take())
    }
    turn(inbox.close())
    while !waitingPosts.isEmpty { turn([]) }
    finish()
  }

  /// How long there is nothing to do; nil for as long as nobody comes.
  private func rest() -> Int64? {
    let isBehind = followers.contains { $0.next <= state?.sequence ?? 0 }
    if !waitingPosts.isEmpty || snapshots.pieces != nil || isBehind { return 0 }
    guard let state else { return 1_000_000_000 }
    guard let deadline = state.timers.nextDeadline() else { return nil }
    // The clock on the wall may be set: it is looked at once a second.
    let left = (deadline - clock.now()).nanoseconds
    return isSuspicious ? 1_000_000_000 : max(0, min(left, 1_000_000_000))
  }

  // MARK: A turn

  private func turn(_ errands: [WorkspaceErrand]) {
    var questions: [(Question, @Sendable (Reply) -> Void)] = []
    for errand in errands {
      switch errand {
      case .post(let post): waitingPosts.append(post)
      case .question(let question, let done): questions.append((question, done))
      case .follow(let order):
        followers.append(Follower(order, committed: state?.sequence ?? 0))
      case .leave(let id): followers.removeAll { $0.order.id == id }
      case .snapshot(let pieces): snapshots.took(pieces)
      case .work(let work): work(self)
      case .stop: isStopping = true
      }
    }
    if state == nil { bringBack() }
    commitGroup()
    for (question, done) in questions { done(answer(question)) }
    catchUp()
    if let state { snapshots.beginIfDue(state, options, inbox) }
    publishMetrics()
  }

  private func answer(_ question: Question) -> Reply {
    guard let state else { return Self.unreadable }
    return Answering(name: name, state: state, store: store).reply(to: question)
  }

  /// So many posts as one commit takes, the oldest first.
  private func nextGroup() -> [Post] {
    var events = 0
    var count = 0
    while count < waitingPosts.count, events < options.groupLimit {
      events += waitingPosts[count].drafts.count
      count += 1
    }
    let group = Array(waitingPosts[..<count])
    waitingPosts.removeFirst(count)
    return group
  }

  private func commitGroup() {
    let group = nextGroup()
    guard let state else {
      for post in group { post.done(Self.unreadable) }
      return
    }
    let now = clock.now()
    let before = metrics
    var replies: [Reply] = []
    replies.reserveCapacity(group.count)
    if isSuspicious, group.isEmpty, WorkspaceClock.steady() < nextTrial { return }
    do throws(SQLiteFailure) {
      if isSuspicious { try store.tryToWrite() }
      isSuspicious = false
      try fireTimers(state, before: now)
      for post in group { replies.append(try carryOut(post, state, at: now)) }
      try fireTimers(state, through: now)
      try snapshots.writePiece(store)
      if store.database.isInTransaction {
        let start = WorkspaceClock.steady()
        try store.commit()
        metrics.commits.add(nanoseconds: WorkspaceClock.steady() - start)
      }
    } catch {
      return fail(group, replies, error, before)
    }
    snapshots.committedPiece(&metrics)
    publishMetrics()
    for (post, reply) in zip(group, replies) { post.done(reply) }
    publish()
  }

  // MARK: Timers

  private func fireTimers(_ state: WorkspaceState, before now: EngineTime) throws(SQLiteFailure) {
    try fireTimers(state, through: EngineTime(nanoseconds: now.nanoseconds - 1), at: now)
  }

  /// Lets the timers go off that are due, in order of their deadlines; the rest of very many in the next
  /// turn.
  private func fireTimers(
    _ state: WorkspaceState, through limit: EngineTime, at time: EngineTime? = nil
  ) throws(SQLiteFailure) {
    let time = time ?? limit
    var left = options.groupLimit
    while left > 0, let key = state.timers.due(through: limit) {
      var line = JSONLine()
      let told = key.told(state.names)
      line.begin()
      line.member("type", EventKind.timerFires.name)
      line.member("timer", told.timer)
      if let of = told.of { line.member("of", of) }
      line.end()
      let resolved = ResolvedEvent(event: .timerFires(key), contact: state.contact(of: key))
      _ = try write(resolved, .timerFires, key: nil, line.bytes, state, at: time)
      metrics.timers += 1
      left -= 1
    }
  }

  /// Carries an event out and writes it; says what came of it.
  func write(
    _ resolved: ResolvedEvent, _ kind: EventKind, key: String?, _ text: [UInt8],
    _ state: WorkspaceState, at time: EngineTime
  ) throws(SQLiteFailure) -> [UInt8] {
    let result = state.carryOut(resolved, kind, at: time)
    let row = JournalRow(
      sequence: state.sequence, at: time.nanoseconds, key: key, event: text, result: result)
    state.chain = state.chain.after(row)
    try store.begin()
    try store.append(row, chain: state.chain)
    if !followers.isEmpty { committed.append((row.sequence, result)) }
    return result
  }

  // MARK: Failure

  private static let unreadable = BadRequest(
    503, "journal_unreadable", "the journal cannot be read; it is tried again"
  ).reply

  /// A commit did not work: nobody is told that it did, and what is not on disk is forgotten.
  private func fail(
    _ group: [Post], _ replies: [Reply], _ failure: SQLiteFailure, _ before: WorkspaceMetrics
  ) {
    store.rollBack()
    committed.removeAll()
    snapshots.dropPieces()
    metrics = before
    metrics.failedCommits += 1
    metrics.failedRequests += UInt64(group.count)
    isSuspicious = true
    nextTrial = WorkspaceClock.steady() + 1_000_000_000
    let told =
      failure.isFull
      ? BadRequest(507, "disk_full", "the journal has no room; nothing of this was applied")
      : BadRequest(
        503, "journal_unwritable",
        "the journal cannot be written; nothing of this was applied: \(failure)")
    bringBack()
    publishMetrics()
    for (index, post) in group.enumerated() {
      let isBad = index < replies.count && (400..<500).contains(replies[index].status)
      post.done(isBad ? replies[index] : told.reply)
    }
  }

  /// Goes on from what the journal has.
  private func bringBack() {
    if let state, (try? store.lastSequence()) == state.sequence { return }
    state = nil
    state = try? Restorer(store: store, checksAll: false).restore().state
  }

  // MARK: Those who follow

  private func publish() {
    guard !committed.isEmpty else { return }
    for (sequence, json) in committed {
      let text = String(decoding: json, as: UTF8.self)
      followers.removeAll { !$0.tell(sequence, text) }
    }
    committed.removeAll(keepingCapacity: true)
  }

  /// Tells those who are behind a part of what they missed.
  private func catchUp() {
    guard let state else { return }
    followers.removeAll { follower in
      guard follower.next <= state.sequence else { return false }
      var wantsMore = true
      do throws(SQLiteFailure) {
        try store.forEachRow(after: follower.next - 1, atMost: 256) { row, _ in
          wantsMore = follower.tell(row.sequence, String(decoding: row.result, as: UTF8.self))
          return wantsMore
        }
      } catch {
        // It stays behind, and is told when the journal can be read again.
      }
      return !wantsMore
    }
  }

  // MARK: The end

  private func finish() {
    if let state { snapshots.writeLast(state, store, &metrics) }
    try? store.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    publishMetrics()
    state = nil
    store.close()
  }

  private func publishMetrics() {
    metrics.followers = followers.count
    metrics.isWritable = !isSuspicious
    if let state {
      metrics.sequence = state.sequence
      metrics.refused = state.refusals
      metrics.armedTimers = state.timers.count
      metrics.contacts = state.core.contactCount
      metrics.openConversations = state.core.openConversationCount
      metrics.waiting = state.core.waitingCount
    }
    shared.set(metrics)
  }
}
