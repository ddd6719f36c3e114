import Engine
import Foundation
import Testing
import World

@testable import Service

@Suite struct `Parts of a durable workspace` {
  private struct Thing: Codable, Equatable {
    var small = [0, 127, 128, -1, -128, 300]
    var wide: [Int64] = [.max, .min, 0, -1]
    var words: [UInt64] = [.max, UInt64(UInt32.max), 1 << 63]
    var bytes: [UInt8] = [0, 255]
    var fractions = [0.1, -.infinity, .leastNonzeroMagnitude]
    var flags = [true, false]
    var text = "Grüße\u{0}\n"
    var missing: Int32?
    var present: Int32? = -7
    var table = ["a": [1], "b": []]
    var nested: [Nested] = [.plain, .number(3), .pair(x: "x", y: nil)]
    var empty = Empty()
    var last = EngineTime.never

    indirect enum Nested: Codable, Equatable {
      case plain
      case number(Int)
      case pair(x: String, y: Double?)
    }
    struct Empty: Codable, Equatable {}
  }

  @Test func `write any value down and read it again`() throws {
    let bytes = try CompactForm.encode(Thing())
    #expect(try CompactForm.decode(Thing.self, from: bytes) == Thing())
    let many = [Thing(), Thing(), Thing()]
    let more = try CompactForm.encode(many)
    #expect(more.count < 3 * bytes.count)
    #expect(try CompactForm.decode([Thing].self, from: more) == many)
  }

  @Test func `find properties in another order and miss none silently`() throws {
    struct One: Codable { var a = 1, b = "b", c = [2] }
    struct Other: Codable { var c: [Int], d: Int?, a: Int }
    struct More: Codable { var a: Int, e: Int }
    let bytes = try CompactForm.encode([One(), One()])
    let others = try CompactForm.decode([Other].self, from: bytes)
    #expect(others.map(\.a) == [1, 1] && others.map(\.c) == [[2], [2]])
    #expect(throws: (any Error).self) { try CompactForm.decode([More].self, from: bytes) }
  }

  @Test func `tell which properties there are`() throws {
    struct Names: Decodable {
      let names: [String]
      enum Key: String, CodingKey { case present, last, unknown }
      init(from decoder: any Decoder) throws {
        names = try decoder.container(keyedBy: Key.self).allKeys.map(\.rawValue)
      }
    }
    let bytes = try CompactForm.encode(Thing())
    #expect(try CompactForm.decode(Names.self, from: bytes).names == ["present", "last"])
  }

