/// Every combination of the values of some factors, run on common random numbers: which factor matters,
/// and where what one does depends on another.
///
/// A factor's effect is read off means over all values of the other factors, from the value with the
/// lowest mean to the one with the highest: what lies between the ends of a range may matter more than
/// its ends. The two were chosen after looking, so the interval holds for every pair of values of every
/// factor at once (Bonferroni): each factor has an equal part of the error. Of an ordered factor half of
/// that part is kept for its two ends, where the extremes mostly are; the other pairs share the rest.
/// Terms are subtracted run by run, so what all settings share cancels out.
public struct Factorial: Sendable {
  /// An estimate and how far each run is off.
  public struct Cell: Sendable, Equatable {
    /// The number.
    public var value: Double
    /// What each run adds to its error.
    public var errors: RunErrors

    /// Puts both together.
    public init(value: Double, errors: RunErrors) {
      self.value = value
      self.errors = errors
    }
  }

  /// How many values each factor has.
  public let sizes: [Int]
  /// Whether the values of each factor are in an order of their own, as numbers are.
  public let isOrdered: [Bool]
  /// The combinations, the last factor's values turning fastest.
  public let cells: [Cell]

  /// All combinations; nothing if there are not as many as there should be.
  public init?(sizes: [Int], isOrdered: [Bool], cells: [Cell]) {
    guard !sizes.isEmpty, sizes.allSatisfy({ $0 > 0 }), sizes.reduce(1, *) == cells.count,
      isOrdered.count == sizes.count
    else { return nil }
    self.sizes = sizes
    self.isOrdered = isOrdered
    self.cells = cells
  }

  /// What a factor does.
  public struct Effect: Sendable, Equatable {
    /// Its position.
    public var factor: Int
    /// The mean over everything else at each of its values.
    public var levels: [Cell]
    /// The value with the lowest mean.
    public var from: Int
    /// The value with the highest mean.
    public var to: Int
    /// How much more the highest is.
    public var change: Double
    /// The interval of the change, which holds for all pairs of values at once; nothing from one run.
    public var interval: ConfidenceInterval?
  }

  /// What a factor does at one value of another less what it does at a second value of it.
  public struct Interaction: Sendable, Equatable {
    /// The positions of both factors.
    public var factors: [Int]
    /// Two values of the first factor.
    public var from: Int
    /// Its other value.
    public var to: Int
    /// The values of the second factor at which the first does least and most.
    public var places: [Int]
    /// What going from the first value to the other changes there.
    public var changes: [Double]
    /// The interval of the difference of both changes, for all such differences at once.
    public var interval: ConfidenceInterval
  }

  /// What every factor does, in their order.
  public func effects(level: Double = 0.95) -> [Effect] {
    sizes.indices.map { factor in
      let levels = means(of: factor)
      let from = Self.place(levels.map(\.value), <)
      let to = Self.place(levels.map(\.value), >)
      return Effect(
        factor: factor, levels: levels, from: from, to: to,
        change: levels[to].value - levels[from].value,
        interval: Self.interval(
          from: levels[from], to: levels[to],
          level: 1 - (1 - level) * share(of: factor, from, to)))
    }
  }

  /// The part of the whole error that the interval of a pair of values may have.
  private func share(of factor: Int, _ from: Int, _ to: Int) -> Double {
    let own = 1 / Double(max(1, sizes.count { $0 > 1 }))
    let pairs = Self.pairs(sizes[factor])
    guard isOrdered[factor], pairs > 1 else { return own / Double(max(1, pairs)) }
    let isEnds = min(from, to) == 0 && max(from, to) == sizes[factor] - 1
    return isEnds ? own / 2 : own / 2 / Double(pairs - 1)
  }

