import Engine
import Foundation
import Scenarios
import Testing

@testable import Verification

@Suite struct `Random stories` {
  @Test(arguments: 0..<UInt64(4))
  func `go well on the engine as it is`(quarter: UInt64) {
    // Each by every entrance, under all invariants and the judge, and once more with a restart.
    let fuzz = Fuzz()
    var decisions: UInt64 = 0
    for seed in stride(from: 1 + quarter, through: 160, by: 4) {
      let outcome = fuzz.tell(seed)
      #expect(outcome.finding == nil, "seed \(seed): \(outcome.finding ?? "")")
      decisions += outcome.decisions
    }
    #expect(decisions > 200)
  }

  @Test func `are drawn from their seeds alone, and differ`() {
    func yaml(_ seed: UInt64) -> String {
      var writer = StoryWriter(seed: seed)
      return writer.story("A story").yaml
    }
    var seen: Set<String> = []
    for seed in 0..<UInt64(50) {
      #expect(yaml(seed) == yaml(seed))
      seen.insert(yaml(seed))
    }
    #expect(seen.count == 50)
  }

  @Test func `are cases that read back from their own text`() throws {
    var unreadable = 0
    for seed in 0..<UInt64(200) {
      var writer = StoryWriter(seed: seed)
      let tree = writer.story("A story")
      let text = tree.yaml
      #expect(try Node.parsed(text, name: "story").yaml == text, "seed \(seed)")
      do throws(Diagnostics) {
        _ = try CaseFile.read(SourceFile(name: "story", text: text))
      } catch {
        // Only a circle of workflows may be drawn that the engine refuses.
        unreadable += 1
        #expect(
          error.errors.allSatisfy { $0.message.contains("workflow loop detected") },
          "seed \(seed): \(error.all.first?.message ?? "")")
      }
    }
    #expect(unreadable < 10)
  }

  @Test func `of a scenario have its workflows, and its parameters' values`() throws {
    let path = CaseFolders.scenarios.appendingPathComponent("support-desk.yaml").path
    let scenario = try Scenario.load(path)
    let given = try GivenWorkspace(
      resolved: scenario.resolved, name: path, parameters: ["logic": "least_open"])
    #expect(given.teams == ["support"])
    #expect(given.users == (1...6).map { "support-\($0)" })
    #expect(given.workflows.yaml.contains("logic: least_open"))
    #expect(!given.workflows.yaml.contains("$logic"))
    let fuzz = try Fuzz(
      scenario: scenario.resolved, name: path, parameters: ["logic": "least_open"])
    for seed in 1...UInt64(20) { #expect(fuzz.tell(seed).finding == nil, "seed \(seed)") }
  }

  @Test func `reach all that there is to reach but what is listed`() {
    let reached: Set = ["closes > leftQueue: served", "sends > assigneeChanged: replied"]
    let missing = Fuzz.missing(from: reached)
    #expect(!missing.contains("leftQueue: served") && !missing.contains("assigneeChanged: replied"))
    #expect(missing.contains("leftQueue: timed_out"))
    #expect(missing.count == Reach.all.count - 2)
  }
}

@Suite struct `A restart of the engine` {
  @Test func `changes nothing, at whatever event it comes`() throws {
    // The first story of ten decisions, stopped before every fourth of its events; the snapshot is older.
    func play(_ file: CaseFile, _ restart: Restart? = nil) -> CasePlayer {
      let player = CasePlayer(file, timerLimit: 2_000, isStory: true, checksEntrances: false)
      player.checksInvariants = false
      player.restart = restart
      player.play()
      return player
    }
    var found: (file: CaseFile, whole: CasePlayer)?
    for seed in 1...UInt64(50) where found == nil {
      var writer = StoryWriter(seed: seed)
      let file = try CaseFile.read(writer.story("A story"), name: "story")
      let whole = play(file)
      if whole.core.decisionCount >= 10 { found = (file, whole) }
    }
    let (file, whole) = try #require(found)
    let events = Int(whole.core.eventCount)
    for stop in stride(from: 1, to: events, by: 4) {
      let restored = play(file, Restart(snapshotAt: stop * 2 / 3, stopAt: stop))
      #expect(restored.restart == nil, "before event \(stop) nothing was stopped")
      #expect(restored.finding == nil && restored.fingerprint.value == whole.fingerprint.value)
      #expect(restored.story.count == whole.story.count)
      #expect(zip(restored.story, whole.story).allSatisfy { $0.effect == $1.effect }, "\(stop)")
    }
  }
}

@Suite struct `Making a story smaller` {
  /// A tree that is wrong as long as ana closes c1 after c1 wrote.
  private static func look(_ tree: Node) -> Finding? {
    var wrote = false
    guard case .list(let rows) = tree.at(["timeline"])?.content else { return nil }
    for row in rows {
      if row.texts(under: "contact") == ["c1"] { wrote = true }
      if wrote, row.texts(under: "user") == ["ana"], row.texts(under: "closes") == ["c1"] {
        return Finding(kind: "planted", at: .zero, text: "ana closes c1")
      }
    }
    return nil
  }

  @Test func `leaves what it takes to go wrong and no row more`() throws {
    // Two rows of the sixty that are there bring it about.
    var rows: [Node] = (0..<58).map { number in
      .map([
        "at": .scalar("\(number) s"), "contact": .scalar("c\(2 + number % 9)"),
        "says": .scalar("x"),
      ])
    }
    rows.insert(
      .map(["at": .scalar("9 s"), "contact": .scalar("c1"), "says": .scalar("x")]), at: 10)
    rows.append(.map(["at": .scalar("70 s"), "user": .scalar("ana"), "closes": .scalar("c1")]))
    let tree = Node.map([
      "workspace": .map(["users": .map(["ana": .scalar("online"), "ben": .scalar("online")])]),
      "workflows": .map(["opened": .map([:])]), "timeline": .list(rows),
    ])
    let finding = try #require(Self.look(tree))
    var shrinker = Shrinker(tree, finding, look: Self.look)
    shrinker.shrink()
    #expect(shrinker.tree.at(["timeline"])?.childCount == 2)
    #expect(shrinker.tree.texts(under: "closes") == ["c1"])
    #expect(shrinker.tree.at(["workspace"])?.texts(under: "ben") ?? [] == [])
  }

  @Test func `keeps to what was wrong at first`() throws {
    // A smaller tree that is wrong in another way is not taken.
    let tree = Node.map(["timeline": .list((0..<6).map { .scalar("\($0)") })])
    func look(_ tree: Node) -> Finding? {
      let count = tree.at(["timeline"])?.childCount ?? 0
      return Finding(kind: count > 3 ? "many" : "few", at: .zero, text: "")
    }
    var shrinker = Shrinker(tree, try #require(look(tree)), look: look)
    shrinker.shrink()
    #expect(shrinker.tree.at(["timeline"])?.childCount == 4)
  }
}
