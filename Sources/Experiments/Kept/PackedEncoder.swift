/// Writes what is `Encodable` as bytes, one value after the other without their names.
///
/// For numbers of which there are many: a run is a tenth of its size as JSON and takes a tenth of the
/// time. What reads it must ask for the same values in the same order, as the synthesised `Codable` of one
/// type does; bytes of another version of the program mean nothing.
///
/// Whole numbers take seven bits a byte, small ones of either sign one byte; floating numbers eight bytes;
/// texts and arrays begin with their length; what may be missing begins with a byte that says whether it is.
struct PackedEncoder: Encoder {
  /// The bytes so far, shared by all containers of one value.
  final class Bytes {
    var all: [UInt8] = []

    func put(_ number: UInt64) {
      var rest = number
      while rest >= 0x80 {
        all.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      all.append(UInt8(rest))
    }

    func put(signed number: Int64) {
      put(UInt64(bitPattern: number << 1 ^ number >> 63))
    }

    func put(_ number: Double) {
      var bits = number.bitPattern
      for _ in 0..<8 {
        all.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
      }
    }

    func put(_ text: String) {
      put(UInt64(text.utf8.count))
      all.append(contentsOf: text.utf8)
    }

    /// A length that is not known yet: four bytes.
    func reserveLength() -> Int {
      all.append(contentsOf: [0, 0, 0, 0])
      return all.count - 4
    }

    func set(length: Int, at place: Int) {
      for byte in 0..<4 { all[place + byte] = UInt8(truncatingIfNeeded: length >> (8 * byte)) }
    }
  }

  let bytes: Bytes
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The bytes of a value.
  static func bytes(of value: some Encodable) throws -> [UInt8] {
    let bytes = Bytes()
    try value.encode(to: PackedEncoder(bytes: bytes))
    return bytes.all
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(PackedFields<Key>(bytes: bytes))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { PackedRow(bytes) }

  func singleValueContainer() -> any SingleValueEncodingContainer { PackedValue(bytes: bytes) }
}

extension PackedEncoder.Bytes {
  func put<Value: Encodable>(any value: Value) throws {
    // Rows of whole numbers are the bulk: counts of histograms.
    if Value.self == [Int].self, let numbers = value as? [Int] {
      put(UInt64(numbers.count))
      // What belongs to a class is asked for leave at every access; what is local is not.
      var row: [UInt8] = []
      row.reserveCapacity(2 * numbers.count)
      for number in numbers {
        var rest = UInt64(bitPattern: Int64(number << 1 ^ number >> 63))
        while rest >= 0x80 {
          row.append(UInt8(truncatingIfNeeded: rest) | 0x80)
          rest >>= 7
        }
        row.append(UInt8(truncatingIfNeeded: rest))
      }
      all += row
    } else {
      try value.encode(to: PackedEncoder(bytes: self))
    }
  }
}

/// Why something is not packed, or not unpacked.
enum PackedError: Error {
  /// A value that may be missing has no name: it would have to say of itself that it is there.
  case missingInRow
  /// The bytes end too soon, or are not those of such a value.
  case damaged
}

/// Named values: their order stands for their names.
private struct PackedFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let bytes: PackedEncoder.Bytes
  var codingPath: [any CodingKey] { [] }

  private func may<Value>(_ value: Value?, _ put: (Value) throws -> Void) rethrows {
    bytes.all.append(value == nil ? 0 : 1)
    if let value { try put(value) }
  }

  private func mayAny(_ value: (some Encodable)?) throws {
    try may(value) { try bytes.put(any: $0) }
  }

  func encodeNil(forKey key: Key) { bytes.all.append(0) }
  func encode(_ value: Bool, forKey key: Key) { bytes.all.append(value ? 1 : 0) }
  func encode(_ value: String, forKey key: Key) { bytes.put(value) }
  func encode(_ value: Double, forKey key: Key) { bytes.put(value) }
  func encode(_ value: Int, forKey key: Key) { bytes.put(signed: Int64(value)) }
  func encode(_ value: Int64, forKey key: Key) { bytes.put(signed: value) }
  func encode(_ value: UInt64, forKey key: Key) { bytes.put(value) }
  func encode(_ value: some Encodable, forKey key: Key) throws { try bytes.put(any: value) }

