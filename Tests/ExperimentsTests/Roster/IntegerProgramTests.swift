import Testing

@testable import Experiments

/// A small generator for cases; never used for results.
private struct CaseNumbers {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }
}

/// A program with few enough solutions that all can be looked at.
private func program(_ number: Int) -> IntegerProgram {
  var numbers = CaseNumbers(UInt64(number))
  let shifts = 2 + numbers.next(3)
  var program = IntegerProgram(
    costs: (0..<shifts).map { _ in Double(1 + numbers.next(6)) * 0.5 },
    atMost: (0..<shifts).map { _ in 2 + numbers.next(4) })
  for _ in 0..<(2 + numbers.next(6)) {
    program.rows.append(
      IntegerProgram.Row(
        (0..<shifts).map { _ in [0, 0.25, 0.5, 1, 1][numbers.next(5)] },
        atLeast: Double(numbers.next(9)) * 0.5))
  }
  return program
}

/// The first optimum in the order that the program promises, by looking at all.
private func bruteForce(_ program: IntegerProgram) -> [Int]? {
  var all: [[Int]] = [[]]
  for most in program.atMost { all = all.flatMap { head in (0...most).map { head + [$0] } } }
  return all.filter(program.holds).min { left, right in
    let (first, second) = (program.cost(left), program.cost(right))
    if abs(first - second) > 1e-9 { return first < second }
    let (few, many) = (left.reduce(0, +), right.reduce(0, +))
    return few == many ? left.lexicographicallyPrecedes(right) : few < many
  }
}

@Suite(.enabled(if: IntegerProgram.isAvailable, "GLPK is not installed"))
struct `Integer programs` {
  @Test(arguments: 1...20)
  func `the solver's optimum is that of looking at all solutions`(number: Int) {
    let program = program(number)
    switch bruteForce(program) {
    case let best?: #expect(program.outcome() == .optimum(best))
    case nil: #expect(program.outcome() == .infeasible)
    }
  }

  @Test func `the twenty cases have solutions, none, and several that cost the same`() {
    let cases = (1...20).map(program)
    let best = cases.map(bruteForce)
    #expect(best.count { $0 == nil } >= 2)
    #expect(best.count { $0 != nil } >= 10)
    let hasEquals = zip(cases, best).contains { program, best in
      guard let best else { return false }
      return best.indices.contains { from in
        best.indices.contains { to in
          var other = best
          other[from] -= 1
          other[to] += 1
          return from != to && program.holds(other) && program.cost(other) == program.cost(best)
        }
      }
    }
    #expect(hasEquals)
  }

  @Test func `of equal costs the fewest are taken, then the fewest of the first`() {
    let row = IntegerProgram.Row([1, 1, 2], atLeast: 4)
    let program = IntegerProgram(costs: [1, 1, 2], atMost: [9, 9, 1], rows: [row])
    #expect(program.outcome() == .optimum([0, 2, 1]))
  }

  @Test func `without rows nobody is needed, without room nothing helps`() {
    #expect(IntegerProgram(costs: [1, 2], atMost: [3, 3]).outcome() == .optimum([0, 0]))
    let row = IntegerProgram.Row([1, 1], atLeast: 7)
    #expect(IntegerProgram(costs: [1, 2], atMost: [3, 3], rows: [row]).outcome() == .infeasible)
    #expect(IntegerProgram(costs: [], atMost: [], rows: []).outcome() == .optimum([]))
  }

  @Test func `impossible numbers are told and not given to the solver`() {
    let row = IntegerProgram.Row([.nan], atLeast: 1)
    guard case .failed = IntegerProgram(costs: [1], atMost: [3], rows: [row]).outcome() else {
      Issue.record("a coefficient that is no number was solved")
      return
    }
    guard case .failed = IntegerProgram(costs: [.infinity], atMost: [3]).outcome() else {
      Issue.record("an infinite cost was solved")
      return
    }
  }
}

@Suite struct `Cuts` {
  private let coverage = [[1.0, 1, 0], [0, 1, 1], [0.5, 0, 0]]

  @Test func `a cut is not satisfied by the roster that made it, and asks for one more at least`()
    throws
  {
    let counts = [2, 1, 0]
    for missing in [0.001, 0.05, 0.9] {
      for gains in [[], [(1, 0.1)], [(1, 0.1), (0, 0.04)], [(1, -0.2), (0, 0.004)]] {
        let row = try #require(
          RosterCut.row(
            period: 1, missing: missing, gains: gains.map { (period: $0.0, gain: $0.1) },
            counts: counts, coverage: coverage))
        #expect(!row.holds(counts))
        #expect(row.atLeast - row.sum(counts) >= 1 - 1e-9)
        // Two more of every shift are enough: a cut never asks for more at once.
        #expect(row.holds([4, 3, 4]))
      }
    }
  }

  @Test
  func `where one more is enough in either of two periods, one more of either shift is enough`()
    throws
  {
    let row = try #require(
      RosterCut.row(
        period: 1, missing: 0.02, gains: [(period: 1, gain: 0.1), (period: 0, gain: 0.05)],
        counts: [2, 1, 0], coverage: coverage))
    #expect(row.holds([3, 1, 0]) && row.holds([2, 2, 0]))
    // Half of the period before counts for half.
    #expect(!row.holds([2, 1, 1]) && row.holds([2, 1, 2]))
  }

  @Test func `gains that are noise beside the largest are left out`() throws {
    let row = try #require(
      RosterCut.row(
        period: 2, missing: 0.1, gains: [(period: 2, gain: 0.1), (period: 0, gain: 0.01)],
        counts: [0, 0, 0], coverage: coverage))
    #expect(row.coefficients == [0, 1, 0])
  }

  @Test func `where no shift works nothing can be asked for`() {
    let row = RosterCut.row(
      period: 0, missing: 0.1, gains: [], counts: [1], coverage: [[0, 1]])
    #expect(row == nil)
  }
}
