/// JSON's surrogate pairs (`\uD83D\uDE00`), written the way YAML writes them (`\U0001F600`).
///
/// libyaml knows only the second form. Pairs are replaced wherever they could stand in a
/// double-quoted text; a pair that turns out to be literal text is put back by reading again.
struct SurrogatePairs {
  /// The places of the pairs, in the order of the text.
  private(set) var positions: [SourcePosition] = []
  private var offsets: [Int] = []

  /// Finds every pair after an odd number of backslashes, except those at `literal` places.
  init(in source: SourceFile, except literal: Set<SourcePosition> = []) {
    let bytes = source.bytes
    var offset = 0
    while let backslash = bytes[offset...].firstIndex(of: UInt8(ascii: "\\")) {
      var end = backslash
      while end < bytes.count, bytes[end] == UInt8(ascii: "\\") { end += 1 }
      offset = end
      guard (end - backslash) % 2 == 1, pair(at: end - 1, in: bytes) != nil else { continue }
      offset = end - 1 + 12
      let position = source.position(of: end - 1)
      if !literal.contains(position) {
        offsets.append(end - 1)
        positions.append(position)
      }
    }
  }

  /// The text with the pairs replaced: each makes its line two characters shorter.
  func replaced(in bytes: [UInt8]) -> [UInt8] {
    guard !offsets.isEmpty else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var copied = 0
    for offset in offsets {
      guard let value = pair(at: offset, in: bytes) else { continue }
      result += bytes[copied..<offset]
      let digits = String(value, radix: 16, uppercase: true)
      result += Array("\\U".utf8) + [UInt8](repeating: 0x30, count: 8 - digits.utf8.count)
      result += Array(digits.utf8)
      copied = offset + 12
    }
    return result + bytes[copied...]
  }

  /// The place in the file of a place in the replaced text.
  func original(_ position: SourcePosition) -> SourcePosition {
    var column = position.column
    for index in firstPair(onLine: position.line)..<positions.count {
      guard positions[index].line == position.line, positions[index].column < column else { break }
      column += 2
    }
    return SourcePosition(line: position.line, column: column)
  }

  /// The pairs between two places of the file.
  func positions(from start: SourcePosition, to end: SourcePosition) -> [SourcePosition] {
    positions[firstPair(onLine: start.line)...].prefix { $0 < end }.filter { $0 >= start }
  }

  private func firstPair(onLine line: Int) -> Int {
    var low = 0
    var high = positions.count
    while low < high {
      let middle = (low + high) / 2
      if positions[middle].line < line { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The character that a surrogate pair at an offset stands for.
private func pair(at offset: Int, in bytes: [UInt8]) -> UInt32? {
  guard let high = escape(at: offset, in: bytes), (0xD800...0xDBFF).contains(high),
    let low = escape(at: offset + 6, in: bytes), (0xDC00...0xDFFF).contains(low)
  else { return nil }
  return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
}

/// The code of a `\uXXXX` escape at an offset.
private func escape(at offset: Int, in bytes: [UInt8]) -> UInt32? {
  guard offset + 6 <= bytes.count, bytes[offset] == UInt8(ascii: "\\"),
    bytes[offset + 1] == UInt8(ascii: "u")
  else { return nil }
  var value: UInt32 = 0
  for byte in bytes[(offset + 2)..<(offset + 6)] {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 + UInt32(byte - 0x30)
    case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 + UInt32(byte - 0x57)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 + UInt32(byte - 0x37)
    default: return nil
    }
  }
  return value
}
