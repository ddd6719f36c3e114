import Engine

/// Writes JSON in one line, straight into bytes.
struct JSONLine {
  private(set) var bytes: [UInt8] = []
  /// Whether the next member or item comes after another.
  private var follows = false

  init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

  // MARK: Structure

  mutating func begin(_ opening: Unicode.Scalar = "{") {
    comma()
    bytes.append(UInt8(truncatingIfNeeded: opening.value))
    follows = false
  }

  mutating func end(_ closing: Unicode.Scalar = "}") {
    bytes.append(UInt8(truncatingIfNeeded: closing.value))
    follows = true
  }

  @inline(__always)
  private mutating func comma() {
    if follows { bytes.append(UInt8(ascii: ",")) }
    follows = true
  }

  /// A name, plain as a word; its value must follow.
  mutating func name(_ name: StaticString) {
    comma()
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { buffer in unsafe bytes.append(contentsOf: buffer) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    follows = false
  }

  /// A name that is not known beforehand; its value must follow.
  mutating func key(_ name: String) {
    text(name)
    bytes.append(UInt8(ascii: ":"))
    follows = false
  }

  /// A plain word in quotes.
  mutating func word(_ word: StaticString) {
    comma()
    bytes.append(UInt8(ascii: "\""))
    word.withUTF8Buffer { buffer in unsafe bytes.append(contentsOf: buffer) }
    bytes.append(UInt8(ascii: "\""))
  }

  // MARK: Values

  mutating func text(_ text: String) {
    comma()
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") {
        bytes.append(byte)
      } else {
        escape(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    default:
      let digits = String(byte, radix: 16)
      bytes.append(contentsOf: (byte < 16 ? "u000" + digits : "u00" + digits).utf8)
    }
  }

  mutating func number(_ number: UInt64) {
    comma()
    digits(number)
  }

  mutating func number(_ number: Int) {
    comma()
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    digits(UInt64(number.magnitude))
  }

  private mutating func digits(_ number: UInt64) {
    if number < 10 { return bytes.append(0x30 &+ UInt8(truncatingIfNeeded: number)) }
    var rest = number
    let start = bytes.count
    while rest > 0 {
      bytes.append(0x30 &+ UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    bytes[start...].reverse()
  }

  /// Nanoseconds as seconds, with as many decimals as it takes.
  mutating func seconds(_ nanoseconds: Int64) {
    comma()
    if nanoseconds < 0 { bytes.append(UInt8(ascii: "-")) }
    let (whole, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    digits(whole)
    guard rest > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var left = rest
    var unit: UInt64 = 100_000_000
    while left > 0 {
      bytes.append(0x30 &+ UInt8(truncatingIfNeeded: left / unit))
      left %= unit
      unit /= 10
    }
  }

  mutating func number(_ number: Double) {
    if let whole = Int(exactly: number) { return self.number(whole) }
    comma()
    // What JSON has no word for cannot have come in.
    bytes.append(contentsOf: (number.isFinite ? "\(number)" : "null").utf8)
  }

  mutating func flag(_ flag: Bool) {
    comma()
    bytes.append(contentsOf: (flag ? "true" : "false").utf8)
  }

  mutating func null() {
    comma()
    bytes.append(contentsOf: "null".utf8)
  }

  mutating func value(_ value: Value?) {
    switch value {
    case nil: null()
    case .text(let text)?: self.text(text)
    case .number(let number)?: self.number(number)
    case .flag(let flag)?: self.flag(flag)
    }
  }

  /// JSON that is written already.
  mutating func raw(_ json: [UInt8]) {
    comma()
    bytes.append(contentsOf: json)
  }

  // MARK: Members

  mutating func member(_ name: StaticString, _ text: String) {
    self.name(name)
    self.text(text)
  }

  mutating func member(_ name: StaticString, _ number: UInt64) {
    self.name(name)
    self.number(number)
  }

  mutating func member(_ name: StaticString, _ number: Int) {
    self.name(name)
    self.number(number)
  }

  mutating func member(_ name: StaticString, _ flag: Bool) {
    self.name(name)
    self.flag(flag)
  }

  /// A text, or null where there is none.
  mutating func member(_ name: StaticString, orNull text: String?) {
    self.name(name)
    if let text { self.text(text) } else { null() }
  }
}
