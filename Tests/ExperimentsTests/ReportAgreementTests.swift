import Foundation
import Measurement
import Scenarios
import Statistics
import Testing

@testable import Engine
@testable import World

/// The platform's reports of a run and the export of its conversations are two accounts of the same.
@Suite struct `The platform's reports agree` {
  /// Some hours of the last strategy of a shipped scenario.
  private func plan(_ path: String) throws -> (WorldPlan, UInt64) {
    let scenario = try Scenario.load(path)
    let strategy = scenario.strategies.last { $0.model.engine == nil } ?? scenario.standard
    var plan = WorldPlan(scenario, strategy)
    let hours: Int64 = scenario.start.secondOfDay < 5 * 3_600 ? 10 : 4
    plan.duration = min(plan.duration, hours * 3_600_000_000_000)
    plan.warmup = 0
    return (plan, scenario.seed)
  }

  @Test(arguments: ShippedScenarios.paths)
  func `with the export of the same run, which they change nothing of`(path: String) throws {
    var (plan, seed) = try plan(path)
    let bare = try Bench(plan, seed: seed, replication: 0).run()
    #expect(bare.reports == nil)
    plan.recordsReports = true
    let reported = try Bench(plan, seed: seed, replication: 0).run()
    plan.recordsConversations = true
    let both = try Bench(plan, seed: seed, replication: 0).run()
    for found in [reported, both] {
      #expect(found.measured == bare.measured)
    }
    let reports = try #require(reported.reports)
    #expect(reports == both.reports)
    let ledger = try #require(both.ledger)
    check(reports, ledger.conversations, bare.measured)
    check(reports, ledger.assignments.map(\.entry))
  }

  private func check(
    _ reports: ResultDocument.Reports, _ records: [ConversationRecord],
    _ measured: ReplicationResult
  ) {
    let closed = records.filter { $0.closedAt != .never }
    #expect(records.count > 20)
    #expect(reports.conversations.first?.opened == records.count)
    #expect(reports.conversations.first?.closed == closed.count)
    for chart in Set(reports.conversations.map(\.chart)) {
      let rows = reports.conversations.filter { $0.chart == chart }
      #expect(rows.reduce(0) { $0 + ($1.closed ?? 0) } == closed.count, "\(chart)")
      guard rows.contains(where: { $0.opened != nil }) else { continue }
      #expect(rows.reduce(0) { $0 + ($1.opened ?? 0) } == records.count, "\(chart)")
    }
    for chart in Set(reports.resolutions.map(\.chart)) {
      let rows = reports.resolutions.filter { $0.chart == chart }
      #expect(rows.reduce(0) { $0 + $1.closed } == closed.count, "\(chart)")
    }
    let lengths = closed.map { ($0.closedAt - $0.openedAt).inSeconds }
    expect(reports.resolutions.first?.resolution, mean(of: lengths))
    #expect(reports.resolutions.first?.longest == lengths.max())
    // Of all conversations, as the metric counts them; of closed ones, as the export does.
    let all = reports.responses.first {
      $0.metric == "First Response Time" && $0.basis.hasPrefix("All")
    }
    expect(all?.mean, measured.times.firstResponse.mean.map { $0 / 1e9 })
    #expect(all?.conversations == measured.all.answered)
    let first = closed.filter { $0.course.firstResponseAt != .never }
    let part = reports.responses.first { $0.metric == "First Response Time" }
    expect(part?.mean, mean(of: first.map { ($0.course.firstResponseAt - $0.openedAt).inSeconds }))
    for row in reports.responses { #expect(row.buckets.reduce(0, +) == row.conversations) }

    let written = closed.reduce(0) { $0 + Int($1.course.userMessages) }
    #expect(reports.users.map(\.messages).reduce(0, +) == written)
    #expect(reports.users.map(\.closed).reduce(0, +) == closed.count { $0.closedByUser != nil })
    for (index, row) in reports.users.enumerated() {
      let own = closed.filter { $0.closedByUser?.index == index }
      #expect(row.closed == own.count)
      #expect(row.uniqueContacts == Set(own.map(\.contact)).count)
      expect(row.resolution, mean(of: own.map { ($0.closedAt - $0.openedAt).inSeconds }))
      let user = UserID(index: index)
      let had = closed.count { record in
        let course = record.course
        return record.assignee == user || course.firstAssignee == user
          || course.lastAssignee == user
      }
      #expect(row.assigned >= had)
    }
    // Messages that nobody's conversation counts are those of broadcasts.
    let messages = reports.messages.first
    if reports.broadcasts.isEmpty {
      let outgoing = records.map { Int($0.course.outgoing) }.reduce(0, +)
      #expect(messages?.outgoing == outgoing)
    }
    let channels = reports.messages.filter { $0.chart == "Channel" }
    let senders = reports.messages.filter { $0.chart == "Sender" }
    #expect(channels.map(\.outgoing).reduce(0, +) == messages?.outgoing)
    #expect(channels.map(\.failed).reduce(0, +) == messages?.failed)
    #expect(senders.map(\.delivered).reduce(0, +) == messages?.delivered)
    #expect(senders.map(\.incoming).reduce(0, +) == messages?.incoming)
  }

  private func check(_ reports: ResultDocument.Reports, _ entries: [AssignmentEntry]) {
    #expect(reports.assignments.first?.assignments == entries.count)
    for row in reports.assignments where row.chart == "Source" {
      #expect(row.assignments == entries.count { $0.source.description == row.group })
    }
    for chart in ["Source", "Assigned To"] {
      let rows = reports.assignments.filter { $0.chart == chart }
      #expect(rows.reduce(0) { $0 + $1.assignments } == entries.count)
    }
    let nobody = reports.assignments.first { $0.chart == "Assigned To" && $0.group.isEmpty }
    #expect((nobody?.assignments ?? 0) == entries.count { $0.to == nil })
  }

  /// Two means that were added up in another order, one of them in whole nanoseconds.
  private func expect(_ got: Double?, _ wanted: Double?) {
    #expect((got == nil) == (wanted == nil))
    if let got, let wanted { #expect(abs(got - wanted) <= 1e-6 * max(1, wanted)) }
  }

  private func mean(of values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
