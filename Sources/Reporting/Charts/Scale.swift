import Glibc

/// Where a value stands on an axis.
struct Scale: Sendable {
  enum Kind: Sendable {
    case linear
    /// Equal ratios take equal lengths; everything is greater than zero.
    case logarithmic
  }

  let kind: Kind
  let low: Double
  let high: Double
  let from: Double
  let to: Double

  /// An axis for the values between `low` and `high`, drawn between `from` and `to`.
  init(_ kind: Kind = .linear, low: Double, high: Double, from: Double, to: Double) {
    self.kind = kind
    // An axis without an extent would divide by zero: give it one around its value.
    let isFlat = !(high > low)
    switch kind {
    case .linear:
      let room = low == 0 ? 1 : low.magnitude * 0.1
      self.low = isFlat ? low - room : low
      self.high = isFlat ? low + room : high
    case .logarithmic:
      let least = max(low, .leastNormalMagnitude)
      self.low = least
      self.high = isFlat ? least * 10 : high
    }
    self.from = from
    self.to = to
  }

  /// A linear axis from `low` to `high` with some room around them, but nothing beyond what can be.
  init(
    low: Double, high: Double, room: Double, within domain: ClosedRange<Double>, from: Double,
    to: Double
  ) {
    self.init(
      low: max(low - room, min(domain.lowerBound, low)),
      high: min(high + room, max(domain.upperBound, high)), from: from, to: to)
  }

  func callAsFunction(_ value: Double) -> Double {
    let share: Double
    switch kind {
    case .linear: share = (value - low) / (high - low)
    case .logarithmic: share = log(max(value, low * 1e-9) / low) / log(high / low)
    }
    return from + share * (to - from)
  }

  /// The place of a value, kept on the axis.
  func clamped(_ value: Double) -> Double { self(min(max(value, low), high)) }
}
