/// The known name nearest to a mistyped one; nil when none is near enough to be meant.
func nearestName(to typed: String, among known: [String]) -> String? {
  let bound = max(1, typed.count / 3)
  var best: (name: String, distance: Int)?
  for name in known {
    let distance = editDistance(Array(typed), Array(name))
    let isPrefix = typed.count >= 3 && name.hasPrefix(typed)
    guard distance <= bound || isPrefix else { continue }
    if let found = best, found.distance <= distance { continue }
    best = (name, distance)
  }
  return best?.name
}

/// How many insertions, deletions, replacements and swaps of neighbours lead from one to the other.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var before = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  var current = previous
  for i in a.indices {
    current[0] = i + 1
    for j in b.indices {
      let replaced = previous[j] + (a[i] == b[j] ? 0 : 1)
      current[j + 1] = min(replaced, previous[j + 1] + 1, current[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        current[j + 1] = min(current[j + 1], before[j - 1] + 1)
      }
    }
    (before, previous, current) = (previous, current, before)
  }
  return previous[b.count]
}

/// A text as it may be shown: control characters escaped, so that no input can steer the terminal.
func printable(_ text: String) -> String {
  var shown = ""
  for scalar in text.unicodeScalars {
    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    let isDirection =
      (0x202A...0x202E).contains(scalar.value)
      || (0x2066...0x2069).contains(scalar.value)
    if isControl || isDirection {
      let digits = String(scalar.value, radix: 16)
      shown += "\\u{\(digits)}"
    } else {
      shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}
