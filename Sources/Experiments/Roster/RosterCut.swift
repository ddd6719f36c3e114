/// A cut in the sense of Cezik and L'Ecuyer (2008): what a period that misses its goal asks of the roster.
///
/// The share answered in time is taken to be concave in the agents on from where the search stands, so that
/// the gain of one more agent in each period bounds what any roster can add: the sum of the gains of what a
/// roster has more than the one that was run must reach what is missing. Below the load a share is not
/// concave, and gains are estimates: so the search starts near what a formula asks for, a gain is at most
/// what is missing, a cut never asks for more than two agents at once, and one fewer in each shift is
/// tried at the end.
struct RosterCut {
  /// Periods before the missed one in which one more agent is tried, the missed one included.
  static let reach = 4
  /// Gains of less than this share of the largest are noise.
  private static let least = 0.15

  /// The cut as a row of the integer program.
  ///
  /// - Parameters:
  ///   - period: The period that misses its goal.
  ///   - missing: How much of a share is missing, more than 0.
  ///   - gains: What one more agent adds to the share of `period`, by the periods in which it is on.
  ///   - counts: The roster that was run.
  ///   - coverage: The share of each period that a shift works, shift by shift.
  /// - Returns: A row that this roster does not satisfy; nil if no shift could add anything.
  static func row(
    period: Int, missing: Double, gains: [(period: Int, gain: Double)], counts: [Int],
    coverage: [[Double]]
  ) -> IntegerProgram.Row? {
    let largest = gains.reduce(0) { max($0, $1.gain) }
    var asked = missing
    var worth: [(period: Int, gain: Double)] = []
    if largest > 0, missing > 0 {
      asked = min(missing, 2 * largest)
      worth = gains.filter { $0.gain >= least * largest }
        .map { ($0.period, min($0.gain, asked)) }
    }
    var coefficients = coverage.map { shift in
      worth.reduce(0) { $0 + $1.gain * shift[$1.period] }
    }
    if coefficients.allSatisfy({ $0 <= 0 }) {
      // No gain was seen where a shift works: at least one more in the period itself.
      coefficients = coverage.map { $0[period] }
      asked = coefficients.reduce(0, max)
    }
    // One more of a shift that alone is enough counts as enough.
    let capped = coefficients.map { min($0, asked) }
    let scale = capped.reduce(0, max)
    guard scale > 0, asked > 0 else { return nil }
    let row = capped.map { $0 / scale }
    let now = zip(row, counts).reduce(0) { $0 + $1.0 * Double($1.1) }
    return IntegerProgram.Row(row, atLeast: now + asked / scale)
  }
}
