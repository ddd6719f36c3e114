import Measurement

/// Reassignments: how many brought a sooner answer, how many did not, how many went back.
struct MovesFigure: Sendable {
  let context: PageContext

  private var shown: [Int] {
    context.strategies.filter { context.document.strategies[$0].moves != nil }
  }

  /// Whether anything was moved at all; where nothing was, there is nothing to draw.
  private var hasMoves: Bool {
    shown.contains { moves($0).total > 1e-9 || (moves($0).pingPong.mean ?? 0) > 1e-9 }
  }

  private func moves(_ strategy: Int) -> ResultDocument.Moves {
    context.document.strategies[strategy].moves ?? .init()
  }

  var figure: Figure? {
    guard hasMoves else { return nil }
    let spoken = shown.map { strategy -> String in
      let moves = moves(strategy)
      return "\(context.name(strategy)) \(hundred(moves.helped)) sooner, "
        + "\(hundred(moves.noSooner)) no sooner, \(hundred(moves.pingPong)) came back"
    }
    return Figure(
      id: "moved", title: "Moves per 100 conversations, by what they did",
      reading:
        "Sooner or not is judged against the moment the agent it left would have reached it.",
      description: "Diverging bars of moves per hundred conversations: "
        + spoken.joined(separator: "; ") + ".",
      table: table, draw: { width, _ in draw(width) })
  }

  private func hundred(_ estimate: ResultDocument.Estimate) -> String {
    hundredOf(estimate.mean ?? 0)
  }

  private func draw(_ width: Double) -> Figure.Drawing {
    var svg = SVG()
    let panel = Panel(
      left: 46, right: width - 46, top: 24, bottom: 28 + 42 * Double(shown.count))
    let left =
      shown.map { 100 * (moves($0).noSooner.high ?? moves($0).noSooner.mean ?? 0) }.max() ?? 0
    let right = shown.map { 100 * (moves($0).helped.high ?? moves($0).helped.mean ?? 0) }.max() ?? 0
    let most = max(left, right)
    let scale = Scale(
      low: -max(left, most * 0.1), high: max(right, most * 0.1), from: panel.left, to: panel.right)
    var ticks = Ticks.linear(low: scale.low, high: scale.high, wanted: 5)
    for (place, tick) in ticks.enumerated() {
      let x = scale(tick.value)
      let isZero = abs(tick.value) < most * 1e-9
      // Lines stand behind bars, not behind names.
      for row in shown.indices {
        let top = panel.top + 6 + 42 * Double(row)
        svg.line(isZero ? "ax" : "gr", x, top + 12, x, top + 34)
      }
      if tick.label.hasPrefix("−") { ticks[place].label = String(tick.label.dropFirst()) }
    }
    panel.bottomLabels(&svg, ticks, scale, hasMarks: false)
    directions(&svg, zero: scale(0), width: width)
    for (place, strategy) in shown.enumerated() {
      bar(strategy, &svg, top: panel.top + 6 + 42 * Double(place), scale: scale, width: width)
    }
    svg.rect("ppk", 8, panel.bottom + 36, 14, 3)
    svg.text(
      "sm", 28, panel.bottom + 41, "back to an agent who had it before; counted above as well")
    return .init(height: panel.bottom + 50, svg: svg)
  }

  /// Which side is which, on both sides of zero as far as there is room.
  private func directions(_ svg: inout SVG, zero: Double, width: Double) {
    let (useless, useful) = ("← no sooner", "answered sooner →")
    let (left, right) = (estimatedWidth(useless) * 1.1, estimatedWidth(useful) * 1.1)
    let middle = min(max(zero, left + 12), width - right - 12)
    svg.text("s-bad", middle - 8, 12, useless, .end)
    svg.text("s-good", middle + 8, 12, useful)
  }

