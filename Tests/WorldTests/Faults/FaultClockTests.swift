import Engine
import Sampling
import Testing
import VirtualTime

@testable import Scenarios
@testable import World

/// When faults begin and end.
@Suite struct `The clock of faults` {
  private func faults(_ text: String) throws -> [FaultSettings] {
    try world(
      """
      name: faults
      duration: 10 h
      services: {crm: {}}
      contacts: {all: {arrivals: {poisson: 1 per hour}}}
      teams: {all: {agents: 2, reply_time: 1 min, picks: oldest}}
      faults: {\(text)}
      """
    ).model.faults
  }

  /// The first changes, as `name+minute` and `name-minute`.
  private func changes(
    _ text: String, _ count: Int, back: Instant = .distantPast, seed: UInt64 = 1
  ) throws -> [String] {
    let faults = try faults(text)
    var clock = FaultClock(faults, try RandomStreams(seed: seed, replication: 0))
    return (0..<count).compactMap { _ in
      clock.next(engineIsBack: back).map {
        "\(faults[$0.fault].name)\($0.begins ? "+" : "-")\(Double($0.at.nanoseconds) / 60e9)"
      }
    }
  }

  @Test func `from the end of one to the beginning of the next`() throws {
    #expect(
      try changes("a: {service_down: {}, every: 10 min, for: 5 min}", 5)
        == ["a+10.0", "a-15.0", "a+25.0", "a-30.0", "a+40.0"])
    #expect(
      try changes("a: {log_out: {}, at: 1 min, every: 10 min, for: 5 min}", 3)
        == ["a+1.0", "a+16.0", "a+31.0"])
    #expect(
      try changes("a: {log_out: {}, at: 1 min, every: 10 min}", 3) == ["a+1.0", "a+11.0", "a+21.0"])
    #expect(
      try changes("a: {agents_drop: {}, at: 1 min, every: 10 min, for: 5 min}", 3)
        == ["a+1.0", "a+11.0", "a+21.0"])
  }

  @Test func `what has no end ends not, and what comes once comes not again`() throws {
    #expect(try changes("a: {service_down: {}}", 3) == ["a+0.0"])
    #expect(try changes("a: {service_down: {}, at: 2 min, for: 1 min}", 3) == ["a+2.0", "a-3.0"])
    #expect(try changes("a: {engine_restarts: {}, at: 2 min}", 3) == ["a+2.0"])
  }

  @Test func `of one instant the ends come first, then the order of the file`() throws {
    #expect(
      try changes(
        "b: {service_down: {}, at: 5 min}, a: {service_redirects: {}, at: 5 min}, "
          + "c: {service_garbage: {}, at: 1 min, for: 4 min}", 4)
        == ["c+1.0", "c-5.0", "b+5.0", "a+5.0"])
  }

  @Test func `what needs the engine waits for it`() throws {
    #expect(
      try changes(
        "a: {agents_drop: {}, at: 5 min}, b: {service_down: {}, at: 6 min}", 2,
        back: Instant(nanoseconds: 30 * 60_000_000_000)) == ["b+6.0", "a+30.0"])
  }

  @Test func `no fault moves another one's draws`() throws {
    let one = "a: {service_down: {}, every: {exponential: 10 min}, for: {exponential: 5 min}}"
    let two = "b: {log_out: {}, every: {exponential: 3 min}, for: {exponential: 5 min}}"
    let alone = try changes(one, 200)
    let both = try changes(two + ", " + one, 200).filter { $0.hasPrefix("a") }
    #expect(both.count > 10 && both.elementsEqual(alone.prefix(both.count)))
    #expect(try changes(one, 200, seed: 2) != alone)
  }

  @Test func `a fault that concerns nobody leaves no trace`() throws {
    func ending(_ faults: String) throws -> String {
      let plan = try world(
        """
        name: faults
        duration: 10 h
        services: {crm: {}}
        contacts: {all: {arrivals: {poisson: 40 per hour}, patience: {exponential: 5 min}}}
        teams: {all: {agents: 2, reply_time: {exponential: 2 min}, picks: oldest}}
        \(faults)
        """)
      return try "\(run(plan).ending)"
    }
    let quiet = try ending("")
    #expect(
      try ending(
        "faults: {a: {agents_drop: {share: 0%}, every: {exponential: 5 min}}, b: {service_down: {}}}"
      )
        == quiet)
    #expect(try ending("faults: {a: {agents_drop: {}, at: 1 h, for: 1 min}}") != quiet)
  }
}
