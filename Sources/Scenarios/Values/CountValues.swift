import Sampling

extension ValueReader {
  static let countNames = ["geometric", "poisson", "uniform"]

  static let uniformCountKeys = KeyTable(
    "uniform",
    [
      .required("from", .whole(0...CountDistribution.largest), about: "The least."),
      .required("to", .whole(0...CountDistribution.largest), about: "The greatest."),
    ])

  /// A bare number, `{geometric: 2.5}`, `{poisson: 3}` or `{uniform: {from: 1, to: 5}}`.
  func count(_ what: String) -> CountDistribution? {
    guard isMapping else {
      return whole(what, in: 0...CountDistribution.largest).flatMap { count in
        possible(.number) { () throws(ImpossibleParameter) in try .constant(count) }
      }
    }
    guard let (name, nameSpan, value) = single("a count") else { return nil }
    switch name {
    case "geometric":
      return value.mean().flatMap { mean in
        value.possible(.number) { () throws(ImpossibleParameter) in try .geometric(mean: mean) }
      }
    case "poisson":
      return value.mean().flatMap { mean in
        value.possible(.number) { () throws(ImpossibleParameter) in try .poisson(mean: mean) }
      }
    case "uniform":
      guard let mapping = value.mapping(Self.uniformCountKeys) else { return nil }
      let range = 0...CountDistribution.largest
      let from = mapping["from"].flatMap { $0.whole("from", in: range) }
      let to = mapping["to"].flatMap { $0.whole("to", in: range) }
      guard let from, let to else { return nil }
      return value.possible(.number, mapping) { () throws(ImpossibleParameter) in
        try .uniform(from: from, to: to)
      }
    default:
      reading.problems.unknownName("count", name, at: nameSpan, known: Self.countNames)
      return nil
    }
  }

  /// The mean of a count, bare or as `{mean: 2.5}`.
  private func mean() -> Double? {
    guard isMapping else { return number("a mean") }
    return mapping(KeyTable("a count", [.required("mean", .number, about: "The mean.")]))?["mean"]?
      .number("a mean")
  }
}
