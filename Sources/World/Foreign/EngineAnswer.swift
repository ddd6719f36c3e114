/// What an engine says to one line.
struct EngineAnswer: Equatable {
  /// One thing that an engine says.
  enum Decision: Equatable {
    /// The contact of a run goes to a user.
    case assign(run: UInt64, user: UInt64)
    /// The step of a run is left as if nobody better had been found.
    case leave(run: UInt64)
    /// The engine wants to be asked again at this time, in nanoseconds.
    case wakeAt(UInt64)
  }

  /// The number of the line that it answers.
  var line: UInt64?
  var decisions: [Decision] = []
  /// Which version of the protocol it speaks: said to the first line.
  var version: UInt64?
  /// The events that it wants to hear of; all if nil.
  var wants: [String]?
}

/// Why a line of an engine cannot be understood.
struct EngineAnswerProblem: Error {
  let what: String
}

extension EngineAnswer {
  /// Reads a line: an object with `line`, `decisions` and, in the first one, `protocol`, `name`, `wants`.
  init(_ bytes: ArraySlice<UInt8>) throws(EngineAnswerProblem) {
    var scanner = JSONScanner(bytes)
    try scanner.object { (scanner, key) throws(EngineAnswerProblem) in
      switch key {
      case "line": line = try scanner.number(key)
      case "decisions":
        try scanner.list { (scanner) throws(EngineAnswerProblem) in
          decisions.append(try Self.decision(&scanner))
        }
      case "name": _ = try scanner.string()  // For people who read along.
      case "protocol": version = try scanner.number(key)
      case "wants":
        var names: [String] = []
        try scanner.list { (scanner) throws(EngineAnswerProblem) in
          names.append(try scanner.string())
        }
        wants = names
      default:
        throw EngineAnswerProblem(
          what: "unknown key '\(key)', expected line, decisions, and once protocol, name, wants")
      }
    }
    try scanner.end()
  }

  private static func decision(
    _ scanner: inout JSONScanner
  ) throws(EngineAnswerProblem) -> Decision {
    var run: UInt64?
    var user: UInt64?
    var left: UInt64?
    var time: UInt64?
    try scanner.object { (scanner, key) throws(EngineAnswerProblem) in
      switch key {
      case "assign": run = try scanner.number(key)
      case "to": user = try scanner.number(key)
      case "leave": left = try scanner.number(key)
      case "wake_at": time = try scanner.number(key)
      default:
        throw EngineAnswerProblem(
          what: "a decision has the key '\(key)', expected assign with to, or leave, or wake_at")
      }
    }
    switch (run, user, left, time) {
    case (let run?, let user?, nil, nil): return .assign(run: run, user: user)
    case (nil, nil, let run?, nil): return .leave(run: run)
    case (nil, nil, nil, let time?): return .wakeAt(time)
    default:
      throw EngineAnswerProblem(
        what: "a decision is one of {assign: RUN, to: USER}, {leave: RUN}, {wake_at: TIME}")
    }
  }
}

/// Reads the little JSON that engines write, from front to back.
struct JSONScanner {
  private let bytes: ArraySlice<UInt8>
  private var place: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  /// Reads an object; `member` reads the value under each key.
  mutating func object(
    _ member: (inout JSONScanner, String) throws(EngineAnswerProblem) -> Void
  ) throws(EngineAnswerProblem) {
    try expect(UInt8(ascii: "{"), "an object")
    if take(UInt8(ascii: "}")) { return }
    repeat {
      let key = try string()
      try expect(UInt8(ascii: ":"), "':' after '\(key)'")
      try member(&self, key)
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"), "',' or '}'")
  }

  /// Reads a list; `item` reads each item.
  mutating func list(
    _ item: (inout JSONScanner) throws(EngineAnswerProblem) -> Void
  ) throws(EngineAnswerProblem) {
    try expect(UInt8(ascii: "["), "a list")
    if take(UInt8(ascii: "]")) { return }
    repeat { try item(&self) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"), "',' or ']'")
  }

  /// Reads a whole number that is not negative: all that engines have to say.
  mutating func number(_ key: String) throws(EngineAnswerProblem) -> UInt64 {
    skipBlanks()
    let first = place
    var value: UInt64 = 0
    while place < bytes.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) {
      let (tens, isOver) = value.multipliedReportingOverflow(by: 10)
      let (sum, isOverToo) = tens.addingReportingOverflow(
        UInt64(bytes[place] - UInt8(ascii: "0")))
      guard !isOver, !isOverToo else {
        throw EngineAnswerProblem(what: "the number under '\(key)' is too large")
      }
      value = sum
      place += 1
    }
    let ends = [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")]
    guard place > first, place == bytes.endIndex || !ends.contains(bytes[place]) else {
      throw EngineAnswerProblem(what: "'\(key)' takes a whole number from 0 on, found \(found)")
    }
    return value
  }

  /// Reads a text.
  mutating func string() throws(EngineAnswerProblem) -> String {
    try expect(UInt8(ascii: "\""), "a text")
    var text: [UInt8] = []
    while place < bytes.endIndex, bytes[place] != UInt8(ascii: "\"") {
      if bytes[place] == UInt8(ascii: "\\") {
        place += 1
        guard place < bytes.endIndex else { break }
        // Names need no more than that; other escapes stand for themselves.
        text.append(bytes[place] == UInt8(ascii: "n") ? UInt8(ascii: " ") : bytes[place])
      } else {
        text.append(bytes[place])
      }
      place += 1
    }
    guard place < bytes.endIndex else {
      throw EngineAnswerProblem(what: "a text has no end")
    }
    place += 1
    return String(decoding: text, as: UTF8.self)
  }

  /// Makes sure that nothing follows.
  mutating func end() throws(EngineAnswerProblem) {
    skipBlanks()
    guard place == bytes.endIndex else {
      throw EngineAnswerProblem(what: "expected nothing more, found \(found)")
    }
  }

  private mutating func skipBlanks() {
    while place < bytes.endIndex, bytes[place] == 0x20 || (9...13).contains(bytes[place]) {
      place += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard place < bytes.endIndex, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ byte: UInt8, _ what: String) throws(EngineAnswerProblem) {
    guard take(byte) else {
      throw EngineAnswerProblem(what: "expected \(what), found \(found)")
    }
  }

  /// What stands at the place, in a few words.
  private var found: String {
    guard place < bytes.endIndex else { return "the end of the line" }
    return "'" + String(decoding: bytes[place...].prefix(20), as: UTF8.self) + "'"
  }
}
