import Testing

@testable import Measurement

/// The platform's reports from a few told conversations.
@Suite struct `The platform's reports` {
  private static let second: Int64 = 1_000_000_000

  private func recorder() -> ReportRecorder {
    ReportRecorder(
      .init(
        users: ["Ana", "Bo", "Cy"], teamOfUser: [0, 0, nil], teams: ["day"], channels: ["line"],
        broadcasts: [(name: "news", channel: 0)], sources: ["contact", "user", "workflow", "api"]))
  }

  /// A conversation closed by a user after some seconds, first answered after some.
  private func closed(
    _ contact: UInt64, by user: Int?, after length: Int64, answered: Int64? = nil,
    answeredBy: Int? = nil
  ) -> ReportedConversation {
    var conversation = ReportedConversation(of: contact, at: Int(contact))
    conversation.firstResponse = answered.map { $0 * Self.second }
    conversation.firstResponseBy = answeredBy
    conversation.closing = .init(
      on: 0, after: length * Self.second, source: user == nil ? 3 : 1,
      user: user,
      team: user == nil ? nil : 0, category: "")
    return conversation
  }

  /// A time of just the length where a bucket ends is in the next one; an hour is not over an hour.
  @Test(
    arguments: [
      (0, 0), (29_999, 0), (30_000, 1), (119_999, 1), (120_000, 2), (299_999, 2), (300_000, 3),
      (599_999, 3), (600_000, 4), (1_799_999, 4), (1_800_000, 5), (3_600_000, 5), (3_600_001, 6),
      (86_400_000, 6),
    ] as [(Int64, Int)])
  func `have seven buckets of responses`(milliseconds: Int64, bucket: Int) throws {
    var recorder = recorder()
    var conversation = closed(1, by: 0, after: 100_000)
    conversation.firstResponse = milliseconds * 1_000_000
    recorder.opened(1, assignee: nil)
    recorder.closed(conversation)
    let row = try #require(recorder.reports { _ in "2026-11-23" }.responses.first)
    #expect(row.metric == "First Response Time")
    #expect(row.buckets == (0..<7).map { $0 == bucket ? 1 : 0 })
    #expect(row.mean == Double(milliseconds) / 1_000)
  }