  private func bar(_ strategy: Int, _ svg: inout SVG, top: Double, scale: Scale, width: Double) {
    let moves = moves(strategy)
    let style = context.style(strategy)
    let zero = scale(0)
    let helped = scale(100 * (moves.helped.mean ?? 0))
    let useless = scale(-100 * (moves.noSooner.mean ?? 0))
    svg.strategy(strategy) { svg in
      let total = hundredOf(moves.total) + " moves per 100"
      let room = width - 32 - estimatedWidth(total) * 1.08
      let name = context.names(shown, pixels: room)[shown.firstIndex(of: strategy) ?? 0]
      svg.text(style.text, 8, top + 8, name)
      svg.text("b", width - 8, top + 8, total, .end)
      svg.rect(style.outline, useless, top + 14, zero - useless, 13)
      svg.rect(style.fill, zero, top + 14, helped - zero, 13)
      whisker(&svg, moves.noSooner, sign: -1, scale, y: top + 20.5)
      whisker(&svg, moves.helped, sign: 1, scale, y: top + 20.5)
      if let back = moves.pingPong.mean, back > 0 {
        let from = scale(-100 * back)
        svg.rect("ppk", from, top + 29, max(1, zero - from), 3)
      }
      let uselessEnd = moves.noSooner.high.map { scale(-100 * $0) } ?? useless
      let helpedEnd = moves.helped.high.map { scale(100 * $0) } ?? helped
      svg.text("k", min(useless, uselessEnd) - 6, top + 25, hundred(moves.noSooner), .end)
      svg.text("k", max(helped, helpedEnd) + 6, top + 25, hundred(moves.helped))
    }
  }

  /// A number a conversation as one a hundred; where all are small, with a digit more.
  private func hundredOf(_ mean: Double) -> String {
    let most = shown.map { moves($0).total }.max() ?? 0
    return fixed(100 * mean, most < 0.01 ? 2 : 1)
  }

  private func whisker(
    _ svg: inout SVG, _ estimate: ResultDocument.Estimate, sign: Double, _ scale: Scale, y: Double
  ) {
    guard let low = estimate.low, let high = estimate.high else { return }
    svg.line("whisker", scale(sign * 100 * low), y, scale(sign * 100 * high), y)
  }

  private var table: DataTable {
    let most = shown.map { moves($0).distribution.count }.max() ?? 0
    var table = DataTable(
      [.init(title: "per 100 conversations", isText: true)]
        + shown.map { .init(title: context.name($0)) })
    let kinds: [(String, (ResultDocument.Moves) -> ResultDocument.Estimate)] = [
      ("answered sooner", { $0.helped }), ("no sooner", { $0.noSooner }),
      ("neither can be said", { $0.unjudged ?? .init() }),
      ("back to an agent who had it", { $0.pingPong }),
    ]
    for (title, value) in kinds {
      table.rows.append(
        [title]
          + shown.map { strategy in
            let estimate = value(moves(strategy))
            let half = estimate.halfWidth.map { " ± " + fixed(100 * $0, 2) } ?? ""
            return estimate.mean.map { fixed(100 * $0, 2) + half } ?? ""
          })
    }
    for count in 0..<most {
      let isLast = count == most - 1 && count > 0
      let title =
        "with \(spokenCount(count))\(isLast ? " or more" : "") move\(count == 1 && !isLast ? "" : "s"), %"
      table.rows.append(
        [title]
          + shown.map { strategy in
            let shares = moves(strategy).distribution
            return count < shares.count ? fixed(100 * shares[count], 1) : ""
          })
    }
    return table
  }

  /// What the bars say, in words.
  var words: Phrase {
    var phrase = Phrase()
    for strategy in shown.prefix(5) {
      let moves = moves(strategy)
      guard moves.total > 0, let helped = moves.helped.mean else { continue }
      let share = fixed(100 * helped / moves.total, 0)
      phrase += phrase.isEmpty ? "Of the moves under " : ", under "
      phrase += .strategy(strategy) + " \(share) %"
    }
    if !phrase.isEmpty { phrase += " brought a sooner answer." }
    return phrase
  }
}
