import Testing

@testable import Statistics

/// SplitMix64, for tests that need some noise that is the same every time.
private struct Noise {
  var state: UInt64

  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) / Double(1 << 53)
  }

  /// Near enough normal: mean 0, variance 1.
  mutating func normal() -> Double { (next() + next() + next() - 1.5) * 2 }
}

@Suite struct `What matters in a grid` {
  /// The cells of a grid from the values of single runs.
  private func factorial(
    _ sizes: [Int], ordered: [Bool]? = nil, runs: Int,
    _ value: (_ place: [Int], _ run: Int) -> Double
  ) throws -> Factorial {
    let count = sizes.reduce(1, *)
    let cells = (0..<count).map { index -> Factorial.Cell in
      var rest = index
      let place = Array(
        sizes.reversed().map { size -> Int in
          defer { rest /= size }
          return rest % size
        }.reversed())
      let values = (0..<runs).map { value(place, $0) }
      let mean = values.reduce(0, +) / Double(runs)
      // The jackknife's terms of a plain mean.
      return Factorial.Cell(
        value: mean, errors: RunErrors(values.map { ($0 - mean) / Double(runs) }))
    }
    return try #require(
      Factorial(sizes: sizes, isOrdered: ordered ?? sizes.map { _ in false }, cells: cells))
  }

  @Test func `effects of an additive model are exact, and what all settings share cancels out`()
    throws
  {
    var noise = Noise(state: 1)
    let shared = (0..<8).map { _ in 100 * noise.normal() }
    let (first, second) = ([3.0, 1, 7], [0.0, 5])
    let grid = try factorial([3, 2], runs: 8) { first[$0[0]] + second[$0[1]] + shared[$1] }
    let effects = grid.effects()
    #expect(effects.map(\.from) == [1, 0])
    #expect(effects.map(\.to) == [2, 1])
    for (effect, wanted) in zip(effects, [6.0, 5]) {
      #expect(abs(effect.change - wanted) < 1e-9)
      let interval = try #require(effect.interval)
      #expect(interval.halfWidth < 1e-9)
    }
    for interaction in grid.interactions() {
      #expect(abs(interaction.interval.estimate) < 1e-9)
    }
  }

  @Test func `what one factor does at each value of another is told`() throws {
    // The first factor adds 10 at the second one's first value, and nothing at its last.
    let grid = try factorial([2, 3], runs: 4) { place, run in
      Double(run) + (place[0] == 1 ? [10.0, 5, 0][place[1]] : 0)
    }
    let found = try #require(grid.interactions().first)
    #expect(found.factors == [0, 1])
    #expect(found.places == [0, 2])
    #expect((found.from, found.to) == (0, 1))
    #expect(found.changes == [10, 0])
    #expect(found.interval.estimate == -10)
  }

  @Test func `an optimum in the middle of a range is found`() throws {
    let grid = try factorial([5, 1], ordered: [true, false], runs: 3) { place, run in
      let x = Double(place[0]) - 2
      return x * x + Double(run)
    }
    let effect = grid.effects()[0]
    #expect(effect.from == 2)
    #expect(effect.change == 4)
    #expect(grid.effects()[1].change == 0)
  }

  /// Of 250 grids in which nothing matters at most 5 % may name anything: if it is 5 %, no more than 24 do
  /// with a probability of 99.9 %.
  @Test func `where nothing matters, nothing is named`() throws {
    var noise = Noise(state: 7)
    var wrong = 0
    for _ in 0..<250 {
      let grid = try factorial([4, 3], ordered: [true, false], runs: 6) { _, _ in noise.normal() }
      if grid.effects().contains(where: { ($0.interval?.low ?? 0) > 0 }) { wrong += 1 }
    }
    #expect(wrong <= 24, "\(wrong) of 250")
  }

  /// The same of interactions, where both factors matter but neither depends on the other.
  @Test func `where nothing depends on anything, nothing is said to`() throws {
    var noise = Noise(state: 9)
    var wrong = 0
    for _ in 0..<250 {
      let grid = try factorial([3, 3], runs: 6) { place, _ in
        Double(place[0]) + 2 * Double(place[1]) + noise.normal()
      }
      let interval = grid.interactions().first?.interval
      if let interval, interval.low > 0 || interval.high < 0 { wrong += 1 }
    }
    #expect(wrong <= 24, "\(wrong) of 250")
  }

  /// With effects of 1 and 2, the intervals hold the truth of both in 95 % of grids: of 250 at least
  /// 226 with a probability of 99.9 %.
  @Test func `the intervals hold what they promise together`() throws {
    var noise = Noise(state: 11)
    var right = 0
    for _ in 0..<250 {
      let grid = try factorial([2, 4], ordered: [false, true], runs: 8) { place, _ in
        Double(place[0]) + 2 * Double(place[1]) / 3 + noise.normal()
      }
      let holds = grid.effects().allSatisfy { effect in
        let scale = effect.factor == 0 ? 1 : 2.0 / 3
        let truth = Double(effect.to - effect.from) * scale
        return effect.interval.map { $0.low <= truth && truth <= $0.high } ?? false
      }
      if holds { right += 1 }
    }
    #expect(right >= 226, "\(right) of 250")
  }

  @Test func `one run gives no interval, and a run without a value is left out`() throws {
    let grid = try factorial([2, 2], runs: 1) { place, _ in Double(place[0]) }
    #expect(grid.effects()[0].change == 1)
    #expect(grid.effects()[0].interval == nil)
    #expect(grid.interactions() == [])
    let gaps = Factorial(
      sizes: [2], isOrdered: [true],
      cells: [
        Factorial.Cell(value: 1, errors: RunErrors([0.1, nil, -0.1])),
        Factorial.Cell(value: 2, errors: RunErrors([0.2, 0.1, -0.3])),
      ])
    #expect(gaps?.effects()[0].interval != nil)
    #expect(gaps?.means(of: 0)[0].errors.terms[1] == nil)
  }

  @Test func `a grid with missing cells is none`() {
    #expect(Factorial(sizes: [2, 2], isOrdered: [true, true], cells: []) == nil)
    #expect(Factorial(sizes: [], isOrdered: [], cells: []) == nil)
  }
}
