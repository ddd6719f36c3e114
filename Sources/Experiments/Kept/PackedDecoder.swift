/// Reads what ``PackedEncoder`` wrote; bytes of something else are an error, never a crash.
struct PackedDecoder: Decoder {
  /// The bytes and how far they are read, shared by all containers of one value.
  final class Bytes {
    private let all: [UInt8]
    private var place = 0
    /// Values within values; a type that holds itself could be nested as deep as the bytes go.
    private var depth = 0

    init(_ all: [UInt8]) { self.all = all }

    var isAtEnd: Bool { place == all.count }
    private var left: Int { all.count - place }

    func byte() throws -> UInt8 {
      guard place < all.count else { throw PackedError.damaged }
      defer { place += 1 }
      return all[place]
    }

    func flag() throws -> Bool {
      let byte = try byte()
      guard byte < 2 else { throw PackedError.damaged }
      return byte == 1
    }

    func number() throws -> UInt64 {
      var result: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 64, by: 7) {
        let next = try byte()
        result |= UInt64(next & 0x7F) << shift
        if next < 0x80 { return result }
      }
      throw PackedError.damaged
    }

    func signed() throws -> Int64 {
      let number = try number()
      return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    func double() throws -> Double {
      guard left >= 8 else { throw PackedError.damaged }
      var bits: UInt64 = 0
      for byte in 0..<8 { bits |= UInt64(all[place + byte]) << UInt64(8 * byte) }
      place += 8
      return Double(bitPattern: bits)
    }

    func text() throws -> String {
      let count = try number()
      guard count <= UInt64(left) else { throw PackedError.damaged }
      let bytes = all[place..<place + Int(count)]
      guard let text = String(validating: bytes, as: UTF8.self) else { throw PackedError.damaged }
      place += Int(count)
      return text
    }

    func length() throws -> Int {
      guard left >= 4 else { throw PackedError.damaged }
      var length = 0
      for byte in 0..<4 { length |= Int(all[place + byte]) << (8 * byte) }
      place += 4
      // Whatever is in a row takes a byte at least, so that no length makes room for what is not there.
      guard length <= left else { throw PackedError.damaged }
      return length
    }

    func whole<Value: FixedWidthInteger & SignedInteger>(_ type: Value.Type) throws -> Value {
      guard let value = Value(exactly: try signed()) else { throw PackedError.damaged }
      return value
    }

    func count<Value: FixedWidthInteger & UnsignedInteger>(_ type: Value.Type) throws -> Value {
      guard let value = Value(exactly: try number()) else { throw PackedError.damaged }
      return value
    }

    /// Whole numbers in a row.
    private func row() throws -> [Int] {
      let count = try number()
      guard count <= UInt64(left) else { throw PackedError.damaged }
      var numbers: [Int] = []
      numbers.reserveCapacity(Int(count))
      // What belongs to a class is asked for leave at every access; what is local is not.
      let all = all
      let bytes = all.span
      var next = place
      for _ in 0..<count {
        var (number, shift): (UInt64, UInt64) = (0, 0)
        while true {
          guard next < bytes.count, shift < 64 else { throw PackedError.damaged }
          let byte = bytes[next]
          next += 1
          number |= UInt64(byte & 0x7F) << shift
          if byte < 0x80 { break }
          shift += 7
        }
        numbers.append(Int(number >> 1) ^ -Int(number & 1))
      }
      place = next
      return numbers
    }

    func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
      if type == [Int].self {
        if let row = try row() as? Value { return row }
      }
      depth += 1
      defer { depth -= 1 }
      guard depth < 64 else { throw PackedError.damaged }
      return try Value(from: PackedDecoder(bytes: self))
    }
  }

  let bytes: Bytes
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The value that these bytes are, from the first to the last.
  static func value<Value: Decodable>(_ type: Value.Type, of bytes: [UInt8]) throws -> Value {
    let bytes = Bytes(bytes)
    let value = try bytes.value(type)
    guard bytes.isAtEnd else { throw PackedError.damaged }
    return value
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(UnpackedFields<Key>(bytes: bytes))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try UnpackedRow(bytes) }

  func singleValueContainer() -> any SingleValueDecodingContainer { UnpackedValue(bytes: bytes) }
}

/// Named values, asked for in the order in which they were written.
private struct UnpackedFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let bytes: PackedDecoder.Bytes
  var codingPath: [any CodingKey] { [] }
  /// Nobody can know: names are not written.
  var allKeys: [Key] { [] }

  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) throws -> Bool { try !bytes.flag() }

  private func may<Value>(_ read: () throws -> Value) throws -> Value? {
    try bytes.flag() ? try read() : nil
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try bytes.flag() }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try bytes.text() }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try bytes.double() }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try bytes.whole(type) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try bytes.signed() }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try bytes.number() }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try bytes.value(type)
  }

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    try may { try bytes.flag() }
  }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try may { try bytes.text() }
  }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try may { try bytes.double() }
  }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    try may { try bytes.whole(type) }
  }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
    try may { try bytes.signed() }
  }
  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
    try may { try bytes.number() }
  }
  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    try may { try bytes.value(type) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedDecodingContainer<Nested> {
    KeyedDecodingContainer(UnpackedFields<Nested>(bytes: bytes))
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try UnpackedRow(bytes)
  }
  func superDecoder() -> any Decoder { PackedDecoder(bytes: bytes) }
  func superDecoder(forKey key: Key) -> any Decoder { PackedDecoder(bytes: bytes) }
}

/// Values in a row.
private struct UnpackedRow: UnkeyedDecodingContainer {
  let bytes: PackedDecoder.Bytes
  private let length: Int
  private(set) var currentIndex = 0
  var codingPath: [any CodingKey] { [] }

  init(_ bytes: PackedDecoder.Bytes) throws {
    self.bytes = bytes
    length = try bytes.length()
  }

  var count: Int? { length }
  var isAtEnd: Bool { currentIndex == length }

  mutating func decodeNil() -> Bool { false }

  private mutating func next() throws {
    guard currentIndex < length else { throw PackedError.damaged }
    currentIndex += 1
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try next()
    return try bytes.value(type)
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try next()
    return KeyedDecodingContainer(UnpackedFields<Nested>(bytes: bytes))
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next()
    return try UnpackedRow(bytes)
  }
  mutating func superDecoder() throws -> any Decoder {
    try next()
    return PackedDecoder(bytes: bytes)
  }
}

/// One value by itself.
private struct UnpackedValue: SingleValueDecodingContainer {
  let bytes: PackedDecoder.Bytes
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { false }
  func decode(_ type: Bool.Type) throws -> Bool { try bytes.flag() }
  func decode(_ type: String.Type) throws -> String { try bytes.text() }
  func decode(_ type: Double.Type) throws -> Double { try bytes.double() }
  func decode(_ type: Float.Type) throws -> Float { Float(try bytes.double()) }
  func decode(_ type: Int.Type) throws -> Int { try bytes.whole(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try bytes.whole(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try bytes.whole(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try bytes.whole(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try bytes.signed() }
  func decode(_ type: UInt.Type) throws -> UInt { try bytes.count(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try bytes.count(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try bytes.count(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try bytes.count(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try bytes.number() }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try bytes.value(type) }
}
