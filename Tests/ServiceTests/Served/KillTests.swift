import Foundation
import Glibc
import Synchronization
import Testing
import VirtualTime

@testable import Service

/// Events of one request, each with its key.
private struct Request: Sendable {
  var body: String
  /// The keys of its events, in their order.
  var keys: [String]
  /// The key that stands in a header; else each event has its own.
  var header: String?
}

/// What a journal, or an answer, says of a key.
private struct Told: Sendable, Equatable {
  var sequence: Int64
  var result: String
}

/// What clients saw.
private final class Log: Sendable {
  private struct Contents {
    var acknowledged: [String: Told] = [:]
    var open: [Request] = []
    var complaints: [String] = []
    var repeats = 0
  }

  private let contents = Mutex(Contents())

  var acknowledged: [String: Told] { contents.withLock { $0.acknowledged } }
  var complaints: [String] { contents.withLock { $0.complaints } }
  var repeats: Int { contents.withLock { $0.repeats } }

  /// Nobody knows what became of it.
  func isOpen(_ request: Request) { contents.withLock { $0.open.append(request) } }

  /// Those of which nobody knows what became.
  func takeOpen() -> [Request] {
    contents.withLock { contents in
      defer { contents.open = [] }
      return contents.open
    }
  }

  func complain(_ text: String) { contents.withLock { $0.complaints.append(text) } }

  /// Notes an answer; how many of its events were in the journal before.
  func note(_ request: Request, _ answer: HTTPConnection.Answer) {
    let text = String(decoding: answer.body, as: UTF8.self)
    guard answer.status == 200, let results = Self.results(answer.body),
      results.count == request.keys.count
    else { return complain("\(answer.status) \(text) to \(request.body)") }
    let mark = #","repeated":true}"#
    contents.withLock { contents in
      for (key, result) in zip(request.keys, results) {
        var result = result
        if result.hasSuffix(mark) {
          contents.repeats += 1
          result = result.dropLast(mark.count) + "}"
        }
        contents.acknowledged[key] = Told(sequence: Self.sequence(result), result: result)
      }
    }
  }

