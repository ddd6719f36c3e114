/// Count and sum of some times in nanoseconds.
struct ReportMean: Sendable {
  private(set) var count = 0
  private var sum: Int128 = 0

  /// Takes in a time.
  @inline(__always)
  mutating func add(_ nanoseconds: Int64) {
    count += 1
    sum += Int128(nanoseconds)
  }

  /// Takes in what others counted.
  static func += (left: inout Self, right: Self) {
    left.count += right.count
    left.sum += right.sum
  }

  /// The mean in seconds, to whole nanoseconds; nil without any.
  var mean: Double? { count > 0 ? inSeconds(sum / Int128(count)) : nil }
}

/// Count, sum and longest of some times in nanoseconds.
struct ReportTime: Sendable {
  private var all = ReportMean()
  private var longest: Int64 = 0

  /// Takes in a time.
  @inline(__always)
  mutating func add(_ nanoseconds: Int64) {
    all.add(nanoseconds)
    longest = max(longest, nanoseconds)
  }

  /// Takes in what others counted.
  static func += (left: inout Self, right: Self) {
    left.all += right.all
    left.longest = max(left.longest, right.longest)
  }

  var count: Int { all.count }
  /// The mean in seconds, to whole nanoseconds; nil without any.
  var mean: Double? { all.mean }
  /// The longest in seconds; nil without any.
  var maximum: Double? { count > 0 ? Double(longest) / 1e9 : nil }
}

/// One time of conversations in the platform's seven buckets.
struct ResponseTally: Sendable {
  private var time = ReportMean()
  private var buckets = InlineArray<7, Int>(repeating: 0)

  /// Takes in a time, if there is one.
  @inline(__always)
  mutating func add(_ nanoseconds: Int64?) {
    guard let nanoseconds else { return }
    time.add(nanoseconds)
    buckets[Self.bucket(of: nanoseconds)] += 1
  }

  /// Takes in what others counted.
  static func += (left: inout Self, right: Self) {
    left.time += right.time
    for bucket in right.buckets.indices { left.buckets[bucket] += right.buckets[bucket] }
  }

  /// The bucket of a time: one of just the length where a bucket ends is in the next one, but an hour is not
  /// over one.
  @inline(__always)
  private static func bucket(of nanoseconds: Int64) -> Int {
    let second: Int64 = 1_000_000_000
    if nanoseconds < 300 * second {
      return nanoseconds < 30 * second ? 0 : nanoseconds < 120 * second ? 1 : 2
    }
    if nanoseconds < 1_800 * second { return nanoseconds < 600 * second ? 3 : 4 }
    return nanoseconds <= 3_600 * second ? 5 : 6
  }

  func row(_ metric: String, _ basis: String, responses: Int?)
    -> ResultDocument.Reports.ResponseTimes
  {
    .init(
      metric: metric, basis: basis, conversations: time.count, mean: time.mean,
      buckets: buckets.indices.map { buckets[$0] }, responses: responses)
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
    @inline(__always) _modify {
      let place = max(0, (number ?? -1) + 1)
      if place >= tallies.count { tallies.makeRoom(for: place, with: empty) }
      yield &tallies[place]
    }
  }

  /// All of them as one.
  func total(_ add: (inout Tally, Tally) -> Void) -> Tally { tallies.reduce(into: empty, add) }

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

extension Array {
  /// Adds equal elements at the end until there is one at a place.
  @inline(never)
  mutating func makeRoom(for place: Int, with element: Element) {
    while place >= count { append(element) }
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
