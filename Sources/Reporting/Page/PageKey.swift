import Measurement

extension PageContext {
  /// The names of some strategies as a drawing has room for them, all to be told apart.
  func names(_ strategies: [Int], pixels: Double) -> [String] {
    shortNames(strategies.map(name), in: .pixels(pixels))
  }

  /// Whether the names fit beside the ends of lines.
  func fits(_ strategies: [Int], pixels: Double) -> Bool {
    strategies.allSatisfy { estimatedWidth(name($0)) * 1.08 <= pixels }
  }

  /// Draws lines and marks with their names in rows above a panel: what tells them apart where names
  /// have no room beside the lines.
  ///
  /// - Returns: The height that it takes; none for a strategy alone.
  func key(
    _ svg: inout SVG, _ strategies: [Int], left: Double, width: Double, hasMarks: Bool = false
  ) -> Double {
    guard strategies.count > 1 else { return 0 }
    var x = left
    var y = 12.0
    for (strategy, name) in zip(strategies, names(strategies, pixels: width - 34)) {
      let taken = 34 + estimatedWidth(name) * 1.08
      if x > left, x + taken > left + width {
        x = left
        y += 19
      }
      let style = style(strategy)
      let (from, baseline) = (x, y)
      svg.strategy(strategy) { svg in
        svg.line(style.line, from, baseline, from + 26, baseline)
        if hasMarks { svg.mark(style, from + 13, baseline, 4.6) }
        svg.text(style.text, from + 33, baseline + 4, name)
      }
      x += taken + 18
    }
    return y + 14
  }

  /// The pictures of lanes, that of the strategy that the verdict names first before the others.
  var lanes: [ResultDocument.LaneWindow] {
    let subject = VerdictWords(index).claim.firstStrategy.map { document.strategies[$0].name }
    return document.lanes.filter { $0.strategy == subject }
      + document.lanes.filter { $0.strategy != subject }
  }
}

extension Phrase {
  /// The first strategy that the sentence names.
  var firstStrategy: Int? {
    for part in parts {
      switch part {
      case .words: continue
      case .strategy(let index), .leadingStrategy(let index): return index
      }
    }
    return nil
  }
}