  func encodeIfPresent(_ value: Bool?, forKey key: Key) {
    may(value) { bytes.all.append($0 ? 1 : 0) }
  }
  func encodeIfPresent(_ value: String?, forKey key: Key) { may(value) { bytes.put($0) } }
  func encodeIfPresent(_ value: Double?, forKey key: Key) { may(value) { bytes.put($0) } }
  func encodeIfPresent(_ value: Int?, forKey key: Key) {
    may(value) { bytes.put(signed: Int64($0)) }
  }
  func encodeIfPresent(_ value: Int64?, forKey key: Key) { may(value) { bytes.put(signed: $0) } }
  func encodeIfPresent(_ value: UInt64?, forKey key: Key) { may(value) { bytes.put($0) } }
  func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
    try mayAny(value)
  }
  // Without these the library's own would be taken, which write nothing where nothing is.
  func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try mayAny(value) }
  func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try mayAny(value) }
  func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try mayAny(value) }
  func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try mayAny(value) }
  func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try mayAny(value) }
  func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try mayAny(value) }
  func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try mayAny(value) }
  func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try mayAny(value) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    KeyedEncodingContainer(PackedFields<Nested>(bytes: bytes))
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { PackedRow(bytes) }
  func superEncoder() -> any Encoder { PackedEncoder(bytes: bytes) }
  func superEncoder(forKey key: Key) -> any Encoder { PackedEncoder(bytes: bytes) }
}

/// Values in a row, their number in front.
private struct PackedRow: UnkeyedEncodingContainer {
  let bytes: PackedEncoder.Bytes
  private let length: Int
  private(set) var count = 0
  var codingPath: [any CodingKey] { [] }

  init(_ bytes: PackedEncoder.Bytes) {
    self.bytes = bytes
    length = bytes.reserveLength()
  }

  private mutating func next() {
    count += 1
    bytes.set(length: count, at: length)
  }

  mutating func encodeNil() throws { throw PackedError.missingInRow }
  mutating func encode(_ value: some Encodable) throws {
    next()
    try bytes.put(any: value)
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    next()
    return KeyedEncodingContainer(PackedFields<Nested>(bytes: bytes))
  }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    next()
    return PackedRow(bytes)
  }
  mutating func superEncoder() -> any Encoder {
    next()
    return PackedEncoder(bytes: bytes)
  }
}

/// One value by itself.
private struct PackedValue: SingleValueEncodingContainer {
  let bytes: PackedEncoder.Bytes
  var codingPath: [any CodingKey] { [] }

  func encodeNil() throws { throw PackedError.missingInRow }
  func encode(_ value: Bool) { bytes.all.append(value ? 1 : 0) }
  func encode(_ value: String) { bytes.put(value) }
  func encode(_ value: Double) { bytes.put(value) }
  func encode(_ value: Float) { bytes.put(Double(value)) }
  func encode(_ value: Int) { bytes.put(signed: Int64(value)) }
  func encode(_ value: Int8) { bytes.put(signed: Int64(value)) }
  func encode(_ value: Int16) { bytes.put(signed: Int64(value)) }
  func encode(_ value: Int32) { bytes.put(signed: Int64(value)) }
  func encode(_ value: Int64) { bytes.put(signed: value) }
  func encode(_ value: UInt) { bytes.put(UInt64(value)) }
  func encode(_ value: UInt8) { bytes.put(UInt64(value)) }
  func encode(_ value: UInt16) { bytes.put(UInt64(value)) }
  func encode(_ value: UInt32) { bytes.put(UInt64(value)) }
  func encode(_ value: UInt64) { bytes.put(value) }
  func encode(_ value: some Encodable) throws { try bytes.put(any: value) }
}