  private static func sequence(_ result: String) -> Int64 {
    Int64(result.dropFirst(#"{"sequence":"#.count).prefix { $0.isNumber }) ?? -1
  }

  /// The results of an answer as they were written.
  private static func results(_ body: [UInt8]) -> [String]? {
    guard body.first == UInt8(ascii: "[") else { return [String(decoding: body, as: UTF8.self)] }
    var scanner = JSONScanner(body)
    scanner.place = 1
    var results: [String] = []
    while scanner.place < body.count {
      let start = scanner.place
      guard (try? scanner.value()) != nil else { return nil }
      results.append(String(decoding: body[start..<scanner.place], as: UTF8.self))
      scanner.place += 1
    }
    return results
  }
}

/// Requests of chance about few people, so that they get into each other's way.
private struct Chance {
  var dice: ServedDice
  let prefix: String
  private var count = 0

  init(_ seed: UInt64, prefix: String) {
    dice = ServedDice(seed)
    self.prefix = prefix
  }

  mutating func request() -> Request {
    count += 1
    let name = "\(prefix)-\(count)"
    switch dice.below(8) {
    case 0:
      let keys = (1...3).map { "\(name)/\($0)" }
      return Request(body: "[" + keys.map { event($0) }.joined(separator: ",") + "]", keys: keys)
    case 1:
      let body = "[\(event(nil)),\(event(nil))]"
      return Request(body: body, keys: ["\(name)#1", "\(name)#2"], header: name)
    case 2: return Request(body: event(nil), keys: [name], header: name)
    default: return Request(body: event(name), keys: [name])
    }
  }

  private mutating func event(_ key: String?) -> String {
    let contact = "c\(dice.below(23))"
    let user = ["ana", "ben", "carla", "dora", "max"][dice.below(5)]
    let key = key.map { #""key":"\#($0)","# } ?? ""
    switch dice.below(9) {
    case 0: return #"{\#(key)"type":"closes","contact":"\#(contact)","user":"\#(user)"}"#
    case 1:
      return #"{\#(key)"type":"sends","contact":"\#(contact)","text":"Yes","user":"\#(user)"}"#
    case 2:
      let to = dice.below(3) == 0 ? "null" : "\"\(user)\""
      return #"{\#(key)"type":"assigns","contact":"\#(contact)","to":\#(to),"user":"max"}"#
    case 3:
      let status = ["online", "busy"][dice.below(2)]
      return #"{\#(key)"type":"chooses_status","user":"\#(user)","status":"\#(status)"}"#
    default:
      let text = "Número \(dice.below(1_000)) \\u00e9 \\\"so\\\""
      return
        #"{\#(key)"type":"contact_writes","contact":"\#(contact)","channel":"web","text":"\#(text)"}"#
    }
  }
}

@Suite(.serialized) struct `A service that is killed` {
  /// The rows of a journal that nobody has open, which stays as the kill left it: a copy is read.
  private func rows(_ path: String) throws -> [(sequence: Int64, key: String?, result: String)] {
    let files = FileManager.default
    let copy = path + "-copy"
    for end in ["", "-wal"] {
      try? files.removeItem(atPath: copy + end)
      if files.fileExists(atPath: path + end) {
        try files.copyItem(atPath: path + end, toPath: copy + end)
      }
    }
    let database = try SQLite(copy)
    defer { database.close() }
    let asked = try database.prepare("SELECT sequence, key, result FROM events ORDER BY sequence")
    var rows: [(sequence: Int64, key: String?, result: String)] = []
    while try asked.step() {
      rows.append((asked.int(0), asked.text(1), asked.text(2) ?? ""))
    }
    return rows
  }

  /// Everything that was answered is there once, as it was answered, and no number is missing.
  private func expectAll(of log: Log, in path: String, sent: Set<String>) throws -> [String: Told] {
    let rows = try rows(path)
    let numbers: [Int64] = rows.indices.map { Int64($0 + 1) }
    #expect(rows.map(\.sequence) == numbers)
    var byKey: [String: Told] = [:]
    for row in rows {
      guard let key = row.key else { continue }
      let told = Told(sequence: row.sequence, result: row.result)
      #expect(byKey.updateValue(told, forKey: key) == nil, "\(key) is there twice")
      #expect(sent.contains(key), "nobody sent \(key)")
    }
    let lost = log.acknowledged.filter { byKey[$0.key] != $0.value }
    #expect(lost.isEmpty, "of \(log.acknowledged.count) were answered and are not so: \(lost)")
    return byKey
  }

  private final class Sent: Sendable {
    private let keys = Mutex<Set<String>>([])
    func add(_ new: [String]) { keys.withLock { $0.formUnion(new) } }
    var all: Set<String> { keys.withLock { $0 } }
  }

  /// Four clients send until the service is gone.
  private func drive(
    _ served: ServedDesk, round: Int, seed: UInt64, _ log: Log, _ sent: Sent
  ) throws -> [SystemThread] {
    let address = try #require(ServiceAddress(served.url))
    return (0..<4).map { number in
      SystemThread {
        let connection = HTTPConnection(address, token: nil)
        var chance = Chance(
          seed &* 1_000 &+ UInt64(round * 10 + number), prefix: "r\(round)-\(number)")
        while true {
          let request = chance.request()
          sent.add(request.keys)
          guard
            let answer = connection.ask(
              "POST", "/v1/events", body: Array(request.body.utf8), key: request.header)
          else { return log.isOpen(request) }
          log.note(request, answer)
        }
      }
    }
  }

  @Test func `loses nothing that it answered, and does nothing twice`() throws {
    let desk = try TestDesk()
    let (log, sent) = (Log(), Sent())
    let kills = isLongServing ? 50 : 5
    var dice = ServedDice(20_261_123)
    var killed: [(events: Int, kept: Int)] = []
    for round in 0..<kills {
      let sync = ["off", "normal", "full"][round % 3]
      let words = [desk.scenarioFile, "--journal", desk.journal, "--sync", sync]
      let served = try ServedDesk(words)
      let threads = try drive(served, round: round, seed: 7, log, sent)
      usleep(UInt32(30_000 + dice.below(270_001)))
      served.program.kill()
      for thread in threads { thread.join() }
      #expect(log.complaints.isEmpty)

      let kept = try expectAll(of: log, in: desk.journal, sent: sent.all)
      let again = try ServedDesk(words)
      defer { again.program.kill() }
      let before = log.repeats
      var wasThere = 0
      let connection = try again.connection()
      for request in log.takeOpen() {
        let found = request.keys.count { kept[$0] != nil }
        #expect(found == 0 || found == request.keys.count, "half of \(request.body) is there")
        wasThere += found
        let answer = try #require(
          connection.ask(
            "POST", "/v1/events", body: Array(request.body.utf8), key: request.header))
        log.note(request, answer)
      }
      // Who asks again about what is there hears what was there.
      #expect(log.repeats - before == wasThere)
      #expect(log.complaints.isEmpty)
      killed.append((log.acknowledged.count, wasThere))
      try again.expectSound()
      if round % 2 == 0 { again.program.kill() } else { #expect(again.end().code == 0) }
      _ = try expectAll(of: log, in: desk.journal, sent: sent.all)
    }
    #expect(log.acknowledged.count > kills * 4)
    #expect(log.acknowledged.count == sent.all.count, "everything was answered in the end")

    let last = try ServedDesk([desk.scenarioFile, "--journal", desk.journal])
    try last.expectSound()
    #expect(last.end().code == 0)
    let replayed = try BuiltProgram.run("replay", desk.journal, within: 120)
    #expect(replayed.code == 0, "\(replayed.out)\(replayed.err)")
    if isLongServing {
      print(
        "\(kills) kills: \(log.acknowledged.count) events answered, of them "
          + "\(log.repeats) were in the journal when they were sent again")
    }
  }

  @Test func `while it begins or ends is whole afterwards`() throws {
    let desk = try TestDesk()
    let words = [desk.scenarioFile, "--journal", desk.journal, "--sync", "normal"]
    let first = try ServedDesk(words)
    let events = (0..<300).map { writes("c\($0 % 50)", key: "k\($0)") }
    let posted = try first.post("[" + events.joined(separator: ",") + "]")
    #expect(posted.status == 200)
    #expect(first.end().code == 0)
    var dice = ServedDice(3)
    for turn in 0..<(isLongServing ? 40 : 6) {
      if turn % 2 == 0 {
        // While it reads its journal and makes its log anew.
        let begun = try BuiltProgram(["serve"] + words + ["--port", "0"])
        usleep(UInt32(dice.below(80_000)))
        begun.kill()
      } else {
        // While it writes its snapshot and empties its log.
        let served = try ServedDesk(words)
        #expect(try served.post(writes("c1", key: "t\(turn)")).status == 200)
        served.program.send(SIGTERM)
        usleep(UInt32(dice.below(30_000)))
        served.program.kill()
      }
    }
    let last = try ServedDesk(words)
    let again = try last.post("[" + events.joined(separator: ",") + "]")
    #expect(again.text.components(separatedBy: #""repeated":true}"#).count == 301)
    try last.expectSound()
    #expect(last.end().code == 0)
    #expect(try BuiltProgram.run("replay", desk.journal).code == 0)
  }
}
