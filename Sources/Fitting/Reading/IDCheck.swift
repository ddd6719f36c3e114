/// Watches the ids of conversations for what spreadsheets do to long numbers.
///
/// A spreadsheet keeps fifteen digits: of a longer number the rest becomes zeros, or it is written as
/// `1.00000E+15`; different conversations then have the same id.
struct IDCheck {
  /// A digest of each conversation's id, and one of its contact and opening time, in the rows' order.
  private var ids: [UInt64] = []
  private var keys: [UInt64] = []
  private var long = 0
  private var longWithZeros = 0
  private var firstPower: ExportPlace?
  private var firstLong: ExportPlace?

  mutating func take(_ rows: borrowing CSVRows, _ cell: CSVRows.Cell, key: UInt64) {
    let range = FileClock.inner(rows, cell)
    ids.append(digest(rows, range))
    keys.append(key)
    guard range.count >= 5 else { return }
    if rows.buffer[range].contains(where: { $0 | 0x20 == UInt8(ascii: "e") }),
      Self.isPower(rows.buffer[range])
    {
      if firstPower == nil { firstPower = ExportPlace(rows, range.lowerBound, range.upperBound) }
      return
    }
    guard range.count >= 16, rows.buffer[range].allSatisfy({ (0x30...0x39).contains($0) }) else {
      return
    }
    long += 1
    if rows.buffer[range].dropFirst(15).allSatisfy({ $0 == 0x30 }) { longWithZeros += 1 }
    if firstLong == nil { firstLong = ExportPlace(rows, range.lowerBound, range.upperBound) }
  }

  /// Whether a text is a number with an exponent.
  static func isPower(_ bytes: ArraySlice<UInt8>) -> Bool {
    let parts = bytes.split(omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
    guard parts.count == 2, let first = parts[0].first, (0x30...0x39).contains(first) else {
      return false
    }
    let exponent = parts[1].drop { $0 == UInt8(ascii: "+") }
    return !exponent.isEmpty && exponent.allSatisfy { (0x30...0x39).contains($0) }
      && parts[0].allSatisfy {
        (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
      }
  }

  /// Which rows (by their position) stand for a conversation that was there before.
  ///
  /// With sound ids those with the same id, else those of the same contact opened at the same time.
  func repeated(hasContacts: Bool, _ problems: inout ExportProblems) -> [Int] {
    // By chance all of twenty ids would end in a zero with a probability of 10 to the power -20.
    let isCut = long >= 20 && longWithZeros == long
    let damaged = firstPower ?? (isCut ? firstLong : nil)
    if let damaged {
      problems.warning(
        at: damaged,
        "ids were damaged by a spreadsheet, which keeps 15 digits: "
          + (hasContacts
            ? "contact and opening time tell conversations apart instead"
            : "without a column of the contact, rows that stand twice are not seen"),
        hint: "export again, and open the file in nothing else")
      return hasContacts ? Self.repeats(keys) : []
    }
    let repeats = Self.repeats(ids)
    guard !repeats.isEmpty else { return [] }
    // The same id with another contact or time is another conversation: the ids are not to be trusted.
    let first = Dictionary(zip(ids, keys)) { a, _ in a }
    let different = repeats.contains { first[ids[$0]] != keys[$0] }
    guard different, hasContacts else { return repeats }
    problems.warning(
      "different conversations have the same id: contact and opening time tell them apart instead")
    return Self.repeats(keys)
  }

  private static func repeats(_ keys: [UInt64]) -> [Int] {
    var seen = Set<UInt64>(minimumCapacity: keys.count)
    return keys.indices.filter { !seen.insert(keys[$0]).inserted }
  }
}
