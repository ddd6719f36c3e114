/// Writes a value as JSON: keys in alphabetical order and words joined by underscores, no spaces.
///
/// The same bytes as Foundation's encoder with these settings, in a fraction of its time, which every
/// run waits for: values are written where they will stand, not gathered as a tree of objects first.
struct CompactEncoder {
  /// A number that is infinite or not a number, which JSON cannot say.
  struct NotFinite: Error {}

  static func bytes(of value: some Encodable, end: String = "") throws -> [UInt8] {
    let sheet = Sheet()
    defer { sheet.forget() }
    try sheet.write(value)
    sheet.end(with: end)
    return sheet.bytes
  }
}

/// Which key a member of an object has, and where it begins.
private struct Member {
  var key: Int
  var start: Int
}

/// What is written so far.
///
/// Containers write at its end, one after the other, as `Codable` asks them to.
private final class Sheet {
  // Unchecked, for a check at each access took a quarter of the time: no call of this class is made
  // while another one holds one of these.
  @safe @exclusivity(unchecked) private(set) var bytes: [UInt8] = []
  /// The containers that are not closed yet, innermost last.
  @safe @exclusivity(unchecked) private var open: [Open] = []
  /// The members of the objects that are not closed yet.
  @safe @exclusivity(unchecked) private var members: [Member] = []
  @safe @exclusivity(unchecked) private var keys = Keys()
  /// The numbers of each type's keys.
  @safe @exclusivity(unchecked) private var numbers: [ObjectIdentifier: KeyNumbers] = [:]
  /// What the last object at each depth was written with; none where only lists have been.
  @safe @exclusivity(unchecked) private var last: [Last?] = []
  /// What comes before and after the longest member of an object that is put in order.
  @safe @exclusivity(unchecked) private var before: [UInt8] = []
  @safe @exclusivity(unchecked) private var after: [UInt8] = []

  private struct Open {
    /// Where its members begin.
    var firstMember: Int
    var isList: Bool
  }

  private struct Last {
    var keys: ObjectIdentifier
    var container: AnyObject
  }

  /// Begins an object at a depth.
  ///
  /// What writes it remembers nothing, so the next one of its type takes the same: making one costs as much as a
  /// member.
  func object<Key: CodingKey>(_ type: Key.Type, at depth: Int) -> KeyedEncodingContainer<Key> {
    begin(isList: false)
    let keys = ObjectIdentifier(type)
    if depth < last.count, let known = last[depth], known.keys == keys {
      return unsafe unsafeDowncast(known.container, to: Kept<Key>.self).container
    }
    let numbers = numbers[keys] ?? KeyNumbers()
    self.numbers[keys] = numbers
    let kept = Kept(
      KeyedEncodingContainer(ObjectWriter<Key>(sheet: self, depth: depth, numbers: numbers)))
    while last.count <= depth { last.append(nil) }
    last[depth] = Last(keys: keys, container: kept)
    return kept.container
  }

  /// Writes what comes after the value.
  func end(with text: String) { bytes += text.utf8 }

  /// Lets go of what writes objects, which holds on to this sheet.
  func forget() { last = [] }

  /// Room for the next member: beyond a million bytes four times as much, which takes no memory until it is
  /// written to, and saves copies.
  private func reserveRoom() {
    guard bytes.count > 1 << 20, bytes.capacity - bytes.count < 1 << 12 else { return }
    bytes.reserveCapacity(4 * bytes.capacity)
  }

  /// Writes a value that may be made of others.
  func write(_ value: some Encodable) throws {
    let depth = open.count
    let start = bytes.count
    try value.encode(to: Writer(sheet: self, depth: depth))
    close(to: depth)
    // Something that encodes nothing is an empty object.
    if bytes.count == start { bytes += [UInt8(ascii: "{"), UInt8(ascii: "}")] }
  }

