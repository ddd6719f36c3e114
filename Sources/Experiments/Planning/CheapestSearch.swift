/// The search for the cheapest of many combinations, where more never hurts: if a combination does,
/// so does every one that has at least as much of everything.
///
/// Each question is chosen so that its answer, whichever it is, settles as many combinations as
/// possible; for one name that is bisection.
struct CheapestSearch: Sendable {
  /// A combination: the position of the value of each name.
  typealias Place = [Int]

  /// How many values each name has.
  private let sizes: [Int]
  /// All combinations, the cheapest first; of equal cost the one with less of the first name.
  private let order: [Place]
  private let costs: [Double]
  /// Positions in `order` that are still to be settled.
  private var candidates: [Int]
  /// The cheapest combination known to do.
  private(set) var best: Place?

  /// More combinations than this are not weighed against each other one by one.
  private static let weighed = 200

  /// A search over all combinations of `sizes` values; `cost` may be anything that never falls as a
  /// position rises.
  init(sizes: [Int], cost: (Place) -> Double) {
    self.sizes = sizes
    var places: [Place] = [[]]
    for size in sizes {
      places = places.flatMap { place in (0..<size).map { place + [$0] } }
    }
    let priced = places.enumerated().map { ($0.offset, $0.element, cost($0.element)) }
      .sorted { ($0.2, $0.0) < ($1.2, $1.0) }
    order = priced.map(\.1)
    costs = priced.map(\.2)
    candidates = Array(order.indices)
  }

  /// The combination to be tried next; nil when all is settled.
  var next: Place? {
    guard !candidates.isEmpty else { return nil }
    let stride = max(1, candidates.count / Self.weighed)
    var chosen = candidates[candidates.count / 2]
    var most = -1
    // From the middle outwards: of equals the one in the middle of the costs.
    let middle = candidates.count / 2
    for step in Swift.stride(from: 0, to: candidates.count, by: stride) {
      let index = step % 2 == 0 ? middle + step / 2 : middle - (step + 1) / 2
      guard candidates.indices.contains(index) else { continue }
      let settled = settled(by: candidates[index])
      if settled > most {
        most = settled
        chosen = candidates[index]
      }
    }
    return order[chosen]
  }

  /// How many candidates the worse of the two answers settles.
  private func settled(by position: Int) -> Int {
    let place = order[position]
    var ifYes = 0
    var ifNo = 0
    for candidate in candidates {
      if candidate >= position || Self.hasAll(order[candidate], of: place) { ifYes += 1 }
      if Self.hasAll(place, of: order[candidate]) { ifNo += 1 }
    }
    return min(ifYes, ifNo)
  }

  /// Takes in what came of a combination.
  mutating func record(_ place: Place, does: Bool) {
    guard let position = order.firstIndex(of: place) else { return }
    if does {
      best = place
      // What costs as much or more is not wanted any more.
      candidates.removeAll { $0 >= position }
    } else {
      candidates.removeAll { Self.hasAll(place, of: order[$0]) }
    }
  }

  /// Whether a combination has at least as much of everything as another.
  private static func hasAll(_ place: Place, of other: Place) -> Bool {
    zip(place, other).allSatisfy { $0 >= $1 }
  }
}
