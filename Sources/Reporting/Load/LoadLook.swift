import Glibc

/// What only the page of a load test needs: lines for more operations than there are strategies, ticks of
/// short times.
enum LoadLook {
  /// Ink for all together, and lines for two operations more.
  static let style =
    ".l5{fill:none;stroke:var(--ink);stroke-width:1.7;stroke-dasharray:1 4;stroke-linecap:round}"
    + ".l6{fill:none;stroke:var(--ink);stroke-width:2.4;stroke-linejoin:round}"
    + ".l7{fill:none;stroke:var(--s0);stroke-width:1.5}"
    + "svg .x5,svg .x6{fill:var(--ink);font-weight:650}svg .x7{fill:var(--s0);font-weight:650}"
    + ".gap{fill:var(--badsoft);opacity:.45}.lost{fill:none;stroke:var(--bad);stroke-width:1.8}"

  /// The line of each operation, the same on every page.
  static func style(_ operation: String) -> StrategyStyle {
    let slots = [
      "all": 6, "service": 0, "message_in": 1, "reply": 2, "status": 3, "close": 4, "timer": 5,
      "assign": 7,
    ]
    return StrategyStyle(slot: slots[operation] ?? 7)
  }

  /// Round times for a logarithmic axis, not more than there is room for.
  static func ticks(low: Double, high: Double, atMost most: Int) -> [Tick] {
    guard low > 0, high > low, high.isFinite else { return [] }
    let first = Int(log10(low).rounded(.down))
    let last = Int(log10(high).rounded(.up))
    for factors in [[1.0, 2, 5], [1, 3], [1]] {
      let ticks = marks(first, last, factors, low, high)
      if ticks.count <= most { return ticks }
    }
    let each = max(2, (last - first) / max(1, most) + 1)
    return marks(first, last, [1], low, high).enumerated()
      .filter { $0.offset % each == 0 }.map(\.element)
  }

  private static func marks(
    _ first: Int, _ last: Int, _ factors: [Double], _ low: Double, _ high: Double
  ) -> [Tick] {
    var ticks: [Tick] = []
    for power in first...max(first, last) {
      for factor in factors {
        // From the text of the number, so that 0.0001 is that and nothing beside it.
        let value = Double("\(Int(factor))e\(power)") ?? 0
        guard value >= low * (1 - 1e-9), value <= high * (1 + 1e-9) else { continue }
        ticks.append(Tick(value: value, label: roundTime(value)))
      }
    }
    return ticks
  }

  /// A scale for times that are drawn, all above nought, with some room around them.
  static func scale(_ times: [Double], _ panel: Panel) -> Scale {
    let positive = times.filter { $0 > 0 }
    let low = max(1e-9, positive.min() ?? 1e-6)
    let high = max(low, positive.max() ?? 1e-3)
    return Scale(
      .logarithmic, low: low / 1.35, high: high * (high < low * 1.5 ? 2.2 : 1.35),
      from: panel.bottom, to: panel.top)
  }
}
