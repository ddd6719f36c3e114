import Engine
import Sampling
import Scenarios
import VirtualTime

/// A run in which something goes wrong.
extension Bench {
  /// Runs up to and with an instant, from the start.
  @discardableResult
  func advance(to end: Instant) -> Ending {
    let faults = exchange.plan.model.faults
    guard !faults.isEmpty else { return kernel.run(until: end) }
    return advance(to: end, through: faults)
  }

  /// Stops between two events wherever a fault begins or ends, which is once all else of its instant has
  /// happened.
  private func advance(to end: Instant, through faults: [FaultSettings]) -> Ending {
    // However it ends, what is looked at then is the engine and not the one in its place.
    defer { exchange.startEngine() }
    var clock = FaultClock(faults, exchange.streams)
    while let change = clock.next(engineIsBack: exchange.downUntil), change.at <= end {
      if change.at > .start {
        let ending = kernel.run(until: change.at)
        guard ending.reason == .horizon || ending.reason == .finished else { return ending }
      }
      carryOut(change, faults[change.fault])
    }
    return kernel.run(until: end)
  }

  private func carryOut(_ change: FaultClock.Change, _ fault: FaultSettings) {
    switch fault.kind {
    case .channelDown(let channel):
      if change.begins {
        exchange.channels[channel.index](change.until) { $0.goesDown(until: $1) }
      }
    case .duplicateMessages(let channel, let share, let after):
      let trouble = Channel.Trouble(change.fault, fault.name, share: share, delay: after)
      exchange.channels[channel.index]((trouble, change.begins)) { $0.repeats($1.0, $1.1) }
    case .lateMessages(let channel, let share, let by):
      let trouble = Channel.Trouble(change.fault, fault.name, share: share, delay: by)
      exchange.channels[channel.index]((trouble, change.begins)) { $0.delays($1.0, $1.1) }
    case .serviceDown(let service), .serviceSlow(let service, _), .serviceGarbage(let service, _),
      .serviceRedirects(let service):
      exchange.services[service.index]((change, fault)) { service, what in
        if what.0.begins {
          service.begins(what.1, number: what.0.fault)
        } else {
          service.ends(number: what.0.fault)
        }
      }
    case .agentsDrop(let team, let share):
      drop(fault, team, share, at: change.at)
    case .logOut(let team):
      for agent in members(of: team) { putOut(agent, until: change.until) }
    case .logIn(let team):
      for agent in members(of: team) {
        if exchange.agents[agent]({ $0.logsInAgain() }) {
          exchange.faults.counts.loggedInAgents += 1
        }
        exchange.settle()
      }
    case .engineRestarts: restart(change)
    }
  }

  private func restart(_ change: FaultClock.Change) {
    guard change.begins else { return exchange.startEngine() }
    exchange.stopEngine(until: change.until)
    if change.until == change.at { exchange.startEngine() }
  }

  // MARK: - Agents

  private func members(of team: TeamID?) -> [Int] {
    let (founders, latecomers) = exchange.plan.model.candidates(of: team)
    return Array(founders) + latecomers
  }

  /// Each by itself: whether, and for how long, is the agent's own.
  private func drop(_ fault: FaultSettings, _ team: TeamID?, _ share: Double, at now: Instant) {
    let code = nameCode(fault.name)
    let turn = UInt16(truncatingIfNeeded: dropCount)
    dropCount += 1
    for agent in members(of: team) {
      let entity = code ^ nameCode(exchange.plan.model.agents[agent].name)
      var chance = exchange.streams.stream(.dropping, of: entity, turn: turn)
      guard chance.chance(share) else { continue }
      var stream = exchange.streams.stream(.droppedTime, of: entity, turn: turn)
      let length = fault.length?.sampleNanoseconds(&stream) ?? SampledTime.never
      putOut(agent, until: now.advanced(byNanoseconds: length))
    }
  }

  private func putOut(_ agent: Int, until back: Instant) {
    if exchange.agents[agent](back, { $0.losesConnection(until: $1) }) {
      exchange.faults.counts.droppedAgents += 1
    }
    exchange.settle()
  }
}
