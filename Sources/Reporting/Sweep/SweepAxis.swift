import Measurement

/// Where the values of a name stand on an axis: at their numbers if they have some, else evenly spaced.
struct SweepAxis: Sendable {
  /// The place of each value.
  let positions: [Double]
  /// Whether the places are the values themselves.
  let isNumeric: Bool
  init(_ name: SweepDocument.Name) {
    let numbers = name.numbers
    positions = numbers?.values ?? name.values.indices.map(Double.init)
    isNumeric = numbers != nil
  }

  /// The axis between two coordinates, with room at its ends where places are no numbers.
  func scale(from: Double, to: Double) -> Scale {
    let low = positions.min() ?? 0
    let high = positions.max() ?? 1
    if isLogarithmic { return Scale(.logarithmic, low: low, high: high, from: from, to: to) }
    let room = isNumeric ? 0 : 0.5
    return Scale(low: low - room, high: high + room, from: from, to: to)
  }

  /// Whether the values spread over powers of ten, so that equal ratios take equal lengths.
  private var isLogarithmic: Bool {
    guard isNumeric, let low = positions.first, let high = positions.last, low > 0, high >= 20 * low
    else { return false }
    let steps = zip(positions, positions.dropFirst()).map { $1 - $0 }
    // Equal steps were meant as such.
    return (steps.max() ?? 0) >= 3 * (steps.min() ?? 0)
  }

  /// Marks with their words: at the values themselves.
  func ticks(_ labels: [String]) -> [Tick] {
    zip(positions, labels).map { Tick(value: $0, label: $1) }
  }
}
