/// Customers sent to agents at random, each agent with slots and a queue of their own: M/M/k each.
public struct RandomDispatch: Sendable, Equatable {
  /// What one agent sees.
  public let agent: ErlangC

  /// The number of agents.
  public let agents: Int

  /// Nothing for impossible arguments or a load of 1 and more.
  public init?(agents: Int, slots: Int, arrivalRate: Double, meanService: Double) {
    guard ClosedFormLimits.isCount(agents),
      let agent = ErlangC(
        servers: slots, arrivalRate: arrivalRate / Double(agents), meanService: meanService)
    else { return nil }
    self.agent = agent
    self.agents = agents
  }

  /// The law of the wait.
  public var wait: WaitLaw { agent.wait }

  /// The mean number waiting at all agents together.
  public var meanWaiting: Double { agent.meanQueue * Double(agents) }
}
