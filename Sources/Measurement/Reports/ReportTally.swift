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
  var mean: Double? { count > 0 ? inSeconds(sum / Int128(count)) : nil }
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

/// A tally for each of some things that are numbered from 0, and one for none of them.
struct Groups<Tally: Sendable>: Sendable {
  private var tallies: [Tally]
  private let empty: Tally

  init(_ empty: Tally) {
    self.empty = empty
    tallies = [empty]
  }

  /// The tally of a number; that of nothing for nil.
  subscript(number: Int?) -> Tally {
    get {
      let place = (number ?? -1) + 1
      return tallies.indices.contains(place) ? tallies[place] : empty
    }
    _modify {
      let place = max(0, (number ?? -1) + 1)
      while place >= tallies.count { tallies.append(empty) }
      yield &tallies[place]
    }
  }

  /// Those of which there are any, nothing included, the largest first; of two as large, by name.
  func rows(
    _ name: (Int) -> String, by size: (Tally) -> Int
  ) -> [(name: String, tally: Tally)] {
    tallies.enumerated().filter { size($0.element) > 0 }
      .map { (name: $0.offset == 0 ? "" : name($0.offset - 1), tally: $0.element) }
      .sorted { left, right in
        let (first, second) = (size(left.tally), size(right.tally))
        return first == second ? left.name < right.name : first > second
      }
  }

  /// One for each of these names, in their order, and nothing if there is any of it.
  func rows(
    _ names: [String], by size: (Tally) -> Int
  ) -> [(name: String, tally: Tally)] {
    names.enumerated().map { (name: $0.element, tally: self[$0.offset]) }
      + (size(tallies[0]) > 0 ? [(name: "", tally: tallies[0])] : [])
  }
}

/// The numbers of names that come one by one, such as those of categories.
struct NumberedNames: Sendable {
  private(set) var names: [String] = []
  private var numbers: [String: Int] = [:]

  /// The number of a name; nil for an empty one.
  mutating func number(of name: String) -> Int? {
    if name.isEmpty { return nil }
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }
}
