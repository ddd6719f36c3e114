import Engine
import Scenarios
import Testing

@testable import Verification

/// The judge is shown what a wrong engine would have done, one thing changed in what the right one did.
@Suite struct `The judge` {
  /// Plays a case and lets the judge look at effects that were changed.
  private func objections(
    _ text: String, change: @escaping (inout [EngineEffect]) -> Void = { _ in }
  ) throws -> [Objection] {
    let file = try CaseFile.read(SourceFile(name: "case", text: text))
    let player = CasePlayer(file, timerLimit: 1_000, isStory: true, checksEntrances: false)
    player.core.tellDecisions()
    var judge = Judge(settings: file.settings)
    var found: [Objection] = []
    player.witness = { event, effects in
      var changed = effects
      change(&changed)
      if let objection = judge.look(at: event, changed, &player.core) { found.append(objection) }
    }
    player.play()
    return found
  }

  private func desk(_ step: String, _ timeline: String, _ workspace: String = "") -> String {
    """
    case: A desk
    workspace:
      users: {ana: online, ben: online}
      teams: {support: [ana, ben]}
    \(workspace)
    workflows:
      opened:
        trigger: {conversation_opened: {}}
        steps: [{assign_to: {team: support, \(step)}}]
    timeline:
    \(timeline)
    expect: [{counts: {}}]
    """
  }

  private let three = """
      - {at: 0 s, contact: c1, says: hello}
      - {at: 1 s, contact: c2, says: hello}
      - {at: 2 s, contact: c3, says: hello}
    """

  @Test(arguments: Logic.plain.map(\.name))
  func `has nothing against the engine, by any logic`(logic: String) throws {
    #expect(try objections(desk("logic: \(logic), fewer_than: 1", three)).isEmpty)
  }

  @Test func `objects to another user than the logic's`() throws {
    let found = try objections(desk("logic: round_robin", three)) { effects in
      for index in effects.indices {
        guard case .decided(var decision) = effects[index], decision.number == 2 else { continue }
        decision.answer = .chosen(UserID(index: 0))
        effects[index] = .decided(decision)
      }
    }
    guard case .choice(_, 2, let got, let expected)? = found.first else {
      Issue.record("\(found)")
      return
    }
    #expect(got == UserID(index: 0) && expected == UserID(index: 1))
  }

  @Test func `objects to a contact that waits though somebody qualifies`() throws {
    // What the engine says of ben is kept from the judge: he was offline, and nobody told that he came.
    let text = desk(
      "logic: round_robin, only_online: true",
      """
        - {at: 0 s, user: ana, logs: out}
        - {at: 0 s, user: ben, logs: out}
        - {at: 1 s, contact: c1, says: hello}
      """)
    let found = try objections(text) { effects in
      effects.removeAll {
        if case .statusChanged(UserID(index: 1), _, _) = $0 { true } else { false }
      }
    }
    guard case .waitsInVain? = found.last else {
      Issue.record("\(found)")
      return
    }
  }

  @Test func `objects to open contacts that were not told`() throws {
    let found = try objections(desk("logic: least_open", three)) { effects in
      effects.removeAll { if case .assigneeChanged = $0 { true } else { false } }
    }
    guard case .openCount(_, told: 0, counted: 1)? = found.first else {
      Issue.record("\(found)")
      return
    }
  }

  @Test func `objects to an assignee that a closing should have taken away`() throws {
    let text = desk(
      "logic: round_robin",
      """
        - {at: 0 s, contact: c1, says: hello}
        - {at: 1 s, user: ana, closes: c1}
      """, "  unassign_on_close: true")
    #expect(try objections(text).isEmpty)
    let found = try objections(text) { effects in
      effects.removeAll {
        if case .assigneeChanged(let entry) = $0 { entry.reason == .legacyToggle } else { false }
      }
    }
    guard case .keepsAssignee? = found.first else {
      Issue.record("\(found)")
      return
    }
  }

  @Test func `objects to another contact than the one that was served`() throws {
    // Two wait, one can be served, and the run of the other is named.
    let text = desk(
      "logic: round_robin, only_online: true, fewer_than: 1",
      """
        - {at: 0 s, user: ana, logs: out}
        - {at: 0 s, user: ben, logs: out}
        - {at: 1 s, contact: c1, says: hello}
        - {at: 2 s, contact: c2, says: hello}
        - {at: 3 s, user: ben, logs: in}
      """)
    #expect(try objections(text).isEmpty)
    var runs: [RunID?] = []
    let found = try objections(text) { effects in
      for index in effects.indices {
        guard case .decided(var decision) = effects[index] else { continue }
        if case .waits = decision.answer { runs.append(decision.run) }
        guard case .served = decision.answer else { continue }
        decision.run = runs.last ?? nil
        effects[index] = .decided(decision)
      }
    }
    guard case .queueOrder? = found.last else {
      Issue.record("\(found)")
      return
    }
  }
}
