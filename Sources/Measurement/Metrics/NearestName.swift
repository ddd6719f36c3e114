/// The known name that somebody who wrote `name` most likely meant.
///
/// Names count as the same when they differ only in case or in `-`, `_` and blanks. Else the
/// restricted Damerau-Levenshtein distance (insert, delete, replace, swap neighbours) must be at
/// most a third of the length: further away, a suggestion confuses more than it helps. A name that
/// lacks only an ending, or has one too many, is near as well.
public func nearestName(to name: String, in known: some Sequence<String>) -> String? {
  let wanted = comparable(name)
  guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
  var best: (name: String, distance: Int)?
  for candidate in known where candidate != name {
    let letters = comparable(candidate)
    guard abs(letters.count - wanted.count) <= 3 else { continue }
    let shorter = min(letters.count, wanted.count)
    let limit = min(3, max(1, shorter / 3))
    // `opened` for `open`: an ending too much or too little.
    let isBeginning = shorter >= 3 && letters.prefix(shorter) == wanted.prefix(shorter)
    let distance = isBeginning ? limit : editDistance(wanted, letters)
    if distance <= limit, distance < best?.distance ?? Int.max { best = (candidate, distance) }
  }
  return best?.name
}

private func comparable(_ name: String) -> [UInt8] {
  name.lowercased().utf8.map { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: " ") ? 0x5F : $0 }
}

/// The optimal string alignment distance of two short names.
func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i] + [Int](repeating: 0, count: b.count)
    for j in 1...b.count {
      let cost = a[i - 1] == b[j - 1] ? 0 : 1
      row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        row[j] = min(row[j], beforeLast[j - 2] + 1)
      }
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
