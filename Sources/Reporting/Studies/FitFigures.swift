import Measurement

/// The figures of `fit`.
enum FitFigures {
  static let fitted = StrategyStyle(slot: 2)
  static let seen = StrategyStyle(slot: 1)

  // The profile.

  static func profile(
    _ profile: FitDocument.Profile, of population: String?, number: Int
  ) -> Figure {
    let title = "Arrivals an hour" + (population.map { " of \($0)" } ?? "") + ", \(profile.days)"
    let days = "\(profile.count) day\(profile.count == 1 ? "" : "s")"
    var table = DataTable([
      .init(title: "hour", isText: true), .init(title: "an hour"), .init(title: "low"),
      .init(title: "high"), .init(title: "variance over mean"),
    ])
    for hour in profile.hours {
      table.rows.append([
        clock(hour.hour), rate(hour.rate.mean), rate(hour.rate.low), rate(hour.rate.high),
        hour.dispersion.map { fixed($0, 2) } ?? "",
      ])
    }
    let top = profile.hours.compactMap { $0.rate.high ?? $0.rate.mean }.max() ?? 1
    let peak = profile.hours.max { ($0.rate.mean ?? 0) < ($1.rate.mean ?? 0) }
    return Figure(
      id: "profile\(number)", title: title,
      reading: "Steps of an hour with their 95 % band, from \(days); "
        + "\(fixed(profile.perDay, 0, separator: ",")) arrivals a day.",
      description: "Arrivals in each hour of the day. "
        + (peak.map { "Most from \(clock($0.hour)): \(rate($0.rate.mean)) an hour." } ?? ""),
      wideWidth: 556, table: table,
      draw: { width, isNarrow in
        drawSteps(profile.hours, top: top, width: width, height: isNarrow ? 220 : 260)
      })
  }

  private static func clock(_ hour: Int) -> String { twoDigits(Int64(hour)) + ":00" }

  private static func rate(_ value: Double?) -> String {
    value.map { fixed($0, $0 < 10 ? 2 : 1) } ?? ""
  }

  private static func drawSteps(
    _ hours: [FitDocument.Hour], top: Double, width: Double, height: Double
  ) -> Figure.Drawing {
    let (begun, panel, x, y) = hourPanel(top: top, from: 10, width: width, height: height)
    var svg = begun
    var points: [SeriesPoint] = []
    for hour in hours {
      for end in [Double(hour.hour), Double(hour.hour) + 1] {
        points.append(
          SeriesPoint(
            at: end, mean: hour.rate.mean, low: hour.rate.low, high: hour.rate.high))
      }
    }
    svg.series(fitted, points, x, y)
    return .init(height: panel.bottom + 34, svg: svg)
  }

  /// A panel over the hours of a day, numbers an hour upwards.
  private static func hourPanel(
    top: Double, from margin: Double, width: Double, height: Double
  ) -> (svg: SVG, panel: Panel, x: Scale, y: Scale) {
    var svg = SVG()
    let panel = Panel(left: 44, right: width - 12, top: margin, bottom: height)
    let x = Scale(low: 0, high: 24, from: panel.left, to: panel.right)
    let y = Scale(low: 0, high: max(top, 1e-9), from: panel.bottom, to: panel.top)
    panel.horizontalGrid(&svg, Ticks.linear(low: 0, high: max(top, 1e-9), wanted: 5), y)
    panel.bottomLabels(&svg, dayTicks(width), x)
    return (svg, panel, x, y)
  }

  private static func dayTicks(_ width: Double) -> [Tick] {
    stride(from: 0, through: 24, by: width < 400 ? 6 : 3).map {
      Tick(value: Double($0), label: twoDigits(Int64($0)) + ":00")
    }
  }

  // Export and simulation by hour.

