public import Engine
public import Sampling
import VirtualTime

/// A replication as it stands at an instant: what came to the engine so far, and what agents have in hand.
public struct WorldMoment: Sendable {
  /// One agent's hands, by the agent's number.
  public struct Hands: Sendable {
    /// The contacts that are worked on, a slot each; one that the engine does not know yet is left out.
    public var contacts: [ContactID] = []
    /// How many slots there are.
    public var slots = 0
    /// How many conversations lie in the inbox.
    public var inbox = 0
    /// Whether the agent takes what comes, finishes what is in hand, or is not there.
    public var presence = ""
  }

  /// Every agent's hands.
  public let hands: [Hands]

  /// Runs a replication up to and with an instant, on the calling thread.
  public init(
    _ plan: WorldPlan, seed: UInt64, replication: Int, at time: EngineTime
  ) throws(ImpossibleParameter) {
    let bench = try Bench(plan, seed: seed, replication: replication)
    bench.advance(to: Instant(nanoseconds: min(time.nanoseconds, plan.duration)))
    bench.exchange.foreignDesk?.close()
    hands = bench.exchange.agents.map { agent in
      var (hands, actors) = agent { $0.inHand }
      hands.contacts = actors.compactMap { number in
        bench.exchange.contacts[number]({ $0.id })
      }
      return hands
    }
  }
}

extension Agent {
  /// What this agent has in hand, and the numbers of the contacts' actors.
  fileprivate var inHand: (hands: WorldMoment.Hands, contacts: [ContactNumber]) {
    var hands = WorldMoment.Hands()
    hands.slots = slots.capacity
    hands.inbox = inbox.count
    hands.presence =
      switch presence {
      case .present: "present"
      case .leaving: "leaving"
      case .away: "away"
      case .offShift: "off shift"
      case .cutOff: "cut off"
      case .outside: "not in the workspace"
      }
    let busy = (0..<slots.capacity).filter { slots[$0].phase != .free }
    return (hands, busy.map { slots[$0].contact })
  }
}
