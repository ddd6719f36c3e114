/// What is left to do within the event at hand; empty between events.
///
/// Runs that go on come before queues, queues before occasions (`EngineCore.settle`).
struct Agenda: Sendable, Codable {
  /// Whether something was noted since all was settled.
  private(set) var isUnsettled = false
  private var ready = Turns<RunID>()
  private var occasions = Turns<Occasion>()
  private var named: ContiguousArray<NamedOccasion> = []
  private var queued = Turns<RunID>()
  /// The run whose steps are being carried out, -1 between them.
  var executing: Int32 = -1

  /// Whether nothing is left but to say that all is settled.
  @inline(__always) var isDone: Bool { ready.isEmpty && occasions.isEmpty && executing < 0 }
  @inline(__always) var hasReady: Bool { !ready.isEmpty }
  @inline(__always) var hasQueued: Bool { !queued.isEmpty }
  /// How many runs and occasions are left to do.
  var counts: (runs: Int, occasions: Int) { (ready.count, occasions.count) }

  /// Notes a run that goes on when its turn comes.
  @inline(__always)
  mutating func add(_ run: RunID) {
    isUnsettled = true
    ready.append(run)
  }

  /// Notes an occasion, for which workflows begin when its turn comes.
  @inline(__always)
  mutating func add(_ occasion: Occasion) {
    isUnsettled = true
    occasions.append(occasion)
  }

  /// Notes an occasion that carries texts.
  mutating func add(_ occasion: NamedOccasion, to contact: ContactID) {
    add(.named(contact, Int32(truncatingIfNeeded: named.count)))
    named.append(occasion)
  }

  /// Notes a run that waits in a queue, to be announced if it still does when all else is done.
  mutating func addQueued(_ run: RunID) {
    isUnsettled = true
    queued.append(run)
  }

  @inline(__always)
  mutating func nextRun() -> RunID? { ready.next() }

  @inline(__always)
  mutating func nextOccasion() -> Occasion? { occasions.next() }

  func named(_ place: Int32) -> NamedOccasion { named[Int(place)] }

  @inline(__always)
  mutating func nextQueued() -> RunID? { queued.next() }

  /// Notes that nothing is left to do.
  mutating func settle() {
    if !named.isEmpty { named.removeAll(keepingCapacity: true) }
    isUnsettled = false
  }

  /// Whether the same is left to do, as far as that can be seen between events.
  func agrees(with other: Agenda) -> Bool {
    isUnsettled == other.isUnsettled && executing == other.executing
  }

  /// Goes on in memory of its own.
  mutating func separate() {
    ready.separate()
    occasions.separate()
    queued.separate()
  }
}