  static func hourly(_ hours: [FitDocument.HourCheck]) -> Figure {
    var table = DataTable([
      .init(title: "hour", isText: true), .init(title: "export"), .init(title: "simulated"),
      .init(title: "±95 %"), .init(title: "", isText: true),
    ])
    for hour in hours {
      table.rows.append([
        clock(hour.hour), rate(hour.export.mean), rate(hour.simulated.mean),
        rate(hour.simulated.halfWidth), FitWords.words(FitWords.agreement(hour)),
      ])
    }
    let ends = hours.flatMap {
      [$0.export.high, $0.simulated.high, $0.export.mean, $0.simulated.mean].compactMap { $0 }
    }
    let top = ends.max() ?? 1
    let agree = hours.count { FitWords.agreement($0) == .agrees }
    return Figure(
      id: "hourly", title: "Arrivals in each hour of a day, export and simulation",
      reading: "Each with its 95 % interval; the export left of the simulation.",
      description: "\(agree) of \(hours.count) hours agree.", table: table,
      draw: { width, isNarrow in
        drawHours(hours, top: top, width: width, height: isNarrow ? 220 : 260)
      })
  }

  private static func drawHours(
    _ hours: [FitDocument.HourCheck], top: Double, width: Double, height: Double
  ) -> Figure.Drawing {
    let (begun, panel, x, y) = hourPanel(top: top, from: 30, width: width, height: height)
    var svg = begun
    for hour in hours {
      let at = Double(hour.hour)
      whisker(&svg, seen, x(at + 0.35), hour.export, y)
      whisker(&svg, fitted, x(at + 0.65), hour.simulated, y)
    }
    key(&svg, [(seen, "export"), (fitted, "simulation")], left: panel.left)
    return .init(height: panel.bottom + 34, svg: svg)
  }

  private static func whisker(
    _ svg: inout SVG, _ style: StrategyStyle, _ x: Double, _ estimate: ResultDocument.Estimate,
    _ y: Scale
  ) {
    if let low = estimate.low, let high = estimate.high {
      svg.line(style.interval + " cap", x, y.clamped(low), x, y.clamped(high))
    }
    if let mean = estimate.mean { svg.mark(style, x, y.clamped(mean), 3) }
  }

  private static func key(
    _ svg: inout SVG, _ names: [(StrategyStyle, String)], left: Double
  ) {
    var x = left
    for (style, name) in names {
      svg.mark(style, x + 5, 12, 4.4)
      svg.text("t", x + 14, 16, name)
      x += 14 + estimatedWidth(name) + 22
    }
  }

  // Quantiles.

  static func quantiles(_ quantity: FitDocument.Fitted, number: Int) -> Figure {
    let pairs = quantity.quantiles
    var table = DataTable([
      .init(title: "share at most so long, %", isText: true), .init(title: "export"),
      .init(title: "law"),
    ])
    let step = max(1, pairs.count / 25)
    for (place, pair) in pairs.enumerated()
    where place % step == step / 2 || place == pairs.count - 1 {
      table.rows.append([
        shortest((pair.share * 1e4).rounded() / 100), spoken(pair.seen), spoken(pair.fitted),
      ])
    }
    let ends = pairs.flatMap { [$0.seen, $0.fitted] }
    let range = (ends.min() ?? 1)...(max(ends.max() ?? 1, (ends.min() ?? 1) * 1.001))
    let gap = quantity.distance.map { " The largest gap in probability is \(fixed($0, 3))." } ?? ""
    return Figure(
      id: "quantiles\(number)", title: quantity.name.capitalizedFirst,
      reading: "Each dot a quantile: in the export (across) and under \(quantity.law) (up). "
        + "On the line both are equal.",
      description: "Quantiles of the export against those of the law, both on logarithmic axes."
        + gap,
      wideWidth: 460, table: table,
      draw: { width, isNarrow in drawPairs(pairs, range, width: width) })
  }

  private static func spoken(_ seconds: Double) -> String {
    let digits = seconds >= 100 ? 0 : seconds >= 10 ? 1 : 2
    return seconds >= 600 ? spokenDuration(seconds) : fixed(seconds, digits) + " s"
  }