  @Test func `credit users with what they did in conversations that are closed`() {
    var recorder = recorder()
    // Ana has the contact from before, hands it to Bo, who hands it back: each had it once.
    recorder.opened(1, assignee: 0)
    recorder.assigned(1, to: 1, source: 1, by: 0)
    recorder.assigned(1, to: 0, source: 2, by: nil)
    recorder.commented(1, by: 1)
    recorder.outgoing(.sent, to: 1, on: 0, by: 0, kind: 1)
    recorder.outgoing(.delivered, to: 1, on: 0, by: 0, kind: 1)
    recorder.outgoing(.sent, to: 1, on: 0, by: 1, kind: 1)
    recorder.outgoing(.failed, to: 1, on: 0, by: 1, kind: 1)
    recorder.closed(closed(1, by: 1, after: 90, answered: 60, answeredBy: 0))
    // The same contact again: nobody's, taken away from nobody, closed by Bo.
    recorder.opened(1, assignee: nil)
    recorder.assigned(1, to: nil, source: 2, by: nil)
    recorder.closed(closed(1, by: 1, after: 31))
    // Another is still open: what was done in it does not count yet.
    recorder.opened(2, assignee: nil)
    recorder.assigned(2, to: 2, source: 2, by: nil)
    recorder.commented(2, by: 2)
    recorder.outgoing(.sent, to: 2, on: 0, by: 2, kind: 1)
    recorder.stillOpen(ReportedConversation(of: 2, at: 2))

    let reports = recorder.reports { _ in "2026-11-23" }
    #expect(reports.users.map(\.assigned) == [1, 1, 0])
    #expect(reports.users.map(\.closed) == [0, 2, 0])
    #expect(reports.users.map(\.uniqueContacts) == [0, 1, 0])
    #expect(reports.users.map(\.messages) == [1, 1, 0])
    #expect(reports.users.map(\.comments) == [0, 1, 0])
    #expect(reports.users.map(\.firstResponse) == [60, nil, nil])
    // 90 and 31 seconds.
    #expect(reports.users.map(\.resolution) == [nil, 60.5, nil])
    #expect(reports.users.map(\.longestResolution) == [nil, 90, nil])
    #expect(reports.users.map(\.team) == ["day", "day", ""])
    // One conversation that both of the team had is one of the team's.
    #expect(reports.teams.map(\.assigned) == [1])
    #expect(reports.teams.map(\.closed) == [2])
    #expect(reports.teams.map(\.messages) == [2])
    #expect(reports.conversations.first.map { [$0.opened, $0.closed] } == [3, 2])
    #expect(reports.messages.first?.outgoing == 3)
    #expect(reports.messages.first?.delivered == 1)
    #expect(reports.messages.first?.failed == 1)
    // Unassignments are assignments, to nobody.
    let rows = reports.assignments.map { "\($0.chart) \($0.group) \($0.assignments) \($0.share)" }
    #expect(
      rows == [
        "All Assignments  4 1.0", "Source workflow 3 0.75", "Source user 1 0.25",
        "Assigned To  1 0.25", "Assigned To Ana 1 0.25", "Assigned To Bo 1 0.25",
        "Assigned To Cy 1 0.25", "Assigned By User Ana 1 0.25",
      ])
  }

  @Test func `count a contact once for each user and for each team that closed its conversations`()
  {
    var recorder = recorder()
    func close(_ contact: UInt64, by user: Int) {
      var conversation = closed(contact, by: user, after: 10)
      conversation.place = 0
      recorder.opened(0, assignee: user)
      recorder.closed(conversation)
    }
    // One contact: Ana, Bo of the same team, both again, and Cy of no team.
    for user in [0, 1, 0, 1, 2, 2] { close(7, by: user) }
    // Another has the place after it, and a third.
    for user in [1, 1, 0] { close(8, by: user) }
    close(9, by: 1)
    let reports = recorder.reports { _ in "2026-11-23" }
    #expect(reports.users.map(\.closed) == [3, 5, 2])
    #expect(reports.users.map(\.uniqueContacts) == [2, 3, 1])
    #expect(reports.teams.map(\.closed) == [8])
    #expect(reports.teams.map(\.uniqueContacts) == [3])
  }

  @Test func `leave out what did not happen`() {
    var recorder = recorder()
    // Closed unanswered and never assigned: no mean of it is 0 (PLATFORM.md 6.2, cases a and b).
    recorder.opened(1, assignee: 0)
    recorder.closed(closed(1, by: nil, after: 40))
    let reports = recorder.reports { _ in "2026-11-23" }
    #expect(reports.responses.allSatisfy { $0.conversations == 0 && $0.mean == nil })
    #expect(reports.resolutions.first?.resolution == 40)
    #expect(reports.resolutions.first?.timeToFirstAssignment == nil)
    #expect(reports.resolutions.first?.lastAssignmentToClose == nil)
    #expect(reports.users.first?.assigned == 1 && reports.users.first?.closed == 0)
  }

  @Test func `count contacts and broadcasts`() {
    var recorder = recorder()
    recorder.received(on: 0, kind: 0)
    recorder.added(on: 0)
    recorder.added(on: 0)
    recorder.merged()
    recorder.broadcast(0, \.sent)
    recorder.broadcast(0, \.failed)
    let reports = recorder.reports { _ in "2026-11-23" }
    #expect(reports.contacts.map(\.added) == [2, 2, 2])
    #expect(reports.contacts.first?.merged == 1)
    #expect(reports.messages.map(\.incoming) == [1, 1, 1])
    #expect(reports.broadcasts.first?.counts.sent == 1)
    #expect(reports.broadcasts.first?.counts.failed == 1)
    #expect(reports.broadcasts.first?.counts.read == nil)
    recorder.broadcast(0, read: 0)
    #expect(recorder.reports { _ in "" }.broadcasts.first?.counts.read == 0)
    recorder.broadcast(0, read: 1)
    #expect(recorder.reports { _ in "" }.broadcasts.first?.counts.read == 1)
    #expect(reports.broadcasts.first?.channel == "line")
  }
}

@Suite struct `The dashboard's counters` {
  @Test func `tell open contacts that somebody has from those that nobody has`() throws {
    // Steps of 100 s. Nobody has it from 10 to 40, agent 0 to 130, nobody to 150, agent 1 to 180, closed.
    var history = try History(seconds: 200, step: 100)
    history.opens(0, 10)
    history.assigns(0, 0, 40)
    history.assigns(0, nil, 130)
    history.assigns(0, 1, 150)
    history.closes(0, 180)
    // Agent 2 has this one from before, agent 0 gets it at 120; it stays open.
    history.opens(1, 90, assignee: 2)
    history.assigns(1, 0, 120)
    // 60 + 10 seconds in the first step, 30 + 30 + 100 in the second.
    let steps = history.result(at: 200).steps
    #expect(steps.map(\.assignedSeconds) == [70, 160])
    #expect(steps.map(\.unassignedSeconds) == [30, 20])
    #expect(steps.map(\.openSeconds) == [100, 180])
  }
}
