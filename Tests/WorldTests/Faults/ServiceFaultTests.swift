import Testing

@testable import World

/// Services that are down, slow, babble or send callers round in circles.
@Suite struct `Faults of services` {
  private func called(_ fault: String, at arrivals: [Double] = [10, 30, 50]) throws -> FaultyWorld {
    try FaultyWorld(
      arrivals, faults: "trouble: {\(fault), at: 20 min, for: 20 min}",
      teams: "{all: {agents: 1, reply_time: 1 min}}",
      more: """
        services: {crm: {latency: 6 s, answers: {tier: gold}}}
        workspace: {policies: {http_timeout: 2 min}}
        workflows:
          asks:
            trigger: {conversation_opened: {source: contact}}
            steps:
              - http_request: {service: crm, url: "https://crm.test", save: {tier: $.tier}, status: status}
              - branch:
                  - {name: a, when: {all: [$tier = gold]}, steps: [{close_conversation: {category: gold}}]}
                  - {name: b, when: {all: [$status = 200]}, steps: [{close_conversation: {category: junk}}]}
                  - steps: [{close_conversation: {category: failed}}]
        """)
  }

  @Test func `a service that is down fails at once`() throws {
    let world = try called("service_down: {}")
    #expect(world.categories == ["gold", "failed", "gold"])
    #expect(world.closed == [10.1, 30, 50.1])
    #expect(world.counts.failedCalls == 1)
  }

  @Test func `a slow one answers so many times later`() throws {
    let world = try called("service_slow: {times: 5}")
    #expect(world.categories == ["gold", "gold", "gold"])
    #expect(world.closed == [10.1, 30.5, 50.1])
    #expect(world.counts.slowCalls == 1)
  }

  @Test func `or after another time, too late for the engine`() throws {
    let world = try called("service_slow: {latency: 3 min}")
    #expect(world.categories == ["gold", "failed", "gold"])
    #expect(world.closed == [10.1, 32, 50.1])
  }

  @Test func `who is sent round in circles gives up after ten redirects`() throws {
    let world = try called("service_redirects: {}")
    #expect(world.categories == ["gold", "failed", "gold"])
    #expect(world.closed == [10.1, 31, 50.1])
    #expect(world.counts.failedCalls == 1)
  }

  @Test func `an answer that is garbage is one, and says nothing`() throws {
    // Enough for each kind of garbage.
    let times = (0..<20).map { 20.5 + Double($0) / 2 }
    let world = try called("service_garbage: {}", at: times)
    #expect(world.categories == times.map { _ in "junk" })
    #expect(world.counts.garbledCalls == 20)
  }

  @Test func `a share of the answers is garbage`() throws {
    let times = (0..<100).map { 20.1 + Double($0) / 10 }
    let world = try called("service_garbage: {share: 40%}", at: times)
    let junk = world.categories.count { $0 == "junk" }
    #expect(junk == world.counts.garbledCalls)
    // Four deviations of a binomial count.
    #expect((20...60).contains(junk), "\(junk)")
  }
}