  /// Closes the containers that were opened within the one at a depth.
  func close(to depth: Int) {
    while open.count > depth {
      let last = open.removeLast()
      if last.isList {
        bytes.append(UInt8(ascii: "]"))
      } else {
        sort(last)
        bytes.append(UInt8(ascii: "}"))
      }
    }
  }

  /// Puts the members of an object in the order of their keys, where they are not already.
  private func sort(_ object: Open) {
    let first = object.firstMember
    defer { members.removeSubrange(first...) }
    guard let order = keys.order(of: members[first...]) else { return }
    // The longest, which may be nearly all there is, is kept; the others are written anew around it.
    var longest = first
    for index in members.indices[first...] where place(of: index).count > place(of: longest).count {
      longest = index
    }
    before.removeAll(keepingCapacity: true)
    after.removeAll(keepingCapacity: true)
    var isBefore = true
    for index in order.lazy.map({ first + $0 }) {
      if index == longest {
        isBefore = false
      } else if isBefore {
        before += bytes[place(of: index)]
        before.append(UInt8(ascii: ","))
      } else {
        after.append(UInt8(ascii: ","))
        after += bytes[place(of: index)]
      }
    }
    let kept = place(of: longest)
    let head = members[first].start..<kept.lowerBound
    let tail = kept.upperBound..<bytes.count
    // First what becomes shorter, so that all together never outgrows its room.
    if after.count <= tail.count {
      bytes.replaceSubrange(tail, with: after)
      bytes.replaceSubrange(head, with: before)
    } else {
      bytes.replaceSubrange(head, with: before)
      bytes.replaceSubrange((head.lowerBound + before.count + kept.count)..., with: after)
    }
  }

  /// Where a member of the innermost object stands.
  private func place(of index: Int) -> Range<Int> {
    // The next one begins after a comma.
    let end = index + 1 < members.count ? members[index + 1].start - 1 : bytes.count
    return members[index].start..<end
  }

  func begin(isList: Bool) {
    bytes.append(isList ? UInt8(ascii: "[") : UInt8(ascii: "{"))
    open.append(Open(firstMember: members.count, isList: isList))
  }

  /// Begins the next element of the list at a depth.
  func beginElement(at depth: Int) {
    close(to: depth + 1)
    reserveRoom()
    // No value ends in a bracket that opens.
    if bytes.last != UInt8(ascii: "[") { bytes.append(UInt8(ascii: ",")) }
  }

  /// The number of a key by its name.
  func number(of name: String) -> Int { keys.number(of: name) }

  /// Begins the member of the key with a number in the object at a depth.
  func beginMember(_ number: Int, at depth: Int) {
    close(to: depth + 1)
    if open[depth].firstMember < members.count { bytes.append(UInt8(ascii: ",")) }
    members.append(Member(key: number, start: bytes.count))
    bytes += keys.written(number)
  }

  // MARK: Plain values

  func writeNull() { bytes += "null".utf8 }
  func write(_ flag: Bool) { bytes += (flag ? "true" : "false").utf8 }
  func write(whole number: some BinaryInteger) { bytes += String(number).utf8 }
  func write(whole number: Int) { bytes.append(whole: Int64(number)) }

  func write(_ number: Double) throws {
    guard number.isFinite else { throw CompactEncoder.NotFinite() }
    // JSON keeps the sign of nothing.
    if number == 0 && number.sign == .minus { bytes.append(UInt8(ascii: "-")) }
    bytes.append(shortest: number)
  }

