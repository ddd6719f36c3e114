import Engine
import Measurement
import Sampling
import Statistics
import VirtualTime
import World

/// The whole path: arrivals, contacts, channels, the real engine, agents, the record.
func worldTrial(_ logic: Logic, conversations: Int, timer: Bool) throws {
  let work = 360.0
  let lambda = 0.9 * 50 * 4 / work
  let seconds = Double(conversations) / lambda
  var plan = WorldPlan(duration: Int64(seconds * 1e9), warmup: Int64(seconds * 0.1e9))
  plan.teams = ["support"]
  for index in 1...50 {
    var agent = AgentPlan(
      name: "support-\(index)", team: 0, replyTime: try .exponential(mean: work))
    agent.attention = .parallel(4)
    agent.greets = timer
    plan.agents.append(agent)
  }
  plan.populations = [PopulationPlan(name: "everyday", arrivals: try .poisson(rate: lambda))]
  var steps = [Step(.assignTo(AssignTo(.team(TeamID(0)), logic: logic)))]
  if timer {
    steps.append(Step(.wait(.duration(.minutes(15)))))
    steps.append(
      Step(
        .branch([
          Branch(
            when: Conditions.all(
              [
                Condition(.conversationStatus, .equals, ["open"]),
                Condition(.timeSinceLastOutgoingMessage, .isMissing),
              ]),
            steps: [
              Step(
                .assignTo(
                  AssignTo(.team(TeamID(0)), logic: .leastOpen, excludeCurrent: true)))
            ])
        ])))
  }
  plan.workflows = [
    WorkflowDefinition(
      name: "assignment", trigger: .conversationOpened(sources: [.contact]), steps: steps)
  ]
  let bench = try Bench(plan, seed: 1, replication: 0)
  let (time, result) = stopwatch { bench.run() }
  let wait = result.measured.times.wait
  print(
    logic.name, timer, "events", result.ending.events, "ns/conv",
    time * 1e9 / Double(result.measured.all.conversations) * 0.9, "conv",
    result.measured.all.conversations, "wait min", (wait.mean ?? 0) / 60e9,
    result.violations.first ?? "ok", result.refusedCount, result.firstRefusal ?? "-",
    result.ending)
}