  @Test func `read no damaged bytes`() throws {
    let bytes = try CompactForm.encode(Thing())
    for length in bytes.indices {
      #expect(throws: (any Error).self) {
        try CompactForm.decode(Thing.self, from: Array(bytes[..<length]))
      }
    }
    for place in bytes.indices {
      for byte: UInt8 in [0, 1, 6, 16, 17, 31, 127, 255] {
        var other = bytes
        other[place] = byte
        _ = try? CompactForm.decode(Thing.self, from: other)
      }
    }
  }

  @Test func `write an engine down as it is`() throws {
    let desk = try TestDesk()
    var core = EngineCore(settings: desk.opening.settings)
    for event in desk.opening.events { core.handle(event, at: .zero) }
    for number in 0..<50 {
      let contact = number % 3 == 2 ? ContactID(UInt64(number / 3)) : core.nextContact
      core.handle(.contactWrites(contact, on: ChannelID(0), text: "\(number)"), at: .zero)
      while let _ = core.next() {}
    }
    var copy = try CompactForm.decode(EngineCore.self, from: try CompactForm.encode(core))
    #expect(copy.checkInvariants().isEmpty && copy.eventCount == core.eventCount)
    for number in 0..<50 {
      let event = EngineEvent.closes(ContactID(UInt64(number)), by: .user(UserID(0)), note: nil)
      core.handle(event, at: .zero)
      copy.handle(event, at: .zero)
      while true {
        let effect = core.next()
        #expect(copy.next() == effect)
        if effect == nil { break }
      }
    }
  }

  @Test func `keep timers in order of deadline, then of arming`() throws {
    var timers = ArmedTimers()
    func key(_ number: Int) -> TimerKey { .run(RunID(UInt64(number))) }
    for number in 0..<500 {
      timers.arm(key(number), at: EngineTime(nanoseconds: Int64(number * 7_919 % 101)))
    }
    for number in stride(from: 0, to: 500, by: 3) { timers.cancel(key(number)) }
    for number in stride(from: 1, to: 500, by: 3) {
      timers.arm(key(number), at: EngineTime(nanoseconds: 50))
    }
    timers = try CompactForm.decode(ArmedTimers.self, from: try CompactForm.encode(timers))
    #expect(timers.count == 333)
    #expect(timers.due(through: EngineTime(nanoseconds: -1)) == nil)
    var order: [TimerKey] = []
    while let key = timers.due(through: .never) {
      order.append(key)
      timers.cancel(key)
    }
    let left = (0..<500).filter { $0 % 3 == 2 }.map { (at: $0 * 7_919 % 101, number: $0) }
    let again = (0..<500).filter { $0 % 3 == 1 }.map { (at: 50, number: $0 + 1_000) }
    let expected = (left + again).sorted { ($0.at, $0.number) < ($1.at, $1.number) }
    #expect(order == expected.map { key($0.number % 1_000) })
    #expect(timers.nextDeadline() == nil)
  }

  @Test func `know the messages on their way, the latest ones`() throws {
    var messages = MessagesOut()
    func message(_ number: Int) -> OutgoingMessage {
      OutgoingMessage(
        id: MessageID(UInt64(number)), contact: ContactID(0), channel: ChannelID(0),
        sender: .broadcast)
    }
    for number in stride(from: 1, through: 100_001, by: 2) { messages.add(message(number)) }
    #expect(messages[1] == nil && messages[100_001] == message(100_001))
    #expect(messages[100_000] == nil && messages[100_003] == nil && messages[0] == nil)
    #expect(messages[UInt64(100_001 - MessagesOut.limit + 2)] != nil)
    messages.remove(99_999)
    #expect(messages[99_999] == nil)
    let copy = try CompactForm.decode(MessagesOut.self, from: try CompactForm.encode(messages))
    for number in UInt64(0)...100_010 { #expect(copy[number] == messages[number]) }
    messages.add(message(10_000_000))
    #expect(messages[100_001] == nil && messages[10_000_000] != nil)
  }

  @Test func `read and write JSON as others do`() throws {
    let text =
      #"{"a":[1,-2.5,1e3,0.1,12345678901234567890],"b":{"c":null,"d":true},"e":"\u00e9\ud83d\ude00\\\/\"\t","f":[],"g":{}}"#
    var scanner = JSONScanner(Array(text.utf8))
    guard case .object(let members) = try scanner.value() else {
      Issue.record("no object")
      return
    }
    #expect(members.map(\.name) == ["a", "b", "e", "f", "g"])
    #expect(
      members[0].value
        == .list([
          .number(1), .number(-2.5), .number(1_000), .number(0.1), .number(1.2345678901234567e19),
        ]))
    #expect(members[2].value == .text("é😀\\/\"\t"))
    var line = JSONLine()
    line.begin()
    line.member("text", "é😀\\/\"\t\u{1}")
    line.name("list")
    line.begin("[")
    for number in [0, -5, Int.max, Int.min] as [Int] { line.number(number) }
    line.number(0.25)
    line.seconds(-1_500_000_000)
    line.seconds(7)
    line.end("]")
    line.member("flag", true)
    line.end()
    let read = try #require(
      try JSONSerialization.jsonObject(with: Data(line.bytes)) as? [String: Any])
    #expect(read["text"] as? String == "é😀\\/\"\t\u{1}")
    #expect(
      (read["list"] as? [NSNumber])?.map(\.stringValue)
        == ["0", "-5", "9223372036854775807", "-9223372036854775808", "0.25", "-1.5", "7e-09"])
    #expect(read["flag"] as? Bool == true)
  }

  @Test func `name every type and key as requests do`() {
    #expect(EventKind.aiAgentEnds.name == "ai_agent_ends")
    #expect(EventKind.byName["contact_sends_attachment"] == .contactSendsAttachment)
    #expect(MemberKey.byName["for"] == .for && MemberKey.byName["of"] == .of)
    #expect(MemberKey.allCases.count < 64)
  }
}