  func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let start = bytes.count
    bytes += text.utf8
    // Looked at where it stands now, for the bytes of a text are dear to go through one by one.
    if bytes[start...].contains(where: Self.isEscaped) {
      bytes.removeSubrange(start...)
      for byte in text.utf8 { write(ofText: byte) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private func write(ofText byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
    case 0x08: bytes += "\\b".utf8
    case 0x0C: bytes += "\\f".utf8
    case 0x0A: bytes += "\\n".utf8
    case 0x0D: bytes += "\\r".utf8
    case 0x09: bytes += "\\t".utf8
    case 0..<0x20:
      bytes += (byte < 0x10 ? "\\u000" : "\\u001").utf8
      bytes += String(byte & 15, radix: 16).utf8
    default: bytes.append(byte)
    }
  }
}

/// What writes objects of one type at one depth.
private final class Kept<Key: CodingKey> {
  let container: KeyedEncodingContainer<Key>

  init(_ container: KeyedEncodingContainer<Key>) { self.container = container }
}

/// The numbers of the keys of one type.
///
/// Most types of keys are enumerations of one byte, which is looked up, for asking each key for its name and
/// comparing that costs more.
private final class KeyNumbers {
  /// By the byte that a key is; 0 where it was not met.
  @safe @exclusivity(unchecked) private var numbers = [Int](repeating: 0, count: 256)

  func number<Key: CodingKey>(of key: Key, on sheet: Sheet) -> Int {
    guard MemoryLayout<Key>.size == 1 else { return sheet.number(of: key.stringValue) }
    let byte = Int(unsafe unsafeBitCast(key, to: UInt8.self))
    if numbers[byte] == 0 { numbers[byte] = sheet.number(of: key.stringValue) }
    return numbers[byte]
  }
}

/// The keys that were met, by number.
private struct Keys {
  private struct Key {
    let written: [UInt8]
    /// The place in the alphabetical order of all.
    var rank: Int
    /// The members of the object that began with it last, in the order of their names.
    var shape: Shape?
  }

  /// The keys of an object as they came, and their places by name; no places where that is the same order.
  private struct Shape {
    let keys: [Int]
    let order: [Int]?
  }

  /// Number 0 is no key.
  private var keys = [Key(written: [], rank: 0)]
  private var numbers: [String: Int] = [:]
  /// All numbers but 0 in the order of what is written.
  private var inOrder: [Int] = []

  func written(_ number: Int) -> [UInt8] { keys[number].written }

  /// The places of an object's members in the order of their names; nil if that is how they came.
  ///
  /// The keys of the object before that began alike are tried first, for objects of one type are alike.
  mutating func order(of members: ArraySlice<Member>) -> [Int]? {
    guard let first = members.first?.key else { return nil }
    if let shape = keys[first].shape,
      shape.keys.elementsEqual(members, by: { $0 == $1.key })
    {
      return shape.order
    }
    let numbers = members.map(\.key)
    let order = numbers.indices.sorted { keys[numbers[$0]].rank < keys[numbers[$1]].rank }
    let shape = Shape(
      keys: numbers, order: order.elementsEqual(numbers.indices) ? nil : order)
    keys[first].shape = shape
    return shape.order
  }

  /// The number of a key.
  mutating func number(of name: String) -> Int { numbers[name] ?? add(name) }

  private mutating func add(_ name: String) -> Int {
    let written = Self.written(name)
    var (low, high) = (0, inOrder.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[inOrder[middle]].written.lexicographicallyPrecedes(written) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    for later in inOrder[low...] { keys[later].rank += 1 }
    keys.append(Key(written: written, rank: low))
    inOrder.insert(keys.count - 1, at: low)
    numbers[name] = keys.count - 1
    return keys.count - 1
  }

  /// A name as it is written, up to its value: words joined by underscores.
  private static func written(_ name: String) -> [UInt8] {
    var words: [UInt8] = [UInt8(ascii: "\"")]
    let letters = Array(name.utf8)
    for (index, letter) in letters.enumerated() {
      let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter)
      if isUpper, index > 0 {
        let before = letters[index - 1]
        let wasUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(before)
        let nextIsLower =
          index + 1 < letters.count
          && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letters[index + 1])
        if !wasUpper || nextIsLower { words.append(UInt8(ascii: "_")) }
      }
      words.append(isUpper ? letter | 0x20 : letter)
    }
    return words + [UInt8(ascii: "\""), UInt8(ascii: ":")]
  }
}

