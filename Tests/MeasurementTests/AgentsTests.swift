import Statistics
import Testing

@testable import Measurement

@Suite("Agents")
struct AgentsTests {
  @Test func `are busy for a share of the time they are online`() throws {
    var history = try History(agents: 2)
    history.online(0, true, 0)
    history.works(0, true, 10)
    history.works(0, false, 40)
    history.online(0, false, 60)
    history.online(1, true, 20)
    // Told twice is told once.
    history.online(1, true, 30)
    history.works(1, true, 80)
    let result = history.result(at: 100)
    #expect(result.agents[0].onlineSeconds == 60)
    #expect(result.agents[0].busyRatio == 0.5)
    #expect(result.agents[1].onlineSeconds == 80)
    #expect(result.agents[1].busyRatio == 0.25)
    #expect(try history.value(of: "busy", at: 100) == 50.0 / 140)
    let never = try History(agents: 1)
    #expect(never.result().agents[0].busyRatio == nil)
    #expect(try never.value(of: "busy") == nil)
  }

  @Test func `hold open conversations from assignment to closing`() throws {
    var history = try History(agents: 2)
    history.opens(0, 0, assignee: 0)
    history.opens(1, 10)
    history.assigns(1, 0, 20)
    history.assigns(1, 1, 60)
    history.closes(0, 80)
    history.closes(1, 90)
    let result = history.result(at: 100)
    // Agent 0: 80 + 40 of 100 s, two at most; agent 1: 30.
    #expect(result.agents.map(\.openMean) == [1.2, 0.3])
    #expect(result.agents.map(\.openMaximum) == [2, 1])
    #expect(try history.value(of: "open_contacts", at: 100) == 0.75)
    #expect(try history.value(of: "open_contacts.max", at: 100) == 2)
    #expect(result.openMean == 1.6)
  }

  @Test func `are compared by the conversations in which they wrote`() throws {
    var history = try History(agents: 3)
    history.online(0, true, 0)
    history.online(1, true, 0)
    // Agent 2 is never there and does not count.
    for slot in 0..<3 {
      history.opens(slot, 0)
      history.replies(slot, by: 0, 10)
    }
    history.replies(0, by: 1, 20)
    history.replies(0, by: 0, 30)
    #expect(try history.value(of: "workload.gini") == 0.25)
    #expect(try history.value(of: "workload.cv") == 0.5)
    #expect(try history.value(of: "workload.jain") == 0.8)
    #expect(try History().value(of: "workload.gini") == nil)
  }

  @Test func `cost money by the hour on shift, absences included`() throws {
    var history = try History(agents: 2, seconds: 7_200, cost: [24, 10])
    history.onShift(0, true, 0)
    history.online(0, true, 0)
    history.online(0, false, 600)
    history.onShift(1, true, 3_600)
    history.onShift(1, false, 5_400)
    #expect(try history.value(of: "cost", at: 7_200) == 53)
    #expect(try History().value(of: "cost") == nil)
  }
}

@Suite("Warm-up and time")
struct WarmupTests {
  @Test func `what opened before the warm-up ended is not counted, later on either`() throws {
    var history = try History(warmup: 100)
    history.opens(0, 99)
    history.opens(1, 100)
    history.replies(0, by: 0, 150)
    history.replies(1, by: 1, 150)
    history.closes(0, 200)
    let result = history.result()
    #expect(result.all.conversations == 1)
    #expect(result.closed.conversations == 0)
    #expect(result.openAtEnd == 1)
    #expect(try history.value(of: "first_response.mean") == 50)
    #expect(result.agents.map(\.replies) == [0, 1, 0])
    #expect(result.times.response.count == 1)
    // The timeline shows the whole run.
    #expect(result.steps.map(\.arrivals).reduce(0, +) == 2)
    #expect(result.steps.map(\.firstResponses).reduce(0, +) == 2)
  }

  @Test func `time averages start with the state at its end`() throws {
    var history = try History(agents: 1, warmup: 50, step: 40)
    history.online(0, true, 0)
    history.works(0, true, 10)
    history.opens(0, 0, assignee: 0)
    history.opens(1, 0, assignee: 0)
    history.closes(1, 20)
    // Nothing happens at 50: the cut is made when the next thing does.
    history.assigns(0, nil, 60)
    history.works(0, false, 80)
    history.closes(0, 90)
    let result = history.result(at: 100)
    #expect(result.seconds == 50)
    #expect(result.openSeconds == 40)
    #expect(result.waitingSeconds == 40)
    #expect(result.busySeconds == 30)
    #expect(result.onlineSeconds == 50)
    #expect(result.agents[0].onlineSeconds == 50)
    #expect(result.agents[0].busySeconds == 30)
    #expect(result.agents[0].openMean == 0.2)
    #expect(result.agents[0].openMaximum == 1)
    #expect(result.steps[0].openSeconds == 60)
    #expect(result.steps[1].openSeconds == 40)
  }