  private static func drawPairs(
    _ pairs: [FitDocument.QuantilePair], _ range: ClosedRange<Double>, width: Double
  ) -> Figure.Drawing {
    var svg = SVG()
    let side = min(width - 66, 340)
    let panel = Panel(left: 58, right: 58 + side, top: 8, bottom: 8 + side)
    let low = range.lowerBound
    let high = range.upperBound
    let x = Scale(.logarithmic, low: low, high: high, from: panel.left, to: panel.right)
    let y = Scale(.logarithmic, low: low, high: high, from: panel.bottom, to: panel.top)
    let ticks = axis(low: low, high: high)
    panel.horizontalGrid(&svg, ticks, y, axisAtLowest: false)
    panel.verticalGrid(&svg, ticks, x)
    svg.line("base", x(low), y(low), x(high), y(high))
    for pair in pairs { svg.circle("m1", x(pair.seen), y(pair.fitted), 3.4) }
    return .init(height: panel.bottom + 34, svg: svg)
  }

  /// At most six round times.
  private static func axis(low: Double, high: Double) -> [Tick] {
    var ticks = Ticks.times(low: low, high: high)
    while ticks.count > 6 {
      ticks = ticks.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    }
    return ticks
  }

  // Kaplan and Meier beside the law.

  static func survival(_ quantity: FitDocument.Fitted, number: Int) -> Figure {
    let end = quantity.survival.last?.time ?? 1
    var table = DataTable([
      .init(title: "still waiting after", isText: true), .init(title: "Kaplan and Meier, %"),
      .init(title: "low"), .init(title: "high"),
    ])
    let step = max(1, quantity.survival.count / 25)
    for (place, point) in quantity.survival.enumerated()
    where place % step == 0 || place == quantity.survival.count - 1 {
      table.rows.append([
        spoken(point.time), fixed(point.share * 100, 1),
        point.low.map { fixed($0 * 100, 1) } ?? "", point.high.map { fixed($0 * 100, 1) } ?? "",
      ])
    }
    let seenToEnd = quantity.count - quantity.censored
    return Figure(
      id: "survival\(number)", title: quantity.name.capitalizedFirst + ", share still waiting",
      reading: "Steps: Kaplan and Meier's estimate with its 95 % band, which assumes no law; "
        + "line: \(quantity.law). "
        + "\(grouped(Int64(seenToEnd))) of \(grouped(Int64(quantity.count))) are seen to their end.",
      description: "The largest gap between both is "
        + "\(quantity.distance.map { fixed($0, 3) } ?? "unknown").",
      table: table,
      draw: { width, isNarrow in drawSurvival(quantity, end: end, width: width, isNarrow) })
  }

  private static func drawSurvival(
    _ quantity: FitDocument.Fitted, end: Double, width: Double, _ isNarrow: Bool
  ) -> Figure.Drawing {
    var svg = SVG()
    let panel = Panel(left: 52, right: width - 14, top: 30, bottom: isNarrow ? 240 : 280)
    let least = (quantity.survival + quantity.fittedSurvival).map { $0.low ?? $0.share }.min() ?? 0
    let floor = least > 0.5 ? (least * 20).rounded(.down) / 20 : 0
    let x = Scale(low: 0, high: max(end, 1e-9), from: panel.left, to: panel.right)
    let y = Scale(low: floor, high: 1, from: panel.bottom, to: panel.top)
    let ticks = Ticks.linear(low: floor * 100, high: 100, wanted: 5).map {
      Tick(value: $0.value / 100, label: $0.label + " %")
    }
    panel.horizontalGrid(&svg, ticks, y)
    panel.bottomLabels(
      &svg, Ticks.clock(low: 0, high: end, startOfDay: nil, atMost: isNarrow ? 4 : 8), x)
    var steps: [SeriesPoint] = []
    for point in quantity.survival {
      if let before = steps.last {
        steps.append(
          SeriesPoint(at: point.time, mean: before.mean, low: before.low, high: before.high))
      }
      steps.append(
        SeriesPoint(at: point.time, mean: point.share, low: point.low, high: point.high))
    }
    svg.series(seen, steps, x, y)
    let curve = quantity.fittedSurvival.map { SeriesPoint(at: $0.time, mean: $0.share) }
    svg.series(fitted, curve, x, y)
    key(&svg, [(seen, "Kaplan and Meier"), (fitted, "fitted law")], left: panel.left)
    return .init(height: panel.bottom + 34, svg: svg)
  }
}
