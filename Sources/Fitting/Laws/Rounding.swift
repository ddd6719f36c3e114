import Glibc
import Statistics

/// How most times of a sample were cut: a simulated time is cut in the same way before it is fitted.
enum Rounding: Equatable {
  case none
  /// Each time is known between two marks so far apart, the marks counted from the offset.
  case marks(width: Double, offset: Double)
  /// Both ends of each time were cut to the unit.
  case ends(unit: Double)

  init(of sample: LifetimeSample) {
    var exact = 0
    var widths: [(width: Double, offset: Double, isCut: Bool, count: Int)] = []
    for (observation, count) in sample.groups where !observation.isCensored {
      guard !observation.isExact else {
        exact += count
        continue
      }
      let isCut = observation.cut > 0
      let width = isCut ? observation.cut : observation.high - observation.low
      let offset = isCut ? 0 : observation.low.truncatingRemainder(dividingBy: width)
      let place = widths.firstIndex {
        $0.isCut == isCut && abs($0.width - width) < 1e-9 * width
          && (isCut || abs($0.offset - offset) < 1e-6 * width)
      }
      if let place {
        widths[place].count += count
      } else if widths.count < 64 {
        widths.append((width, offset, isCut, count))
      }
    }
    var best = widths.first
    for width in widths where width.count > best?.count ?? 0 { best = width }
    guard let best, best.count > exact else {
      self = .none
      return
    }
    self = best.isCut ? .ends(unit: best.width) : .marks(width: best.width, offset: best.offset)
  }

  /// What a record would tell of a time; `start` is where in its unit the time began, 0 to 1.
  func observed(_ time: Double, start: Double) -> Observation {
    switch self {
    case .none: return .exact(time)
    case .marks(let width, let offset):
      let low = ((time - offset) / width).rounded(.down) * width + offset
      return .between(max(0, low), low + width)
    case .ends(let unit):
      return .difference((time / unit + start).rounded(.down) * unit, cutTo: unit)
    }
  }
}
