/// Values that can be encoded, in few bytes, under the names of their properties.
///
/// A value is a byte that says what it is, and what that needs:
///
///     80…FF     the numbers 0 to 127
///     null, no, yes, never (Int64.max), nobody (UInt32.max)
///     plus N, minus N (for -1 - N), fraction (eight bytes), text (count, bytes)
///     map       entries until 0: a name, then a value
///     list      values until `end`
///
/// Numbers are written seven bits a byte, the last byte below 80. A name is 1 and a text the first time,
/// and from then on 2 and more in the order in which the names came. So a value that grew or lost a
/// property can still be told from one that did not, unlike in a bare dump of memory.
enum CompactForm {
  static let null: UInt8 = 0
  static let no: UInt8 = 1
  static let yes: UInt8 = 2
  static let plus: UInt8 = 3
  static let minus: UInt8 = 4
  static let fraction: UInt8 = 5
  static let text: UInt8 = 6
  static let never: UInt8 = 7
  static let nobody: UInt8 = 8
  static let map: UInt8 = 16
  static let list: UInt8 = 17
  static let end: UInt8 = 31
  static let small: UInt8 = 128

  /// Writes a value.
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let writer = CompactWriter()
    try writer.write(value, in: 0)
    return writer.bytes
  }

  /// Reads a value.
  static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    let reader = CompactReader(bytes)
    try reader.learnNames()
    return try reader.read(type, at: 0)
  }

  /// A value whose type is known to be another one by another name.
  ///
  /// A cast asks the runtime each time, and a snapshot has millions of numbers.
  @inline(__always)
  static func same<From, To>(_ value: From, as type: To.Type) -> To {
    precondition(From.self == To.self, "a value was taken for one of another type")
    return unsafe unsafeBitCast(value, to: type)
  }
}

/// Writes values one after another.
final class CompactWriter {
  private(set) var bytes: [UInt8] = []
  private var names: [String] = []
  private var numbers: [String: Int] = [:]
  /// Which name came after which the last time: mostly it does so again.
  private var successors: [Int] = []
  private var lastName = 0
  /// What ends each of the maps and lists that are open.
  private var open: [UInt8] = []

  /// Ends what stands deeper.
  @inline(__always)
  func close(to depth: Int) {
    while open.count > depth { bytes.append(open.removeLast()) }
  }

  /// Begins a map or a list at a depth.
  func begin(_ kind: UInt8, at depth: Int) {
    close(to: depth)
    bytes.append(kind)
    open.append(kind == CompactForm.map ? 0 : CompactForm.end)
  }

  func name(_ name: String) {
    if lastName < successors.count {
      let likely = successors[lastName]
      if likely < names.count, names[likely] == name {
        lastName = likely
        return put(UInt64(likely) + 2)
      }
    }
    let before = lastName
    if let number = numbers[name] {
      lastName = number
      put(UInt64(number) + 2)
    } else {
      lastName = names.count
      numbers[name] = lastName
      names.append(name)
      successors.append(.max)
      bytes.append(1)
      put(text: name)
    }
    successors[before] = lastName
  }

