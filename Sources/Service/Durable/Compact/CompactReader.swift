/// Finds its way among values that `CompactWriter` wrote.
final class CompactReader {
  private let bytes: [UInt8]
  private var names: [String] = []
  /// Where a value began that was read to its end, and where it ended.
  private var ended = (start: -1, end: -1)

  /// What is wrong with the bytes.
  struct Damaged: Error {}

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  // MARK: Bytes

  @inline(__always)
  func byte(_ place: Int) throws(Damaged) -> UInt8 {
    guard place < bytes.count else { throw Damaged() }
    return bytes[place]
  }

  @inline(__always)
  private func number(_ place: inout Int) throws(Damaged) -> UInt64 {
    var sum: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      let byte = try byte(place)
      place &+= 1
      sum |= UInt64(byte & 127) &<< shift
      if byte < 128 { return sum }
      shift &+= 7
    }
    throw Damaged()
  }

  private func range(_ place: inout Int) throws(Damaged) -> Range<Int> {
    let count = try number(&place)
    guard count <= UInt64(bytes.count - place) else { throw Damaged() }
    let range = place..<place + Int(count)
    place = range.upperBound
    return range
  }

  private func text(_ place: inout Int) throws(Damaged) -> String {
    guard let text = String(validating: bytes[try range(&place)], as: UTF8.self) else {
      throw Damaged()
    }
    return text
  }

  // MARK: Names

  /// Goes through all values once, for the names that stand where they came first.
  func learnNames() throws(Damaged) {
    names = []
    let end = try skip(0, learning: true)
    guard end == bytes.count else { throw Damaged() }
  }

  /// The name of an entry, and where its value begins; nil at the end of the map.
  func entry(_ place: Int) throws(Damaged) -> (name: String, value: Int)? {
    var place = place
    let number = try number(&place)
    switch number {
    case 0: return nil
    case 1: return (try text(&place), place)
    default:
      guard number - 2 < UInt64(names.count) else { throw Damaged() }
      return (names[Int(number - 2)], place)
    }
  }

  // MARK: Skipping

  /// A value was read to its end.
  func note(_ start: Int, endedAt end: Int) { ended = (start, end) }

  /// Where a value ends.
  func end(of start: Int) throws(Damaged) -> Int {
    ended.start == start ? ended.end : try skip(start, learning: false)
  }

  private func skip(_ start: Int, learning: Bool) throws(Damaged) -> Int {
    // What is open: a map or a list.
    var open: [Bool] = []
    var place = start
    while true {
      if let isMap = open.last {
        if isMap {
          let number = try number(&place)
          if number == 1 {
            let range = try range(&place)
            if learning { names.append(String(decoding: bytes[range], as: UTF8.self)) }
          }
          if number == 0 {
            open.removeLast()
            if open.isEmpty { return place }
            continue
          }
        } else if try byte(place) == CompactForm.end {
          place &+= 1
          open.removeLast()
          if open.isEmpty { return place }
          continue
        }
      }
      let kind = try byte(place)
      place &+= 1
      switch kind {
      case CompactForm.small...: break
      case CompactForm.null...CompactForm.yes, CompactForm.never, CompactForm.nobody: break
      case CompactForm.plus, CompactForm.minus: _ = try number(&place)
      case CompactForm.fraction: place &+= 8
      case CompactForm.text: _ = try range(&place)
      case CompactForm.map:
        open.append(true)
        continue
      case CompactForm.list:
        open.append(false)
        continue
      default: throw Damaged()
      }
      if open.isEmpty { return place }
    }
  }

  // MARK: Values

  private func integer(_ start: Int) throws(Damaged) -> (low: UInt64, isNegative: Bool) {
    let kind = try byte(start)
    var place = start + 1
    switch kind {
    case CompactForm.small...: return (UInt64(kind & 127), false)
    case CompactForm.never: return (UInt64(Int64.max), false)
    case CompactForm.nobody: return (UInt64(UInt32.max), false)
    case CompactForm.plus: return (try number(&place), false)
    case CompactForm.minus: return (~(try number(&place)), true)
    default: throw Damaged()
    }
  }

  /// Reads any value.
  func read<Value: Decodable>(_ type: Value.Type, at place: Int) throws -> Value {
    if type == Int64.self { return try number(Int64.self, type, place) }
    if type == UInt64.self { return try number(UInt64.self, type, place) }
    if type == Int32.self { return try number(Int32.self, type, place) }
    if type == UInt32.self { return try number(UInt32.self, type, place) }
    if type == UInt8.self { return try number(UInt8.self, type, place) }
    if type == Int.self { return try number(Int.self, type, place) }
    if type == Bool.self {
      let kind = try byte(place)
      guard kind == CompactForm.yes || kind == CompactForm.no else { throw Damaged() }
      return CompactForm.same(kind == CompactForm.yes, as: type)
    }
    if type == String.self {
      guard try byte(place) == CompactForm.text else { throw Damaged() }
      var start = place + 1
      return CompactForm.same(try text(&start), as: type)
    }
    if type == Double.self {
      guard try byte(place) == CompactForm.fraction else { throw Damaged() }
      var bits: UInt64 = 0
      for index in 0..<8 { bits |= UInt64(try byte(place + 1 + index)) &<< UInt64(8 &* index) }
      return CompactForm.same(Double(bitPattern: bits), as: type)
    }
    if type == UInt16.self { return try number(UInt16.self, type, place) }
    if type == Int16.self { return try number(Int16.self, type, place) }
    if type == Int8.self { return try number(Int8.self, type, place) }
    if type == UInt.self { return try number(UInt.self, type, place) }
    return try type.init(from: CompactDecoder(reader: self, place: place))
  }

  /// Reads a number without fraction, which is of the type that is asked for.
  @inline(__always)
  private func number<Number: FixedWidthInteger, Value>(
    _ kind: Number.Type, _ type: Value.Type, _ place: Int
  ) throws(Damaged) -> Value {
    let read = try integer(place)
    let number =
      read.isNegative
      ? Number(exactly: Int64(bitPattern: read.low)) : Number(exactly: read.low)
    guard let number else { throw Damaged() }
    return CompactForm.same(number, as: type)
  }
}

