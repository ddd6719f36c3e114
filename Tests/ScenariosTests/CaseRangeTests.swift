import Engine
import Testing

@testable import Scenarios

private func read(_ timeline: String, expect: String = "{counts: {ana: 0}}") throws -> CaseFile {
  let text = """
    case: x
    workspace: {users: {ana: online}}
    timeline: [\(timeline)]
    expect: [\(expect)]
    """
  return try CaseFile.read(SourceFile(name: "c", text: text))
}

private func problem(_ timeline: String, expect: String = "{counts: {ana: 0}}") -> String? {
  do {
    _ = try read(timeline, expect: expect)
    return nil
  } catch {
    return (error as? Diagnostics)?.all.first?.description
  }
}

@Suite struct `A range of contacts` {
  @Test func `stands for each of them, in order, in one entry`() throws {
    let file = try read("{at: 1 s, contact: c9..c11, says: hi, tags: [vip]}")
    #expect(file.contacts.map(\.name) == ["c9", "c10", "c11"])
    #expect(file.contacts.allSatisfy { $0.profile.tags == [TagID(0)] })
    #expect(
      file.timeline.map(\.actions) == [
        [
          .says(0, on: nil, text: "hi"), .says(1, on: nil, text: "hi"),
          .says(2, on: nil, text: "hi"),
        ]
      ])
  }

  @Test func `stands wherever a contact does`() throws {
    let file = try read(
      """
      {at: 0 s, contact: c1..c2, says: hi}, {at: 0 s, user: ana, assigns: c1..c2, to: ana},
      {at: 0 s, user: ana, snoozes: c1..c2}, {at: 0 s, broadcast: Sale, contact: c1..c2},
      {at: 0 s, user: ana, uses: next, on: c1..c2}
      """)
    #expect(file.timeline.map(\.actions.count) == [2, 2, 2, 2, 2])
  }

  @Test func `stands for each of them in expectations, and for all in a queue`() throws {
    let file = try read(
      "{at: 0 s, contact: c1..c4, says: hi}",
      expect: "{contact: c2..c3, assignee: ana, asked: 0}, {waiting: [c4, c1..c2]}")
    #expect(
      file.expectations.map { $0.facts.map(\.claim) } == [
        [
          .assignee(1, [UserID(0)]), .assignee(2, [UserID(0)]), .asked(1, 0), .asked(2, 0),
        ], [.waiting(nil, [3, 0, 1])],
      ])
  }

  @Test(arguments: [
    "c1..", "..c2", "c2..c1", "c1..d2", "c..d", "c1...c3", "c1..c2..c3", "c01..c02",
    "c1..c999999999", "c1..c99999999999999999999",
  ])
  func `must be two names that differ in their last number`(range: String) {
    let found = problem("{at: 0 s, contact: \(range), says: hi}")
    #expect(found?.contains("is no range of contacts") == true, "\(found ?? "accepted")")
  }

  @Test func `must be of contacts that are there`() {
    let found = problem(
      "{at: 0 s, contact: c1..c3, says: hi}", expect: "{contact: c2..c5, asked: 0}")
    #expect(found?.contains("unknown contact 'c4'") == true, "\(found ?? "accepted")")
  }
}

@Suite struct `A report in a case` {
  @Test func `claims figures, or nothing`() throws {
    let file = try read(
      "{at: 0 s, contact: c1, says: hi}",
      expect:
        "{contact: c1, report: {first_response: 1 min, first_response_by: ana, responses: 2, resolution: none}}"
    )
    #expect(
      file.expectations[0].facts.map(\.claim) == [
        .report(0, .firstResponse, .duration(.minutes(1))),
        .report(0, .firstResponseBy, .user(UserID(0))), .report(0, .responses, .count(2)),
        .report(0, .resolution, nil),
      ])
  }

  @Test(arguments: [
    ("{first_reponse: 1 min}", "did you mean 'first_response'?"),
    ("{first_response: 60}", "a duration"), ("{responses: many}", "expected"),
    ("{first_response_by: zoe}", "unknown user 'zoe'"), ("fast", "expected a map for a report"),
  ])
  func `says what is wrong with it`(report: String, text: String) {
    let found = problem(
      "{at: 0 s, contact: c1, says: hi}", expect: "{contact: c1, report: \(report)}")
    #expect(found?.contains(text) == true, "\(found ?? "accepted")")
  }
}
