import Measurement
import Testing

@testable import World

/// Answers that are written with help: Respond AI, snippets.
@Suite struct `Help in writing` {
  private func measured(
    _ assist: String, arrivals: [Double] = [100], contacts: String = "questions: 1",
    minutes: Double = 1_000
  ) throws -> Measured {
    try SmallWorld(
      arrivals: arrivals, contacts: contacts,
      teams: "{all: {agents: 1, reply_time: 10 min, picks: oldest, assist: \(assist)}}",
      minutes: minutes
    ).measured()
  }

  @Test func `an answer takes the factor of the work`() throws {
    let world = try measured("{respond_ai: {share: 100%, factor: 0.7}}")
    #expect(try world.minutes("resolution.mean") == 7)
    #expect(try world.number("assisted") == 1)
  }

  @Test func `two that help go together`() throws {
    let world = try measured(
      "{respond_ai: {share: 100%, factor: 0.7}, snippets: {share: 100%, factor: 0.5}}")
    #expect(try world.minutes("resolution.mean") == 3.5)
    #expect(try world.number("assisted") == 1)
  }

  @Test func `a share of the answers is helped with, each question for itself`() throws {
    let count = 1_000.0
    let world = try measured(
      "{respond_ai: {share: 40%, factor: 0.7}}",
      arrivals: (0..<Int(count)).map { Double($0) * 100 },
      contacts: "questions: 2, think_time: 1 min", minutes: 100 * count + 100)
    // Of 2,000 answers 40 % take 7 minutes and the others 10; a minute of thought between two.
    let helped = try world.number("assisted")
    #expect(abs(helped - 0.4) < 3.3 * (0.4 * 0.6 / (2 * count)).squareRoot())
    #expect(abs(try world.minutes("resolution.mean") - (21 - 6 * helped)) < 1e-6)
  }

  @Test func `what another laid down is not helped with again`() throws {
    // Ana begins at 100 and leaves at 105, when 2 of her 7 minutes are left; ben does these.
    let world = try SmallWorld(
      arrivals: [100],
      teams: """
        {all: {reply_time: 10 min, picks: oldest, assist: {ai: {share: 100%, factor: 0.7}}, agents: [
          {name: ana, leaving: hand_back, shift: {hours: "00:00-01:45"}},
          {name: ben, shift: {hours: "01:45-03:00"}}]}}
        """
    ).measured()
    #expect(try world.minutes("resolution.mean") == 7)
    #expect(world.result.agents.map(\.busySeconds) == [300, 120])
    #expect(try world.number("assisted") == 1)
  }

  @Test func `help that changes nothing changes nothing`() throws {
    let plain = try measured("off", arrivals: [1, 2, 3])
    let idle = try measured("{snippets: {share: 50%, factor: 1}}", arrivals: [1, 2, 3])
    #expect(plain.result.times == idle.result.times)
    #expect(try !plain.has("assisted"))
  }
}
