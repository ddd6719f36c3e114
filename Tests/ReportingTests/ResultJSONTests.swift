import Foundation
import Measurement
import Testing

@testable import Reporting

@Suite struct `The saved result` {
  @Test(arguments: ["comparison", "run", "extended", "hostile"])
  func `a document survives being saved`(name: String) throws {
    let document =
      switch name {
      case "run": Fixture.run()
      case "extended": Fixture.extended()
      case "hostile": Fixture.hostile()
      default: Fixture.comparison()
      }
    let text = try ResultJSON.text(of: document)
    let read = try ResultJSON.document(in: text)
    #expect(read == document)
    #expect(try ResultJSON.text(of: read) == text)
  }

  @Test func `the quick encoder writes the bytes of the general one, on one line or many`() throws {
    // The names of the keys, their order, numbers of every kind, and texts that need escapes.
    struct Odd: Codable, Equatable {
      var numbers = [
        0, -0.0, 1, -2.5, 1e15, 123_456_789_012_345, 1e16, 1e-7, 0.1, 1e300, .leastNonzeroMagnitude,
      ]
      var whole: [Int] = [0, 5, 9, 10, 99, -1, -9, .max, .min]
      var myURLIs2ndBest = "a\"b\\c/\u{1}\u{8}\u{c}\n\r\t\u{7f}é\u{2028}🙂"
      var zLast: [[Bool?]] = [[true, nil], [], [false]]
      // What begins and what ends a container, and containers that begin with one.
      var marks = ["[", "{", "", "]", "a[", "{\n"]
      var deep: [[[Empty]]] = [[[], [Empty(), Empty()]], [[]], []]
      var nothing: Int?
      var aFirst: [String] = []
      var inner = Inner()
      var empty = Empty()
      // One after the other alike but for what is missing, the longest member at every place.
      var some = [
        Some(late: "x", early: nil, middle: "longest of all"),
        Some(late: "longest of all", early: 1, middle: "x"), Some(late: "", early: 1, middle: ""),
        Some(late: "x", early: nil, middle: nil), Some(late: "y", early: 1_000_000, middle: "z"),
      ]
      struct Inner: Codable, Equatable { var byteCount: UInt8 = 7 }
      struct Empty: Codable, Equatable {}
      struct Some: Codable, Equatable {
        var late: String
        var early: Int?
        var middle: String?
      }
    }
    func general(_ value: some Encodable, isPretty: Bool) throws -> String {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
      encoder.keyEncodingStrategy = .convertToSnakeCase
      return String(decoding: try encoder.encode(value), as: UTF8.self) + (isPretty ? "\n" : "")
    }
    func quick(_ value: some Encodable, isPretty: Bool) throws -> String {
      let bytes = try CompactEncoder.bytes(of: value)
      return String(decoding: isPretty ? JSONLines.laidOut(bytes) : bytes, as: UTF8.self)
    }
    for isPretty in [false, true] {
      #expect(try quick(Odd(), isPretty: isPretty) == general(Odd(), isPretty: isPretty))
    }
    for document in [
      Fixture.comparison(), Fixture.run(), Fixture.extended(), Fixture.hostile(),
    ] {
      for isPretty in [false, true] {
        #expect(try quick(document, isPretty: isPretty) == general(document, isPretty: isPretty))
      }
    }
  }

  @Test func `everything is made again byte for byte`() throws {
    for document in [Fixture.comparison(), Fixture.run()] {
      let read = try ResultJSON.document(in: ResultJSON.text(of: document))
      let style = TerminalStyle(columns: 100)
      #expect(
        TerminalAnswer(of: read, style: style).text
          == TerminalAnswer(of: document, style: style).text)
      #expect(ResultTables(of: read).files == ResultTables(of: document).files)
      #expect(try JSONAnswer(of: read).text() == JSONAnswer(of: document).text())
    }
  }

  @Test func `a newer layout is refused with advice`() {
    let error = #expect(throws: ResultJSONError.self) {
      try ResultJSON.document(in: #"{"format": 99}"#)
    }
    #expect(error == .unknownFormat(99, known: ResultDocument.currentFormat))
    #expect(error?.description.contains("use a newer switchboard") == true)
  }

  @Test(arguments: ["", "{", "[]", "{\"format\": \"one\"}", "null"])
  func `what is not a result is refused`(text: String) {
    #expect(throws: ResultJSONError.notAResult) { try ResultJSON.document(in: text) }
  }

  @Test func `a damaged result names the place`() throws {
    let text = try ResultJSON.text(of: Fixture.run())
      .replacingOccurrences(of: "\"agent_count\":12", with: "\"agent_count\":\"many\"")
    let error = #expect(throws: ResultJSONError.self) { try ResultJSON.document(in: text) }
    #expect(error == .damaged(at: "scenario.agentCount"))
  }

  @Test func `numbers that JSON does not know are refused`() {
    var document = Fixture.run()
    document.strategies[0].values[0].mean = .infinity
    #expect(throws: ResultJSONError.notFinite) { try ResultJSON.text(of: document) }
    #expect(throws: ResultJSONError.notFinite) { try JSONAnswer(of: document).text() }
  }

  @Test func `the answer for programs carries the verdict, goals and differences`() throws {
    let text = try JSONAnswer(
      of: Fixture.comparison(), folder: "Reports/x", files: ["index.html"]
    ).text()
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let answer = try #require(object)
    #expect((answer["goals"] as? [Any])?.count == 9)
    #expect((answer["differences"] as? [Any])?.count == 2 * Fixture.rows.count)
    #expect((answer["verdict"] as? String)?.hasPrefix("look first is the only strategy") == true)
    #expect(answer["fingerprint"] as? String == "7c1f-09ae-5d20")
    #expect(answer["folder"] as? String == "Reports/x")
    #expect(
      answer["repeated_by"] as? String
        == "switchboard compare Scenarios/support-desk.yaml --seed 20261123")
  }

  @Test func `the manifest keeps what differs between machines apart`() throws {
    let document = Fixture.comparison()
    let plain = Manifest(of: document, environment: nil)
    let full = Manifest(of: document, environment: Fixture.environment)
    let read = try #require(Manifest(full.text))
    #expect(read == full)
    var without = read
    without.environment = nil
    #expect(without.text == plain.text)
    #expect(plain.text.contains("\"scenario_digest\" : \"5b1f77c0\""))
    #expect(Manifest("{\"tool\": \"other\"}") == nil)
  }
}
