/// Customers sent to agents at random, each agent with slots and a queue of their own: M/M/k each.
struct RandomDispatch: Sendable, Equatable {
  /// What one agent sees.
  let agent: ErlangC

  /// The number of agents.
  let agents: Int

  /// Nothing for impossible arguments or a load of 1 and more.
  init?(agents: Int, slots: Int, arrivalRate: Double, meanService: Double) {
    guard ClosedFormLimits.isCount(agents),
      let agent = ErlangC(
        servers: slots, arrivalRate: arrivalRate / Double(agents), meanService: meanService)
    else { return nil }
    self.agent = agent
    self.agents = agents
  }

  /// The law of the wait.
  var wait: WaitLaw { agent.wait }

  /// The mean number waiting at all agents together.
  var meanWaiting: Double { agent.meanQueue * Double(agents) }
}
