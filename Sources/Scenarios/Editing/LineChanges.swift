/// How many lines differ between two texts: "3 lines changed".
public struct LineChanges: Sendable, Hashable {
  /// The lines changed: of each stretch that differs, the lines that it has in the longer text.
  public let count: Int
  /// The lines of the new text that are not in the old one, counted from 1.
  public let lines: [Int]

  /// Beyond so many pairs of lines the texts are compared only from both ends.
  private static let limit = 1_000_000

  /// Compares two texts line by line; the line break is part of a line.
  public init(from old: String, to new: String) {
    var names: [[UInt8]: Int] = [:]
    func lines(_ text: String) -> [Int] {
      var lines: [Int] = []
      var line: [UInt8] = []
      func finish() {
        let known = names.count
        lines.append(names[line] ?? known)
        if lines.last == known { names[line] = known }
        line = []
      }
      for byte in text.utf8 {
        line.append(byte)
        if byte == UInt8(ascii: "\n") { finish() }
      }
      if !line.isEmpty { finish() }
      return lines
    }
    var (a, b) = (lines(old)[...], lines(new)[...])
    var before = 0
    while let first = a.first, first == b.first {
      before += 1
      a.removeFirst()
      b.removeFirst()
    }
    while let last = a.last, last == b.last {
      a.removeLast()
      b.removeLast()
    }
    let isSmall = a.count == 0 || b.count <= Self.limit / a.count
    guard isSmall else {
      count = max(a.count, b.count)
      self.lines = b.indices.map { $0 - b.startIndex + before + 1 }
      return
    }
    let found = Self.changed(Array(a), Array(b))
    count = found.count
    self.lines = found.added.map { $0 + before + 1 }
  }

  /// The lines of stretches that are in no longest common sequence.
  private static func changed(_ a: [Int], _ b: [Int]) -> (count: Int, added: [Int]) {
    // `common[i][j]`: the length of a longest common sequence of what follows line i and line j.
    let width = b.count + 1
    var common = [Int32](repeating: 0, count: (a.count + 1) * width)
    for i in a.indices.reversed() {
      for j in b.indices.reversed() {
        common[i * width + j] =
          a[i] == b[j]
          ? common[(i + 1) * width + j + 1] + 1
          : max(common[(i + 1) * width + j], common[i * width + j + 1])
      }
    }
    var (i, j) = (0, 0)
    var (removed, added, count) = (0, 0, 0)
    var lines: [Int] = []
    while i < a.count || j < b.count {
      if i < a.count, j < b.count, a[i] == b[j] {
        count += max(removed, added)
        (removed, added) = (0, 0)
        (i, j) = (i + 1, j + 1)
      } else if j == b.count
        || i < a.count && common[(i + 1) * width + j] >= common[i * width + j + 1]
      {
        removed += 1
        i += 1
      } else {
        added += 1
        lines.append(j)
        j += 1
      }
    }
    return (count + max(removed, added), lines)
  }
}
