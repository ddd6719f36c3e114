import Engine
import Foundation
import Measurement
import Scenarios
import Testing
import VirtualTime
import World

@testable import Verification

@Suite struct `A recorded run` {
  @Test func `is the same run as without a journal`() throws {
    let scenario = try SmallDesk().check().scenario
    let plan = WorldPlan(scenario, scenario.standard)
    let plain = try Bench(plan, seed: 7, replication: 2).run()
    let kept = try JournaledRun(plan, seed: 7, replication: 2, atMost: .max)
    #expect(kept.result.ending.fingerprint == plain.ending.fingerprint)
    #expect(kept.result.measured == plain.measured)
  }

  @Test func `brings the engine alone to as many conversations as the world counted`() throws {
    let scenario = try SmallDesk().check().scenario
    let run = try JournaledRun(
      WorldPlan(scenario, scenario.standard), seed: 7, replication: 2, atMost: .max)
    var player = RecordingPlayer(EngineRecording(run))
    for entry in run.journal.entries { _ = player.play(entry) }
    let arrived = run.result.measured.steps.reduce(0) { $0 + $1.arrivals }
    #expect(player.core.openedCount == UInt64(arrived))
    #expect(arrived > 20)
    #expect(player.core.checkInvariants().isEmpty)
  }

  @Test func `keeps no more events than are asked for`() throws {
    let scenario = try SmallDesk().check().scenario
    let plan = WorldPlan(scenario, scenario.standard)
    let whole = try JournaledRun(plan, seed: 7, replication: 2, atMost: .max)
    let part = try JournaledRun(plan, seed: 7, replication: 2, atMost: 10)
    #expect(part.journal.entries == Array(whole.journal.entries.prefix(10)))
    #expect(part.result.ending.fingerprint == whole.result.ending.fingerprint)
  }
}

@Suite struct `A journal file` {
  private static let header = JournalFile.Header(
    version: "test", scenario: "A small desk", strategy: "default", replication: 1, seed: 1)

  private func text() throws -> String {
    try JournalFile.text(Self.header, try SmallDesk().recording())
  }

  /// The lines with other contents, their checksums right.
  private func resealed(_ body: Substring) -> String {
    hexadecimal(UInt64(checksum(body.utf8)), digits: 8) + " " + body
  }

  @Test func `has the checksum that everybody has`() {
    // The check value of CRC-32/ISO-HDLC in Greg Cook's catalogue of parametrised CRCs.
    #expect(checksum("123456789".utf8) == 0xCBF4_3926)
  }

  @Test func `is proven equal, with all that it says of its run`() throws {
    let file = try JournalFile(text: text())
    #expect(file.header == Self.header && file.loss == nil)
    let recording = try SmallDesk().recording()
    #expect(file.recording.journal.entries == recording.journal.entries)
    #expect(file.recording.settings == recording.settings)
    let proof = JournalProof(file)
    #expect(proof.difference.isEmpty && proof.events == recording.journal.entries.count)
    #expect(proof.decisions > 20)
  }

  @Test func `an event of which something else comes is the first difference`() throws {
    var lines = try text().split(separator: "\n").map(String.init)
    // Somebody else answers, as an engine would be told that was changed since.
    let index = try #require(lines.firstIndex { $0.contains("\"sends\"") })
    let body = lines[index].dropFirst(9).replacing("Answer", with: "Another answer")
    lines[index] = resealed(body[...])
    let proof = JournalProof(try JournalFile(text: lines.joined(separator: "\n") + "\n"))
    #expect(proof.events == index)
    #expect(proof.difference.first?.hasPrefix("event \(index) at 09:") == true)
    #expect(proof.difference.contains { $0.contains("Another answer") })
  }

  @Test func `cut off anywhere in its last records it is recovered to the last whole one`() throws {
    let whole = try text()
    let events = try JournalFile(text: whole).recording.journal.entries.count
    let lines = whole.split(separator: "\n")
    let tail = lines.suffix(3).reduce(0) { $0 + $1.utf8.count + 1 }
    // The last line is no event, so that two of the three that are cut into are.
    for cut in stride(from: 1, to: tail, by: 13) {
      let file = try JournalFile(text: String(whole.dropLast(cut)))
      let kept = file.recording.journal.entries.count
      let atLeast = whole.dropLast(cut).count { $0 == "\n" } - 1
      #expect(kept == min(events, atLeast), "\(cut) bytes less")
      #expect(file.loss?.contains("\(kept) events") == true)
      #expect(JournalProof(file).difference.isEmpty)
    }
  }

  @Test func `damaged in the middle it is refused with the line`() throws {
    var lines = try text().split(separator: "\n").map(String.init)
    lines[20] = lines[20].replacing("\"at\"", with: "\"ta\"")
    let error = #expect(throws: JournalFile.Unreadable.self) {
      try JournalFile(text: lines.joined(separator: "\n") + "\n")
    }
    #expect(error?.line == 21)
    #expect(throws: JournalFile.Unreadable.self) { try JournalFile(text: "") }
    #expect(throws: JournalFile.Unreadable.self) {
      try JournalFile(text: "switchboard-journal 2 00000000 {}\n")
    }
  }
}

