import Measurement
import Testing

@testable import World

/// Who of several agents with room takes what comes to the unassigned inbox.
@Suite struct FreeLongestTests {
  @Test func `who has had room for longest without taking anything goes first`() throws {
    // Ana takes 100, ben 105; at 110 ana's is done. Since 100 she has had room and taken nothing.
    let world = try SmallWorld(
      arrivals: [100, 105, 111],
      teams: """
        {all: {agents: [ana, ben], reply_time: 10 min, picks: oldest, attention: {parallel: 2}}}
        """
    ).measured()
    #expect(world.result.agents.map(\.replies) == [2, 1])
  }

  @Test func `who was full has room since one of the slots became free`() throws {
    // Ana takes 100 and 103 (ben 101 and 104): all full. Ana is done with hers at 110, ben at 111.
    let world = try SmallWorld(
      arrivals: [100, 101, 103, 104, 110.5, 111.5],
      teams: """
        {all: {agents: [ana, ben], reply_time: 10 min, picks: oldest, attention: {parallel: 2}}}
        """
    ).measured()
    // Ana takes 110.5 as the only one with room, ben 111.5.
    #expect(world.result.agents.map(\.replies) == [3, 3])
    #expect(try world.minutes("wait.max") == 0)
  }
}
