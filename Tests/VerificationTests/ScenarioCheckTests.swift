import Foundation
import Measurement
import Testing

@testable import Verification

@Suite struct `The check of a scenario` {
  @Test func `without a record every goal must be met`() throws {
    let desk = try SmallDesk(
      goals: "goals: [first_response.within(1 h) >= 1%, first_response.mean <= 1 s]")
    let outcome = try desk.outcome()
    #expect(!outcome.hasRecord && !outcome.passes)
    #expect(outcome.missed.map(\.goal.goal) == ["first_response.mean <= 1 s"])
    try desk.write(goals: "goals: [first_response.within(1 h) >= 1%]")
    #expect(try desk.outcome().passes)
  }

  @Test func `a goal that is recorded as missed may stay missed, another may not`() throws {
    let missed = "first_response.mean <= 1 s"
    let desk = try SmallDesk(goals: "goals: [\(missed)]")
    try desk.update()
    let again = try desk.outcome()
    #expect(again.hasRecord && again.isCurrent && again.passes)
    try desk.write(goals: "goals: [\(missed), first_response.max <= 1 s]")
    let other = try desk.outcome()
    #expect(!other.passes && other.missed.map(\.goal.goal) == ["first_response.max <= 1 s"])
  }

  @Test func `what is as recorded differs in nothing, on any number of threads`() throws {
    let desk = try SmallDesk(strategies: "strategies: {a: {}, b: {logic: least_open}}")
    try desk.update()
    for threads in [1, 3] {
      let outcome = try desk.check().outcome(threads: threads, version: "other")
      #expect(outcome.isCurrent && outcome.passes && outcome.differences.isEmpty)
      #expect(outcome.document?.runs == 8)
    }
  }

  @Test func `another logic shows as the first decision that falls otherwise, with its account`()
    throws
  {
    let desk = try SmallDesk()
    try desk.update()
    try desk.write(logic: "least_open")
    let outcome = try desk.outcome()
    #expect(!outcome.passes && outcome.isOtherScenario)
    let first = try #require(outcome.differences.first)
    #expect(first.kind == .first)
    #expect(first.subject.hasPrefix("decision "))
    #expect(first.recorded != first.now)
    // The table has whom the record has with a mark, and whom the engine chose with a reason.
    #expect(first.account.contains { $0.hasPrefix("  > \(first.recorded) ") })
    #expect(first.account.contains { $0.contains(first.now) && $0.contains("chosen: ") })
    let metric = try #require(outcome.differences.first { $0.kind == .metric })
    #expect(metric.widths != nil)
    #expect(outcome.differences.last?.kind == .fingerprint)
  }

  @Test func `a record that was changed by hand is told where`() throws {
    let desk = try SmallDesk()
    try desk.update()
    let text = try String(contentsOf: desk.record, encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first { $0.contains("\"wait.mean\"") })
    let mean = try #require(
      line.split(separator: "[").last?.split(separator: ",").first.map(String.init))
    try Data(text.replacing("\"wait.mean\": [\(mean),", with: "\"wait.mean\": [99999,").utf8)
      .write(to: desk.record)
    let found = try desk.outcome().differences
    #expect(found.map(\.subject) == ["wait.mean"])
    #expect(found.first?.recorded.hasPrefix("99999") == true)
    #expect(found.first?.now.hasPrefix(mean) == true)
  }

  @Test(arguments: ["", "{}", "[1, 2]", "{\"format\": 7}", "{\"format\": 1}"])
  func `a record that cannot be read is told, not taken for none`(text: String) throws {
    let desk = try SmallDesk(goals: "goals: [first_response.mean <= 1 s]")
    try desk.update()
    try Data(text.utf8).write(to: desk.record)
    let outcome = try desk.outcome()
    #expect(outcome.recordProblem != nil && !outcome.passes && outcome.missed.isEmpty)
  }

  @Test func `a record is read as it was written`() throws {
    let desk = try SmallDesk(goals: "goals: [first_response.mean <= 1 s]")
    let text = try desk.outcome().recordText
    let record = try ScenarioRecord(text: text)
    #expect(record.strategies.map(\.name) == ["default"])
    #expect(record.strategies[0].goals.map(\.result) == [.missed])
    let trail = ChoiceTrail.followed(try desk.recording()).trail
    #expect(record.strategies[0].trail.choices.map(\.user) == trail.choices.map(\.user))
    #expect(record.strategies[0].trail.events == trail.events)
    #expect(record.strategies[0].trail.hash == trail.hash)
  }
}

