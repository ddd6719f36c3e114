import Engine

/// Reads JSON byte by byte, so that nothing is built that the caller does not ask for.
struct JSONScanner {
  let bytes: [UInt8]
  /// The next byte.
  var place = 0
  /// How deep lists and objects may stand in each other.
  static let depthLimit = 64

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What is wrong at the place at hand.
  func fault(_ why: String) -> BadRequest {
    BadRequest(400, "malformed", "at byte \(place + 1): \(why)")
  }

  /// The next byte that is no blank, which stays; 0 at the end.
  @inline(__always)
  mutating func peek() -> UInt8 {
    while place < bytes.count {
      let byte = bytes[place]
      if byte > 0x20 || byte != 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09 {
        return byte
      }
      place &+= 1
    }
    return 0
  }

  mutating func expect(_ byte: UInt8, _ what: String) throws(BadRequest) {
    guard peek() == byte, place < bytes.count else { throw fault("expected \(what)") }
    place &+= 1
  }

  /// What follows an item: whether another one does.
  mutating func goesOn(until end: UInt8, in what: String) throws(BadRequest) -> Bool {
    let byte = peek()
    if byte == UInt8(ascii: ",") {
      place &+= 1
      return true
    }
    guard byte == end else {
      throw fault("expected ',' or '\(Character(Unicode.Scalar(end)))' in the \(what)")
    }
    place &+= 1
    return false
  }

  /// Nothing but blanks follows.
  mutating func end() throws(BadRequest) {
    _ = peek()
    guard place == bytes.count else { throw fault("something follows after the end") }
  }

  // MARK: Strings

