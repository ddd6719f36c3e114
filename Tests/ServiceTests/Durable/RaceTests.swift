import Engine
import Foundation
import Synchronization
import Testing
import VirtualTime

@testable import Service

/// The sequence numbers of answers, under the keys of their requests.
private final class Acknowledged: Sendable {
  private let answers = Mutex<[String: Reply]>([:])

  func note(_ key: String, _ reply: Reply) { answers.withLock { $0[key] = reply } }
  var all: [String: Reply] { answers.withLock { $0 } }
}

private func sequence(_ text: String) -> UInt64? {
  text.hasPrefix("{\"sequence\":")
    ? UInt64(text.dropFirst(12).prefix { $0.isNumber }) : nil
}

@Suite struct `Many threads at one desk` {
  @Test func `are each answered once and leave it whole`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open(snapshotEvery: 700)
    let acknowledged = Acknowledged()
    let threads = (0..<8).map { number in
      SystemThread {
        for turn in 0..<250 {
          let contact = "c\((turn + number) % 11)"
          let user = ["ana", "ben", "carla", "dora", "max"][(turn + number) % 5]
          let body =
            switch turn % 5 {
            case 0, 1: writes(contact, "from \(number)")
            case 2: #"{"type":"sends","contact":"\#(contact)","text":"Yes","user":"\#(user)"}"#
            case 3: #"{"type":"closes","contact":"\#(contact)","user":"\#(user)"}"#
            default: #"{"type":"assigns","contact":"\#(contact)","to":"\#(user)","user":"max"}"#
            }
          let key = "\(number)-\(turn)"
          // Some ask again at once, as who heard nothing does.
          for _ in 0...(turn % 10 == 0 ? 1 : 0) {
            workspace.post(body, key: key) { acknowledged.note(key, $0) }
          }
          if turn % 16 == 0 { _ = workspace.ask(.check) }
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(workspace.ask(.check).text == #"{"holds":true,"violations":[]}"#)
    let all = acknowledged.all
    #expect(all.count == 2_000 && all.values.allSatisfy { $0.status == 200 })
    let sequences = all.values.compactMap { sequence($0.text) }
    #expect(sequences.sorted() == Array(1...2_000))
    #expect(workspace.metrics.repeated == 200)
    workspace.shutDown()

    let read = try SQLiteJournal(path: desk.journal)
    #expect(read.difference == nil && read.journal.entries.count == 2_000)
    let again = try desk.open()
    #expect(again.restoration.snapshot == 2_000)
    let state = again.ask(.users).text
    again.shutDown()
    // Snapshots that were taken under load lead to the same as all events from zero.
    try desk.edit("DELETE FROM snapshots WHERE sequence = 2000")
    let older = try desk.open()
    #expect(older.restoration.snapshot != nil && older.restoration.replayed > 0)
    #expect(older.ask(.users).text == state)
    older.shutDown()
  }

  @Test func `have what was acknowledged in every copy that a crash would leave`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open(snapshotEvery: 300)
    let acknowledged = Acknowledged()
    let isOver = Atomic<Bool>(false)
    let threads = (0..<4).map { number in
      SystemThread {
        var turn = 0
        while !isOver.load(ordering: .acquiring) {
          let key = "\(number)-\(turn)"
          let answer = Answer()
          workspace.post(writes("c\(turn % 50)", key), key: key) {
            acknowledged.note(key, $0)
            answer.set($0)
          }
          _ = answer.wait()
          turn += 1
          usleep(1_500)
        }
      }
    }
    var copies = 0
    for number in 0..<10 {
      usleep(useconds_t(2_000 + number * 7_919 % 11_000))
      let before = acknowledged.all
      guard let copy = try desk.copy(to: "copy\(number)") else { continue }
      copies += 1
      let read = try SQLiteJournal(path: copy)
      #expect(read.difference == nil && read.journal.entries.count >= before.count)
      let other = try desk.open(copy)
      #expect(other.restoration.events >= UInt64(before.count))
      #expect(other.ask(.check).text == #"{"holds":true,"violations":[]}"#)
      for (key, reply) in before {
        let turn = Int(key.split(separator: "-")[1]) ?? 0
        let again = other.send(writes("c\(turn % 50)", key), key: key)
        #expect(again.text == reply.text.dropLast() + ",\"repeated\":true}", "\(key)")
      }
      other.shutDown()
    }
    isOver.store(true, ordering: .releasing)
    for thread in threads { thread.join() }
    workspace.shutDown()
    #expect(copies >= 5 && acknowledged.all.count > 100)
  }

  @Test func `share commits`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open(sync: .full)
    let gate = DispatchSemaphore(value: 0)
    workspace.onThread { _ in gate.wait() }
    let answers = (0..<1_000).map { index in
      let answer = Answer()
      workspace.post(writes("c\(index)"), key: nil) { answer.set($0) }
      return answer
    }
    gate.signal()
    #expect(answers.allSatisfy { $0.wait().status == 200 })
    #expect(workspace.metrics.commits.count < 10)
    let text = workspace.metrics.prometheus(workspace: "a\"b")
    #expect(text.contains("switchboard_events_total{workspace=\"a\\\"b\"} 1000\n"))
    #expect(text.contains("switchboard_commit_seconds_bucket{workspace=\"a\\\"b\",le=\"+Inf\"}"))
    workspace.shutDown()
  }
}
