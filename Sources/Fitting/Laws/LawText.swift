public import Statistics

/// Numbers and laws as a scenario file writes them.
public enum LawText {
  /// A number with so many significant digits, without a needless fraction.
  public static func number(_ value: Double, digits: Int = 5) -> String {
    guard value.isFinite else { return "0" }
    guard value != 0 else { return "0" }
    var scale = 1.0
    var bound = 1.0
    for _ in 1..<max(1, digits) { bound *= 10 }
    // Scaling by powers of ten that are exact keeps the shortest text short.
    while value.magnitude * scale < bound, scale < 1e18 { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    let text = "\(rounded)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A time in the unit that suits it: `71.2 s`, `40 min`, `2.5 h`, `3 d`, `250 ms`.
  public static func duration(_ seconds: Double, digits: Int = 5) -> String {
    guard seconds.isFinite, seconds > 0 else { return "0 s" }
    let units: [(name: String, seconds: Double, from: Double)] = [
      ("d", 86_400, 4 * 86_400), ("h", 3_600, 4 * 3_600), ("min", 60, 10 * 60), ("s", 1, 1),
    ]
    for unit in units where seconds >= unit.from {
      return "\(number(seconds / unit.seconds, digits: digits)) \(unit.name)"
    }
    return "\(number(seconds * 1000, digits: digits)) ms"
  }

  /// The law as a scenario writes it, such as `{lognormal: {median: 71 s, p90: 176 s}}`.
  public static func law(_ fit: LifetimeFit, digits: Int = 5) -> String {
    let parameters = fit.parameters()
    let texts = parameters.map { parameter in
      let value = parameter.interval.estimate
      if parameter.isTime { return "\(parameter.name): \(duration(value, digits: digits))" }
      // A share carries its sign.
      return parameter.name == "p"
        ? "p: \(number(value * 100, digits: digits))%"
        : "\(parameter.name): \(number(value, digits: digits))"
    }
    let family = fit.law.family.rawValue
    if family == "exponential", let mean = parameters.first {
      return "{exponential: \(duration(mean.interval.estimate, digits: digits))}"
    }
    return "{\(family): {\(texts.joined(separator: ", "))}}"
  }

  /// A parameter with its interval: `median 71.2 s (70.6 to 71.9)`.
  public static func interval(_ parameter: LifetimeFit.Parameter) -> String {
    let interval = parameter.interval
    func text(_ value: Double) -> String {
      parameter.isTime
        ? duration(value, digits: 4)
        : parameter.name == "p" ? number(value * 100, digits: 4) + "%" : number(value, digits: 4)
    }
    return
      "\(parameter.name) \(text(interval.estimate)) (\(text(interval.low)) to \(text(interval.high)))"
  }
}
