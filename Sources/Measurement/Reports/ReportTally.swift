/// Count, sum and longest of some times in nanoseconds.
struct ReportTime: Sendable {
  private(set) var count = 0
  private var sum: Int128 = 0
  private var longest: Int64 = 0

  /// Takes in a time, if there is one.
  mutating func add(_ nanoseconds: Int64?) {
    guard let nanoseconds else { return }
    count += 1
    sum += Int128(nanoseconds)
    longest = max(longest, nanoseconds)
  }

  /// The mean in seconds, to whole nanoseconds; nil without any.
  var mean: Double? { count > 0 ? Double(sum / Int128(count)) / 1e9 : nil }
  /// The longest in seconds; nil without any.
  var maximum: Double? { count > 0 ? Double(longest) / 1e9 : nil }
}

/// One time of conversations in the platform's seven buckets.
struct ResponseTally: Sendable {
  private var time = ReportTime()
  private var buckets = [Int](repeating: 0, count: 7)

  /// Where the buckets end: a time of just that length is in the next one, but an hour is not over one.
  private static let ends: [Int64] = [30, 120, 300, 600, 1_800].map { $0 * 1_000_000_000 }
  private static let hour: Int64 = 3_600_000_000_000

  /// Takes in a time, if there is one.
  mutating func add(_ nanoseconds: Int64?) {
    guard let nanoseconds else { return }
    time.add(nanoseconds)
    let bucket = Self.ends.count { nanoseconds >= $0 } + (nanoseconds > Self.hour ? 1 : 0)
    buckets[bucket] += 1
  }

  func row(_ metric: String, _ basis: String, responses: Int?)
    -> ResultDocument.Reports.ResponseTimes
  {
    .init(
      metric: metric, basis: basis, conversations: time.count, mean: time.mean, buckets: buckets,
      responses: responses)
  }
}

/// Tallies by name, such as one for each source.
struct Groups<Tally: Sendable>: Sendable {
  private var places: [String: Int] = [:]
  private(set) var rows: [(name: String, tally: Tally)] = []
  private let empty: Tally

  /// Groups that are there from the beginning; others come as they are met.
  init(_ names: [String] = [], empty: Tally) {
    self.empty = empty
    for name in names { self[name] = empty }
  }

  subscript(name: String) -> Tally {
    get { places[name].map { rows[$0].tally } ?? empty }
    set {
      if let place = places[name] {
        rows[place].tally = newValue
      } else {
        places[name] = rows.count
        rows.append((name, newValue))
      }
    }
  }

  /// The largest first; of two as large, by name.
  func ordered(by size: (Tally) -> Int) -> [(name: String, tally: Tally)] {
    rows.sorted { left, right in
      let (first, second) = (size(left.tally), size(right.tally))
      return first == second ? left.name < right.name : first > second
    }
  }
}
