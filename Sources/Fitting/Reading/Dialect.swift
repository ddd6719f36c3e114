/// What divides the cells of a file, told from its first line.
enum Dialect {
  /// What may divide cells, the likeliest first.
  static let delimiters: [(byte: UInt8, name: String)] = [
    (UInt8(ascii: ","), "','"), (UInt8(ascii: ";"), "';'"), (0x09, "tabs"),
    (UInt8(ascii: "|"), "'|'"),
  ]

  /// The cells of the first line that has any, divided by each candidate.
  static func headers(of bytes: ArraySlice<UInt8>) -> [(byte: UInt8, name: String, cells: [String])]
  {
    var line: [UInt8] = []
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, byte == 0x0A || byte == 0x0D {
        if line.isEmpty { continue }
        break
      }
      line.append(byte)
      if line.count > 100_000 { break }
    }
    return delimiters.map { ($0.byte, $0.name, split(line, $0.byte)) }
  }

  private static func split(_ line: [UInt8], _ delimiter: UInt8) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    for byte in line {
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == delimiter, !isQuoted {
        cells.append(trimmed(String(decoding: cell, as: UTF8.self)))
        cell = []
      } else {
        cell.append(byte)
      }
    }
    cells.append(trimmed(String(decoding: cell, as: UTF8.self)))
    return cells
  }

  /// The delimiter under which most of the wanted names stand in the first line, else the most cells.
  static func delimiter(
    of bytes: ArraySlice<UInt8>, wanted: [String]
  ) -> (byte: UInt8, name: String, found: Int) {
    var best = (byte: delimiters[0].byte, name: delimiters[0].name, found: 0)
    var cells = 0
    for candidate in headers(of: bytes) {
      let found = wanted.count { name in candidate.cells.contains { isSame($0, name) } }
      if found > best.found || found == best.found && candidate.cells.count > cells {
        best = (candidate.byte, candidate.name, found)
        cells = candidate.cells.count
      }
    }
    return best
  }

  /// Whether two names of columns are the same but for case.
  static func isSame(_ a: String, _ b: String) -> Bool {
    a == b || a.lowercased() == b.lowercased()
  }
}

/// A text without the blanks around it.
func trimmed(_ text: String) -> String {
  var rest = Substring(text)
  while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
  while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
  return String(rest)
}