struct CompactDecoder: Decoder {
  let reader: CompactReader
  let place: Int
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard try reader.byte(place) == CompactForm.map else { throw CompactReader.Damaged() }
    return KeyedDecodingContainer(CompactEntries<Key>(reader, place))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard try reader.byte(place) == CompactForm.list else { throw CompactReader.Damaged() }
    return CompactItems(reader: reader, start: place)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    CompactSingle(reader: reader, place: place)
  }
}

private struct CompactSingle: SingleValueDecodingContainer {
  let reader: CompactReader
  let place: Int
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { (try? reader.byte(place)) == CompactForm.null }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try reader.read(type, at: place)
  }
}

private struct CompactItems: UnkeyedDecodingContainer {
  let reader: CompactReader
  let start: Int
  private var place: Int
  private(set) var currentIndex = 0
  var codingPath: [any CodingKey] { [] }
  var count: Int? { nil }

  init(reader: CompactReader, start: Int) {
    self.reader = reader
    self.start = start
    place = start + 1
  }

  var isAtEnd: Bool {
    guard (try? reader.byte(place)) ?? CompactForm.end == CompactForm.end else { return false }
    reader.note(start, endedAt: place + 1)
    return true
  }

  private mutating func item() throws -> Int {
    guard !isAtEnd else { throw CompactReader.Damaged() }
    currentIndex += 1
    return place
  }

  mutating func decodeNil() throws -> Bool {
    guard try reader.byte(place) == CompactForm.null else { return false }
    place += 1
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let start = try item()
    let value = try reader.read(type, at: start)
    place = try reader.end(of: start)
    return value
  }

  mutating func nestedContainer<Inner: CodingKey>(
    keyedBy type: Inner.Type
  ) throws -> KeyedDecodingContainer<Inner> {
    let start = try item()
    place = try reader.end(of: start)
    return try CompactDecoder(reader: reader, place: start).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let start = try item()
    place = try reader.end(of: start)
    return try CompactDecoder(reader: reader, place: start).unkeyedContainer()
  }

  mutating func superDecoder() throws -> any Decoder {
    let start = try item()
    place = try reader.end(of: start)
    return CompactDecoder(reader: reader, place: start)
  }
}

/// The entries of a map; mostly they are asked for in the order in which they stand.
private final class CompactEntries<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let reader: CompactReader
  private let start: Int
  /// The entry that is likely to be asked for next; not known while a value before it is being read.
  private var next: Int
  /// The value that was read last, whose end is the next entry; -1 when that is known.
  private var open = -1
  var codingPath: [any CodingKey] { [] }

  init(_ reader: CompactReader, _ start: Int) {
    self.reader = reader
    self.start = start
    next = start + 1
  }

  private func settle() throws {
    guard open >= 0 else { return }
    next = try reader.end(of: open)
    open = -1
  }

  /// Where a key's value is.
  private func find(_ key: any CodingKey) throws -> Int? {
    try settle()
    let name = key.stringValue
    let likely = next
    var place = likely
    while let entry = try reader.entry(place) {
      if entry.name == name {
        next = place
        return entry.value
      }
      place = try reader.end(of: entry.value)
    }
    place = start + 1
    while place < likely, let entry = try reader.entry(place) {
      if entry.name == name {
        next = place
        return entry.value
      }
      place = try reader.end(of: entry.value)
    }
    return nil
  }

  var allKeys: [Key] {
    var keys: [Key] = []
    var place = start + 1
    while let entry = try? reader.entry(place), let end = try? reader.end(of: entry.value) {
      if let key = Key(stringValue: entry.name) { keys.append(key) }
      place = end
    }
    return keys
  }

  func contains(_ key: Key) -> Bool { (try? find(key)) ?? nil != nil }

  private func value(_ key: Key) throws -> Int {
    guard let value = try find(key) else { throw CompactReader.Damaged() }
    open = value
    return value
  }

  func decodeNil(forKey key: Key) throws -> Bool {
    guard let value = try find(key) else { throw CompactReader.Damaged() }
    return try reader.byte(value) == CompactForm.null
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try reader.read(type, at: try value(key))
  }

  func nestedContainer<Inner: CodingKey>(
    keyedBy type: Inner.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Inner> {
    try CompactDecoder(reader: reader, place: try value(key)).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try CompactDecoder(reader: reader, place: try value(key)).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { CompactDecoder(reader: reader, place: start) }

  func superDecoder(forKey key: Key) throws -> any Decoder {
    CompactDecoder(reader: reader, place: try value(key))
  }
}