  @inline(__always)
  private func put(_ number: UInt64) {
    var rest = number
    while rest >= 128 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest &>>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private func put(text: String) {
    put(UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  func null() { bytes.append(CompactForm.null) }

  private func write(integer: Int64) {
    switch integer {
    case 0..<128: bytes.append(CompactForm.small | UInt8(truncatingIfNeeded: integer))
    case .max: bytes.append(CompactForm.never)
    case Int64(UInt32.max): bytes.append(CompactForm.nobody)
    default:
      bytes.append(integer < 0 ? CompactForm.minus : CompactForm.plus)
      put(UInt64(bitPattern: integer < 0 ? ~integer : integer))
    }
  }

  /// Writes a number without fraction; false for anything else.
  @inline(__always)
  private func writeInteger<Value>(_ value: Value) -> Bool {
    func put<Number: FixedWidthInteger>(_ type: Number.Type) -> Bool {
      let number = CompactForm.same(value, as: type)
      if let number = Int64(exactly: number) {
        write(integer: number)
      } else {
        bytes.append(CompactForm.plus)
        self.put(UInt64(truncatingIfNeeded: number))
      }
      return true
    }
    if Value.self == Int64.self { return put(Int64.self) }
    if Value.self == UInt64.self { return put(UInt64.self) }
    if Value.self == Int32.self { return put(Int32.self) }
    if Value.self == UInt32.self { return put(UInt32.self) }
    if Value.self == UInt8.self { return put(UInt8.self) }
    if Value.self == Int.self { return put(Int.self) }
    if Value.self == UInt16.self { return put(UInt16.self) }
    if Value.self == Int16.self { return put(Int16.self) }
    if Value.self == Int8.self { return put(Int8.self) }
    return Value.self == UInt.self && put(UInt.self)
  }

  /// Writes anything that stands in a container of a depth.
  func write<Value: Encodable>(_ value: Value, in depth: Int) throws {
    if writeInteger(value) { return }
    if Value.self == Bool.self {
      let flag = CompactForm.same(value, as: Bool.self)
      return bytes.append(flag ? CompactForm.yes : CompactForm.no)
    }
    if Value.self == String.self {
      bytes.append(CompactForm.text)
      return put(text: CompactForm.same(value, as: String.self))
    }
    if Value.self == Double.self {
      bytes.append(CompactForm.fraction)
      var bits = CompactForm.same(value, as: Double.self).bitPattern
      for _ in 0..<8 {
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bits &>>= 8
      }
      return
    }
    let before = bytes.count
    try value.encode(to: CompactEncoder(writer: self, depth: depth))
    // Who encodes nothing has no properties.
    if bytes.count == before { begin(CompactForm.map, at: depth) }
    close(to: depth)
  }
}

struct CompactEncoder: Encoder {
  let writer: CompactWriter
  let depth: Int
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    writer.begin(CompactForm.map, at: depth)
    return KeyedEncodingContainer(CompactMap<Key>(writer: writer, depth: depth + 1))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    writer.begin(CompactForm.list, at: depth)
    return CompactList(writer: writer, depth: depth + 1)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    CompactList(writer: writer, depth: depth)
  }
}

private struct CompactMap<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let writer: CompactWriter
  let depth: Int
  var codingPath: [any CodingKey] { [] }

  private func name(_ key: Key) {
    writer.close(to: depth)
    writer.name(key.stringValue)
  }

  mutating func encodeNil(forKey key: Key) {
    name(key)
    writer.null()
  }

  mutating func encode(_ value: some Encodable, forKey key: Key) throws {
    name(key)
    try writer.write(value, in: depth)
  }

  mutating func nestedContainer<Inner: CodingKey>(
    keyedBy keyType: Inner.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Inner> {
    name(key)
    return CompactEncoder(writer: writer, depth: depth).container(keyedBy: keyType)
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    name(key)
    return CompactEncoder(writer: writer, depth: depth).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder { CompactEncoder(writer: writer, depth: depth) }

  mutating func superEncoder(forKey key: Key) -> any Encoder {
    name(key)
    return CompactEncoder(writer: writer, depth: depth)
  }
}

private struct CompactList: UnkeyedEncodingContainer, SingleValueEncodingContainer {
  let writer: CompactWriter
  let depth: Int
  var codingPath: [any CodingKey] { [] }
  private(set) var count = 0

  init(writer: CompactWriter, depth: Int) {
    self.writer = writer
    self.depth = depth
  }

  mutating func encodeNil() {
    writer.close(to: depth)
    writer.null()
  }

  mutating func encode(_ value: some Encodable) throws {
    writer.close(to: depth)
    count += 1
    try writer.write(value, in: depth)
  }

  mutating func nestedContainer<Inner: CodingKey>(
    keyedBy keyType: Inner.Type
  ) -> KeyedEncodingContainer<Inner> {
    CompactEncoder(writer: writer, depth: depth).container(keyedBy: keyType)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    CompactEncoder(writer: writer, depth: depth).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder { CompactEncoder(writer: writer, depth: depth) }
}
