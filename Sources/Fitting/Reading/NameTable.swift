/// Names as they come, each with a position.
struct NameTable {
  private(set) var names: [String] = []
  private var positions: [UInt64: Int32] = [:]

  /// More different names are no names of agents or channels.
  let limit: Int

  init(limit: Int) { self.limit = limit }

  /// The position of the name in a cell; nil if there are too many different ones.
  mutating func position(of cell: CSVRows.Cell, in rows: borrowing CSVRows) -> Int32? {
    let range = FileClock.inner(rows, cell)
    if FileClock.isAbsent(rows, range) { return -1 }
    let key = digest(rows, range)
    if let known = positions[key] { return known }
    guard names.count < limit else { return nil }
    let position = Int32(names.count)
    positions[key] = position
    names.append(trimmed(rows.text(of: cell)))
    return position
  }
}

/// A digest of a cell's text: 64 bits of FNV-1a, to tell one id from another.
func digest(_ rows: borrowing CSVRows, _ range: Range<Int>) -> UInt64 {
  var code: UInt64 = 0xCBF2_9CE4_8422_2325
  for at in range { code = (code ^ UInt64(rows.buffer[at])) &* 0x100_0000_01B3 }
  return code
}

/// A digest of two digests.
func mixed(_ a: UInt64, _ b: UInt64) -> UInt64 {
  var code = a ^ (b &* 0x9E37_79B9_7F4A_7C15)
  code = (code ^ (code >> 32)) &* 0xD6E8_FEB8_6659_FD93
  return code ^ (code >> 32)
}