  /// Of each pair of factors the largest difference between what one does at two values of the other.
  public func interactions(level: Double = 0.95) -> [Interaction] {
    var tetrads = 0
    for one in sizes.indices {
      for other in sizes.indices where other > one {
        tetrads += Self.pairs(sizes[one]) * Self.pairs(sizes[other])
      }
    }
    guard tetrads > 0 else { return [] }
    let each = 1 - (1 - level) / Double(tetrads)
    var found: [Interaction] = []
    for one in sizes.indices where sizes[one] > 1 {
      for other in sizes.indices where other > one && sizes[other] > 1 {
        if let interaction = interaction(one, other, level: each) { found.append(interaction) }
      }
    }
    return found
  }

  private func interaction(_ one: Int, _ other: Int, level: Double) -> Interaction? {
    let table = means(of: one, other)
    var best: (size: Double, from: Int, to: Int, places: [Int])?
    for left in 0..<sizes[other] {
      for right in (left + 1)..<max(left + 1, sizes[other]) {
        let apart = table.map { $0[right].value - $0[left].value }
        let from = Self.place(apart, <)
        let to = Self.place(apart, >)
        let size = apart[to] - apart[from]
        // In the order of the first factor's values; the sign of the difference follows.
        if best.map({ size > $0.size }) ?? true {
          best = (size, min(from, to), max(from, to), [left, right])
        }
      }
    }
    guard let best, best.from != best.to else { return nil }
    let corners = best.places.map { place in (table[best.from][place], table[best.to][place]) }
    let changes = corners.map { Cell.difference(of: $0.1, less: $0.0) }
    guard let interval = Self.interval(from: changes[0], to: changes[1], level: level) else {
      return nil
    }
    return Interaction(
      factors: [one, other], from: best.from, to: best.to, places: best.places,
      changes: changes.map(\.value), interval: interval)
  }

  // MARK: - Means over everything else

  /// The mean of each value of a factor over all values of the others.
  public func means(of factor: Int) -> [Cell] {
    var groups = [[Int]](repeating: [], count: sizes[factor])
    for index in cells.indices { groups[place(index, factor)].append(index) }
    return groups.map(mean)
  }

  private func means(of one: Int, _ other: Int) -> [[Cell]] {
    var groups = [[[Int]]](
      repeating: [[Int]](repeating: [], count: sizes[other]), count: sizes[one])
    for index in cells.indices { groups[place(index, one)][place(index, other)].append(index) }
    return groups.map { $0.map(mean) }
  }

  /// Which value of a factor a cell belongs to.
  private func place(_ index: Int, _ factor: Int) -> Int {
    index / sizes[(factor + 1)...].reduce(1, *) % sizes[factor]
  }

  private func mean(_ places: [Int]) -> Cell {
    let share = 1 / Double(max(1, places.count))
    let value = places.reduce(0) { $0 + cells[$1].value } * share
    let length = places.map { cells[$0].errors.terms.count }.min() ?? 0
    var terms = [Double?](repeating: 0, count: length)
    for place in places {
      for run in terms.indices {
        // A run that says nothing of one combination says nothing of their mean.
        let term = cells[place].errors.terms[run]
        terms[run] = terms[run].flatMap { sum in term.map { sum + $0 * share } }
      }
    }
    return Cell(value: value, errors: RunErrors(terms))
  }

  private static func interval(from: Cell, to: Cell, level: Double) -> ConfidenceInterval? {
    guard
      let difference = Difference.paired(
        baseline: from.value, from.errors, other: to.value, to.errors),
      let factor = StudentT.critical(level: level, freedom: difference.freedom)
    else { return nil }
    return difference.widened(to: factor, level: level)
  }

  private static func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }

  /// The first place of the extreme value.
  private static func place(_ values: [Double], _ isBefore: (Double, Double) -> Bool) -> Int {
    var best = 0
    for (place, value) in values.enumerated() where isBefore(value, values[best]) { best = place }
    return best
  }
}

extension Factorial.Cell {
  fileprivate static func difference(of cell: Self, less other: Self) -> Self {
    Self(value: cell.value - other.value, errors: cell.errors.less(other.errors))
  }
}