  @Test func `steps cut levels at their ends and count arrivals by opening`() throws {
    var history = try History(agents: 1, seconds: 100, step: 30)
    history.online(0, true, 15)
    history.opens(0, 10)
    history.answers(0, by: 0, from: 40, to: 50)
    history.closes(0, 95)
    history.opens(1, 30)
    // At the very end: still part of the last step.
    history.opens(2, 100)
    let steps = history.result(at: 100).steps
    #expect(steps.map(\.seconds) == [30, 30, 30, 10])
    #expect(steps.map(\.arrivals) == [1, 1, 0, 1])
    #expect(steps.map(\.openSeconds) == [20, 60, 60, 15])
    #expect(steps.map(\.waitingSeconds) == [20, 40, 30, 10])
    #expect(steps.map(\.onlineSeconds) == [15, 30, 30, 10])
    #expect(steps.map(\.firstResponses) == [1, 0, 0, 0])
    #expect(steps[0].firstResponseSeconds == 40)
  }

  @Test func `the timeline's bound is the one that a goal names`() throws {
    var history = try History(metrics: ["first_response.within(40 s)"], office: nil)
    history.opens(0, 0)
    history.replies(0, by: 0, 40)
    history.opens(1, 0)
    history.replies(1, by: 0, 41)
    // Given up before the answer, and not a word at all: both are missed.
    history.opens(2, 0)
    history.abandons(2, 20)
    history.replies(2, by: 0, 30)
    history.opens(3, 0)
    // Too young at the end to tell.
    history.opens(4, 995)
    let result = history.result()
    #expect(result.steps[0].withinBound == 1)
    #expect(result.steps[0].knownOfBound == 4)
    #expect(result.steps.last?.knownOfBound == 0 && result.steps.last?.arrivals == 1)
    var strategy = StrategyResult(metrics: [])
    strategy.add(result)
    #expect(strategy.steps[0].within.ratio == 0.25 && strategy.steps[0].known == 1)
    #expect(strategy.steps.last?.within.ratio == nil && strategy.steps.last?.known == 0)
    #expect(strategy.steps[1].known == nil)
  }

  @Test func `a usual step cuts a run into at most forty`() {
    let minute: Int64 = 60_000_000_000
    #expect(RecordingPlan.usualStep(duration: 8 * 60 * minute) == 15 * minute)
    #expect(RecordingPlan.usualStep(duration: 24 * 60 * minute) == 60 * minute)
    for duration in [0, 1, 1_000_000_000, 41_000_000_000, 365 * 1_440 * minute, Int64.max] {
      let step = RecordingPlan.usualStep(duration: duration)
      #expect(step > 0)
      #expect(duration / step <= 41)
    }
  }

  @Test func `a run that stops early has steps without time`() throws {
    let history = try History(seconds: 100, warmup: 90, step: 30)
    let result = history.result(at: 40)
    #expect(result.seconds == 0)
    #expect(result.steps.map(\.seconds) == [30, 10, 0, 0])
    #expect(try history.value(of: "waiting", at: 40) == nil)
  }

  @Test func `populations and channels are counted apart`() throws {
    var history = try History(populations: 2, channels: 3)
    history.opens(0, 0, population: 1, channel: 2)
    history.replies(0, by: 0, 10)
    history.closes(0, 30)
    history.opens(1, 0, population: 1, channel: 0)
    history.abandons(1, 5)
    history.opens(2, 0, population: 0, channel: 0)
    let result = history.result()
    #expect(result.populations.map(\.opened) == [1, 2])
    #expect(result.populations.map(\.closed) == [0, 1])
    #expect(result.populations.map(\.abandoned) == [0, 1])
    #expect(result.channels.map(\.opened) == [2, 0, 1])
    #expect(result.channels[2].firstResponse.mean == 10)
    #expect(result.channels[2].resolution.mean == 30)
    #expect(result.channels[0].firstResponse.mean == nil)
  }
}
