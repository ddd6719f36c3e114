import Testing

@testable import Engine

/// The quick entrances of the simulation and `handle` leave the same workspace behind.
@Suite("The quick entrances and the general ones")
struct EntranceNetTests {
  /// What a story omits, in turn: the quick ways open and shut with it.
  private static let omissions: [Omissions] = [
    .measuring, Omissions.measuring.subtracting(.unreadWords),
    Omissions.measuring.subtracting([.accounts, .details]),
    Omissions.measuring.subtracting(.accounts), Omissions.measuring.subtracting(.statuses),
    Omissions.measuring.subtracting([.accounts, .details, .passingRuns]),
  ]

  @Test(arguments: 0..<UInt64(4))
  func `leave the same state and effects after every event of a random story`(quarter: UInt64) {
    var straight: [String: Int] = [:]
    for seed in stride(from: quarter, to: UInt64(RandomStoryTests.seeds / 4), by: 4) {
      // Every other story of usual traffic, which goes straight on.
      var check: EntranceCheck?
      var differs = false
      _ = RandomStoryTests.tell(seed, isUsual: seed % 8 < 4) { core, event, _ in
        let pair =
          check
          ?? EntranceCheck(
            EngineCore(settings: core.settings),
            omitting: Self.omissions[Int(seed / 8) % Self.omissions.count])
        check = pair
        if !differs, let difference = bring(event, to: pair, core) {
          differs = true
          Issue.record("seed \(seed), \(event): \(difference)")
        }
      }
      straight.merge(check?.straight ?? [:]) { $0 + $1 }
    }
    // Each quick way was taken: a story that takes none of them compares nothing.
    #expect(
      Set(straight.keys) == [
        "newContactWrites", "contactWrites", "sends", "closes", "answersAndCloses",
        "messageDelivered", "forget", "timerFires",
      ], "\(straight)")
  }

  /// Brings an event to the pair; every other answer closes the conversation, in an event of its own.
  private func bring(_ event: EngineEvent, to pair: EntranceCheck, _ core: EngineCore) -> String? {
    if case .sends(let contact, let text, .user(let user)) = event, core.eventCount % 2 == 0 {
      return pair.bringAnswerAndClosing(
        contact, on: ChannelID(0), text: text, by: user, at: core.now)
    }
    return pair.bring(event, at: core.now)
  }
}
