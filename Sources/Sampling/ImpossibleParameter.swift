/// A value with the unit that a message shows it in.
public struct Quantity: Hashable, Sendable, CustomStringConvertible {
  /// What a number counts.
  public enum Unit: Hashable, Sendable {
    /// A plain number.
    case number
    /// Seconds, shown in the unit that suits: `250 ms`, `40 s`, `4 min`, `2 h`, `3 d`.
    case seconds
    /// Events a second, shown `per second`, `per min` or `per hour`.
    case perSecond
    /// A share of 1, shown in percent.
    case share
  }

  /// The value, in the unit's base: seconds, events a second, shares of 1.
  public let value: Double
  /// The unit.
  public let unit: Unit

  /// A value with a unit.
  public init(_ value: Double, _ unit: Unit = .number) {
    self.value = value
    self.unit = unit
  }

  /// The value as a person writes it.
  public var description: String {
    switch unit {
    case .number: Self.short(value)
    case .share: "\(Self.short(value * 100))%"
    case .seconds: Self.duration(value)
    case .perSecond:
      if value == 0 || value.magnitude >= 1 {
        "\(Self.short(value)) per second"
      } else if value.magnitude >= 1.0 / 60 {
        "\(Self.short(value * 60)) per min"
      } else {
        "\(Self.short(value * 3600)) per hour"
      }
    }
  }

  private static func duration(_ seconds: Double) -> String {
    let size = seconds.magnitude
    if size > 0, size < 1 { return "\(short(seconds * 1000)) ms" }
    for (name, length) in [("d", 86400.0), ("h", 3600), ("min", 60)]
    where size < 1e15 && size >= 2 * length && size.truncatingRemainder(dividingBy: length) == 0 {
      return "\(short(seconds / length)) \(name)"
    }
    return "\(short(seconds)) s"
  }

  /// Six significant digits, without a needless `.0`.
  private static func short(_ value: Double) -> String {
    guard value.isFinite, value.magnitude >= 1e-6, value.magnitude < 1e15 else {
      return value == 0 ? "0" : "\(value)"
    }
    var step = 1.0
    while value.magnitude * step < 1e5, step < 1e12 { step *= 10 }
    let rounded = (value * step).rounded() / step
    let text = "\(rounded)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// A parameter outside what its distribution or process can have.
///
/// Reads "p90 must be greater than the median (40 s), got 30 s".
public struct ImpossibleParameter: Error, Hashable, Sendable, CustomStringConvertible {
  /// The parameter, by the name that scenario files use.
  public let parameter: String
  /// What it must be.
  let requirement: String
  /// The other value that the requirement speaks of.
  public let bound: Quantity?
  /// What was given.
  public let given: Quantity?

  /// Says what a parameter must be and what was given.
  public init(
    _ parameter: String, mustBe requirement: String, _ bound: Quantity? = nil, got: Quantity?
  ) {
    self.parameter = parameter
    self.requirement = requirement
    self.bound = bound
    self.given = got
  }

  /// The constraint in one sentence.
  public var description: String {
    var text = "\(parameter) must be \(requirement)"
    if let bound { text += " (\(bound))" }
    if let given { text += ", got \(given)" }
    return text
  }

  /// The same constraint on plain numbers, where the distribution is not one of durations.
  public var withoutUnits: ImpossibleParameter {
    func plain(_ quantity: Quantity) -> Quantity {
      quantity.unit == .seconds ? Quantity(quantity.value) : quantity
    }
    return ImpossibleParameter(
      parameter, mustBe: requirement, bound.map(plain), got: given.map(plain))
  }
}

/// The checks that constructors share; NaN fails every one of them.
enum Require {
  static func finite(
    _ name: String, _ value: Double, _ unit: Quantity.Unit = .number
  ) throws(ImpossibleParameter) {
    guard value.isFinite else {
      throw ImpossibleParameter(name, mustBe: "a finite number", got: Quantity(value, unit))
    }
  }

  /// Sizes and shapes far beyond anything a conversation has are refused, so that no arithmetic
  /// behind them can overflow, cancel to nothing or take for ever.
  static let sizes = 1e-15...1e16
  static let shapes = 1e-6...1e6

  /// A duration, or a plain number where the distribution is not one of durations.
  static func size(_ name: String, _ value: Double) throws(ImpossibleParameter) {
    try positive(name, value, .seconds)
    try within(sizes, name, value, .seconds)
  }

  /// A size that may be 0.
  static func sizeOrZero(_ name: String, _ value: Double) throws(ImpossibleParameter) {
    try notNegative(name, value, .seconds)
    if value > 0 { try within(sizes, name, value, .seconds) }
  }

  /// A shape, a plain positive number.
  static func shape(_ name: String, _ value: Double) throws(ImpossibleParameter) {
    try positive(name, value)
    try within(shapes, name, value)
  }

  static func within(
    _ range: ClosedRange<Double>, _ name: String, _ value: Double,
    _ unit: Quantity.Unit = .number
  ) throws(ImpossibleParameter) {
    guard range.contains(value) else {
      throw ImpossibleParameter(
        name, mustBe: "from \(Quantity(range.lowerBound)) to \(Quantity(range.upperBound))",
        got: Quantity(value, unit))
    }
  }

  static func positive(
    _ name: String, _ value: Double, _ unit: Quantity.Unit = .number
  ) throws(ImpossibleParameter) {
    try finite(name, value, unit)
    guard value > 0 else {
      throw ImpossibleParameter(name, mustBe: "greater than 0", got: Quantity(value, unit))
    }
  }

  static func notNegative(
    _ name: String, _ value: Double, _ unit: Quantity.Unit = .number
  ) throws(ImpossibleParameter) {
    try finite(name, value, unit)
    guard value >= 0 else {
      throw ImpossibleParameter(name, mustBe: "at least 0", got: Quantity(value, unit))
    }
  }

  static func greater(
    _ name: String, _ value: Double, than other: String, _ bound: Double,
    _ unit: Quantity.Unit = .number
  ) throws(ImpossibleParameter) {
    try finite(name, value, unit)
    guard value > bound else {
      throw ImpossibleParameter(
        name, mustBe: "greater than \(other)", Quantity(bound, unit), got: Quantity(value, unit))
    }
  }

  static func share(_ name: String, _ value: Double) throws(ImpossibleParameter) {
    guard value >= 0, value <= 1 else {
      throw ImpossibleParameter(name, mustBe: "from 0% to 100%", got: Quantity(value, .share))
    }
  }
}

extension Require {
  /// Rates stop at one arrival a nanosecond, the grain of time.
  static func rate(
    _ name: String, _ value: Double, allowZero: Bool = false
  ) throws(ImpossibleParameter) {
    if allowZero {
      try notNegative(name, value, .perSecond)
    } else {
      try positive(name, value, .perSecond)
    }
    guard value <= 1e9 else {
      throw ImpossibleParameter(
        name, mustBe: "at most \(Quantity(1e9, .perSecond))", got: Quantity(value, .perSecond))
    }
  }
}
