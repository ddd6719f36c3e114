/// One line of JSON on its way to an engine, written byte by byte: many are sent in a second.
struct LineWriter {
  private(set) var bytes: [UInt8] = []

  /// Writes what is known to need no escape.
  @inline(__always)
  mutating func raw(_ text: StaticString) {
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func number(_ value: some BinaryInteger) {
    var rest = UInt64(value.magnitude)
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let first = bytes.count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[first...].reverse()
  }

  mutating func text(_ value: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        raw("\\u00")
        bytes.append(UInt8(ascii: byte < 16 ? "0" : "1"))
        bytes.append(Self.hexDigits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)

  mutating func truth(_ value: Bool) { if value { raw("true") } else { raw("false") } }

  mutating func append(_ other: LineWriter) { bytes.append(contentsOf: other.bytes) }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  var isEmpty: Bool { bytes.isEmpty }
}

// MARK: - Members of an object

extension LineWriter {
  mutating func member(_ name: StaticString, _ value: some BinaryInteger) {
    key(name)
    number(value)
  }

  mutating func member(_ name: StaticString, _ value: String) {
    key(name)
    text(value)
  }

  mutating func member(_ name: StaticString, _ value: Bool) {
    key(name)
    truth(value)
  }

  /// Writes a number, or null where there is none.
  mutating func member(_ name: StaticString, _ value: (some BinaryInteger)?) {
    key(name)
    if let value { number(value) } else { raw("null") }
  }

  /// Writes a comma and a name: there is always a member before.
  mutating func key(_ name: StaticString) {
    raw(",\"")
    raw(name)
    raw("\":")
  }
}
