import Engine
import Measurement
import Sampling
import Statistics
import Synchronization
import VirtualTime
import World

/// One measurement: the engine on its thread, the crowd on the calling one.
struct LoadRun {
  private let plan: LoadPlan
  /// The service that is driven; nil for the engine in this process.
  private let target: LoadTarget?
  private let opened: OpenedWorkspace
  /// Whether somebody wishes to stop.
  private let isInterrupted: @Sendable () -> Bool
  /// What becomes of each second as it ends.
  private let onSecond: (LoadProgress) -> Void

  /// Plans a measurement.
  init(
    _ plan: LoadPlan, target: LoadTarget? = nil,
    isInterrupted: @escaping @Sendable () -> Bool = { false },
    onSecond: @escaping (LoadProgress) -> Void = { _ in }
  ) {
    self.plan = plan
    self.target = target
    self.isInterrupted = isInterrupted
    self.onSecond = onSecond
    opened = OpenedWorkspace(plan.world)
  }

  /// What came of it.
  struct Outcome {
    /// What was measured.
    public var step: LoadStep
    /// A hash over the arrivals.
    public var fingerprint: UInt64
    /// What people met, in the scenario's time.
    public var seen: LoadSeen
    /// How long the engine stood still where a test wanted it to, in seconds.
    var stoppedFor: Double?
  }

  /// Carries it out on the calling thread and others of its own.
  func run() throws(ImpossibleParameter) -> Outcome {
    let streams = try RandomStreams(seed: plan.seed, replication: 0)
    // The threads are up before time begins.
    let clock = LoadClock(speed: plan.effectiveSpeed, start: Alarm.now() &+ 20_000_000)
    let side: any LoadSide
    if let target {
      side = RemoteSide(
        plan, clock: clock, address: target.address, token: target.token,
        connections: target.connections)
    } else {
      let here = EngineSide(
        plan, opened.copy(policySeed: streams.policySeed), streams: streams, clock: clock)
      here.start()
      side = here
    }
    var sender = LoadSender(
      try Crowd(plan, streams: streams, clock: clock), plan: plan, clock: clock, to: side)
    let wasInterrupted = sender.run(isInterrupted, onSecond)
    return sender.outcome(side.finish(), wasInterrupted: wasInterrupted)
  }
}

/// A service that is driven.
public struct LoadTarget: Sendable {
  /// Where it is.
  public let address: ServiceAddress
  /// The token that it wants to see.
  public let token: String?
  /// Over how many connections.
  public let connections: Int

  /// Describes a target.
  public init(address: ServiceAddress, token: String?, connections: Int) {
    self.address = address
    self.token = token
    self.connections = connections
  }

  /// The name of the scenario that it serves; a problem if nobody answers.
  public var scenario: Result<String, RemoteProblem> {
    RemoteSide.scenario(at: address, token: token)
  }
}

/// How a measurement goes, once a second.
public struct LoadProgress: Sendable {
  /// Seconds since the beginning.
  public var second: Int
  /// Seconds that there are to be.
  public var total: Int
  /// Events that were due in the second.
  public var offered: Int
  /// Events that were carried out in it.
  public var done: Int
  /// Latency, in seconds, at p50, p99 and p99.9.
  public var latency: (Double, Double, Double)?
  /// Events that wait.
  public var backlog: Int
}

/// What people met, in the scenario's own time.
public struct LoadSeen: Sendable {
  /// From the first message until somebody had the conversation: mean, in seconds.
  public var assignedMean: Double?
  /// The same: 90 % have it by then.
  public var assignedP90: Double?
  /// From the first message until the first answer: mean, in seconds.
  public var answeredMean: Double?
  /// The same: 90 % have it by then.
  public var answeredP90: Double?
  /// Conversations that need an agent while nobody works on them, on average.
  public var waiting: Double?
}
