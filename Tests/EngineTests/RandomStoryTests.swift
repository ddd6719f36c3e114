import Foundation
import Testing

@testable import Engine

/// Random workspaces, workflows and events (PLATFORM.md 1.2 as properties): 1,000 stories of 100 events.
///
/// `SWITCHBOARD_STORIES=10000` tells more; CI tells these, and six thousand with the release program.
@Suite struct RandomStoryTests {
  static let seeds =
    ProcessInfo.processInfo.environment["SWITCHBOARD_STORIES"].flatMap { Int($0) } ?? 1_000
  static let events = 100

  /// Tells one story; gives each event with its effects to `look`.
  static func tell(
    _ seed: UInt64, journal: Bool = false, settings: WorkspaceSettings? = nil,
    isUsual: Bool = false,
    look: (EngineCore, EngineEvent, [EngineEffect]) throws -> Void = { _, _, _ in }
  ) rethrows -> EngineCore {
    var story = isUsual ? RandomStory.usual(seed: seed) : RandomStory(seed: seed)
    var core = EngineCore(settings: settings ?? story.settings)
    if journal { core.keepJournal() }
    func effects(_ core: inout EngineCore, _ event: EngineEvent) -> [EngineEffect] {
      core.handle(event, at: story.now)
      var effects: [EngineEffect] = []
      while let effect = core.next() { effects.append(effect) }
      return effects
    }
    for event in isUsual ? story.usualOpening() : story.opening() {
      let effects = effects(&core, event)
      try look(core, event, effects)
    }
    for _ in 0..<events {
      let (event, _) = isUsual ? story.usualEvent(core) : story.event(core)
      let effects = effects(&core, event)
      for effect in effects { story.note(effect) }
      try look(core, event, effects)
    }
    return core
  }

  /// A quarter of the stories each, so that several processors share them.
  @Test(arguments: 0..<UInt64(4))
  func `every invariant holds after every event`(quarter: UInt64) {
    // The full check after each event, of all that was drawn, and no broken invariant among the effects.
    var decisions: UInt64 = 0
    var refused = 0
    var ends: Set<ExitReason> = []
    for seed in stride(from: quarter, to: UInt64(Self.seeds), by: 4) {
      let core = Self.tell(seed) { core, event, effects in
        let violations = core.checkInvariants()
        #expect(violations.isEmpty, "seed \(seed), \(event): \(violations)")
        for effect in effects {
          if case .invariantBroken(let violation) = effect {
            Issue.record("seed \(seed): \(violation)")
          }
          if case .refused(let refusal) = effect {
            refused += 1
            if case .badWorkflows(let problems) = refusal {
              // Only a loop may be invented by chance; the workspace keeps what it had.
              #expect(!problems.contains { !$0.isLoop }, "seed \(seed): \(problems)")
            }
          }
          if case .runEnded(_, _, _, let reason) = effect { ends.insert(reason) }
        }
      }
      decisions += core.decisionCount
    }
    // The stories are worth their time: they decide, they are refused, runs end in nearly every way.
    #expect(decisions > 500)
    #expect(refused > 1_000)
    #expect(ends.count >= 14, "\(ends)")
  }

  @Test func `the stories know every event and every effect`() throws {
    // A thousand stories at most; a broken invariant is never met, and decisions are told on demand only.
    var events = try Self.cases(of: "EngineEvent")
    var effects = try Self.cases(of: "EngineEffect").subtracting(["invariantBroken", "decided"])
    #expect(events.count > 35 && effects.count > 20)
    var seed: UInt64 = 0
    while !(events.isEmpty && effects.isEmpty), seed < 1_000 {
      _ = Self.tell(seed) { _, event, asked in
        events.remove(Self.name(of: event))
        for effect in asked { effects.remove(Self.name(of: effect)) }
      }
      seed += 1
    }
    #expect(events.isEmpty && effects.isEmpty, "never met: \(events) \(effects)")
  }

  private static func name(of value: some Any) -> String {
    Mirror(reflecting: value).children.first?.label ?? "\(value)"
  }

  /// The cases of an enumeration of the boundary, read from its source, so that none is forgotten.
  private static func cases(of type: String) throws -> Set<String> {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Engine/Boundary/\(type).swift")
    let text = try String(contentsOf: file, encoding: .utf8)
    let body = try #require(text.split(separator: "public enum \(type)").dropFirst().first)
    let ends = body.range(of: "\n}\n")?.lowerBound ?? body.endIndex
    return Set(body[..<ends].matches(of: /\n  case (\w+)/).map { String($0.1) })
  }

  @Test func `the journal played again brings the same effects`() throws {
    for seed in 0..<UInt64(Self.seeds / 10) {
      var heard: [EngineEffect] = []
      let core = Self.tell(seed, journal: true) { _, _, effects in heard += effects }
      var again = EngineCore(settings: core.settings)
      again.keepJournal()
      var repeated: [EngineEffect] = []
      try again.replay(#require(core.events)) { repeated.append($0) }
      #expect(heard == repeated, "seed \(seed)")
      #expect(try Self.bytes(of: core) == Self.bytes(of: again), "seed \(seed)")
    }
  }

  @Test func `a snapshot taken anywhere goes on as the original does`() throws {
    // Two snapshots a story, written and read again, are given the same rest of the story.
    let encoder = JSONEncoder()
    let decoder = JSONDecoder()
    for seed in 0..<UInt64(Self.seeds / 50) {
      var index = 0
      var restored: [EngineCore] = []
      _ = try Self.tell(seed) { core, event, effects in
        for place in restored.indices {
          restored[place].handle(event, at: core.now)
          var repeated: [EngineEffect] = []
          while let effect = restored[place].next() { repeated.append(effect) }
          #expect(repeated == effects, "seed \(seed), snapshot \(place), \(event)")
        }
        index += 1
        if index % 60 == 0 {
          restored.append(try decoder.decode(EngineCore.self, from: encoder.encode(core)))
        }
      }
    }
  }

  @Test func `a copy of the core is another core`() throws {
    // Rows live in raw memory: a copy must not see what happens to the original, nor the other way round.
    for seed in 0..<UInt64(20) {
      var copies: [(EngineCore, String)] = []
      var index = 0
      _ = try Self.tell(seed) { core, _, _ in
        index += 1
        if index % 40 == 0 { copies.append((core, try Self.bytes(of: core))) }
      }
      for (copy, bytes) in copies {
        var other = copy
        other.handle(.contactWrites(other.nextContact, on: ChannelID(0), text: ""), at: other.now)
        #expect(try Self.bytes(of: copy) == bytes, "seed \(seed)")
      }
    }
  }

  @Test func `a refused event changes nothing but the count of events`() throws {
    for seed in 0..<UInt64(Self.seeds / 100) {
      var before = ""
      _ = try Self.tell(seed) { core, event, effects in
        var after = core
        after.forgetTheLastEvent()
        let bytes = try Self.bytes(of: after)
        if case .refused = effects.first { #expect(bytes == before, "seed \(seed), \(event)") }
        before = bytes
      }
    }
  }

  /// Everything that a core knows, in one text.
  static func bytes(of core: EngineCore) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(core), as: UTF8.self)
  }
}

extension DefinitionError {
  fileprivate var isLoop: Bool {
    if case .loop = problem { true } else { false }
  }
}

extension EngineCore {
  /// Sets back what every event changes, refused or not: the clock and the count.
  fileprivate mutating func forgetTheLastEvent() {
    now = .zero
    eventCount = 0
  }
}
