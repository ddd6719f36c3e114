import Measurement
import Statistics

/// How many more runs would settle a difference that is inconclusive.
///
/// It is settled when its interval leaves 0 behind or lies within what does not matter. How many runs
/// that takes hangs on the true difference, which is what is not known: so it is a range over what the
/// difference may well be. The worst is half of what does not matter: from there both ends are as far.
struct SettlingForecast {
  /// The range; nil where nothing can be told.
  let settling: ResultDocument.Settling?

  /// Beyond so many runs of each strategy nobody would wait for the answer; nor for so many times those
  /// that there are.
  static let limit = 10_000
  static let manifold = 100
  /// One-sided 90 %: the difference lies within so many standard errors in 80 % of experiments.
  private static let plausible = 1.2815515655446004

  /// `error` is the standard error after `count` runs of each, `margin` what does not matter.
  init(change: Double, error: Double, count: Int, margin: Double, level: Double) {
    guard count > 1, error > 0, error.isFinite, change.isFinite,
      let factor = StudentT.critical(level: level, freedom: Double(count - 1)),
      let late = StudentT.critical(level: level, freedom: 1e6)
    else {
      settling = nil
      return
    }
    let deviation = error * Double(count).squareRoot()
    let low = max(0, change.magnitude - Self.plausible * error)
    let high = change.magnitude + Self.plausible * error
    // How far the interval must reach at most: to 0, or to the other end of what does not matter.
    func room(_ change: Double) -> Double { max(change, margin - change) }
    let best = max(room(low), room(high))
    let worst = low <= margin / 2 && margin / 2 <= high ? margin / 2 : min(room(low), room(high))
    let fewest = Self.runs(late * deviation / best)
    // The spread itself may be larger than it seems, and half of all intervals would fall short.
    let spread = deviation * Self.caution(count - 1)
    let most = Self.runs((factor + Self.plausible) * spread / worst).flatMap {
      $0 / count <= Self.manifold ? $0 : nil
    }
    guard let fewest else {
      settling = nil
      return
    }
    let atLeast = max(1, fewest - count)
    settling = ResultDocument.Settling(
      atLeast: atLeast, atMost: most.map { max(atLeast, $0 - count) })
  }

  private static func runs(_ root: Double) -> Int? {
    let count = (root * root).rounded(.up)
    return count <= Double(limit) ? Int(count) : nil
  }

  /// The factor by which a standard deviation of so many degrees of freedom is too small in a tenth of
  /// experiments, by Wilson and Hilferty's form of the chi-squared distribution (1931).
  private static func caution(_ freedom: Int) -> Double {
    let part = 2 / (9 * Double(freedom))
    let root = max(0.1, 1 - part - plausible * part.squareRoot())
    return 1 / (root * root * root).squareRoot()
  }
}