@Suite struct `Where a run parts from its record` {
  private struct Run {
    let recording: EngineRecording
    let trail: ChoiceTrail
    let places: [ChoicePlace]

    init() throws {
      recording = try SmallDesk().recording()
      let found = ChoiceTrail.followed(recording)
      (trail, places) = (found.trail, found.places)
    }

    func difference(_ change: (inout ChoiceTrail) -> Void) -> RecordDifference? {
      var recorded = trail
      change(&recorded)
      return FirstDifference(
        strategy: "s", recorded: recorded, recording: recording, trail: trail, places: places
      ).found
    }
  }

  @Test func `is nowhere if all is the same`() throws {
    let run = try Run()
    #expect(run.trail.choices.count > 20)
    // Somebody has to wait in this desk, or that part of a record is not looked at here.
    #expect(run.trail.choices.contains { $0.user == -1 })
    #expect(run.difference { _ in } == nil)
  }

  @Test func `is the choice that has another user`() throws {
    let run = try Run()
    let index = try #require(run.places.indices.first { $0 > 4 && run.places[$0].decision > 0 })
    let found = try #require(
      run.difference { $0.choices[index].user = run.trail.choices[index].user % 3 + 1 })
    #expect(found.subject.hasPrefix("decision \(run.places[index].decision) at 09:"))
    #expect(["ana", "ben", "cho"].contains(found.recorded) && found.recorded != found.now)
  }

  @Test func `is the choice that somebody waits where the record has an agent`() throws {
    let run = try Run()
    let index = try #require(run.trail.choices.firstIndex { $0.user == -1 })
    let found = try #require(run.difference { $0.choices[index].user = 2 })
    #expect(found.recorded == "ben" && found.now == "waits in the queue")
    #expect(found.account.contains { $0.contains("removed: ") })
  }

  @Test func `is what came, or what was made of it, between two choices`() throws {
    let run = try Run()
    let came = try #require(run.difference { $0.choices[6].came = "??" })
    #expect(came.subject.hasPrefix("what comes between choice 6 at 09:"))
    #expect(came.account.contains { $0.contains("writes 'Hello'") })
    let made = try #require(run.difference { $0.choices[6].made = "??" })
    #expect(made.subject.hasPrefix("what is made of it between choice 6 at 09:"))
  }

  @Test func `behind the choices that are written down it is told between which two`() throws {
    let run = try Run()
    var longer = run.trail
    longer.checkpoints = [1_100, 1_200, 1_300].map { .init(choice: $0, at: 9, hash: "\($0)") }
    var other = longer
    other.checkpoints[1].hash = "x"
    let found = try #require(
      FirstDifference(
        strategy: "s", recorded: other, recording: run.recording, trail: longer, places: run.places
      ).found)
    #expect(found.subject == "choices 1101 to 1200, or what lies between them")
    #expect(ChoiceTrail.checkpoints(in: longer.checkpointLines) == longer.checkpoints)
    #expect(ChoiceTrail.checkpoints(in: ["1100 9"]) == nil)
  }

  @Test func `is a choice more or less, or what follows the last`() throws {
    let run = try Run()
    let count = run.trail.choices.count
    #expect(run.difference { $0.choices.removeLast() }?.recorded == "no further choice")
    #expect(
      run.difference { $0.choices.append(.init(at: 1, user: 1, came: "aa", made: "aa")) }?.now
        == "no further choice")
    let after = try #require(
      run.difference {
        $0.hash = "0"
        $0.events["closes"] = 1
      })
    #expect(after.subject.contains("no choice among the first \(count)"))
    #expect(after.account.contains { $0.contains("events 'closes': recorded 1, now ") })
  }
}
