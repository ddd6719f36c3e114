import Foundation

/// Breaks texts by chance, the same way for the same seed.
struct Mutation {
  private var state: UInt64
  /// What was done last, in words.
  private(set) var last = ""

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

  private mutating func pick(_ words: [String]) -> String { words[below(words.count)] }

  /// What stands where something else was expected.
  static let values = [
    "", "0", "-1", "1e308", "-0.0", "1e-320", "nan", "inf", "9223372036854775807",
    "-9223372036854775808", "18446744073709551616", "0x10", "+05", "1_000", "~", "null", "true",
    "[]", "{}", "[[[[[[]]]]]]", "$a", "$", "$$", "&a *a", "!!int 3", "1 ns", "36500 d", "1e9 h",
    "0 s", "-5 min", "100%", "-1%", "1e6%", "0 per second", "1e9 per ns", "\"\\u202e\"",
    "\u{202E}abc", "\u{FEFF}", "'", "\"", "|", ">", "- ", ": ", "{exponential: 0 s}",
    "{lognormal: {mean: 1 s, cv: 1e9}}",
    "{hawkes: {base: 1 per s, jump: 0.999, decay: 1e-9 per s}}",
    "{uniform: [1 s, 0 s]}", "2026-02-30", "25:00", "mon-xyz", "../../etc/passwd", "/dev/zero",
  ]

  /// One to three changes: bytes, tokens, lines, values.
  mutating func broken(_ text: String, isText: Bool = false) -> [UInt8] {
    var text = text
    for _ in 0...below(3) { text = changed(text) }
    var bytes = Array(text.utf8)
    guard !isText, below(4) == 0, !bytes.isEmpty else { return bytes }
    for _ in 0...below(4) { bytes[below(bytes.count)] = UInt8(truncatingIfNeeded: next()) }
    if below(4) == 0 { bytes.removeLast(below(bytes.count)) }
    return bytes
  }

  private mutating func changed(_ text: String) -> String {
    var lines = text.components(separatedBy: "\n")
    let place = below(lines.count)
    switch below(6) {
    case 0: lines.remove(at: place)
    case 1: lines.insert(lines[place], at: place)
    case 2: lines.swapAt(place, below(lines.count))
    case 3: lines[place] = String(repeating: " ", count: below(9)) + lines[place]
    case 4:
      // Another value for the key of the line.
      let parts = lines[place].components(separatedBy: ": ")
      let part = below(max(1, parts.count - 1))
      guard parts.count > 1 else { break }
      var changed = parts
      let end = changed[part + 1].drop { !",}]".contains($0) }
      changed[part + 1] = pick(Self.values) + end
      lines[place] = changed.joined(separator: ": ")
    default:
      // A token of the line for one of another.
      var tokens = lines[place].components(separatedBy: " ")
      let others = lines[below(lines.count)].components(separatedBy: " ")
      tokens[below(tokens.count)] = others[below(others.count)]
      lines[place] = tokens.joined(separator: " ")
    }
    return lines.joined(separator: "\n")
  }

  /// A key with a value beside one of its siblings, somewhere in the text; nil where none of them stands.
  mutating func planted(
    _ key: String, _ value: String, beside siblings: Set<String>, in text: String
  ) -> [UInt8]? {
    var lines = text.components(separatedBy: "\n")
    let start = below(lines.count)
    for offset in lines.indices {
      let place = (start + offset) % lines.count
      let line = lines[place]
      for sibling in siblings.sorted() {
        guard let found = line.range(of: sibling + ":") else { continue }
        let before = line[..<found.lowerBound]
        guard before.last.map({ " {-,".contains($0) }) ?? true else { continue }
        let isOwn = sibling == key
        if before.allSatisfy({ $0 == " " }), !isOwn {
          lines.insert(before + "\(key): \(value)", at: place)
        } else if isOwn {
          let rest = line[found.upperBound...].drop { !",}".contains($0) }
          lines[place] = before + "\(key): \(value)" + rest
        } else {
          lines[place] = before + "\(key): \(value), " + line[found.lowerBound...]
        }
        return Array(lines.joined(separator: "\n").utf8)
      }
    }
    return nil
  }

  private static let numbers = [
    "-1", "0", "-3600", "1e15", "-1e15", "999999999999999", "1e-300", "0.5", "1e308", "7", "null",
    "\"\"", "[]", "{}", "true", "1e400",
  ]

  /// A result with one value changed, or a piece of it gone.
  mutating func tampered(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    if below(5) == 0 {
      let from = below(bytes.count)
      let length = 1 + below(40)
      last = "\(length) bytes removed at \(from)"
      bytes.removeSubrange(from..<min(bytes.count, from + length))
      return bytes
    }
    let colons = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") }
    let colon = colons[below(colons.count)]
    var from = colon + 1
    while from < bytes.count, bytes[from] == UInt8(ascii: " ") { from += 1 }
    let to = bytes[from...].firstIndex { ",}]\n".utf8.contains($0) } ?? bytes.count
    let value = pick(Self.numbers)
    let key = String(decoding: bytes[max(0, colon - 30)..<colon], as: UTF8.self)
    last = "\(key): \(String(decoding: bytes[from..<to], as: UTF8.self)) becomes \(value)"
    bytes.replaceSubrange(from..<max(from, to), with: Array(value.utf8))
    return bytes
  }
}
