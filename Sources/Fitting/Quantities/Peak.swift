/// How many of some stretches of time lie over each other at most.
enum Overlap {
  /// The number that is not exceeded for all but a thousandth of the time with any.
  static func most(_ stretches: [(from: Int64, to: Int64)]) -> Int {
    var marks = stretches.filter { $0.to > $0.from }.flatMap { [($0.from, 1), ($0.to, -1)] }
    marks.sort { ($0.0, $0.1) < ($1.0, $1.1) }
    var exposure: [Int64] = []
    var now = marks.first?.0 ?? 0
    var count = 0
    for (at, change) in marks {
      if count > 0, at > now {
        while exposure.count <= count { exposure.append(0) }
        exposure[count] += at - now
      }
      now = at
      count += change
    }
    let total = exposure.reduce(0, +)
    var sum: Int64 = 0
    for (number, length) in exposure.enumerated() {
      sum += length
      if Double(sum) >= 0.999 * Double(total) { return max(1, number) }
    }
    return 1
  }
}
