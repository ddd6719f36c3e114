/// A hash of anything that can be encoded, over its values and their names.
///
/// It depends on nothing but these: not on the order of a type's cases, not on the machine, so that it may
/// be written down and compared years later.
struct Digest {
  /// The hash.
  let value: UInt64
  /// The outermost name: of an event or an effect, what kind it is.
  let kind: String

  init(_ thing: some Encodable) {
    let writer = DigestWriter()
    // Nothing here refuses a value.
    try? thing.encode(to: DigestEncoder(writer: writer))
    value = writer.hash.value
    kind = writer.kind
  }
}

private final class DigestWriter {
  var hash = RollingHash()
  var kind = ""

  func write(name: String) {
    if kind.isEmpty { kind = name }
    write(name)
  }

  func write(_ text: String) {
    // FNV-1a of the text, then its length, so that no two texts run into each other.
    var code: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { code = (code ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash.mix(code)
    hash.mix(UInt64(text.utf8.count))
  }

  func write(_ value: some Encodable) throws {
    switch value {
    case let text as String: write(text)
    case let number as any BinaryInteger: hash.mix(UInt64(truncatingIfNeeded: number))
    case let number as Double: hash.mix(number.bitPattern)
    case let answer as Bool: hash.mix(answer ? 3 : 2)
    default: try value.encode(to: DigestEncoder(writer: self))
    }
  }
}

private struct DigestEncoder: Encoder {
  let writer: DigestWriter
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(DigestMap<Key>(writer: writer))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { DigestList(writer: writer) }
  func singleValueContainer() -> any SingleValueEncodingContainer { DigestList(writer: writer) }
}

private struct DigestMap<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let writer: DigestWriter
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil(forKey key: Key) { writer.write(name: key.stringValue) }

  mutating func encode(_ value: some Encodable, forKey key: Key) throws {
    writer.write(name: key.stringValue)
    try writer.write(value)
  }

  mutating func nestedContainer<Inner: CodingKey>(
    keyedBy keyType: Inner.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Inner> {
    writer.write(name: key.stringValue)
    return KeyedEncodingContainer(DigestMap<Inner>(writer: writer))
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    writer.write(name: key.stringValue)
    return DigestList(writer: writer)
  }

  mutating func superEncoder() -> any Encoder { DigestEncoder(writer: writer) }
  mutating func superEncoder(forKey key: Key) -> any Encoder { DigestEncoder(writer: writer) }
}

private struct DigestList: UnkeyedEncodingContainer, SingleValueEncodingContainer {
  let writer: DigestWriter
  var codingPath: [any CodingKey] { [] }
  private(set) var count = 0

  init(writer: DigestWriter) { self.writer = writer }

  mutating func encodeNil() { writer.hash.mix(1) }

  mutating func encode(_ value: some Encodable) throws {
    count += 1
    writer.hash.mix(UInt64(count))
    try writer.write(value)
  }

  mutating func nestedContainer<Inner: CodingKey>(
    keyedBy keyType: Inner.Type
  ) -> KeyedEncodingContainer<Inner> {
    KeyedEncodingContainer(DigestMap<Inner>(writer: writer))
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
  mutating func superEncoder() -> any Encoder { DigestEncoder(writer: writer) }
}
