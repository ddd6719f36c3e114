import Measurement
import Testing

@testable import World

/// Channels that are down, bring messages twice or late.
@Suite struct `Faults of channels` {
  @Test func `what is written while a channel is down comes when it is back`() throws {
    let world = try FaultyWorld(
      [10, 20, 30, 50], faults: "storm: {channel_down: {}, at: 15 min, for: 30 min}",
      teams: "{all: {agents: 4, reply_time: 1 min, picks: oldest}}")
    #expect(world.opened == [10, 45, 45, 50])
    #expect(world.counts.heldMessages == 2)
  }

  @Test func `what is on its way when the channel goes down waits as well`() throws {
    let world = try FaultyWorld(
      [10], faults: "storm: {channel_down: {}, at: 11 min, for: 30 min}",
      more: "channels: {line: {delivery: 2 min}}")
    #expect(world.opened == [41])
  }

  @Test func `an answer fails while the channel is down`() throws {
    let world = try FaultyWorld(
      [10], faults: "storm: {channel_down: {}, at: 15 min, for: 30 min}",
      contacts: "questions: 2, think_time: 5 min")
    // Sent three times at 20, to no end; the next question, at 25, waits until 45.
    #expect(world.counts.failedMessages == 3)
    #expect(world.counts.heldMessages == 1)
    #expect(world.result.measured.all.messagesLost == 3)
    #expect(try world.measured.minutes("resolution.mean") == 45)
  }

  @Test func `another channel is not concerned`() throws {
    let world = try FaultyWorld(
      [20], faults: "storm: {channel_down: {channel: mail}, at: 15 min, for: 30 min}",
      contacts: "channels: chat", more: "channels: {chat: {}, mail: {}}")
    #expect(world.opened == [20])
    #expect(world.counts == FaultCounts())
  }

  @Test func `an outage that comes again is as long each time`() throws {
    let world = try FaultyWorld(
      [25, 35, 45, 55, 65],
      faults: "storm: {channel_down: {}, at: 20 min, for: 10 min, every: 20 min}",
      teams: "{all: {agents: 5, reply_time: 1 min, picks: oldest}}")
    // Down from 20 to 30 and from 50 to 60.
    #expect(world.opened == [30, 35, 45, 60, 65])
  }

  @Test func `a message that comes twice is one conversation, with one more message`() throws {
    let world = try FaultyWorld(
      [10], faults: "twice: {duplicate_messages: {share: 100%, after: 5 min}}")
    #expect(world.opened == [10])
    #expect(world.incoming == [2])
    #expect(world.closed == [20])
    #expect(world.counts.duplicateMessages == 1)
  }

  @Test func `one that comes again after closing opens another, which somebody must look at`()
    throws
  {
    let world = try FaultyWorld(
      [10], faults: "twice: {duplicate_messages: {share: 100%, after: 30 min}}")
    #expect(world.opened == [10, 40])
    #expect(world.closed == [20, 50])
    #expect(world.counts.duplicateMessages == 1)
  }

  @Test func `a later message overtakes one that is late`() throws {
    let world = try FaultyWorld(
      [10, 13], faults: "slow: {late_messages: {share: 100%, by: 7 min}, at: 0 s, for: 12 min}",
      teams: "{all: {agents: 2, reply_time: 10 min, picks: oldest}}")
    #expect(world.opened == [13, 17])
    #expect(world.counts.lateMessages == 1)
  }

  @Test func `an answer is late as well`() throws {
    let world = try FaultyWorld(
      [10], faults: "slow: {late_messages: {share: 100%, by: 7 min}, at: 12 min}",
      contacts: "questions: 2, think_time: 5 min")
    // Answered 20, read 27, written 32, there 39, answered 49.
    #expect(try world.measured.minutes("resolution.mean") == 39)
    #expect(world.counts.lateMessages == 3)
  }
}
