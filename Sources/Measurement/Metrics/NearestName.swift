/// Finds what somebody may have meant by a name that does not exist.
enum NearestName {
  /// The candidate with the fewest changed letters, if they are few; the first one on ties.
  static func find(_ name: String, among candidates: [String]) -> String? {
    let wanted = Array(name.utf8)
    // Names longer than any of ours are no slips of the finger: do not measure them.
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let distance = distance(wanted, Array(candidate.utf8))
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    guard let best else { return nil }
    if best.distance <= max(1, wanted.count / 3) { return best.name }
    // `first_answer` shares its beginning with `first_response` and little else.
    let words = name.split(separator: "_")
    guard words.count > 1, let start = words.first else { return nil }
    return candidates.first { $0.hasPrefix(start + "_") }
  }

  /// The number of letters to insert, leave out, change or swap with their neighbour.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var row = [i + 1]
      for (j, other) in right.enumerated() {
        var cost = min(last[j] + (letter == other ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}
