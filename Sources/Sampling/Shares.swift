/// Alternatives with weights: which channel a contact writes on, which outcome a step has.
public struct Shares: Hashable, Sendable {
  /// The probability of each alternative or the ones before it; the last is exactly 1.
  let upTo: [Double]

  /// Takes weights of any total; each alternative gets its part of it.
  public init(_ weights: [Double]) throws(ImpossibleParameter) {
    guard !weights.isEmpty else {
      throw ImpossibleParameter("the number of shares", mustBe: "at least 1", got: Quantity(0))
    }
    for weight in weights { try Require.notNegative("every share", weight, .share) }
    let total = weights.reduce(0, +)
    guard total > 0, total.isFinite else {
      throw ImpossibleParameter(
        "the sum of the shares", mustBe: "greater than 0%", got: Quantity(total, .share))
    }
    var sum = 0.0
    var upTo = weights.map { weight in
      sum += weight
      return sum / total
    }
    // Rounding must not leave a gap at the end, nor open one to alternatives of no weight.
    let last = weights.lastIndex { $0 > 0 } ?? 0
    for index in last..<upTo.count { upTo[index] = 1 }
    self.upTo = upTo
  }

  /// How many alternatives there are.
  public var count: Int { upTo.count }

  /// The probability of an alternative.
  public subscript(index: Int) -> Double {
    index == 0 ? upTo[0] : upTo[index] - upTo[index - 1]
  }

  /// Chooses an alternative by its number, from 0.
  public func choose(_ stream: inout RandomStream) -> Int {
    let u = stream.uniform()
    var low = 0
    var high = upTo.count - 1
    while low < high {
      let middle = (low + high) / 2
      if u < upTo[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Shares: Codable {
  /// Reads cumulative shares and checks them again: a file may have been edited.
  public init(from decoder: any Decoder) throws {
    let upTo = try [Double](from: decoder)
    let ascending = zip(upTo, upTo.dropFirst()).allSatisfy { $0 <= $1 }
    guard ascending, let first = upTo.first, first >= 0, upTo.last == 1 else {
      throw ImpossibleParameter("stored shares", mustBe: "ascending from 0 to 1", got: nil)
    }
    self.upTo = upTo
  }

  /// Writes the cumulative shares.
  public func encode(to encoder: any Encoder) throws {
    try upTo.encode(to: encoder)
  }
}
