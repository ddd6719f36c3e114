extension SweepDocument.Name {
  /// The values as numbers, where each is one, all have the same unit, and they ascend.
  public struct Numbers: Sendable, Equatable {
    /// The numbers; seconds where the values are times.
    public var values: [Double]
    /// The unit behind them, such as `%`; empty for plain numbers and for times.
    public var unit: String
    /// Whether they are seconds.
    public var isTime: Bool
  }

  /// The values as numbers; nil where they are none.
  public var numbers: Numbers? {
    guard values.count > 1, let found = times ?? plain,
      zip(found.values, found.values.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    return found
  }

  private var times: Numbers? {
    let seconds = values.compactMap { try? DurationText.parse($0) }.map { Double($0) / 1e9 }
    return seconds.count == values.count ? Numbers(values: seconds, unit: "", isTime: true) : nil
  }

  private var plain: Numbers? {
    var numbers: [Double] = []
    var units: [String] = []
    for value in values {
      let digits = value.prefix { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
      guard let number = Double(digits), number.magnitude < 1e15 else { return nil }
      numbers.append(number)
      let unit = String(value.dropFirst(digits.count).drop { $0 == " " })
      if !units.contains(unit) { units.append(unit) }
    }
    return units.count == 1 ? Numbers(values: numbers, unit: units[0], isTime: false) : nil
  }
}
