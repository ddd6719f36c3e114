import Engine
import Measurement
import Testing

@testable import World

/// Custom inboxes: the views that an agent looks through in their order.
@Suite struct `Custom inboxes` {
  /// Who was answered when, in minutes after 100, in the order of their writing.
  ///
  /// All write while the first is being worked on, who wrote at 100; every answer takes 10 minutes. Workflows tag
  /// those of some minutes, and give others to somebody.
  private func answered(
    _ picks: String, arrivals: [Double] = [100, 101, 102, 103, 104],
    tag: [Int] = [], own: [Int] = [], assigned: Bool = false, teams: String? = nil
  ) throws -> [Double] {
    var workflows = assigned ? [workflow("a", "{assign_to: {team: all}}")] : []
    workflows += tag.map { workflow("t\($0)", at: $0, "{update_tag: {add: vip}}") }
    workflows += own.map { workflow("o\($0)", at: $0, "{assign_to: {user: ana}}") }
    var plan = try SmallWorld(
      arrivals: arrivals,
      teams: teams ?? "{all: {agents: 1, reply_time: 10 min, picks: \(picks)}}",
      more: workflows.isEmpty ? "" : "workflows: {\(workflows.joined(separator: ", "))}"
    ).plan()
    plan.recordsConversations = true
    let result = try run(plan)
    #expect(result.refusedCount == 0, "\(result.firstRefusal ?? "")")
    return (result.ledger?.conversations ?? []).sorted { $0.id.raw < $1.id.raw }.map {
      ($0.closedAt.inMinutes - 100).rounded()
    }
  }

  /// A workflow for all conversations, or for those that are opened in one minute.
  private func workflow(_ name: String, at minute: Int? = nil, _ step: String) -> String {
    func clock(_ minute: Int) -> String {
      "2026-11-23 \(minute / 600)\(minute / 60 % 10):\(minute % 60 / 10)\(minute % 10)"
    }
    let when = minute.map {
      "{date_and_time: {from: \(clock($0)), to: \(clock($0 + 1))}}, "
    }
    return "\(name): {trigger: conversation_opened, steps: [\(when ?? "")\(step)]}"
  }

  @Test func `an inbox that shows all is the word for it`() throws {
    #expect(try answered("{inbox: [{}]}") == answered("oldest"))
    #expect(try answered("{inbox: [{take: newest}]}") == answered("newest"))
    #expect(try answered("{inbox: [{}]}") == [10, 20, 30, 40, 50])
  }

  @Test func `what the first view shows goes before the rest`() throws {
    let vips = "{when: {all: [tags contains vip]}}"
    #expect(
      try answered("{inbox: [\(vips), {}]}", tag: [102, 104]) == [10, 40, 20, 50, 30])
    #expect(
      try answered(
        "{inbox: [{when: {all: [tags contains vip]}, take: newest}, {take: newest}]}",
        tag: [102, 103])
        == [10, 50, 30, 20, 40])
  }

  @Test func `what no view shows is left to others`() throws {
    let found = try answered(
      "", tag: [102, 104],
      teams: """
        {all: {reply_time: 10 min, agents: [
          {name: ana, picks: {inbox: [{when: {all: [tags contains vip]}}]}},
          {name: ben, picks: oldest}]}}
        """)
    // Ana has those of 102 and 104, ben those of 100, 101 and 103.
    #expect(found == [10, 20, 12, 30, 22])
  }

  @Test func `whoever is free and sees it takes it, though another is free longer`() throws {
    let found = try answered(
      "", arrivals: [100, 130], tag: [100, 130],
      teams: """
        {all: {reply_time: 10 min, agents: [
          {name: ana, picks: {inbox: [{when: {all: [tags contains vip]}}]}},
          {name: ben, picks: {inbox: [{when: {all: [tags does not contain vip]}}]}}]}}
        """)
    #expect(found == [10, 40])
  }

  @Test func `one's own are in the views too, and none of them is forgotten`() throws {
    // All are ana's; the view shows one of them.
    let inbox = "{inbox: [{when: {all: [tags contains vip]}, of: mine}]}"
    #expect(try answered(inbox, tag: [103], assigned: true) == [10, 30, 40, 20, 50])
  }

  @Test func `what was picked is begun before what waits`() throws {
    // That of 101 is ana's and waits while she takes what her first view shows.
    let found = try answered(
      "", arrivals: [100, 101, 102], tag: [102], own: [101],
      teams: """
        {all: {reply_time: 10 min, agents: [{name: ana, picks: {inbox: [
          {when: {all: [tags contains vip]}, of: unassigned}, {}]}}]}}
        """)
    #expect(found == [10, 30, 20])
  }

  @Test func `an agent of a team may have another inbox, or none`() throws {
    let found = try answered(
      "", arrivals: [100, 101], tag: [101],
      teams: """
        {all: {reply_time: 10 min, picks: {inbox: [{when: {all: [tags contains vip]}}]}, agents: [
          ana, {name: ben, picks: nothing}]}}
        """)
    #expect(found.last == 11)
  }
}

extension EngineTime {
  fileprivate var inMinutes: Double { Double(nanoseconds) / 60e9 }
}
