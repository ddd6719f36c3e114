import Engine
import Foundation
import Testing

@testable import Service

/// What happens at a desk, always the same.
private func day(_ desk: TestDesk, _ workspace: () throws -> LiveWorkspace) throws -> [String] {
  var told: [String] = []
  let users = ["ana", "ben", "carla", "max"]
  for turn in 0..<100 {
    let contact = "c\(turn * 7 % 23)"
    let user = users[turn * 5 % 4]
    let events: [String] = [
      writes(contact, "turn \(turn)"),
      #"{"type":"sends","contact":"\#(contact)","text":"Yes","user":"\#(user)"}"#,
      #"{"type":"closes","contact":"\#(contact)","user":"\#(user)"}"#,
      #"{"type":"snoozes","contact":"\#(contact)","user":"\#(user)","for":300}"#,
      #"{"type":"chooses_status","user":"\#(user)","status":"\#(turn % 3 == 0 ? "busy" : "online")"}"#,
      #"{"type":"message_failed","message":\#(turn)}"#,
      #"{"type":"merges","contact":"\#(contact)","absorbing":"c\#(turn % 23)","user":"max"}"#,
      #"{"key":"k\#(turn)","type":"tags","contact":"\#(contact)","tag":"late","user":"max"}"#,
    ]
    told.append(try workspace().send(events[turn * 3 % 8]).text)
    told.append(try workspace().send("[\(events[0]),\(events[(turn + 1) % 8])]").text)
    desk.clock.advance(seconds: Double(turn % 17) * 11.25)
    told.append(try workspace().ask(.state).text)
  }
  told += try [.users, .queues, .check].map { try workspace().ask($0).text }
  told += try (0..<23).map { try workspace().ask(.contact("c\($0)")).text }
  return told
}

@Suite struct `A restart` {
  @Test(arguments: [2, 7, 60])
  func `changes nothing`(every: Int) throws {
    let steady = try TestDesk()
    let one = try steady.open()
    let expected = try day(steady) { one }
    one.shutDown()

    let desk = try TestDesk()
    var workspace = try desk.open(snapshotEvery: 40)
    var asked = 0
    let told = try day(desk) {
      asked += 1
      if asked % every == 0 {
        workspace.shutDown()
        workspace = try desk.open(snapshotEvery: 40)
      }
      return workspace
    }
    workspace.shutDown()
    #expect(told == expected)
    let journal = try rows(desk)
    #expect(journal == (try rows(steady)))
    #expect(journal.count { $0.contains("timer_fires") } > 30)
  }

  private func rows(_ desk: TestDesk) throws -> [String] {
    let journal = try JournalStore(reading: desk.journal)
    var rows: [String] = []
    try journal.forEachRow(after: 0) { row, chain in
      rows.append(
        "\(row.sequence) \(row.at) \(row.key ?? "-") \(String(decoding: row.event, as: UTF8.self)) "
          + "\(String(decoding: row.result, as: UTF8.self)) \(chain.value)")
      return true
    }
    return rows
  }

