import Glibc

/// How many: questions in a conversation, conversations in a batch.
public struct CountDistribution: Hashable, Sendable {
  /// Counts up to here are drawn exactly; a larger mean is refused.
  public static let largest = 1_000_000_000

  /// The ways to give a count, for writing it again.
  public enum Form: Hashable, Sendable, Codable {
    /// A bare number.
    case constant(Int)
    /// On 1, 2, ...
    case geometric(mean: Double)
    /// On 0, 1, 2, ...
    case poisson(mean: Double)
    /// Both ends included.
    case uniform(from: Int, to: Int)
  }

  /// How the count was given.
  public let form: Form

  /// Always the same count.
  public static func constant(_ count: Int) throws(ImpossibleParameter) -> CountDistribution {
    try check("the count", count, from: 0)
    return CountDistribution(form: .constant(count))
  }

  /// Geometric on 1, 2, ...: after each one there is another with the same probability.
  public static func geometric(mean: Double) throws(ImpossibleParameter) -> CountDistribution {
    try checkMean(mean, atLeast: 1)
    return CountDistribution(form: .geometric(mean: mean))
  }

  /// Poisson on 0, 1, 2, ...
  public static func poisson(mean: Double) throws(ImpossibleParameter) -> CountDistribution {
    try checkMean(mean, atLeast: 0)
    return CountDistribution(form: .poisson(mean: mean))
  }

  /// Every count of a range equally likely, both ends included.
  public static func uniform(
    from: Int, to: Int
  ) throws(ImpossibleParameter) -> CountDistribution {
    try check("from", from, from: 0)
    try check("to", to, from: from)
    return CountDistribution(form: .uniform(from: from, to: to))
  }

  /// Draws a count.
  public func sample(_ stream: inout RandomStream) -> Int {
    switch form {
    case .constant(let count): return count
    case .geometric(let mean):
      guard mean > 1 else { return 1 }
      // An exponential cut into steps of -log(1 - p), p = 1 / mean, is geometric.
      let steps = stream.exponential() / -log1p(-1 / mean)
      return 1 + Int(min(steps, 1e15))
    case .poisson(let mean):
      return mean > 0 ? GSLSource.poisson(&stream, mean: mean) : 0
    case .uniform(let from, let to): return from + stream.integer(below: to - from + 1)
    }
  }

  /// The mean.
  public var mean: Double {
    switch form {
    case .constant(let count): Double(count)
    case .geometric(let mean), .poisson(let mean): mean
    case .uniform(let from, let to): (Double(from) + Double(to)) / 2
    }
  }

  /// The variance.
  public var variance: Double {
    switch form {
    case .constant: 0
    case .geometric(let mean): mean * (mean - 1)
    case .poisson(let mean): mean
    case .uniform(let from, let to):
      (Double(to - from + 1) * Double(to - from + 1) - 1) / 12
    }
  }

  private static func check(
    _ name: String, _ count: Int, from least: Int
  ) throws(ImpossibleParameter) {
    guard count >= least, count <= largest else {
      throw ImpossibleParameter(
        name, mustBe: "from \(least) to \(largest)", got: Quantity(Double(count)))
    }
  }

  private static func checkMean(
    _ mean: Double, atLeast least: Int
  ) throws(ImpossibleParameter) {
    guard mean >= Double(least), mean <= Double(largest) else {
      throw ImpossibleParameter("mean", mustBe: "from \(least) to \(largest)", got: Quantity(mean))
    }
  }
}

extension CountDistribution: Codable {
  /// Reads a count and checks it again: a file may have been edited.
  public init(from decoder: any Decoder) throws {
    switch try Form(from: decoder) {
    case .constant(let count): self = try .constant(count)
    case .geometric(let mean): self = try .geometric(mean: mean)
    case .poisson(let mean): self = try .poisson(mean: mean)
    case .uniform(let from, let to): self = try .uniform(from: from, to: to)
    }
  }

  /// Writes the count as it was made.
  public func encode(to encoder: any Encoder) throws {
    try form.encode(to: encoder)
  }
}
