import Testing

@testable import Experiments

@Suite struct `The search for the cheapest setting` {
  /// Numbers without any pattern, the same in every run.
  private struct Numbers {
    var state: UInt64
    mutating func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  /// A set of settings that does, closed upwards: at least as much as one of some corners.
  private static func does(_ place: [Int], _ corners: [[Int]]) -> Bool {
    corners.contains { corner in zip(place, corner).allSatisfy { $0 >= $1 } }
  }

  @Test(arguments: 1...60)
  func `finds what trying every setting finds`(seed: Int) {
    var numbers = Numbers(state: UInt64(seed))
    let sizes = (0..<(1 + seed % 3)).map { _ in 1 + numbers.next(below: 9) }
    let corners = (0..<(1 + numbers.next(below: 4))).map { _ in
      sizes.map { numbers.next(below: $0 + 1) }
    }
    let prices = sizes.map { _ in Double(1 + numbers.next(below: 5)) }
    func cost(_ place: [Int]) -> Double {
      zip(place, prices).reduce(0) { $0 + Double($1.0) * $1.1 }
    }
    var all: [[Int]] = [[]]
    for size in sizes { all = all.flatMap { place in (0..<size).map { place + [$0] } } }
    let cheapest = all.filter { Self.does($0, corners) }.map(cost).min()
    var search = CheapestSearch(sizes: sizes, cost: cost)
    var asked = 0
    while let place = search.next {
      search.record(place, does: Self.does(place, corners))
      asked += 1
      #expect(asked <= all.count, "a setting is asked for twice")
      if asked > all.count { return }
    }
    #expect(search.best.map(cost) == cheapest)
  }

  @Test func `one name is bisected`() {
    for wanted in 0...100 {
      var search = CheapestSearch(sizes: [100]) { Double($0[0]) }
      var asked = 0
      while let place = search.next {
        search.record(place, does: place[0] >= wanted)
        asked += 1
      }
      #expect(search.best == (wanted < 100 ? [wanted] : nil))
      #expect(asked <= 7)
    }
  }

  @Test func `of equal cost the first value is taken`() {
    var search = CheapestSearch(sizes: [8]) { _ in 1 }
    while let place = search.next { search.record(place, does: place[0] >= 3) }
    #expect(search.best == [3])
  }
}
