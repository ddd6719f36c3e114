import Glibc

/// A mark on an axis with its words.
struct Tick: Sendable, Equatable {
  var value: Double
  var label: String
}

/// Marks at round values.
enum Ticks {
  /// About so many marks between two values, at multiples of 1, 2, 2.5 or 5 and a power of ten.
  static func linear(
    low: Double, high: Double, wanted: Int, isSigned: Bool = false
  ) -> [Tick] {
    guard high > low, wanted > 0, (high - low).isFinite else { return [] }
    let raw = (high - low) / Double(wanted)
    let power = pow(10, floor(log10(raw)))
    // A hair below, so that 0.2000000001 is still 0.2.
    let factor = [1, 2, 2.5, 5, 10].first { $0 * power >= raw * (1 - 1e-9) } ?? 10
    let step = factor * power
    guard step > 0, step.isFinite else { return [] }
    let decimals = max(0, Int((-log10(step)).rounded(.up)) + (factor == 2.5 && step < 10 ? 1 : 0))
    var ticks: [Tick] = []
    var number = ceil(low / step - 1e-9)
    while number * step <= high + step * 1e-9, ticks.count < 100 {
      let value = number * step
      let text = isSigned ? signed(value, min(decimals, 9)) : fixed(value, min(decimals, 9))
      ticks.append(Tick(value: value, label: trueMinus(text)))
      number += 1
    }
    return ticks
  }

  /// Round times between two times, for a logarithmic axis.
  static func times(low: Double, high: Double) -> [Tick] {
    var ticks: [Tick] = []
    let round: [Double] = [
      0.001, 0.01, 0.1, 1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18_000,
      36_000, 86_400, 172_800, 432_000, 864_000, 2_592_000, 8_640_000, 31_536_000,
    ]
    for time in round where time >= low * (1 - 1e-9) && time <= high * (1 + 1e-9) {
      ticks.append(Tick(value: time, label: spokenDuration(time)))
    }
    return ticks
  }

  /// Powers of ten between two shares, for a logarithmic axis.
  static func powers(low: Double, high: Double) -> [Tick] {
    var ticks: [Tick] = []
    var value = 1.0
    while value >= low * (1 - 1e-9), ticks.count < 8 {
      if value <= high * (1 + 1e-9) {
        ticks.append(Tick(value: value, label: shortest((value * 1e8).rounded() / 1e6) + " %"))
      }
      value /= 10
    }
    return ticks
  }

  /// Times of day, or times since the start where there is no day, at most so many.
  static func clock(low: Double, high: Double, startOfDay: Int?, atMost most: Int) -> [Tick] {
    guard high > low, most > 0, (high - low).isFinite else { return [] }
    let steps: [Double] = [
      1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200, 86_400, 172_800,
      604_800, 2_592_000, 31_536_000,
    ]
    let length = high - low
    let step = steps.first { length / $0 <= Double(most) } ?? ceil(length / Double(most))
    let offset = Double(startOfDay ?? 0)
    var ticks: [Tick] = []
    var time = ceil((low + offset) / step - 1e-9) * step
    while time <= high + offset + 1e-9, ticks.count <= most {
      let label = clockLabel(time, hasDay: startOfDay != nil, step: step)
      ticks.append(Tick(value: time - offset, label: label))
      time += step
    }
    return ticks
  }

  /// `13:45`; on the second day and later `d2 13:45`; without a day `1 h 30 min`.
  static func clockLabel(_ time: Double, hasDay: Bool, step: Double = 60) -> String {
    guard hasDay else { return spokenDuration(time) }
    let whole = Int64(max(-9e15, min(9e15, time.rounded())))
    let day = whole / 86_400
    let rest = whole % 86_400
    var text = twoDigits(rest / 3600) + ":" + twoDigits(rest / 60 % 60)
    if step < 60 { text += ":" + twoDigits(rest % 60) }
    // The end of a day is 24:00, not the next day's beginning.
    if rest == 0, day == 1 { return "24:00" }
    return day == 0 ? text : "d\(day + 1) " + text
  }
}

/// A text with a real minus sign instead of a hyphen before digits.
func trueMinus(_ text: String) -> String {
  text.hasPrefix("-") ? "−" + text.dropFirst() : text
}
