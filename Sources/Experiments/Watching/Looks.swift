/// When somebody who watches runs come in is told something new: numbers move with every run, words at looks.
///
/// All looks are planned before the first run, however early one stops, so that the correction for them holds.
public struct Looks: Sendable, Equatable {
  /// The numbers of runs of each way after which words change, in order.
  public let planned: [Int]

  /// So many runs, then twice as many, and so on.
  private static let first = 10
  private static let last = 1_280
  /// Without being asked, runs are added until here.
  private static let usualEnd = 320

  /// The looks of a scenario that asks for so many replications: that number is one of them, so that what is shown
  /// there is what `compare` shows.
  public init(asked: Int?) {
    var planned: [Int] = []
    var next = Self.first
    while next <= Self.last {
      planned.append(next)
      next *= 2
    }
    if let asked, asked > Self.first, asked < Self.last, !planned.contains(asked) {
      planned.append(asked)
    }
    self.planned = planned.sorted()
  }

  /// How many there are: the factor by which p-values are multiplied.
  public var count: Int { planned.count }

  /// Where runs end that nobody asked for more of.
  public var usualEnd: Int { Self.usualEnd }

  /// The last look at or before so many runs; nil before the first.
  public func last(upTo runs: Int) -> Int? { planned.last { $0 <= runs } }

  /// The first look after so many runs; nil after the last.
  public func next(after runs: Int) -> Int? { planned.first { $0 > runs } }
}
