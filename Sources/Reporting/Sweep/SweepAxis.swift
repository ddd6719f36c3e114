import Measurement

/// Where the values of a name stand on an axis: at their numbers if they have some, else evenly spaced.
struct SweepAxis: Sendable {
  /// The place of each value.
  let positions: [Double]
  /// Whether the places are the values themselves.
  let isNumeric: Bool
  /// Whether the numbers are seconds.
  let isTime: Bool
  /// The unit of the numbers, such as `%`; empty for plain ones and for times.
  let unit: String

  init(_ values: [String]) {
    if let times = Self.times(values), Self.ascends(times) {
      (positions, isNumeric, isTime, unit) = (times, true, true, "")
    } else if let (numbers, unit) = Self.numbers(values), Self.ascends(numbers) {
      (positions, isNumeric, isTime, self.unit) = (numbers, true, false, unit)
    } else {
      (positions, isNumeric, isTime, unit) = (values.indices.map(Double.init), false, false, "")
    }
  }

  private static func times(_ values: [String]) -> [Double]? {
    guard values.count > 1 else { return nil }
    let seconds = values.compactMap { try? DurationText.parse($0) }.map { Double($0) / 1e9 }
    return seconds.count == values.count ? seconds : nil
  }

  private static func numbers(_ values: [String]) -> ([Double], String)? {
    guard values.count > 1 else { return nil }
    var numbers: [Double] = []
    var units: Set<String> = []
    for value in values {
      let digits = value.prefix { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }
      guard let number = Double(digits), number.isFinite, number.magnitude < 1e15 else { return nil }
      numbers.append(number)
      units.insert(String(value.dropFirst(digits.count).drop { $0 == " " }))
    }
    guard units.count == 1, let unit = units.first else { return nil }
    return (numbers, unit)
  }

  private static func ascends(_ values: [Double]) -> Bool {
    zip(values, values.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// The axis between two coordinates, with room at its ends where places are no numbers.
  func scale(from: Double, to: Double) -> Scale {
    let low = positions.min() ?? 0
    let high = positions.max() ?? 1
    let room = isNumeric ? 0 : 0.5
    return Scale(low: low - room, high: high + room, from: from, to: to)
  }

  /// Marks with their words: at the values themselves.
  func ticks(_ labels: [String]) -> [Tick] {
    zip(positions, labels).map { Tick(value: $0, label: $1) }
  }

  /// The borders of the cells around the values: half-way between neighbours.
  var borders: [Double] {
    guard positions.count > 1 else { return [positions[0] - 0.5, positions[0] + 0.5] }
    let inner = zip(positions, positions.dropFirst()).map { ($0 + $1) / 2 }
    let first = positions[0] - (inner[0] - positions[0])
    let last = positions[positions.count - 1]
    return [first] + inner + [last + (last - inner[inner.count - 1])]
  }
}