  @Test func `goes on from the last snapshot, and without it from the first event`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open(snapshotEvery: 50)
    let told = try day(desk) { workspace }
    workspace.shutDown()
    let count = try #require(
      Int(told[told.count - 27].split(separator: ":")[3].prefix { $0.isNumber }))
    let quick = try desk.open()
    #expect(quick.restoration.snapshot == UInt64(count))
    #expect(quick.restoration.replayed == 0 && quick.restoration.events == UInt64(count))
    #expect(quick.restoration.description.contains("\(count) events checked"))
    let state = quick.ask(.state).text
    quick.shutDown()

    try desk.edit(
      "UPDATE snapshots SET state = x'00' WHERE sequence = (SELECT max(sequence) FROM snapshots)")
    let older = try desk.open()
    let from = try #require(older.restoration.snapshot)
    #expect(from < UInt64(count) && older.restoration.replayed == UInt64(count) - from)
    #expect(older.restoration.remarks.count == 1)
    #expect(older.ask(.state).text == state)
    older.shutDown()

    try desk.edit("DELETE FROM snapshots")
    let slow = try desk.open()
    #expect(slow.restoration.snapshot == nil && slow.restoration.replayed == UInt64(count))
    #expect(slow.ask(.state).text == state)
    slow.shutDown()
  }

  @Test func `fires the timers that came due meanwhile, in order`() throws {
    let desk = try TestDesk()
    var workspace = try desk.open()
    _ = workspace.send("[\(writes("a")),\(writes("b"))]")
    desk.clock.advance(seconds: 60)
    _ = workspace.send(#"{"type":"snoozes","contact":"b","user":"ben","for":100}"#)
    _ = workspace.send(#"{"type":"sends","contact":"a","text":"Yes","user":"ben"}"#)
    workspace.shutDown()
    desk.clock.advance(seconds: 10_000)
    workspace = try desk.open()
    let audit = workspace.ask(.audit(after: 4, limit: 100)).text
    let fired = audit.components(separatedBy: "\"timer\":").dropFirst().map {
      $0.prefix { $0 != "}" }
    }
    #expect(
      fired
        == [
          "\"snooze\",\"of\":\"contact-1\"", "\"run\",\"of\":\"run-0\"", "\"run\",\"of\":\"run-1\"",
          "\"auto_close\",\"of\":\"contact-0\"",
        ].map { Substring($0) }, "\(audit)")
    #expect(audit.contains(#""sequence":5,"at":10060,"#), "\(audit)")
    #expect(workspace.metrics.timers == 4)
    #expect(workspace.ask(.contact("a")).text.contains(#""status":"closed""#))
    workspace.shutDown()
  }

  @Test func `begins no timer before its time`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    _ = workspace.send(writes("a"))
    desk.clock.advance(seconds: 359.999)
    #expect(workspace.ask(.state).text.contains(#""sequence":1,"#))
    desk.clock.advance(seconds: 0.001)
    #expect(workspace.ask(.state).text.contains(#""sequence":2,"at":360,"#))
    #expect(workspace.ask(.audit(after: 1, limit: 1)).text.contains("Six minutes later."))
  }

  @Test func `leaves time standing while the clock on the wall is behind`() throws {
    let desk = try TestDesk()
    var workspace = try desk.open()
    desk.clock.advance(seconds: 100)
    #expect(workspace.send(writes("a")).text.contains(#""at":100,"#))
    desk.clock.advance(seconds: -50)
    #expect(workspace.send(writes("b")).text.contains(#""at":100,"#))
    workspace.shutDown()
    workspace = try desk.open()
    #expect(workspace.send(writes("c")).text.contains(#""at":100,"#))
    desk.clock.advance(seconds: 51)
    #expect(workspace.send(writes("d")).text.contains(#""at":101,"#))
    workspace.shutDown()
  }

  @Test func `is not needed for requests that came before the end`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    let answers = (0..<500).map { index in
      let answer = Answer()
      workspace.post(writes("c\(index)"), key: nil) { answer.set($0) }
      return answer
    }
    workspace.shutDown()
    #expect(answers.allSatisfy { $0.wait().status == 200 })
    let late = workspace.send(writes("late"))
    #expect(late.status == 503 && late.text.contains("shut_down"))
    #expect(workspace.ask(.state).status == 503)
    workspace.shutDown()
  }

  @Test func `with another scenario is refused in words`() throws {
    let desk = try TestDesk()
    try desk.open().shutDown()
    let other = try TestDesk(TestDesk.scenario.replacing("carla", with: "clara"))
    let problem = try #require(other.problem(desk.journal))
    #expect(problem.kind == .otherScenario)
    #expect(problem.description.contains("an earlier state of the scenario 'Small desk'"))
    #expect(problem.description.contains("other users, teams or workflows"))
    let named = try TestDesk(TestDesk.scenario.replacing("Small desk", with: "Big desk"))
    #expect(named.problem(desk.journal)?.why.contains("'Small desk', not of 'Big desk'") == true)
    #expect(desk.problem() == nil)
  }
}
