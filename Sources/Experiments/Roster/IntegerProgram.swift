/// The cheapest whole numbers within bounds that satisfy rows of `sum of coefficient * number >= limit`.
///
/// Of several that cost the same the answer is the one with the smallest sum, of those the one with the
/// smallest first number, then the smallest second, and so on: so it is the same on every machine. Costs
/// that differ by less than a millionth of the whole count as the same.
public struct IntegerProgram: Sendable, Equatable {
  /// What one unit of each number costs, at least 0.
  public var costs: [Double]
  /// The largest value of each number.
  public var atMost: [Int]
  /// What must be satisfied.
  public var rows: [Row]

  /// One thing that must be satisfied.
  public struct Row: Sendable, Equatable {
    /// What a unit of each number adds.
    var coefficients: [Double]
    /// What they must add up to.
    public var atLeast: Double

    /// Puts a row together.
    public init(_ coefficients: [Double], atLeast: Double) {
      self.coefficients = coefficients
      self.atLeast = atLeast
    }

    /// What some numbers add up to.
    public func sum(_ numbers: [Int]) -> Double {
      zip(coefficients, numbers).reduce(0) { $0 + $1.0 * Double($1.1) }
    }

    /// Whether numbers satisfy the row, but for the rounding of the sum.
    public func holds(_ numbers: [Int]) -> Bool {
      let size = coefficients.reduce(1) { max($0, abs($1)) }
      return sum(numbers) >= atLeast - 1e-6 * size
    }
  }

  /// What became of a program.
  public enum Outcome: Sendable, Equatable {
    /// The numbers.
    case optimum([Int])
    /// No numbers satisfy all rows.
    case infeasible
    /// Somebody wished to stop.
    case interrupted
    /// The solver gave up; its own words for it.
    case failed(String)
  }

  /// A program.
  public init(costs: [Double], atMost: [Int], rows: [Row] = []) {
    self.costs = costs
    self.atMost = atMost
    self.rows = rows
  }

  /// What numbers cost.
  public func cost(_ numbers: [Int]) -> Double {
    zip(costs, numbers).reduce(0) { $0 + $1.0 * Double($1.1) }
  }

  /// Whether numbers satisfy every row and bound.
  public func holds(_ numbers: [Int]) -> Bool {
    zip(numbers, atMost).allSatisfy { $0 >= 0 && $0 <= $1 } && rows.allSatisfy { $0.holds(numbers) }
  }

  /// What to do where the solver is missing.
  public static let advice =
    "rosters need the solver GLPK, which was not there when this program was built; install it with "
    + "'sudo apt-get install libglpk-dev', then build again after 'swift package clean'"

  /// Solves the program; without GLPK it fails with `advice`.
  public func outcome(_ interruption: Interruption = Interruption()) -> Outcome {
    guard IntegerProgram.isAvailable else { return .failed(Self.advice) }
    guard atMost.count == costs.count, rows.allSatisfy({ $0.coefficients.count == costs.count }),
      costs.allSatisfy({ $0.isFinite && $0 >= 0 }), atMost.allSatisfy({ $0 >= 0 }),
      rows.allSatisfy({ row in
        row.atLeast.isFinite && row.coefficients.allSatisfy { $0.isFinite }
      })
    else { return .failed("a program of impossible numbers") }
    let numbers: [Int]
    switch solved(for: costs, interruption) {
    case .optimum(let found): numbers = found
    case let other: return other
    }
    return first(of: numbers, interruption)
  }

  /// The first of all that cost as little as these.
  private func first(of numbers: [Int], _ interruption: Interruption) -> Outcome {
    var program = self
    var best = numbers
    let cost = cost(numbers)
    let size = max(1, costs.reduce(0, max))
    program.rows.append(
      Row(costs.map { -$0 / size }, atLeast: -(cost + 1e-6 * max(1, cost)) / size))
    // The sum, then each number in turn: what is settled stays so.
    let wishes =
      [costs.map { _ in 1.0 }]
      + costs.indices.map { index in costs.indices.map { $0 == index ? 1.0 : 0.0 } }
    for (place, wish) in wishes.enumerated() {
      if place > 0, program.atMost[place - 1] == 0 { continue }
      switch program.solved(for: wish, interruption) {
      case .optimum(let found): best = found
      case .interrupted: return .interrupted
      // Rounding has closed the door that the answer before came through: that one stands.
      case .infeasible, .failed: return .optimum(best)
      }
      if place == 0 {
        program.rows.append(Row(wish.map { -$0 }, atLeast: -Double(best.reduce(0, +))))
      } else {
        program.atMost[place - 1] = best[place - 1]
        program.rows.append(Row(wish, atLeast: Double(best[place - 1])))
      }
    }
    return .optimum(best)
  }
}
