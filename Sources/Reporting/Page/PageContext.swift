import Measurement

/// What every part of the page needs to know.
struct PageContext: Sendable {
  let index: ResultIndex

  init(_ document: ResultDocument) {
    index = ResultIndex(document)
  }

  var document: ResultDocument { index.document }
  var strategies: Range<Int> { document.strategies.indices }
  var isCompared: Bool { document.comparison != nil && document.strategies.count > 1 }
  var isPaired: Bool { document.comparison?.isPaired ?? false }

  /// The name of a strategy as it may be shown, not yet escaped.
  func name(_ strategy: Int) -> String { index.names[strategy] }

  /// The hue of a strategy: grey for the baseline, then four in file order, and again.
  func style(_ strategy: Int) -> StrategyStyle {
    // A strategy alone has the solid line.
    guard strategies.count > 1 else { return StrategyStyle(slot: 2) }
    guard isCompared else { return StrategyStyle(slot: 1 + strategy % 4) }
    if strategy == index.baseline { return StrategyStyle(slot: 0) }
    let place = strategy < index.baseline ? strategy : strategy - 1
    return StrategyStyle(slot: 1 + place % 4)
  }

  /// Strategies that share a figure: the baseline and at most four others.
  var panels: [[Int]] {
    guard isCompared else { return Array(strategies).inBlocks(of: 4) }
    let blocks = index.others.inBlocks(of: 4).map { [index.baseline] + $0 }
    return blocks.isEmpty ? [[index.baseline]] : blocks
  }

  /// What tells the figures of one kind apart, such as ` (2 of 3)`.
  func part(_ panel: Int) -> String {
    panels.count == 1 ? "" : " (\(panel + 1) of \(panels.count))"
  }

  /// `30 runs`.
  var runs: String {
    document.replications == 1 ? "1 run" : grouped(Int64(document.replications)) + " runs"
  }

  /// `mean of 30 runs with its 95 % interval`, or `mean of 1 run`.
  var meanWithInterval: String {
    "mean of \(runs)" + (index.hasIntervals ? " with its 95 % interval" : "")
  }

  /// Seconds since the start as a time of day, or as a time since the start.
  func clock(_ seconds: Double) -> String {
    let offset = Double(document.scenario.startOfDay ?? 0)
    return Ticks.clockLabel(seconds + offset, hasDay: document.scenario.startOfDay != nil)
  }

  func clockTicks(low: Double, high: Double, atMost most: Int) -> [Tick] {
    Ticks.clock(
      low: low, high: high, startOfDay: document.scenario.startOfDay, atMost: most)
  }

  /// `least open 83.1 ± 2.3 %` for a description in words.
  func spoken(_ strategy: Int, _ metric: String) -> String {
    guard let value = index.value(strategy, metric), let mean = value.mean else {
      return name(strategy) + " without a value"
    }
    let text = index.format(metric).spokenValue(mean, halfWidth: value.halfWidth)
    return name(strategy) + " " + trueMinus(text)
  }
}

/// A name of others in running text: inert, and of its own direction.
func named(_ text: String) -> String { "<bdi>" + escaped(text) + "</bdi>" }

extension Phrase {
  /// The sentence as markup; strategies other than the baseline in their hue.
  func html(_ context: PageContext) -> String {
    var html = ""
    for (place, part) in parts.enumerated() {
      switch part {
      case .words(let words):
        html += escaped(place == 0 ? words.capitalizedFirst : words).replacingMinus
      case .strategy(let index):
        html += Self.colored(index, isFirst: place == 0, context)
      case .leadingStrategy(let index):
        html += Self.colored(index, isFirst: true, context)
      }
    }
    return html
  }

  private static func colored(_ index: Int, isFirst: Bool, _ context: PageContext) -> String {
    let spoken = context.index.spokenNames[index]
    let name = isFirst ? spoken.capitalizedFirst : spoken
    let slot = context.style(index).slot
    return slot == 0 ? named(name) : "<em class=\"x\(slot)t\">" + named(name) + "</em>"
  }
}

extension String {
  /// The text with real minus signs before numbers.
  var replacingMinus: String {
    var shown = ""
    var previous: Character = " "
    let characters = Array(self)
    for (place, character) in characters.enumerated() {
      let next = place + 1 < characters.count ? characters[place + 1] : " "
      let isMinus = character == "-" && next.isNumber && (previous == " " || previous == "(")
      shown.append(isMinus ? "−" : character)
      previous = character
    }
    return shown
  }
}