@Suite struct `The story of a run` {
  @Test func `tells of every conversation when it began and who was considered`() throws {
    let recording = try SmallDesk().recording()
    let count = RunStory(of: ConversationID(1), in: recording).conversations
    #expect(RunStory(of: ConversationID(count + 1), in: recording).lines == nil)
    var assigned = 0
    var waited = 0
    for number in stride(from: 1, through: count, by: 4) {
      let lines = try #require(RunStory(of: ConversationID(number), in: recording).lines)
      #expect(lines[0].hasSuffix("writes 'Hello' on direct"), "\(lines)")
      #expect(lines[1].hasSuffix("conversation opened by the contact"))
      if lines.contains(where: { $0.contains("assigned to ") }) {
        assigned += 1
        #expect(lines.contains { $0.contains("who was considered") })
        #expect(lines.contains { $0.contains("chosen: ") })
      }
      if lines.contains(where: { $0.contains("waits for team support") }) {
        waited += 1
        #expect(lines.contains { $0.contains("why nobody was chosen") })
        #expect(lines.contains { $0.contains("removed: ") })
      }
    }
    #expect(assigned > 4 && waited > 0)
  }

  @Test func `the workspace at an instant has as many open contacts as the engine`() throws {
    let recording = try SmallDesk().recording()
    let time = try #require(RunMoment.time("30 min", of: recording))
    #expect(RunMoment.time("09:30", of: recording) == time)
    #expect(RunMoment.time("08:59", of: recording) == EngineTime(nanoseconds: 86_340_000_000_000))
    #expect(RunMoment.time("25:00", of: recording) == nil)
    var player = RecordingPlayer(recording)
    for entry in recording.journal.entries where entry.at <= time { _ = player.play(entry) }
    let lines = RunMoment(recording, at: time).lines
    for (index, name) in ["ana", "ben", "cho"].enumerated() {
      let words = try #require(lines.first { $0.hasPrefix(name) }).split(separator: " ")
      #expect(Int(words[2]) == player.core.openContacts(of: UserID(index: index)))
    }
  }

  @Test func `the timer that is armed for the soonest is the next that goes off`() throws {
    let recording = try SmallDesk(step: "- wait: 7 min").recording()
    let entries = recording.journal.entries
    var shown = 0
    for minute in stride(from: Int64(10), to: 50, by: 8) {
      let time = EngineTime(nanoseconds: minute * 60_000_000_000)
      let next = try #require(
        entries.first {
          if case .timerFires = $0.event { $0.at > time } else { false }
        })
      guard case .timerFires(.run(let run)) = next.event else { continue }
      let lines = RunMoment(recording, at: time).lines
      let first = try #require(lines.firstIndex { $0.hasPrefix("armed timers: ") })
      #expect(
        lines[first + 1].hasPrefix("  \(RunClock(recording.settings).text(next.at))  \(run) of "))
      shown += 1
    }
    #expect(shown > 2)
  }

  @Test func `agents have in hand no more than they have slots`() throws {
    let scenario = try SmallDesk().check().scenario
    let plan = WorldPlan(scenario, scenario.standard)
    var busy = 0
    for minute in stride(from: Int64(5), to: 60, by: 10) {
      let moment = try WorldMoment(
        plan, seed: 1, replication: 0, at: EngineTime(nanoseconds: minute * 60_000_000_000))
      #expect(moment.hands.count == 3)
      #expect(moment.hands.allSatisfy { $0.contacts.count <= $0.slots && $0.slots == 1 })
      busy += moment.hands.reduce(0) { $0 + $1.contacts.count }
    }
    #expect(busy > 0)
  }
}

@Suite struct `A digest` {
  private struct Pair: Encodable {
    var a: String
    var b: String
  }

  private enum Shape: Encodable {
    case circle(radius: Int)
    case square(side: Int)
  }

  @Test func `tells apart what differs in a value or its name`() {
    #expect(Digest(Pair(a: "x", b: "y")).value == Digest(Pair(a: "x", b: "y")).value)
    #expect(Digest(Pair(a: "x", b: "y")).value != Digest(Pair(a: "xy", b: "")).value)
    #expect(Digest(Shape.circle(radius: 1)).value != Digest(Shape.square(side: 1)).value)
    #expect(Digest([1, 2]).value != Digest([2, 1]).value)
    #expect(Digest([[1], [2]]).value != Digest([[1, 2], []]).value)
    #expect(Digest(Shape.circle(radius: 1)).kind == "circle")
  }

  @Test func `rounds to six digits`() {
    #expect(rounded(123_456_789) == 123_457_000)
    #expect(rounded(0.001_234_565_4) == 0.001_234_57)
    #expect(rounded(-2.5) == -2.5)
    #expect(rounded(0) == 0)
  }
}
