import Foundation
import Glibc
import Testing

@testable import Service

/// Requests that are wrong in some way, as a seed gives them.
private struct Nonsense {
  var dice: ServedDice

  /// A request, and whether an answer is due to it.
  mutating func request() -> (bytes: [UInt8], isWhole: Bool) {
    switch dice.below(12) {
    case 0: return (head(length: 5_000) + body().prefix(40), false)
    case 1: return (Array(chance(200)), false)
    case 2: return (Array("POST /v1/events HTTP/1.1\r\nHo".utf8), false)
    case 3:
      let path = ["/v1/users/%ff", "/v1/%2e%2e/x", "/v1/contacts/%00", "/v1/audit?after=%", "//"]
      return (Array("GET \(path[dice.below(5)]) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8), true)
    case 4:
      let long = String(repeating: "x", count: 100_000)
      return (Array("GET /v1/state HTTP/1.1\r\nHost: \(long)\r\n\r\n".utf8), false)
    case 5:
      // Longer than any body may be; some say so beforehand and some do not.
      let big = Array(repeating: UInt8(ascii: " "), count: (1 << 20) + dice.below(1 << 20))
      return (head(length: big.count) + big, true)
    case 6:
      let chunk = String(dice.below(1 << 30), radix: 16)
      let text = "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
      return (Array("\(text)\(chunk)\r\n{\"type\"".utf8), false)
    default:
      let body = body()
      return (head(length: body.count) + body, true)
    }
  }

  private func head(length: Int) -> [UInt8] {
    Array("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(length)\r\n\r\n".utf8)
  }

  private mutating func chance(_ most: Int) -> [UInt8] {
    (0..<(1 + dice.below(most))).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
  }

  /// A body that no service should take, or may take without harm.
  private mutating func body() -> [UInt8] {
    let long = String(repeating: "y", count: 1 + dice.below(60_000))
    let deep = 1 + dice.below(100_000)
    let texts = [
      "", "{", "[", "[[", "nul", "\u{FEFF}{}", "{\"type\":}", "{\"type\":\"contact_writes\",}",
      String(repeating: "[", count: deep), String(repeating: "{\"payload\":", count: deep),
      "[" + String(repeating: "{},", count: 900) + "{}]",
      event(#""type":"logs_in","user":1e999"#), event(#""type":"logs_in","user":\#(long)"#),
      event(#""type":"message_failed","message":99999999999999999999999999"#),
      event(#""type":"message_failed","message":-0.5e-400"#),
      event(#""type":"auto_close_set","after":1e308,"for":1"#),
      event(##""type":"snoozes","contact":"x","user":"ana","for":9.3e9,"until":9.3e18"##),
      event(#""type":"contact_writes","contact":"\ud800","channel":"web","text":"""#),
      event(#""type":"contact_writes","contact":"\udc00\ud800","channel":"web""#),
      event(#""type":"\#(long)""#), event(#""\#(long)":1"#), event(#""type":"tags","tag":[[]]"#),
      event(#""key":"\#(long)","type":"opens","contact":"x","program":"api""#),
      event(#""key":"a\u0000b","type":"opens","contact":"x","program":"api""#),
      event(#""type":"contact_writes","contact":"\#(long)","channel":"web","text":"""#),
      event(#""type":"service_answers","run":"run-4294967295.4294967295","body":{}"#),
      event(#""type":"service_answers","run":"run-18446744073709551616","status":1"#),
      event(#""type":"user_added","user":"","weight":4294967297"#),
      event(#""type":"webhook_arrives","contact":5,"webhook":{},"payload":"\#(long)""#),
      event(#""type":"timer_fires","timer":"queues""#), event("\"a\":\"\u{1}\""),
    ]
    var bytes = Array(texts[dice.below(texts.count)].utf8)
    // A third is spoilt once more.
    if dice.below(3) == 0, !bytes.isEmpty {
      bytes[dice.below(bytes.count)] = UInt8(truncatingIfNeeded: dice.next())
    }
    return bytes
  }

  private func event(_ members: String) -> String { "{\(members)}" }
}

@Suite(.serialized) struct `A service among nonsense` {
  /// Sends nonsense; says what should not have come back.
  private func pester(_ port: UInt16, _ seed: UInt64, _ count: Int) -> [String] {
    var nonsense = Nonsense(dice: ServedDice(seed))
    var complaints: [String] = []
    for _ in 0..<count {
      let (bytes, isWhole) = nonsense.request()
      guard let line = RawLine(port: port) else {
        complaints.append("nobody listens")
        continue
      }
      line.send(bytes)
      guard isWhole else { continue }
      let shown = String(decoding: bytes.prefix(200), as: UTF8.self)
      guard let status = line.status() else {
        complaints.append("no answer to \(shown)")
        continue
      }
      // A byte that was changed may have left an event that is taken.
      if !(200..<500).contains(status) { complaints.append("\(status) to \(shown)") }
    }
    return complaints
  }

  /// What a well-behaved client saw.
  private final class Behaved: Sendable {
    let answered = SharedCount()
    let others = SharedCount()
    private let longest = LongestTime()
    var slowest: Double { longest.value }

    func run(_ address: ServiceAddress, _ round: Int, while goesOn: () -> Bool) {
      let connection = HTTPConnection(address, token: nil)
      var number = 0
      while goesOn() {
        number += 1
        let body = writes("good \(number % 20)", "Number \(number)")
        let start = steadySeconds()
        let answer = connection.ask(
          "POST", "/v1/events", body: Array(body.utf8), key: "good-\(round)-\(number)")
        longest.note(steadySeconds() - start)
        if answer?.status == 200 { answered.add(1) } else { others.add(1) }
        usleep(2_000)
      }
    }
  }

  /// What a round may leave behind, which sends 450 requests with 40 bodies of more than a megabyte in them: the
  /// rows of the good events in the cache of the journal's pages, a third of a kilobyte each, and what the
  /// allocator keeps of three bodies that were read at once.
  private static let memoryBound = 12 << 20

  @Test func `goes on for everybody else`() throws {
    let desk = try TestDesk()
    let served = try ServedDesk(desk)
    let address = try #require(ServiceAddress(served.url))
    let behaved = Behaved()
    let complaints = Complaints()
    let port = served.port
    var memory: [Int] = []
    for round in 0..<(isLongServing ? 40 : 3) {
      let left = SharedCount()
      left.add(3)
      inThreads(4) { number in
        if number == 0 { return behaved.run(address, round) { left.value > 0 } }
        complaints.add(pester(port, UInt64(round * 10 + number), 150))
        left.add(-1)
      }
      memory.append(served.residentBytes)
    }
    #expect(complaints.all == [])
    #expect(behaved.others.value == 0)
    #expect(behaved.answered.value > 50)
    #expect(behaved.slowest < 2, "the slowest answer took \(behaved.slowest) s")
    // The first round has what comes once: buffers of the library, tables of the runtime.
    let growth = memory[memory.count - 1] - memory[0]
    #expect(growth < Self.memoryBound, "\(memory)")
    #expect(served.program.isRunning)
    let journal = try served.ask("GET", "/v1/audit?after=0&limit=1000")
    #expect(journal.status == 200)
    try served.expectSound()
    #expect(served.end().code == 0)
    #expect(try BuiltProgram.run("replay", desk.journal).code == 0)
    if isLongServing {
      print(
        "nonsense: \(behaved.answered.value) good events, slowest \(behaved.slowest) s, memory "
          + "\(memory.map { $0 >> 10 }) KiB")
    }
  }

  @Test func `does not keep the places of those who hung up`() throws {
    let desk = try TestDesk()
    let served = try ServedDesk(desk)
    func connections() throws -> Int {
      let text = try served.ask("GET", "/metrics").text
      let line = text.split(separator: "\n").first { $0.hasPrefix("switchboard_http_connections ") }
      return try #require(line?.split(separator: " ").last.flatMap { Int($0) })
    }
    let head = "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n{"
    for part in [head, String(head.prefix(30)), "GET"] {
      for _ in 0..<50 { RawLine(port: served.port)?.send(Array(part.utf8)) }
    }
    let kept = try served.connection()
    #expect(kept.ask("GET", "/v1/state")?.status == 200)
    // Long before a request that is merely slow would be cut off.
    let start = steadySeconds()
    #expect(waits(6) { (try? connections()) ?? .max <= 3 })
    #expect(steadySeconds() - start < 5)
    // Who is silent and there stays.
    #expect(kept.ask("GET", "/v1/state")?.status == 200 && !kept.isBroken)
  }

  /// Ten minutes of events about a fixed set of contacts.
  ///
  /// What grows at first: the cache of the journal's pages (64 MB at most), the messages of which nobody
  /// reports what became (65,536 at most), the memory that the allocator keeps. The second half has all of it.
  @Test(.enabled(if: isLongServing, "set SWITCHBOARD_LONG=1"))
  func `needs no more memory the longer it runs`() throws {
    let desk = try TestDesk()
    let served = try ServedDesk(desk)
    let address = try #require(ServiceAddress(served.url))
    let length = 600.0
    let start = steadySeconds()
    let sent = SharedCount()
    let failed = SharedCount()
    let samples = Samples()
    inThreads(5) { number in
      if number == 4 {
        while steadySeconds() - start < length {
          samples.add(served.residentBytes)
          usleep(1_000_000)
        }
        return
      }
      let connection = HTTPConnection(address, token: nil)
      var round = 0
      while steadySeconds() - start < length {
        round += 1
        let contact = "c\((round * 7 + number) % 200)"
        let user = ["ana", "ben", "carla", "dora"][(round / 3) % 4]
        let body =
          switch round % 3 {
          case 0: #"{"type":"closes","contact":"\#(contact)","user":"\#(user)"}"#
          case 1: writes(contact, "Number \(round)")
          default: #"{"type":"sends","contact":"\#(contact)","text":"Yes","user":"\#(user)"}"#
          }
        let answer = connection.ask(
          "POST", "/v1/events", body: Array(body.utf8), key: "\(number)-\(round)")
        if answer?.status == 200 { sent.add(1) } else { failed.add(1) }
      }
    }
    #expect(failed.value == 0)
    try served.expectSound()
    let all = samples.all
    let quarters = (0..<4).map { quarter in
      let part = all[(all.count * quarter / 4)..<(all.count * (quarter + 1) / 4)]
      return part.reduce(0, +) / max(1, part.count)
    }
    print("soak: \(sent.value) events, memory by quarters \(quarters.map { $0 >> 10 }) KiB")
    #expect(quarters[3] < quarters[2] + quarters[2] / 10, "\(quarters)")
    #expect(served.end().code == 0)
  }
}

/// The longest of some times.
private final class LongestTime: Sendable {
  private let samples = Samples()
  func note(_ seconds: Double) { samples.add(Int(seconds * 1e9)) }
  var value: Double { Double(samples.all.max() ?? 0) / 1e9 }
}
