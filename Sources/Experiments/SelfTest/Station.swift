import Sampling
import VirtualTime

/// A model with a known answer: customers, and agents who serve them, pooled or in turn.
struct StationModel: Sendable {
  /// How customers find an agent.
  enum Dispatch: Sendable {
    /// One line for all agents.
    case pooled
    /// Each agent in turn, with a line of his own.
    case inTurn
  }

  var agents: Int
  /// Customers an agent serves at the same time, each at full speed.
  var slots = 1
  var dispatch = Dispatch.pooled
  /// From one arrival to the next, in seconds.
  var gap: Distribution
  var work: Distribution
  /// How long customers wait for an agent; nil for ever.
  var patience: Distribution?
  /// Customers who are not counted, at the start.
  var warmup: Int
  /// Customers who are counted.
  var customers: Int

  /// What a run of the model has seen.
  struct Outcome: Sendable {
    var meanWait = 0.0
    var abandoned = 0.0
    var fingerprint: UInt64 = 0
    var events: UInt64 = 0
    var ending = Ending.Reason.finished
  }

  /// Runs the model once, on a kernel of its own.
  func run(seed: UInt64, replication: Int) throws(ImpossibleParameter) -> Outcome {
    let kernel = Kernel(seed: seed)
    let streams = try RandomStreams(seed: seed, replication: replication)
    let station = Station(self, streams: streams, kernel: kernel)
    let door = Near(station, of: kernel)
    let clerks = (0..<agents).map { Clerk($0, slots: slots, kernel: kernel) }
    for clerk in clerks {
      let target = kernel.register(clerk)
      let near = Near(clerk, of: kernel)
      near((target, door)) { $0.begin($1.0, at: $1.1) }
      door(near) { $0.hire($1) }
    }
    door(kernel.register(station)) { $0.open($1) }
    let ending = kernel.run()
    return withExtendedLifetime((station, clerks)) {
      var outcome = door { $0.outcome }
      outcome.fingerprint = ending.fingerprint
      outcome.events = ending.events
      outcome.ending = ending.reason
      return outcome
    }
  }
}

/// Takes customers in and sends each to an agent, or into a line.
private actor Station: EventTarget {
  nonisolated let kernel: Kernel
  private let model: StationModel
  private let streams: RandomStreams
  private var gaps: RandomStream
  private var clerks: [Near<Clerk>] = []
  /// Free slots of each agent.
  private var free: [Int] = []
  /// Agents with a free slot, pooled dispatch only.
  private var idle: [Int] = []
  /// Waiting customers: one line, or one for each agent.
  private var lines: [[UInt32]] = []
  private var heads: [Int] = []
  private var waiting: [Waiting] = []
  private var target = Target.nobody
  private var arrived = 0
  private var turn = 0
  private var counted = 0
  private var left = 0
  private var waits = 0.0

  private struct Waiting {
    var since: Int64
    var patience: TimerHandle
    var isHere = true
  }

  private enum Kind: UInt16 {
    case arrival, impatience
  }

  init(_ model: StationModel, streams: RandomStreams, kernel: Kernel) {
    self.model = model
    self.streams = streams
    self.kernel = kernel
    gaps = streams.stream(.arrivals, of: 0)
  }

  var outcome: StationModel.Outcome {
    StationModel.Outcome(
      meanWait: counted == 0 ? 0 : waits / Double(counted),
      abandoned: counted == 0 ? 0 : Double(left) / Double(counted))
  }

  func hire(_ clerk: Near<Clerk>) {
    idle.insert(clerks.count, at: 0)
    clerks.append(clerk)
    free.append(model.slots)
    if model.dispatch == .inTurn || lines.isEmpty {
      lines.append([])
      heads.append(0)
    }
  }

  func open(_ target: Target) {
    self.target = target
    scheduleArrival()
  }

  private func scheduleArrival() {
    guard arrived < model.warmup + model.customers else { return }
    kernel.schedule(
      Event(to: target, kind: Kind.arrival.rawValue),
      afterNanoseconds: model.gap.sampleNanoseconds(&gaps))
  }

  func receive(_ event: Event) {
    if event.kind == Kind.impatience.rawValue { return leaves(event.subject) }
    let customer = UInt32(arrived)
    arrived += 1
    scheduleArrival()
    waiting.append(Waiting(since: kernel.now.nanoseconds, patience: .none))
    let line = model.dispatch == .inTurn ? nextInTurn() : 0
    if let clerk = freeClerk(line) {
      serve(customer, by: clerk)
    } else {
      lines[line].append(customer)
      armPatience(customer)
    }
  }

  private func nextInTurn() -> Int {
    defer { turn = turn + 1 == clerks.count ? 0 : turn + 1 }
    return turn
  }

  private func freeClerk(_ line: Int) -> Int? {
    if model.dispatch == .inTurn { return free[line] > 0 ? line : nil }
    return idle.last
  }

  private func armPatience(_ customer: UInt32) {
    guard let patience = model.patience else { return }
    var stream = streams.stream(.patience, of: UInt64(customer))
    waiting[Int(customer)].patience = kernel.arm(
      Event(to: target, kind: Kind.impatience.rawValue, subject: customer),
      afterNanoseconds: patience.sampleNanoseconds(&stream))
  }

  private func leaves(_ customer: UInt32) {
    waiting[Int(customer)].isHere = false
    count(customer, hasLeft: true)
  }

  private func count(_ customer: UInt32, hasLeft: Bool) {
    guard Int(customer) >= model.warmup else { return }
    counted += 1
    waits += Double(kernel.now.nanoseconds - waiting[Int(customer)].since) * 1e-9
    if hasLeft { left += 1 }
  }

  private func serve(_ customer: UInt32, by clerk: Int) {
    free[clerk] -= 1
    if model.dispatch == .pooled, free[clerk] == 0 { idle.removeLast() }
    kernel.cancel(waiting[Int(customer)].patience)
    count(customer, hasLeft: false)
    var stream = streams.stream(.replyTime, of: UInt64(customer))
    clerks[clerk](model.work.sampleNanoseconds(&stream)) { $0.start($1) }
  }

  /// An agent has a free slot.
  func becomesFree(_ clerk: Int) {
    free[clerk] += 1
    if model.dispatch == .pooled, free[clerk] == 1 { idle.append(clerk) }
    let line = model.dispatch == .inTurn ? clerk : 0
    while heads[line] < lines[line].count {
      let customer = lines[line][heads[line]]
      heads[line] += 1
      if heads[line] == lines[line].count {
        lines[line].removeAll(keepingCapacity: true)
        heads[line] = 0
      }
      if waiting[Int(customer)].isHere { return serve(customer, by: clerk) }
    }
  }
}

/// Serves as many customers at a time as there are slots.
private actor Clerk: EventTarget {
  nonisolated let kernel: Kernel
  private let number: Int
  private var station: Near<Station>?
  private var done = Event(to: .nobody, kind: 0)

  init(_ number: Int, slots: Int, kernel: Kernel) {
    self.kernel = kernel
    self.number = number
  }

  func begin(_ target: Target, at station: Near<Station>) {
    done = Event(to: target, kind: 0)
    self.station = station
  }

  func start(_ work: Int64) { kernel.arm(done, afterNanoseconds: work) }

  func receive(_ event: Event) { station?(number) { $0.becomesFree($1) } }
}