  mutating func string() throws(BadRequest) -> String {
    try expect(UInt8(ascii: "\""), "a text in quotes")
    let start = place
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") {
        guard let text = String(validating: bytes[start..<place], as: UTF8.self) else {
          place = start
          throw fault("the text is not UTF-8")
        }
        place &+= 1
        return text
      }
      if byte == UInt8(ascii: "\\") { return try escaped(from: start) }
      guard byte >= 0x20 else { throw fault("a control character stands in a text unescaped") }
      place &+= 1
    }
    throw fault("a text without closing quote")
  }

  private mutating func escaped(from start: Int) throws(BadRequest) -> String {
    var result = Array(bytes[start..<place])
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") {
        guard let text = String(validating: result, as: UTF8.self) else {
          place = start
          throw fault("the text is not UTF-8")
        }
        place &+= 1
        return text
      }
      guard byte >= 0x20 else { throw fault("a control character stands in a text unescaped") }
      place &+= 1
      if byte != UInt8(ascii: "\\") {
        result.append(byte)
      } else {
        result.append(contentsOf: String(try escape()).utf8)
      }
    }
    throw fault("a text without closing quote")
  }

  private mutating func escape() throws(BadRequest) -> Character {
    guard place < bytes.count else { throw fault("a text without closing quote") }
    let byte = bytes[place]
    place &+= 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Character(Unicode.Scalar(byte))
    case UInt8(ascii: "n"): return Character(Unicode.Scalar(0x0A as UInt8))
    case UInt8(ascii: "t"): return Character(Unicode.Scalar(0x09 as UInt8))
    case UInt8(ascii: "r"): return Character(Unicode.Scalar(0x0D as UInt8))
    case UInt8(ascii: "b"): return Character(Unicode.Scalar(0x08 as UInt8))
    case UInt8(ascii: "f"): return Character(Unicode.Scalar(0x0C as UInt8))
    case UInt8(ascii: "u"):
      var code = UInt32(try hexadecimal())
      // Two escapes make one character beyond the first 65,536.
      if code & 0xFC00 == 0xD800, place &+ 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
        bytes[place &+ 1] == UInt8(ascii: "u")
      {
        place &+= 2
        let low = UInt32(try hexadecimal())
        guard low & 0xFC00 == 0xDC00 else { throw fault("half a pair of \\u escapes") }
        code = 0x10000 &+ (code & 0x3FF) &<< 10 &+ (low & 0x3FF)
      }
      guard let scalar = Unicode.Scalar(code) else { throw fault("half a pair of \\u escapes") }
      return Character(scalar)
    default: throw fault("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws(BadRequest) -> UInt16 {
    guard place &+ 4 <= bytes.count else { throw fault("four hexadecimal digits follow \\u") }
    var code: UInt16 = 0
    for byte in bytes[place..<place &+ 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw fault("four hexadecimal digits follow \\u")
      }
      code = code &<< 4 | UInt16(digit)
    }
    place &+= 4
    return code
  }

  // MARK: Other values

  /// A number, as JSON writes them.
  mutating func number() throws(BadRequest) -> Double {
    let start = place
    var whole: Int64 = 0
    let isNegative = place < bytes.count && bytes[place] == UInt8(ascii: "-")
    if isNegative { place &+= 1 }
    let first = place
    while place < bytes.count, bytes[place] &- 0x30 < 10 {
      whole = whole &* 10 &+ Int64(bytes[place] &- 0x30)
      place &+= 1
    }
    let digits = place &- first
    guard digits > 0, digits == 1 || bytes[first] != UInt8(ascii: "0") else {
      place = start
      throw fault("expected a number")
    }
    let next = place < bytes.count ? bytes[place] : 0
    if digits < 16, next != UInt8(ascii: "."), next | 0x20 != UInt8(ascii: "e") {
      return Double(isNegative ? -whole : whole)
    }
    return try decimal(from: start)
  }

  private mutating func decimal(from start: Int) throws(BadRequest) -> Double {
    func digits(_ place: inout Int) -> Bool {
      let start = place
      while place < bytes.count, bytes[place] &- 0x30 < 10 { place &+= 1 }
      return place > start
    }
    var isRight = true
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place &+= 1
      isRight = digits(&place)
    }
    if isRight, place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
      place &+= 1
      if place < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[place]) {
        place &+= 1
      }
      isRight = digits(&place)
    }
    guard isRight, let value = Double(String(decoding: bytes[start..<place], as: UTF8.self)),
      value.isFinite
    else {
      place = start
      throw fault("expected a number that a computer can hold")
    }
    return value
  }

  private mutating func word(_ word: StaticString) throws(BadRequest) {
    for index in 0..<word.utf8CodeUnitCount {
      let expected = unsafe word.utf8Start[index]
      guard place < bytes.count, bytes[place] == expected else {
        throw fault("expected a value")
      }
      place &+= 1
    }
  }

  /// Any value.
  mutating func value(depth: Int = 0) throws(BadRequest) -> JSON {
    switch peek() {
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"):
      try word("true")
      return .flag(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .flag(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw fault(place < bytes.count ? "expected a value" : "the text ends too early")
    }
  }

  private mutating func list(depth: Int) throws(BadRequest) -> JSON {
    guard depth < Self.depthLimit else { throw fault("deeper than \(Self.depthLimit) levels") }
    place &+= 1
    var items: [JSON] = []
    if peek() == UInt8(ascii: "]") {
      place &+= 1
      return .list(items)
    }
    repeat {
      items.append(try value(depth: depth + 1))
    } while try goesOn(
      until: UInt8(ascii: "]"), in: "list")
    return .list(items)
  }

  private mutating func object(depth: Int) throws(BadRequest) -> JSON {
    guard depth < Self.depthLimit else { throw fault("deeper than \(Self.depthLimit) levels") }
    place &+= 1
    var members: [JSON.Member] = []
    if peek() == UInt8(ascii: "}") {
      place &+= 1
      return .object(members)
    }
    repeat {
      _ = peek()
      let name = try string()
      try expect(UInt8(ascii: ":"), "':' after a name")
      members.append(JSON.Member(name, try value(depth: depth + 1)))
    } while try goesOn(until: UInt8(ascii: "}"), in: "object")
    return .object(members)
  }
}