/// Where a value writes itself: at the depth of the container that holds it.
private struct Writer: Encoder {
  let sheet: Sheet
  let depth: Int
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    sheet.object(type, at: depth)
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    sheet.begin(isList: true)
    return ListWriter(sheet: sheet, depth: depth)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    ValueWriter(sheet: sheet, depth: depth)
  }
}

private struct ObjectWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sheet: Sheet
  let depth: Int
  let numbers: KeyNumbers
  var codingPath: [any CodingKey] { [] }

  private func begin(_ key: Key) {
    sheet.beginMember(numbers.number(of: key, on: sheet), at: depth)
  }

  func encodeNil(forKey key: Key) {
    begin(key)
    sheet.writeNull()
  }

  func encode(_ value: String, forKey key: Key) {
    begin(key)
    sheet.write(value)
  }

  func encode(_ value: Double, forKey key: Key) throws {
    begin(key)
    try sheet.write(value)
  }

  func encode(_ value: Int, forKey key: Key) {
    begin(key)
    sheet.write(whole: value)
  }

  func encode(_ value: Bool, forKey key: Key) {
    begin(key)
    sheet.write(value)
  }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    begin(key)
    try sheet.write(value)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    begin(key)
    return Writer(sheet: sheet, depth: depth + 1).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    begin(key)
    return Writer(sheet: sheet, depth: depth + 1).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { Writer(sheet: sheet, depth: depth + 1) }

  func superEncoder(forKey key: Key) -> any Encoder {
    begin(key)
    return Writer(sheet: sheet, depth: depth + 1)
  }
}

private struct ListWriter: UnkeyedEncodingContainer {
  let sheet: Sheet
  let depth: Int
  var count = 0
  var codingPath: [any CodingKey] { [] }

  private mutating func begin() {
    sheet.beginElement(at: depth)
    count += 1
  }

  mutating func encodeNil() {
    begin()
    sheet.writeNull()
  }

  mutating func encode(_ value: Double) throws {
    begin()
    try sheet.write(value)
  }

  mutating func encode(_ value: Int) {
    begin()
    sheet.write(whole: value)
  }

  mutating func encode(_ value: some Encodable) throws {
    begin()
    try sheet.write(value)
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    begin()
    return Writer(sheet: sheet, depth: depth + 1).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    begin()
    return Writer(sheet: sheet, depth: depth + 1).unkeyedContainer()
  }

  mutating func superEncoder() -> any Encoder {
    begin()
    return Writer(sheet: sheet, depth: depth + 1)
  }
}

private struct ValueWriter: SingleValueEncodingContainer {
  let sheet: Sheet
  let depth: Int
  var codingPath: [any CodingKey] { [] }

  func encodeNil() { sheet.writeNull() }
  func encode(_ value: Bool) { sheet.write(value) }
  func encode(_ value: String) { sheet.write(value) }
  func encode(_ value: Double) throws { try sheet.write(value) }
  func encode(_ value: Float) throws { try sheet.write(Double(value)) }
  func encode(_ value: Int) { sheet.write(whole: value) }
  func encode(_ value: Int8) { sheet.write(whole: value) }
  func encode(_ value: Int16) { sheet.write(whole: value) }
  func encode(_ value: Int32) { sheet.write(whole: value) }
  func encode(_ value: Int64) { sheet.write(whole: value) }
  func encode(_ value: UInt) { sheet.write(whole: value) }
  func encode(_ value: UInt8) { sheet.write(whole: value) }
  func encode(_ value: UInt16) { sheet.write(whole: value) }
  func encode(_ value: UInt32) { sheet.write(whole: value) }
  func encode(_ value: UInt64) { sheet.write(whole: value) }

  func encode(_ value: some Encodable) throws { try sheet.write(value) }
}
